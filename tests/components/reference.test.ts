/** The API reference is read from the very document that the server gives out. */
import { describe, expect, it } from "vitest";

import { exampleCurl } from "@/components/reference/example-curl";
import { fieldsOf, typeText } from "@/components/reference/json-schema";
import {
  byNoun,
  matches,
  readReference,
  type ReferenceDocument,
} from "@/components/reference/read-reference";
import { OPERATION_IDS, operations, type Operation } from "@/lib/contracts/operations";
import { openApiDocument } from "@/lib/transport/openapi";
import { parseInput } from "@/lib/transport/input";

// The document of this server, which is what the page reads.
const reference = readReference(openApiDocument() as unknown as ReferenceDocument);
const { definitions } = reference;
const find = (id: string) => {
  const found = reference.operations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`${id} is not in the reference`);
  return found;
};

describe("the API reference", () => {
  it("has every operation of the document, once, under its noun", () => {
    const described = OPERATION_IDS.filter((id) =>
      (operations[id] as Operation).surfaces.includes("openapi"),
    );
    const shown = byNoun(reference.operations).flatMap((noun) => noun.operations.map(({ id }) => id));
    expect([...shown].sort()).toEqual([...described].sort());
  });

  it("tells scope, tools, client method and what takes something away", () => {
    expect(find("recall")).toMatchObject({
      method: "POST",
      path: "/api/v1/recall",
      scope: "read",
      tools: ["search_memories"],
      client: "recall",
      destructive: false,
    });
    expect(find("reverts.create")).toMatchObject({
      tools: ["preview_revert", "revert_change"],
      destructive: true,
    });
    expect(find("openapi")).toMatchObject({ scope: null, client: null, tools: [] });
  });

  it("finds by name, path, scope and tool, all words at once", () => {
    const found = (words: string) =>
      reference.operations.filter((one) => matches(one, words)).map(({ id }) => id);
    expect(found("search_memories")).toEqual(["recall"]);
    expect(found("keys delete")).toEqual(["keys.revoke"]);
    expect(found("nothing of this")).toEqual([]);
    expect(found(" ")).toHaveLength(reference.operations.length);
  });

  it("gives an example body that the operation itself accepts", () => {
    for (const id of [
      "memories.create",
      "recall",
      "signals.create",
      "keys.create",
      "parameters.set",
    ] as const) {
      const curl = exampleCurl(find(id), { origin: "http://here", definitions });
      const bodyText = /-d '(?<body>.*)'$/su.exec(curl)?.groups?.["body"] ?? "";
      const params = Object.fromEntries(find(id).inPath.map(({ name }) => [name, "x"]));
      expect(() => parseInput(id, { params, query: {}, bodyText }), curl).not.toThrow();
    }
  });

  it("gives an example that names what has to be filled into the path", () => {
    expect(exampleCurl(find("keys.revoke"), { origin: "http://here", definitions })).toBe(
      'curl -X DELETE http://here/api/v1/keys/ID \\\n  -H "Authorization: Bearer $PALIMPSEST_KEY"',
    );
  });
});

describe("a schema in words", () => {
  it("says type, range and alternatives", () => {
    expect(typeText({ type: "number", minimum: 0, maximum: 1 }, {})).toBe("number 0…1");
    expect(typeText({ type: "integer", maximum: Number.MAX_SAFE_INTEGER }, {})).toBe("whole number");
    expect(typeText({ type: "array", items: { type: "string" } }, {})).toBe("list of text");
    expect(typeText({ anyOf: [{ type: "string" }, { type: "null" }] }, {})).toBe("text or null");
    expect(typeText({ enum: ["fact", "episode"] }, {})).toBe("fact | episode");
  });

  it("lists the fields inside a list, and those of alternatives as required only where all require them", () => {
    const inside = { properties: { a: { type: "string" }, b: { type: "string" } }, required: ["a", "b"] };
    const other = { properties: { a: { type: "string" } }, required: ["a"] };
    expect(fieldsOf({ type: "array", items: inside }, {}).map(({ name }) => name)).toEqual(["a", "b"]);
    expect(fieldsOf({ anyOf: [inside, other] }, {}).map(({ name, required }) => [name, required])).toEqual([
      ["a", true],
      ["b", false],
    ]);
  });

  it("ends on a definition that is made of itself", () => {
    const itself = { Tree: { anyOf: [{ type: "string" }, { type: "array", items: { $ref: "#/x/Tree" } }] } };
    expect(typeText({ $ref: "#/x/Tree" }, itself)).toBe("text or list");
    expect(fieldsOf({ $ref: "#/x/Tree" }, itself)).toEqual([]);
  });
});
