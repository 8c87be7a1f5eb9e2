import { z } from "zod";
import { REFUSAL_CODES, type RefusalCode } from "@/lib/domain/errors";

/** HTTP status and title by code: the one mapping from a refusal to a problem document. */
export const PROBLEMS: Record<RefusalCode, { readonly status: number; readonly title: string }> = {
  invalid_input: { status: 400, title: "The input is not valid" },
  unauthenticated: { status: 401, title: "A valid credential is needed" },
  forbidden: { status: 403, title: "The credential does not allow this" },
  not_found: { status: 404, title: "There is no such thing here" },
  conflict: { status: 409, title: "The target has moved" },
  erased: { status: 410, title: "It was erased and cannot come back" },
  too_large: { status: 413, title: "The body is too large" },
  misdirected: { status: 421, title: "This host name is not served here" },
  not_reversible: { status: 422, title: "This cannot be reverted" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong here" },
  unavailable: { status: 503, title: "Not available at the moment" },
};

/** RFC 9457 problem details. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(REFUSAL_CODES),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problem>;
