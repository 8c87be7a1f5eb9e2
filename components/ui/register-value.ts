import { formatDecimal, MISSING } from "@/lib/format/number";

/** A register's value as one line of text, whatever its shape; what is absent is a dash. */
export function registerText(held: unknown): string {
  if (held === null || held === undefined) return MISSING;
  if (typeof held === "string") return held === "" ? "(empty)" : held;
  if (typeof held === "number") return Number.isInteger(held) ? String(held) : formatDecimal(held, 3);
  if (typeof held === "boolean") return held ? "yes" : "no";
  if (Array.isArray(held)) return held.length === 0 ? "(none)" : held.map(registerText).join(", ");
  return Object.entries(held)
    .map(([name, inner]) => `${name} ${registerText(inner)}`)
    .join(", ");
}

/** Long texts are read as a word diff; short values as before and after. */
export function isProse(before: unknown, after: unknown): before is string {
  return (
    typeof before === "string" && typeof after === "string" && Math.max(before.length, after.length) > 24
  );
}
