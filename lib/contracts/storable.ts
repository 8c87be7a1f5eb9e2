import type { FieldProblem } from "@/lib/domain/errors";

/** Where a value holds text that no database can keep: NUL characters and halves of surrogate pairs, also in field names. */
export function unstorable(value: unknown, path = ""): FieldProblem[] {
  if (typeof value === "string") return faultOf(value, path);
  if (Array.isArray(value)) return value.flatMap((item, i) => unstorable(item, joined(path, String(i))));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    ...faultOf(name, path),
    ...unstorable(item, joined(path, name)),
  ]);
}

const joined = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

function faultOf(text: string, path: string): FieldProblem[] {
  if (text.includes("\u0000"))
    return [{ path, message: "must not contain NUL characters; send text, not binary data" }];
  return /\p{Cs}/u.test(text)
    ? [{ path, message: "must be well-formed Unicode: it holds half of a surrogate pair" }]
    : [];
}
