/** The filter language of the API as a parser: what it reads, and how it refuses what it cannot read. */
import { describe, expect, it } from "vitest";

import { FILTER_FIELDS, mentions, parseFilter } from "@/lib/domain/memory/filter";
import { Refusal } from "@/lib/domain/errors";

const parse = (filter: unknown) => parseFilter(JSON.stringify(filter));

function refusalOf(text: string): { path: string; message: string } {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof Refusal && error.code === "invalid_input" && error.fields[0]) return error.fields[0];
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe("a filter", () => {
  it("asks for all members of an object and all comparisons of a field", () => {
    expect(parse({ confidence: { gte: 0.2, lt: 0.4 }, pinned: true })).toEqual({
      type: "all",
      of: [
        {
          type: "all",
          of: [
            { type: "compare", field: "confidence", by: "gte", value: 0.2 },
            { type: "compare", field: "confidence", by: "lt", value: 0.4 },
          ],
        },
        { type: "compare", field: "pinned", by: "eq", value: true },
      ],
    });
  });

  it("reads NOT of a list as none of it, and of an object as its opposite", () => {
    const pinned = { type: "all", of: [{ type: "compare", field: "pinned", by: "eq", value: true }] };
    const quarantined = {
      type: "all",
      of: [{ type: "compare", field: "quarantined", by: "eq", value: true }],
    };
    expect(parse({ NOT: [{ pinned: true }, { quarantined: true }] })).toEqual({
      type: "all",
      of: [{ type: "not", of: { type: "any", of: [pinned, quarantined] } }],
    });
    expect(parse({ NOT: { pinned: true } })).toEqual({
      type: "all",
      of: [{ type: "not", of: { type: "any", of: [pinned] } }],
    });
  });

  it("keeps times as milliseconds and takes one without a zone as UTC", () => {
    const read = (text: string) => parse({ createdAt: { gt: text } });
    const at = Date.UTC(2026, 4, 1, 12);
    for (const text of ["2026-05-01T12:00:00Z", "2026-05-01T14:00:00+02:00", "2026-05-01T12:00"])
      expect(read(text)).toMatchObject({ of: [{ of: [{ value: at }] }] });
  });

  it("knows whether it says anything about a field, however deep", () => {
    const filter = parse({ OR: [{ kind: "fact" }, { NOT: { AND: [{ lifecycle: { in: ["archived"] } }] } }] });
    expect(mentions(filter, "lifecycle")).toBe(true);
    expect(mentions(filter, "pinned")).toBe(false);
  });

  it("reads any JSON under metadata, and keys with dots", () => {
    expect(parse({ "metadata.a.b": { eq: { deep: [1] } } })).toMatchObject({
      of: [{ of: [{ field: "metadata.a.b", by: "eq", value: { deep: [1] } }] }],
    });
  });
});

describe("a filter that cannot be read", () => {
  const cases: [name: string, text: string, path: string, remedy: RegExp][] = [
    ["is not JSON", "{kind: fact}", "filter", /is not JSON; write it like/],
    ["is a list", "[]", "filter", /must be an object/],
    ["names an unknown field", '{"knid":"fact"}', "filter.knid", /one of content, kind/],
    ["names metadata without a key", '{"metadata.":"x"}', "filter.metadata.", /metadata\.<key>/],
    ["names what every object has", '{"constructor":"x"}', "filter.constructor", /is no field/],
    ["compares a kind by size", '{"kind":{"gt":"fact"}}', "filter.kind.gt", /use eq, ne, in/],
    ["compares by an unknown word", '{"uses":{"over":3}}', "filter.uses.over", /use eq, ne, gt/],
    ["compares with nothing", '{"uses":{}}', "filter.uses", /compares with nothing/],
    ["has a kind that is none", '{"kind":"rumour"}', "filter.kind", /one of fact, preference/],
    ["has a confidence above 1", '{"confidence":{"lt":40}}', "filter.confidence.lt", /from 0 to 1/],
    ["has a time that is none", '{"validAt":{"gt":"soon"}}', "filter.validAt.gt", /such as 2026-05-01/],
    [
      "has a date that does not exist",
      '{"validAt":{"gt":"2026-13-45"}}',
      "filter.validAt.gt",
      /must be a time/,
    ],
    ["has a text where yes or no belongs", '{"pinned":"yes"}', "filter.pinned", /true or false/],
    ["asks `in` of one value", '{"speaker":{"in":"Ann"}}', "filter.speaker.in", /needs a list/],
    ["has a wrong value in a list", '{"kind":{"in":["fact","x"]}}', "filter.kind.in[1]", /must be one of/],
    [
      "has a wrong part of an AND",
      '{"AND":[{"kind":"fact"},{"uses":"3"}]}',
      "filter.AND[1].uses",
      /a number/,
    ],
    ["has an OR that is no list", '{"OR":{"kind":"fact"}}', "filter.OR", /list of filters/],
    ["compares what is never empty with null", '{"content":null}', "filter.content", /must be a text/],
  ];
  it.each(cases)("that %s is refused by its path and with the remedy", (_name, text, path, remedy) => {
    const problem = refusalOf(text);
    expect(problem.path).toBe(path);
    expect(problem.message).toMatch(remedy);
  });

  it("names every field in its remedy", () => {
    const { message } = refusalOf('{"x":1}');
    for (const field of Object.keys(FILTER_FIELDS)) expect(message).toContain(field);
  });
});
