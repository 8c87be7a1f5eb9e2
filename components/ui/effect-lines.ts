import { formatConfidence, type ConfidenceScale } from "@/lib/format/confidence";
import { plural } from "@/lib/format/number";
import { formatDay } from "@/lib/format/time";
import { registerText } from "./register-value";

/** One register of one target, before and after. */
export interface Effect {
  readonly targetType: string;
  readonly targetId: string;
  /** The beginning of the target's text, or its name. */
  readonly label: string;
  readonly register: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface EffectLine {
  readonly effect: Effect;
  readonly name: string;
  /** What a person reads; null where the name of the line says it all. */
  readonly move: { readonly before: string; readonly after: string } | null;
}

const names: Readonly<Record<string, string>> = {
  content: "text",
  lifecycle: "state",
  mergedInto: "merged into",
  mergedFrom: "merged from",
  contestedWith: "contested by",
  supersededBy: "superseded by",
  introduced: "added by hand",
  sameAs: "same entity as",
  related: "related by hand",
  validAt: "true since",
  invalidAt: "true until",
};

/**
 * What a person reads of the effects. A memory that comes, leaves or comes back is one line: that its text, kind and all else go with it
 * is no news. Each value is told in the form that fits its register.
 */
export function effectLines(effects: readonly Effect[], scale: ConfidenceScale): readonly EffectLine[] {
  const whole = new Set(effects.filter(({ register }) => register === "exists").map((one) => one.targetId));
  return effects
    .filter(({ targetId, register }) => register === "exists" || !whole.has(targetId))
    .map((effect) => {
      const { register, before, after } = effect;
      if (register === "exists") return { effect, name: comingOf(before, after), move: null };
      const text = (held: unknown) => textOf(register, held, scale);
      return {
        effect,
        name: names[register] ?? register,
        move: { before: text(before), after: text(after) },
      };
    });
}

/** What was never there comes; what was taken out comes back. */
function comingOf(before: unknown, after: unknown): string {
  if (after !== true) return "leaves";
  return before === null ? "is new" : "comes back";
}

function textOf(register: string, held: unknown, scale: ConfidenceScale): string {
  if (register === "confidence" && typeof held === "number") return formatConfidence(held, scale);
  if (["validAt", "invalidAt"].includes(register) && typeof held === "number") return formatDay(held);
  if (["mergedFrom", "contestedWith"].includes(register) && Array.isArray(held))
    return plural(held.length, "memory", "memories");
  if (["mergedInto", "supersededBy"].includes(register)) return held === null ? "nothing" : "another memory";
  return registerText(held);
}
