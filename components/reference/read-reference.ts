import type { Definitions, JsonSchema, SchemaField } from "./json-schema";

interface DescribedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly "x-scope"?: string;
  readonly "x-destructive"?: boolean;
  readonly "x-client"?: string;
  readonly "x-tools"?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: "path" | "query";
    readonly required: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

/** The parts of the OpenAPI document that are shown. */
export interface ReferenceDocument {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Definitions };
}

export interface ReferenceOperation {
  readonly id: string;
  readonly noun: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** Null for what anyone may call. */
  readonly scope: string | null;
  readonly destructive: boolean;
  readonly client: string | null;
  readonly tools: readonly string[];
  readonly inPath: readonly SchemaField[];
  readonly inQuery: readonly SchemaField[];
  readonly body: { readonly type: string; readonly schema: JsonSchema } | null;
  readonly answer: { readonly status: string; readonly type: string; readonly schema: JsonSchema };
}

export interface Reference {
  readonly version: string;
  readonly operations: readonly ReferenceOperation[];
  readonly definitions: Definitions;
}

export function readReference(document: ReferenceDocument): Reference {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => readOperation(path, method, described)),
  );
  return { version: document.info.version, operations, definitions: document.components.schemas };
}

function readOperation(path: string, method: string, described: DescribedOperation): ReferenceOperation {
  const fields = (place: "path" | "query") =>
    (described.parameters ?? [])
      .filter((parameter) => parameter.in === place)
      .map(({ name, required, schema }) => ({ name, required, schema }));
  const body = firstContent(described.requestBody?.content ?? {});
  const [status = "200", answer] = Object.entries(described.responses)[0] ?? [];
  return {
    id: described.operationId,
    noun: described.tags[0] ?? described.operationId,
    method: method.toUpperCase(),
    path: `/api/v1${path}`,
    summary: described.summary,
    scope: described["x-scope"] ?? null,
    destructive: described["x-destructive"] ?? false,
    client: described["x-client"] ?? null,
    tools: described["x-tools"] ?? [],
    inPath: fields("path"),
    inQuery: fields("query"),
    body,
    answer: { status, ...(firstContent(answer?.content ?? {}) ?? { type: "application/json", schema: {} }) },
  };
}

function firstContent(content: Content): { readonly type: string; readonly schema: JsonSchema } | null {
  const [first] = Object.entries(content);
  return first === undefined ? null : { type: first[0], schema: first[1].schema };
}

/** Every word has to be somewhere in its name, path, summary, scope or tools. */
export function matches(operation: ReferenceOperation, words: string): boolean {
  const { id, method, path, summary, scope, tools, destructive } = operation;
  const text = [id, method, path, summary, scope, ...tools, destructive ? "destructive" : ""]
    .join(" ")
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

export interface Noun {
  readonly noun: string;
  readonly operations: readonly ReferenceOperation[];
}

/** By noun, in the order of the table. */
export function byNoun(operations: readonly ReferenceOperation[]): readonly Noun[] {
  const nouns = [...new Set(operations.map(({ noun }) => noun))];
  return nouns.map((noun) => ({ noun, operations: operations.filter((one) => one.noun === noun) }));
}
