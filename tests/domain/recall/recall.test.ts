import { describe, expect, it } from "vitest";

import { asksSomething, namesTime, speaksOfNow } from "@/lib/domain/recall/text-features";
import { DEFAULTS } from "@/lib/domain/parameters";
import { ageFrom, FIRST_EPOCH, inverseFrequency } from "@/lib/domain/recall/epoch";
import { NOTHING_LEARNED } from "@/lib/domain/learning/cue";
import { keywordTerm } from "@/lib/domain/recall/keyword";
import { keywordScale, PART_NAMES, scoreOf, similarityScale, type Features } from "@/lib/domain/recall/score";
import { readQuestion } from "@/lib/domain/recall/question";

const AT = Date.UTC(2024, 4, 15);
const read = (query: string, ...speakers: string[]) => readQuestion(query, { speakers, at: AT });

const NOTHING: Features = {
  learned: NOTHING_LEARNED,
  graph: 0,
  similarity: null,
  passage: null,
  keyword: 0,
  phrases: 0,
  utility: 0,
  ageDays: 0,
  asksNow: false,
  speaksOfNow: false,
  daysOutside: null,
  speaker: 0,
  namesTime: false,
  length: 0,
  neighbours: [],
  asked: null,
};

describe("inverse document frequency", () => {
  const epoch = {
    ...FIRST_EPOCH,
    documents: 10,
    frequencies: new Map([
      ["tea", 2],
      ["all", 10],
    ]),
  };
  it("is Lucene's", () => expect(inverseFrequency(epoch, "tea")).toBeCloseTo(Math.log(1 + 8.5 / 2.5), 12));
  it("is never negative, also for a word in every memory", () =>
    expect(inverseFrequency(epoch, "all")).toBeGreaterThan(0));
  it("is highest for a word the epoch has not seen", () =>
    expect(inverseFrequency(epoch, "new")).toBeGreaterThan(inverseFrequency(epoch, "tea")));
});

describe("one word's part of BM25", () => {
  it("is the idf for one occurrence in a text of average length", () => {
    expect(
      keywordTerm({ idf: 2, occurrences: 1, length: FIRST_EPOCH.averageLength }, FIRST_EPOCH, DEFAULTS),
    ).toBeCloseTo(2, 12);
  });
  it("saturates with occurrences and falls with length", () => {
    const points = (occurrences: number, length: number) =>
      keywordTerm({ idf: 1, occurrences, length }, FIRST_EPOCH, DEFAULTS);
    expect(points(9, 12)).toBeLessThan(1 + DEFAULTS["recall.keyword.k1"]);
    expect(points(2, 12)).toBeGreaterThan(points(1, 12));
    expect(points(1, 50)).toBeLessThan(points(1, 12));
  });
});

describe("a score", () => {
  it("is the sum of its parts", () => {
    const { score, parts } = scoreOf(
      { ...NOTHING, similarity: 0.5, keyword: 7, utility: -0.3, ageDays: 40, speaker: 1, length: 9 },
      DEFAULTS,
    );
    expect(score).toBeCloseTo(
      PART_NAMES.reduce((sum, name) => sum + parts[name], 0),
      12,
    );
  });
  it("keeps similarity and keywords between 0 and 1", () => {
    expect([
      similarityScale(-1, DEFAULTS),
      similarityScale(1, DEFAULTS),
      similarityScale(null, DEFAULTS),
    ]).toEqual([0, 1, 0]);
    expect(keywordScale(DEFAULTS["recall.keyword.halfScore"], DEFAULTS)).toBe(0.5);
  });
  it("counts the nearest of equally good neighbours most", () => {
    const beside = (turns: number) =>
      scoreOf({ ...NOTHING, neighbours: [{ turns, similarity: 0.6, keyword: 5 }] }, DEFAULTS).parts.context;
    expect(beside(1)).toBeGreaterThan(beside(2));
    expect(beside(2)).toBeGreaterThan(0);
  });
  it("rises with the passage that fits best, whatever the whole text says", () => {
    const similarity = (passage: number) =>
      scoreOf({ ...NOTHING, similarity: 0.2, passage }, DEFAULTS).parts.similarity;
    expect(similarity(0.6) - similarity(0.2)).toBeCloseTo(
      DEFAULTS["recall.weight.passage"] * (similarityScale(0.6, DEFAULTS) - similarityScale(0.2, DEFAULTS)),
      12,
    );
  });
  it("puts the later of two equal matches in front when the question is about the present", () => {
    const scored = (ageDays: number, asksNow: boolean, passage: number) =>
      scoreOf({ ...NOTHING, passage, similarity: passage, ageDays, asksNow }, DEFAULTS).parts.recency;
    const lead = (asksNow: boolean, passage: number) =>
      scored(5, asksNow, passage) - scored(60, asksNow, passage);
    expect(lead(true, 0.7)).toBeGreaterThan(10 * lead(false, 0.7));
    expect(lead(true, 0)).toBeCloseTo(lead(false, 0), 12);
  });
  it("gives what says how things stand its part only where the present is asked about", () => {
    const recency = (more: Partial<Features>) => scoreOf({ ...NOTHING, ...more }, DEFAULTS).parts.recency;
    expect(recency({ asksNow: true, speaksOfNow: true })).toBeGreaterThan(recency({ asksNow: true }));
    expect(recency({ speaksOfNow: true })).toBe(recency({}));
  });
  it("is higher inside the time that the question names, and falls to nothing beside it", () => {
    const context = (daysOutside: number | null) =>
      scoreOf({ ...NOTHING, daysOutside }, DEFAULTS).parts.context;
    const reach = DEFAULTS["recall.window.days"];
    expect(context(0)).toBe(DEFAULTS["recall.weight.window"]);
    expect(context(reach / 2)).toBeCloseTo(context(0) / 2, 12);
    expect([context(reach), context(reach * 9), context(null)]).toEqual([0, 0, 0]);
  });
  it("falls with age and when the question names another speaker", () => {
    const scored = (more: Partial<Features>) => scoreOf({ ...NOTHING, ...more }, DEFAULTS).score;
    expect(scored({ ageDays: 900 })).toBeLessThan(scored({ ageDays: 1 }));
    expect(scored({ speaker: -1 })).toBeLessThan(scored({}));
    expect(scored({ speaker: 1 })).toBeGreaterThan(scored({}));
  });
});

