import { z } from "zod";
import { operations, OPERATION_IDS, type Operation } from "@/lib/contracts/operations";
import { problem } from "@/lib/contracts/problem";
import packageJson from "@/package.json";

type JsonObject = Record<string, unknown>;

/** The OpenAPI 3.1 document, made from the table of operations; nothing in it is written by hand twice. */
export function openApiDocument(): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const id of OPERATION_IDS) {
    const operation: Operation = operations[id];
    if (!operation.surfaces.includes("openapi")) continue;
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: describe(id, operation) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Palimpsest", version: packageJson.version, description: "Memory for language models that improves itself from outcomes and can take back any single thing it learned." },
    servers: [{ url: "/api/v1" }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: { Problem: schemaOf(problem, "output") },
    },
  };
}

export const openApiResponse = (): Response => new Response(JSON.stringify(openApiDocument()), { headers: { "content-type": "application/json" } });

function describe(id: string, operation: Operation): JsonObject {
  const parameters = [...parametersOf(operation.params, "path"), ...parametersOf(operation.query, "query")];
  return {
    operationId: id,
    summary: operation.summary,
    tags: [id.split(".")[0]],
    ...(operation.scope === "none" ? { security: [] } : { "x-scope": operation.scope }),
    "x-destructive": operation.destructive,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(operation),
    responses: {
      [String(operation.status ?? 200)]: { description: "Success", content: { [operation.stream === "response" ? "application/octet-stream" : "application/json"]: { schema: schemaOf(operation.output, "output") } } },
      default: { description: "A problem", content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } },
    },
  };
}

function requestBody(operation: Operation): JsonObject {
  if (operation.stream === "request") return { requestBody: { required: true, content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } } } };
  if (operation.body === undefined) return {};
  return { requestBody: { required: true, content: { "application/json": { schema: schemaOf(operation.body, "input") } } } };
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): JsonObject[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as { properties?: Record<string, JsonObject>; required?: string[] }; // an object schema has these two
  return Object.entries(properties).map(([name, value]) => ({ name, in: place, required: place === "path" || required.includes(name), schema: value }));
}

const schemaOf = (schema: z.ZodType, io: "input" | "output"): JsonObject => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
};
