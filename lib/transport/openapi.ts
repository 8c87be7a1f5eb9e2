import { jsonSchemaOf, type Schema } from "@/lib/contracts/schema";
import { operations, OPERATION_IDS, type Operation } from "@/lib/contracts/operations";
import { problem } from "@/lib/contracts/problem";
import { TOOL_NAMES, tools } from "@/lib/contracts/tools";
import packageJson from "@/package.json";

type JsonObject = Record<string, unknown>;

/** The OpenAPI 3.1 document, made from the table of operations; nothing in it is written by hand twice. */
export function openApiDocument(): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const id of OPERATION_IDS) {
    const operation: Operation = operations[id];
    if (!operation.surfaces.includes("openapi")) continue;
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(id, operation),
    };
  }
  return hoisted({
    openapi: "3.1.0",
    info: {
      title: "Palimpsest",
      version: packageJson.version,
      description:
        "Memory for language models that improves itself from outcomes and can take back any single thing it learned.",
    },
    servers: [{ url: "/api/v1" }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: { Problem: jsonSchemaOf(problem, "output") },
    },
  });
}

/**
 * Every schema is made by itself and brings definitions of its own, but a reference is read from the document's root: so
 * they move there, equal ones to one place.
 */
function hoisted(
  document: JsonObject & { readonly components: JsonObject & { readonly schemas: JsonObject } },
): JsonObject {
  const places = new Map<string, { readonly name: string; readonly schema: unknown }>();
  const placeOf = (own: string, schema: unknown): string => {
    const text = JSON.stringify(schema).replaceAll(`"#/$defs/${own}"`, '"#"');
    const name = places.get(text)?.name ?? `Shared${places.size + 1}`;
    if (!places.has(text)) places.set(text, { name, schema: moved(schema, { [own]: name }) });
    return name;
  };
  const moved = (node: unknown, names: Readonly<Record<string, string>>): unknown => {
    if (Array.isArray(node)) return node.map((item) => moved(item, names));
    if (typeof node !== "object" || node === null) return node;
    const { $defs = {}, ...rest } = node as JsonObject; // any object that is not null
    const known = {
      ...names,
      ...Object.fromEntries(
        Object.entries($defs as JsonObject).map(([own, schema]) => [own, placeOf(own, schema)]),
      ),
    }; // a map of schemas
    return Object.fromEntries(
      Object.entries(rest).map(([key, value]) =>
        key === "$ref" ? [key, redirected(String(value), known)] : [key, moved(value, known)],
      ),
    );
  };
  const { components, ...rest } = document;
  const { schemas, ...others } = moved(components, {}) as { schemas: JsonObject }; // the same object, walked
  const paths = moved(rest, {}) as JsonObject; // the same object, walked
  return {
    ...paths,
    components: {
      ...others,
      schemas: {
        ...schemas,
        ...Object.fromEntries([...places.values()].map(({ name, schema }) => [name, schema])),
      },
    },
  };
}

const redirected = (reference: string, names: Readonly<Record<string, string>>): string => {
  const name = names[reference.replace("#/$defs/", "")];
  return name === undefined ? reference : `#/components/schemas/${name}`;
};

export const openApiResponse = (): Response =>
  new Response(JSON.stringify(openApiDocument()), { headers: { "content-type": "application/json" } });

function describe(id: string, operation: Operation): JsonObject {
  const parameters = [...parametersOf(operation.params, "path"), ...parametersOf(operation.query, "query")];
  return {
    operationId: id,
    summary: operation.summary,
    tags: [id.split(".")[0]],
    ...(operation.scope === "none" ? { security: [] } : { "x-scope": operation.scope }),
    "x-destructive": operation.destructive,
    ...surfacesOf(id, operation),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(operation),
    responses: {
      [String(operation.status ?? 200)]: {
        description: "Success",
        content: {
          [operation.stream === "response" ? "application/octet-stream" : "application/json"]: {
            schema: jsonSchemaOf(operation.output, "output"),
          },
        },
      },
      default: {
        description: "A problem",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

/** The same operation elsewhere: the client's method and the tools of MCP. */
function surfacesOf(id: string, operation: Operation): JsonObject {
  const names = TOOL_NAMES.filter((name) => tools[name].operation === id);
  return {
    ...(operation.surfaces.includes("client") ? { "x-client": id } : {}),
    ...(names.length > 0 ? { "x-tools": names } : {}),
  };
}

function requestBody(operation: Operation): JsonObject {
  if (operation.stream === "request")
    return {
      requestBody: {
        required: true,
        content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
      },
    };
  if (operation.body === undefined) return {};
  return {
    requestBody: {
      required: true,
      content: { "application/json": { schema: jsonSchemaOf(operation.body, "input") } },
    },
  };
}

interface ObjectSchema {
  readonly properties?: Record<string, JsonObject>;
  readonly required?: string[];
}

function parametersOf(schema: Schema | undefined, place: "path" | "query"): JsonObject[] {
  if (schema === undefined) return [];
  // An object schema has these two.
  const { properties = {}, required = [] } = jsonSchemaOf(schema, "input") as ObjectSchema;
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: value,
  }));
}
