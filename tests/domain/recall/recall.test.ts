import { describe, expect, it } from "vitest";

import { asksSomething, namesTime } from "@/lib/domain/recall/text-features";
import { DEFAULTS } from "@/lib/domain/parameters";
import { FIRST_EPOCH, inverseFrequency } from "@/lib/domain/recall/epoch";
import { keywordTerm } from "@/lib/domain/recall/keyword";
import { keywordScale, PART_NAMES, scoreOf, similarityScale, type Features } from "@/lib/domain/recall/score";
import { readQuestion } from "@/lib/domain/recall/question";

const NOTHING: Features = {
  similarity: null,
  keyword: 0,
  phrases: 0,
  utility: 0,
  ageDays: 0,
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
  it("falls with age and when the question names another speaker", () => {
    const scored = (more: Partial<Features>) => scoreOf({ ...NOTHING, ...more }, DEFAULTS).score;
    expect(scored({ ageDays: 900 })).toBeLessThan(scored({ ageDays: 1 }));
    expect(scored({ speaker: -1 })).toBeLessThan(scored({}));
    expect(scored({ speaker: 1 })).toBeGreaterThan(scored({}));
  });
});

describe("a question", () => {
  it("is turned to the first person of the one it names", () => {
    const question = readQuestion("What does Ann's dog eat?", ["Ann", "Bo"]);
    expect(question).toMatchObject({ named: ["Ann"], spoken: "What does my dog eat", asksWhen: false });
    expect(question.words).not.toContain("Ann");
  });
  it("does not find a name inside another word", () =>
    expect(readQuestion("Is it annual?", ["Ann"]).named).toEqual([]));
  it("is left as it is when it names nobody", () =>
    expect(readQuestion("Where is it?", ["Ann"]).words).toBe("Where is it?"));
  it.each(["When did it rain?", "how long did it take?", "What year was it?"])(
    "asks for a time: %s",
    (query) => {
      expect(readQuestion(query, []).asksWhen).toBe(true);
    },
  );
  it("survives a name that means something in a pattern", () =>
    expect(readQuestion("Was A.(B)* there?", ["A.(B)*"]).spoken).toContain("I"));
});

describe("features of a text", () => {
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
