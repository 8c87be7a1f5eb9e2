import { fieldsOf, resolve, type Definitions, type JsonSchema, type SchemaField } from "./json-schema";
import type { ReferenceOperation } from "./read-reference";

/** A call that only wants its capitals filled in: what is required, and nothing else. */
export function exampleCurl(
  operation: ReferenceOperation,
  { origin, definitions }: { readonly origin: string; readonly definitions: Definitions },
): string {
  const path = operation.path.replace(/\{(\w+)\}/gu, (_, name: string) => name.toUpperCase());
  const query = operation.inQuery
    .filter(({ required }) => required)
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(exampleOf(schema, definitions, name)))}`)
    .join("&");
  const url = `${origin}${path}${query === "" ? "" : `?${query}`}`;
  const lines = [
    `curl ${operation.method === "GET" ? "" : `-X ${operation.method} `}${query === "" ? url : `"${url}"`}`,
    ...(operation.scope === null ? [] : [`-H "Authorization: Bearer $PALIMPSEST_KEY"`]),
    ...bodyLines(operation, definitions),
  ];
  return lines.join(" \\\n  ");
}

/** Where no field is required by itself, and the first alone would say too little. */
const telling: Readonly<Record<string, readonly string[]>> = { "signals.create": ["retrievalId", "outcome"] };

function bodyLines({ id, body }: ReferenceOperation, definitions: Definitions): readonly string[] {
  if (body === null) return [];
  if (body.type !== "application/json") return ["--data-binary @FILE"];
  const names = telling[id];
  const text = JSON.stringify(
    exampleOf(names ? only(body.schema, names) : body.schema, definitions, "value"),
  );
  return [`-H "Content-Type: application/json"`, `-d '${text}'`];
}

const only = (schema: JsonSchema, required: readonly string[]): JsonSchema => ({ ...schema, required });

/** What is required; the first field where nothing is, because an empty body seldom says anything. */
function neededFields(schema: JsonSchema, definitions: Definitions): readonly SchemaField[] {
  const fields = fieldsOf(schema, definitions);
  const required = fields.filter((field) => field.required);
  return required.length > 0 ? required : fields.slice(0, 1);
}

/** The least that a schema takes, with capitals where a person has to choose. */
export function exampleOf(schema: JsonSchema, definitions: Definitions, name: string): unknown {
  const known = resolve(schema, definitions);
  const [alternative] = known.anyOf ?? known.oneOf ?? [];
  if (alternative !== undefined) return exampleOf(alternative, definitions, name);
  if (known.const !== undefined) return known.const;
  if (known.enum !== undefined) return known.enum[0];
  switch (known.type) {
    case "object":
      return Object.fromEntries(
        neededFields(known, definitions).map((field) => [
          field.name,
          exampleOf(field.schema, definitions, field.name),
        ]),
      );
    case "array":
      return known.items === undefined ? [] : [exampleOf(known.items, definitions, singular(name))];
    case "integer":
    case "number":
      return Math.max(known.minimum ?? 0, 0);
    case "boolean":
      return true;
    default:
      return known.format === "date-time" || known.format === "date" ? "2026-01-31" : name.toUpperCase();
  }
}

const singular = (name: string): string => name.replace(/s$/u, "");
