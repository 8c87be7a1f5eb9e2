import { z } from "zod";
import { CONSTANTS } from "@/lib/domain/parameters";

/** An opaque identifier. Unknown ones answer 404, whatever their form. */
export const id = z.string().min(1).max(128);

/** A point in time on the way in: ISO-8601 with a zone, or a plain date (taken as UTC midnight). */
export const timeIn = z
  .union([z.iso.datetime({ offset: true, local: false }), z.iso.date(), z.iso.datetime({ local: true })])
  .describe("ISO-8601 time; without a zone it is taken as UTC");

/** A point in time on the way out: ISO-8601 UTC with milliseconds. */
export const timeOut = z.iso.datetime().describe("ISO-8601 UTC");

export const probability = z.number().min(0).max(1);

export const text = z
  .string()
  .min(1, "must not be empty")
  .refine((value) => value.trim().length > 0, "must not be blank")
  .refine((value) => new TextEncoder().encode(value).length <= CONSTANTS.maxContentBytes, {
    message: `must be at most ${CONSTANTS.maxContentBytes} bytes of UTF-8; split it into several memories`,
  })
  .refine((value) => !value.includes("\u0000"), "must not contain NUL characters; send text, not binary data")
  .refine(
    (value) => !/\p{Cs}/u.test(value),
    "must be well-formed Unicode: it holds half of a surrogate pair",
  );

export const reason = z.string().max(2000).describe("why, in a person's words; shown on the timeline");

export const limit = z.coerce.number().int().min(1).max(200);

/** `"true"` and `"1"` in a query string. */
export const flagInQuery = z.union([
  z.boolean(),
  z.enum(["true", "false", "1", "0"]).transform((v) => v === "true" || v === "1"),
]);

export const cursor = z.string().max(500).describe("`nextCursor` of the page before");

export const page = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe("give it as `cursor` for the next page; null on the last one"),
    total: z.number().int().min(0).optional().describe("exact number of matches"),
  });

export const expectedSeq = z.number().int().min(0).describe("409 when the target has moved past this seq");

export const json: z.ZodType<unknown> = z.json();

/** A point of the ledger: what a read of an earlier state is asked for by. */
export const pointOfLedger = z
  .string()
  .min(1)
  .max(64)
  .describe(
    "a seq or a time: everything as the ledger had it then. Laying out a state that nobody has looked at for a while takes a moment",
  );
