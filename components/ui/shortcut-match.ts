/** Which shortcut a keystroke completes. Pure, so that sequences such as `g m` can be tested without a page. */

export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface Binding {
  /** Pressed one after the other: ["g", "m"]; a chord is one entry: ["Mod+k"]. Mod is Ctrl, or Cmd on a Mac. */
  readonly keys: readonly string[];
}

export interface MatchResult<B extends Binding> {
  readonly binding: B | null;
  /** Strokes that may still become a sequence. */
  readonly pending: readonly string[];
}

const NAMES: Readonly<Record<string, string>> = { " ": "Space", Escape: "Esc" };

export function strokeName(stroke: Stroke): string {
  const key = NAMES[stroke.key] ?? stroke.key;
  const mod = stroke.ctrlKey || stroke.metaKey ? "Mod+" : "";
  const alt = stroke.altKey ? "Alt+" : "";
  return `${mod}${alt}${mod && key.length === 1 ? key.toLowerCase() : key}`;
}

/** A stroke that continues no pending sequence starts anew. The last registered binding wins, so a dialog can shadow its page. */
export function matchStroke<B extends Binding>(
  bindings: readonly B[],
  pending: readonly string[],
  name: string,
): MatchResult<B> {
  for (const typed of pending.length > 0 ? [[...pending, name], [name]] : [[name]]) {
    const binding = bindings.findLast((candidate) => isSame(candidate.keys, typed));
    if (binding) return { binding, pending: [] };
    if (bindings.some((candidate) => isPrefix(typed, candidate.keys)))
      return { binding: null, pending: typed };
  }
  return { binding: null, pending: [] };
}

/** True for a binding that a single key without Ctrl or Cmd sets off: those can be switched off. */
export function isSingleKey(binding: Binding): boolean {
  return binding.keys.every((key) => !key.startsWith("Mod+") && key !== "Esc");
}

/** "Mod+k" reads "Ctrl K", or "⌘K" on a Mac. */
export function displayKeys(keys: readonly string[], isMac: boolean): readonly string[] {
  return keys.map((key) => {
    const [last = "", ...modifiers] = key.split("+").reverse();
    const named = last.length === 1 && modifiers.length > 0 ? last.toUpperCase() : last;
    if (modifiers.length === 0) return named;
    return isMac ? `⌘${named}` : `Ctrl ${named}`;
  });
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}

function isPrefix(start: readonly string[], whole: readonly string[]): boolean {
  return start.length < whole.length && start.every((key, index) => key === whole[index]);
}
