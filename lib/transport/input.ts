import { CONSTANTS } from "@/lib/domain/parameters";
import { operations, type Operation, type OperationId } from "@/lib/contracts/operations";
import { Refusal, type FieldProblem } from "@/lib/domain/errors";
import { unstorable } from "@/lib/contracts/storable";
import type { Schema, SchemaIssue } from "@/lib/contracts/schema";

/** What a request brought, before anyone judged it. */
export interface RawInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly bodyText: string | null;
}

/** Parses the three parts by the operation's schemas and joins them to one input; every fault is named by its path. */
export function parseInput(id: OperationId, raw: RawInput): Record<string, unknown> {
  const operation: Operation = operations[id];
  const faults: FieldProblem[] = [];
  const part = (schema: Schema | undefined, value: unknown): object => {
    if (schema === undefined) return {};
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data as object; // every input schema describes an object
    faults.push(
      ...parsed.error.issues.map((issue) => ({
        path: issue.path.map(String).join("."),
        message: messageOf(issue),
      })),
    );
    return {};
  };
  const input = {
    ...part(operation.query, raw.query),
    ...part(operation.body, operation.body === undefined ? undefined : jsonOf(raw.bodyText)),
    ...raw.params,
  };
  // The items of a batch are judged one by one; what else holds such text is refused as a whole.
  if (faults.length === 0 && id !== "memories.createMany") faults.push(...unstorable(input));
  if (faults.length > 0) {
    const [first] = faults;
    throw new Refusal(
      "invalid_input",
      `${first?.path ? `${first.path}: ` : ""}${first?.message ?? "The input is not valid."}`,
      { fields: faults },
    );
  }
  return input;
}

function messageOf(issue: SchemaIssue): string {
  if (issue.code === "unrecognized_keys")
    return `unknown field ${issue.keys.map((k) => `"${k}"`).join(", ")}; remove it or check its spelling`;
  return issue.message;
}

function jsonOf(text: string | null): unknown {
  if (text === null || text.trim() === "")
    throw new Refusal("invalid_input", "The body is empty. Send a JSON object.", {
      fields: [{ path: "", message: "send a JSON object as the body" }],
    });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(
      "invalid_input",
      `The body is not valid JSON: ${error instanceof Error ? error.message : "it cannot be read"}.`,
      { fields: [{ path: "", message: "send a well-formed JSON object" }] },
    );
  }
}

/** Reads a body as UTF-8 text up to the limit; more is refused before it is held in memory. */
export async function readBody(request: Request): Promise<string | null> {
  if (request.body === null) return null;
  const limit = CONSTANTS.maxBodyBytes;
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  const parts: Uint8Array[] = [];
  let size = 0;
  // A request's body is an async iterable of bytes in Node; the DOM's types do not say so.
  for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > limit) throw tooLarge(limit);
    parts.push(part);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new Refusal("invalid_input", "The body is not UTF-8 text.", {
      fields: [{ path: "", message: "send UTF-8 JSON, not binary data" }],
    });
  }
}

const tooLarge = (limit: number): Refusal =>
  new Refusal(
    "too_large",
    `The body is larger than ${limit / CONSTANTS.bytesPerKilobyte} kB. Send smaller batches, or use POST /import, which streams.`,
  );
