import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fillPath, queryString, wireRequest } from "@/lib/client/request";
import { addresses } from "@/lib/contracts/addresses";

describe("a path", () => {
  it("is filled with encoded parameters, so that an id cannot leave its place", () => {
    expect(fillPath("/memories/{id}/history", { id: "a/../b?c" })).toBe("/memories/a%2F..%2Fb%3Fc/history");
  });
  it("refuses to be called without its parameter", () => {
    expect(() => fillPath("/memories/{id}", {})).toThrow('needs "id"');
    expect(() => fillPath("/memories/{id}", { id: "" })).toThrow('needs "id"');
  });
});

describe("a query string", () => {
  it("leaves out what is undefined and keeps false and zero", () => {
    expect(queryString({ q: undefined, facets: false, limit: 0 })).toBe("?facets=false&limit=0");
    expect(queryString({})).toBe("");
  });
  it("encodes what a person typed", () => {
    expect(new URLSearchParams(queryString({ q: 'kind:fact "a & b"' })).get("q")).toBe('kind:fact "a & b"');
  });
});

describe("a request", () => {
  it("has a JSON body only where one was given", () => {
    const read = wireRequest(addresses["memories.get"], { params: { id: "m1" } });
    expect(read).toMatchObject({ method: "GET", url: "/api/v1/memories/m1", body: null });
    expect(read.headers["content-type"]).toBeUndefined();
    const write = wireRequest(addresses["memories.create"], { body: { content: "x" } });
    expect(write).toMatchObject({ method: "POST", url: "/api/v1/memories", body: '{"content":"x"}' });
    expect(write.headers["content-type"]).toBe("application/json");
  });
  it("sends a stream as it is", () => {
    const upload = wireRequest(addresses["import.create"], { query: { dryRun: true }, stream: "line\n" });
    expect(upload).toMatchObject({ url: "/api/v1/import?dryRun=true", body: "line\n" });
    expect(upload.headers["content-type"]).toBeUndefined();
  });
});

describe("calling", () => {
  it("loads where the operations are, and none of the schemas that describe them", () => {
    const files = ["api", "request", "api-error", "keys", "queries", "mutations"].map(
      (name) => `lib/client/${name}.ts`,
    );
    const loaded = files.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/^import (?!type).*"@\/lib\/contracts\/([^"]+)"/gmu)].map(
        ([, name]) => name,
      ),
    );
    expect(new Set(loaded)).toEqual(new Set(["addresses"]));
  });
});
