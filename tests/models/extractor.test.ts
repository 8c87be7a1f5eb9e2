import { describe, expect, it } from "vitest";
import { createWinkExtractor } from "@/lib/models/wink-extractor";

const extractor = createWinkExtractor();

/** The names of a text as "name:type", and its relations as "from > type > to". */
async function read(text: string) {
  const [extraction] = await extractor.extract([text]);
  const names = extraction?.mentions.map(({ start, end }) => text.slice(start, end)) ?? [];
  return {
    names: extraction?.mentions.map(({ type }, i) => `${names[i]}:${type}`) ?? [],
    relations:
      extraction?.relations.map(({ from, type, to }) => `${names[from]} > ${type} > ${names[to]}`) ?? [],
  };
}

describe("the rules that read names", () => {
  it("tell people, organizations and places apart", async () => {
    const { names } = await read("We met Priya Nair from Brightwater Ltd in Lisbon on Monday.");
    expect(names).toEqual(["Priya Nair:person", "Brightwater Ltd:organization", "Lisbon:place"]);
  });

  it.each([
    ["a capital letter that only begins a sentence", "Nobody knows. Perhaps later."],
    ["a word in capitals for stress", "This is NOT what I wanted, it is the WORST day"],
    ["days and months", "See you on Friday, or in March"],
    ["days that come again", "Hanging out is for Mondays and for Fridays"],
    ["more than one of what a word names", "Wardens trust a report only with a photo"],
  ])("take %s for no name", async (_, text) => {
    expect((await read(text)).names).toEqual([]);
  });

  it.each([
    ["the offices before a name", "Health Minister Maria Lindqvist resigned", ["Maria Lindqvist:person"]],
    [
      "one name over 'of the'",
      "He joined the Institute of the Baltic Sea",
      ["Institute of the Baltic Sea:organization"],
    ],
    ["a known name in lower case", "we flew to barcelona with emma", ["barcelona:place", "emma:person"]],
    ["a user name", "thanks @kilo_grammar", ["@kilo_grammar:person"]],
    [
      "names in a row as one kind",
      "They toured Lisbon, Setubor and Faroal",
      ["Lisbon:place", "Setubor:place", "Faroal:place"],
    ],
    [
      "no name across lines",
      "Meeting with Wanda\nQuirrel Labs called",
      ["Wanda:person", "Quirrel Labs:organization"],
    ],
  ])("read %s", async (_, text, names) => {
    expect((await read(text)).names).toEqual(names);
  });

  it("say what stands between two names when it is a verb", async () => {
    expect((await read("Wanda Quirrel works at Acme Corp and lives in Lisbon.")).relations).toEqual([
      "Wanda Quirrel > works at > Acme Corp",
    ]);
    expect((await read("Wanda Quirrel, Acme Corp and Lisbon")).relations).toEqual([]);
  });

  it("read the same in every company and order", async () => {
    const texts = ["Ada Byron met Bob.", "nothing here", "Ada Byron met Bob."];
    const [first, second, third] = await extractor.extract(texts);
    expect(second).toEqual({ mentions: [], relations: [] });
    expect(third).toEqual(first);
    expect((await createWinkExtractor().extract([texts[0] ?? ""]))[0]).toEqual(first);
  });
});