describe("a question", () => {
  it("leaves a name alone as it is, for it asks about somebody and not as somebody", () => {
    expect(read("Ann?", "Ann").spoken).toBe("Ann?");
  });

  it("is turned to the first person of the one it names", () => {
    const question = read("What does Ann's dog eat?", "Ann", "Bo");
    expect(question).toMatchObject({ named: ["Ann"], spoken: "What does my dog eat", asksWhen: false });
    expect(question.words).not.toContain("Ann");
  });
  it("does not find a name inside another word", () =>
    expect(read("Is it annual?", "Ann").named).toEqual([]));
  it("is left as it is when it names nobody", () =>
    expect(read("Where is it?", "Ann").words).toBe("Where is it?"));
  it.each(["When did it rain?", "how long did it take?", "What year was it?"])(
    "asks for a time: %s",
    (query) => {
      expect(read(query).asksWhen).toBe(true);
    },
  );
  it.each([
    ["Where do I keep my shoes?", true],
    ["How many followers have I got?", true],
    ["What's my best score?", true],
    ["Who is the current chair?", true],
    ["Where did I keep my shoes?", false],
    ["What does Ann do?", false],
    ["What do I owe since last week?", false],
  ])("%s asks about the present: %s", (query, asksNow) => {
    expect(read(query, "Ann").asksNow).toBe(asksNow);
  });
  it("takes no time from what it is asked as of", () =>
    expect(read("Who leads the club as of May 2020").window).toBeNull());
  it("survives a name that means something in a pattern", () =>
    expect(read("Was A.(B)* there?", "A.(B)*").spoken).toContain("I"));
});

describe("the time from which ages count", () => {
  it("is the one asked about, but not after the newest memory counted", () => {
    const epoch = { ...FIRST_EPOCH, newestValidAt: 500 };
    expect([ageFrom(epoch, 900), ageFrom(epoch, 300), ageFrom(FIRST_EPOCH, 900)]).toEqual([500, 300, 900]);
  });
});

describe("features of a text", () => {
  it.each([
    ["I'm at 600 followers now", true],
    ["I have just moved", true],
    ["She knows the way", false],
  ])("%s speaks of the present: %s", (text, speaks) => {
    expect(speaksOfNow(text)).toBe(speaks);
  });
  it.each([
    ["Where were you?", true],
    ["Where were you? Tell me.", true],
    ["I was there.", false],
  ])("%s asks: %s", (text, asks) => {
    expect(asksSomething(text)).toBe(asks);
  });
  it.each([
    ["It was last summer", true],
    ["in March 2021", true],
    ["3 weeks ago", true],
    ["A nice lamp", false],
  ])("%s names a time: %s", (text, names) => {
    expect(namesTime(text)).toBe(names);
  });
});
