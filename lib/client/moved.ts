/** What the events of a moment say has moved. Null: they do not say, so anything may have. */
export interface Moved {
  readonly ops: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  /** What the changes were written to. */
  readonly targets: ReadonlySet<string> | null;
  /** Memories that read otherwise now, new ones included. */
  readonly memories: ReadonlySet<string> | null;
  /** An earlier change was taken back, put back, or lost or found its support. */
  readonly standing: boolean;
}

/** The data of a `change` event; null where it tells too little, as when another process wrote. */
export function movedBy(data: unknown): Moved | null {
  if (!isRecord(data)) return null;
  const { ops, targets, memories, groupId, count, standing } = data;
  if (!isTexts(ops) || !isTexts(targets) || typeof standing !== "boolean") return null;
  return {
    ops: new Set(ops),
    groups: new Set(typeof groupId === "string" ? [groupId] : []),
    targets: targets.length === count ? new Set(targets) : null,
    memories: isTexts(memories) ? new Set(memories) : null,
    standing,
  };
}

/** All of it together; null as soon as one of them does not say. */
export function movedByAll(all: readonly (Moved | null)[]): Moved | null {
  const known = all.filter((one) => one !== null);
  if (known.length < all.length) return null;
  return {
    ops: union(known.map((one) => one.ops)),
    groups: union(known.map((one) => one.groups)),
    targets: unionOrUnknown(known.map((one) => one.targets)),
    memories: unionOrUnknown(known.map((one) => one.memories)),
    standing: known.some((one) => one.standing),
  };
}

const union = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> =>
  new Set(sets.flatMap((set) => [...set]));

function unionOrUnknown(sets: readonly (ReadonlySet<string> | null)[]): ReadonlySet<string> | null {
  const known = sets.filter((set) => set !== null);
  return known.length < sets.length ? null : union(known);
}

const isRecord = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === "object" && data !== null;

const isTexts = (data: unknown): data is readonly string[] =>
  Array.isArray(data) && data.every((one) => typeof one === "string");
