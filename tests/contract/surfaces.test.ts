/** That the table of operations, the route files and the OpenAPI document name the same things, none more and none fewer. */
import { describe, expect, it } from "vitest";

import { OPERATION_IDS, operations, type Operation } from "@/lib/contracts/operations";
import { openApiDocument } from "@/lib/transport/openapi";
import { rest } from "../support/rest";
import { routes } from "../support/routes";

const table: readonly (Operation & { readonly id: string })[] = OPERATION_IDS.map((id) => ({
  id,
  ...operations[id],
}));
const namesOf = (surface: Operation["surfaces"][number]) =>
  table.filter((o) => o.surfaces.includes(surface)).map((o) => `${o.method} ${o.path}`);

describe("the table of operations", () => {
  it("names each method and path once", () => {
    const names = table.map((o) => `${o.method} ${o.path}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it("has exactly one route for each operation on REST, and no route is without an operation", async () => {
    const served = (await routes()).flatMap((route) =>
      [...route.handlers.keys()].map((method) => `${method} ${route.path}`),
    );
    expect([...served].sort()).toEqual(namesOf("rest").sort());
  });

  it("describes every path parameter in its path and no other", () => {
    for (const { id, path, params } of table) {
      const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]);
      expect(Object.keys(params?.shape ?? {}), id).toEqual(inPath);
    }
  });

  it("gives no body to what only reads, and a scope to everything but the reference", () => {
    for (const { id, method, body, scope } of table) {
      if (method === "GET" || method === "DELETE") expect(body, id).toBeUndefined();
      if (scope === "none") expect(id).toBe("openapi");
    }
  });
});

interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: object }> };
  readonly responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
  readonly "x-scope"?: string;
  readonly "x-client"?: string;
  readonly "x-tools"?: readonly string[];
}

describe("the OpenAPI document", () => {
  const document = openApiDocument() as unknown as {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, object>; securitySchemes: Record<string, { type: string }> };
  }; // the form that the test below holds it to
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

  it("has what version 3.1 requires", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/u);
    expect(document.info.title).not.toBe("");
    expect(document.info.version).toMatch(/^\d+\.\d+\.\d+/u);
    expect(document.components.securitySchemes.bearer?.type).toBe("http");
    for (const { path, operation } of described) {
      const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((p) => p.in === "path");
      expect(declared.map((p) => p.name)).toEqual(inPath);
      expect(declared.every((p) => p.required)).toBe(true);
      expect(Object.keys(operation.responses).filter((s) => /^2\d\d$/u.test(s))).toHaveLength(1);
      expect(operation.summary).not.toBe("");
      for (const answer of Object.values(operation.responses)) expect(answer.description).not.toBe("");
    }
    const ids = described.map((d) => d.operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("names exactly the operations on its surface, with their scopes and status", () => {
    const names = described.map((d) => `${d.method.toUpperCase()} ${d.path}`);
    expect(names.sort()).toEqual(namesOf("openapi").sort());
    for (const { operation } of described) {
      const row = table.find((o) => o.id === operation.operationId);
      expect(operation["x-scope"]).toBe(row?.scope === "none" ? undefined : row?.scope);
      expect(operation["x-client"] !== undefined).toBe(row?.surfaces.includes("client"));
      expect(operation["x-tools"] !== undefined).toBe(row?.surfaces.includes("mcp"));
      expect(operation.responses).toHaveProperty(String(row?.status ?? 200));
      expect(operation.requestBody !== undefined).toBe(row?.body !== undefined || row?.stream === "request");
    }
  });

  it("refers to nothing that it does not hold", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/gu)].map((m) => m[1] ?? "");
    expect(references).not.toEqual([]);
    for (const reference of references) {
      expect(reference).toMatch(/^#\/components\/schemas\/\w+$/u);
      expect(document.components.schemas).toHaveProperty(reference.split("/").at(-1) ?? "");
    }
  });

  it("is served to anyone as it is", async () => {
    const answer = await rest(null).get("/openapi.json");
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual(JSON.parse(JSON.stringify(document)));
  });
});
