import { createMemory, type CreateMemoryIn } from "./memory";
import { unstorable } from "./storable";
import type { FieldProblem } from "@/lib/domain/errors";

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string; readonly fields: readonly FieldProblem[] };

/** Judges one memory of a batch or an import by itself, so that one bad item does not speak for the others. */
export function parseCreateMemory(value: unknown): Parsed<CreateMemoryIn> {
  const parsed = createMemory.safeParse(value);
  const faults = parsed.success ? unstorable(parsed.data) : [];
  if (parsed.success && faults.length === 0) return { ok: true, value: parsed.data };
  const fields = parsed.success
    ? faults
    : parsed.error.issues.map((issue) => ({
        path: issue.path.map(String).join("."),
        message: issue.message,
      }));
  return { ok: false, problem: fields.map((f) => `${f.path || "item"}: ${f.message}`).join("; "), fields };
}
