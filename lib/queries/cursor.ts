import { Refusal } from "@/lib/domain/errors";

/**
 * A place in an ordered list, so that the next page begins right after the last item of this one, whatever was added or
 * removed before it meanwhile. Opaque to callers: they give back what they got.
 */
export function writeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** One type name per part of the place; what was not written for this list is refused. */
type PartType = "string" | "number" | "uuid" | "time";
type Part<T extends PartType> = T extends "number" ? number : string;
type Place<T extends readonly PartType[]> = { readonly [K in keyof T]: Part<T[K]> };

/** null: the first page. */
export function readCursor<const T extends readonly PartType[]>(
  cursor: string | undefined,
  types: T,
): Place<T> | null {
  if (cursor === undefined) return null;
  const place = parse(cursor);
  if (!Array.isArray(place) || place.length !== types.length) throw broken();
  if (!types.every((type, i) => CHECKS[type](place[i]))) throw broken();
  // Each part has just been checked against its type.
  return place as unknown as Place<T>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CHECKS: Readonly<Record<PartType, (part: unknown) => boolean>> = {
  string: (part) => typeof part === "string",
  number: (part) => typeof part === "number",
  uuid: (part) => typeof part === "string" && UUID.test(part),
  time: (part) => typeof part === "string" && !Number.isNaN(Date.parse(part)),
};

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
}

/** Also for a cursor that belongs to the same list in another order. */
export function broken(): Refusal {
  return new Refusal("invalid_input", "The cursor does not belong to this list.", {
    fields: [
      {
        path: "cursor",
        message:
          "is not a cursor of this list; give `nextCursor` of the page before, or leave it out for the first page",
      },
    ],
  });
}
