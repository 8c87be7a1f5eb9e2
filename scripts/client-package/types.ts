import { jsonSchemaOf, type Schema } from "@/lib/contracts/schema";
import { OPERATION_IDS, operations, type Operation } from "@/lib/contracts/operations";
import { REFUSAL_CODES } from "@/lib/domain/errors";
import { typeOf } from "./type-of";

/** The declarations of the published client: every operation's input and answer, and the methods made from them. */
export function clientTypes(): string {
  const table: Readonly<Record<string, Operation>> = operations;
  const ids = OPERATION_IDS.filter((id) => table[id]?.surfaces.includes("client"));
  const rows = ids.map((id) => {
    const operation: Operation = operations[id];
    const parts = [operation.params, operation.query, operation.body].flatMap((part) =>
      part ? [typeOf(jsonSchemaOf(part, "input"))] : [],
    );
    const input =
      [...parts, ...(operation.stream === "request" ? ["{ readonly stream: BodyInit }"] : [])].join(" & ") ||
      "{}";
    return `  /** ${operation.summary}. */\n  readonly ${JSON.stringify(id)}: { readonly input: ${input}; readonly output: ${typeOf(outputOf(operation.output))} };`;
  });
  return `${HEAD}\nexport interface Operations {\n${rows.join("\n")}\n}\n`;
}

const outputOf = (schema: Schema): Record<string, unknown> => jsonSchemaOf(schema, "output");

const HEAD = `/** Made from the table of operations; do not edit. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The same key twice is one change: give it when a call may be repeated. */
  readonly idempotencyKey?: string;
}
export interface ClientSettings {
  /** Where Palimpsest answers, without a path: \`http://127.0.0.1:4747\`. */
  readonly baseUrl: string;
  /** A key of Settings → Keys. */
  readonly apiKey: string;
}

export type OperationId = keyof Operations;
export type CallOutput<Id extends OperationId> = Operations[Id]["output"];
export type ClientInput<Id extends OperationId> = Operations[Id]["input"];
export type ClientMethod<Id extends OperationId> = Partial<ClientInput<Id>> extends ClientInput<Id>
  ? (input?: ClientInput<Id>, options?: CallOptions) => Promise<CallOutput<Id>>
  : (input: ClientInput<Id>, options?: CallOptions) => Promise<CallOutput<Id>>;
type Group = OperationId extends infer Id ? (Id extends \`\${infer Name}.\${string}\` ? Name : never) : never;
export type Client = { readonly [Id in Exclude<OperationId, \`\${string}.\${string}\`>]: ClientMethod<Id> } & {
  readonly [Name in Group]: { readonly [Id in Extract<OperationId, \`\${Name}.\${string}\`> as Id extends \`\${Name}.\${infer Verb}\` ? Verb : never]: ClientMethod<Id> };
};
export declare function createClient(settings: ClientSettings): Client;

export type ApiErrorCode = ${[...REFUSAL_CODES, "network"].map((code) => JSON.stringify(code)).join(" | ")};
/** A refusal of the server, as it stated it. Its message is fit for a person. */
export declare class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly requestId: string | null;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}
export declare function isApiError(error: unknown): error is ApiError;
/** Worth trying again without a change. */
export declare function isPassing(error: unknown): boolean;
`;
