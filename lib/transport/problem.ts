import { PROBLEMS, type Problem } from "@/lib/contracts/problem";
import { Refusal } from "@/lib/domain/errors";

export function problemResponse(error: unknown, requestId: string): Response {
  const body = problemOf(error, requestId);
  return new Response(JSON.stringify(body), { status: body.status, headers: problemHeaders(body) });
}

export const problemHeaders = (body: Problem): Record<string, string> => ({
  "content-type": "application/problem+json",
  "cache-control": "no-store",
  "x-request-id": body.requestId,
  ...retryAfter(body),
});

/** The header that a client who has to wait looks for, whatever surface it came in on. */
export const retryAfter = ({ retryAfterSeconds }: Problem): Record<string, string> =>
  typeof retryAfterSeconds === "number" ? { "retry-after": String(retryAfterSeconds) } : {};

/** Logs an error that is ours, once, and turns any error into an RFC 9457 problem document that says nothing of our insides. */
export function problemOf(error: unknown, requestId: string): Problem {
  const refusal = asRefusal(error, requestId);
  const { status, title } = PROBLEMS[refusal.code];
  return {
    type: `urn:palimpsest:problem:${refusal.code}`,
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
    errors: refusal.fields.map(({ path, message }) => ({ path, message })),
    requestId,
    ...refusal.extra,
  };
}

function asRefusal(error: unknown, requestId: string): Refusal {
  if (error instanceof Refusal) return error;
  console.error(
    JSON.stringify({
      level: "error",
      requestId,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
  if (isUnreachableDatabase(error))
    return new Refusal(
      "unavailable",
      "The database does not answer. Nothing was changed; try again in a moment.",
    );
  return new Refusal(
    "internal",
    `Something went wrong here, and nothing was changed. The server's log names it under ${requestId}.`,
  );
}

/** Prisma's and the driver's codes for a connection that cannot be had. */
const UNREACHABLE = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "ECONNREFUSED",
  "ECONNRESET",
  "57P01",
  "57P03",
]);
const isUnreachableDatabase = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && UNREACHABLE.has(error.code);
