import { describe, expect, it } from "vitest";
import { causeWords, mendsOf } from "@/components/learning/cause-words";
import {
  compareCosts,
  costRows,
  formatPrice,
  priceOf,
  ratioSentence,
} from "@/components/learning/cost-shape";
import { fittedSentence } from "@/components/learning/fitted-sentence";
import { currentTab } from "@/components/learning/learning-tabs";
import { outcomeWords, standingOf, weightWords, whoSaid } from "@/components/learning/outcome-words";
import { answerableWords } from "@/components/recall/answerable-words";
import { noPrices, parsePrices } from "@/components/learning/prices";
import { contaminationChoices } from "@/components/timeline/contamination-choice";
import { isSimple, type RevertAnswer } from "@/components/timeline/revert-target";
import { FAILURE_CAUSES } from "@/lib/domain/learning/diagnosis";
import { operations } from "@/lib/contracts/operations";

describe("the section of the Learning page", () => {
  it("is the one chosen here, then the one of the anchor, then the outcomes of a memory", () => {
    expect(currentTab({ tab: "costs", hash: "#safety", memory: "m" })).toBe("costs");
    expect(currentTab({ tab: null, hash: "#safety", memory: "m" })).toBe("safety");
    expect(currentTab({ tab: null, hash: "", memory: "m" })).toBe("outcomes");
    expect(currentTab({ tab: null, hash: "#nothing", memory: null })).toBe("loop");
  });
});

describe("an outcome in words", () => {
  it("is compared with what was expected", () => {
    expect(outcomeWords({ outcome: 0, baseline: 0.62 })).toEqual({
      title: "Failed",
      tone: "loss",
      against: "outcome 0.00 where 0.62 was expected: worse than expected",
    });
    expect(outcomeWords({ outcome: 1, baseline: 0.5 }).against).toMatch(/better than expected$/);
    expect(outcomeWords({ outcome: 0.5, baseline: 0.5 })).toMatchObject({ title: "Partly", tone: "neutral" });
    expect(outcomeWords({ outcome: 0.5, baseline: 0.5 }).against).toMatch(/: as expected$/);
  });
  it("is no outcome of an answer where only memories were judged", () => {
    expect(outcomeWords({ outcome: null, baseline: null })).toEqual({
      title: "Single memories judged",
      tone: "neutral",
      against: null,
    });
  });
  it("counts, counts in part, or is taken back, by what it moved", () => {
    expect(standingOf([])).toBe("empty");
    expect(standingOf([{ status: "live" }])).toBe("live");
    expect(standingOf([{ status: "live" }, { status: "reverted" }])).toBe("partly");
    expect(standingOf([{ status: "suspended" }, { status: "reverted" }])).toBe("out");
  });
  it("names who judged and who reported it", () => {
    expect(whoSaid({ actor: "person:owner", source: null })).toBe("A person");
    expect(whoSaid({ actor: "key:1", source: "night tests" })).toBe("night tests, by an API client");
    expect(whoSaid({ actor: "comet", source: null })).toBe("comet");
  });
  it("gives a weight its direction in words", () => {
    expect(weightWords(0.5)).toBe("0.50 for");
    expect(weightWords(-0.25)).toBe("0.25 against");
  });
});

describe("the mend of a failure", () => {
  const failure = { query: "a & b?", memories: [{ memoryId: "m1", label: "one" }] };
  it("leads to where it can be mended, with the question and the memory", () => {
    expect(mendsOf({ ...failure, cause: "notStored" })).toEqual([
      { label: "Add a memory", href: "/memories?add=true" },
    ]);
    expect(mendsOf({ ...failure, cause: "stale" })[0]?.href).toBe("/memories/m1");
    expect(mendsOf({ ...failure, cause: "notRecalled" })[0]?.href).toBe("/recall?q=a%20%26%20b%3F&target=m1");
    expect(mendsOf({ ...failure, cause: "unknown" })[0]?.href).toBe("/recall?q=a%20%26%20b%3F");
  });
  it("offers no change of the memory where the memory is not what failed", () => {
    expect(mendsOf({ ...failure, cause: "model" })).toEqual([]);
  });
  it("has words for every cause, and none of them is sure of the model", () => {
    expect(Object.keys(causeWords).sort()).toEqual([...FAILURE_CAUSES].sort());
    expect(causeWords.model.advice).toMatch(/unlikely/);
  });
});

describe("prices", () => {
  it("fall back one by one when the storage holds nonsense", () => {
    expect(parsePrices(null)).toEqual(noPrices);
    expect(parsePrices("{no json")).toEqual(noPrices);
    expect(parsePrices('{"machineHour":0.5,"modelCall":-1,"fineTuningRun":"12","callsPerCycle":3}')).toEqual({
      machineHour: 0.5,
      modelCall: null,
      fineTuningRun: null,
      callsPerCycle: 3,
    });
  });
  it("keep three figures however small they are", () => {
    expect([null, 0, 1234.5, 0.5, 0.000012345].map(formatPrice)).toEqual([
      "–",
      "0",
      "1,235",
      "0.500",
      "0.0000123",
    ]);
  });
  it("of processor time follow from the hour", () => {
    expect(priceOf(3_600_000, 0.5)).toBe(0.5);
    const [row] = costRows([{ operation: "recall", calls: 40, milliseconds: 7.2 }], 0.5);
    expect(row).toMatchObject({ name: "Recall", isFew: false, isKnown: true });
    expect(row?.perMillion).toBeCloseTo(1);
    expect(costRows([{ operation: "recall", calls: 4, milliseconds: 7.2 }], null)[0]).toMatchObject({
      isFew: true,
      perMillion: null,
    });
  });
  it("list updates and recalls before all other operations", () => {
    const cpu = ["metrics.cost", "recall", "signals.create"].map((operation, index) => ({
      operation,
      calls: 9,
      milliseconds: 9 - index,
    }));
    expect(costRows(cpu, null).map((row) => row.operation)).toEqual([
      "signals.create",
      "recall",
      "metrics.cost",
    ]);
    expect("signals.create" in operations && "recall" in operations).toBe(true);
  });
});

describe("a cycle beside a fine-tuning run", () => {
  const prices = { machineHour: 1, fineTuningRun: 30, modelCall: 0.01, callsPerCycle: 0 };
  const credit = { operation: "signals.create", calls: 9, milliseconds: 36 };

  it("is priced from what was measured, and says so when that was crediting only", () => {
    const { cycle, tuning } = compareCosts(prices, [credit], 100);
    expect(cycle.price).toBeCloseTo(0.001);
    expect(cycle.how).toMatch(/^No cycle was measured; crediting the 100 outcomes/);
    expect(tuning.price).toBe(30);
    expect(ratioSentence({ cycle, tuning })).toBe("One run costs as much as about 30,000 cycles.");
  });
  it("adds the model's calls at their price, and asks for the price where it needs one", () => {
    const withCalls = { ...prices, callsPerCycle: 50 };
    expect(compareCosts(withCalls, [credit], 100).cycle.price).toBeCloseTo(0.501);
    expect(compareCosts({ ...withCalls, modelCall: null }, [credit], 100).cycle.price).toBeNull();
    expect(compareCosts({ ...prices, machineHour: null }, [credit], 100).cycle.price).toBeNull();
  });
  it("compares nothing while a side has no price", () => {
    const sides = compareCosts({ ...prices, fineTuningRun: null }, [credit], 100);
    expect(ratioSentence(sides)).toBeNull();
    expect(compareCosts(prices, [], 100).cycle).toMatchObject({ price: null });
  });
});

describe("whether anything answers the question", () => {
  const results = [{}];
  it("is said only where it is doubtful, by the threshold in force", () => {
    expect(answerableWords({ answerability: 0.5, results })).toBeNull();
    expect(answerableWords({ answerability: 0.4, results })?.kind).toBe("open");
    expect(answerableWords({ answerability: 0.1, results })?.sentence).toMatch(
      /^Nothing here matches this well/,
    );
    const explanation = {
      stages: [],
      dropped: [],
      target: null,
      parameters: { "recall.answerability.low": 0.45 },
    };
    expect(answerableWords({ answerability: 0.4, explanation, results })?.kind).toBe("unlikely");
  });
  it("is left to the empty list where nothing was found", () => {
    expect(answerableWords({ answerability: 0, results: [] })).toBeNull();
  });
});

describe("how far a revert reaches", () => {
  it("is offered in three steps, each with what it takes out", () => {
    expect(contaminationChoices({ blame: 1, all: 12 }).map(({ level, count }) => [level, count])).toEqual([
      ["none", "nothing more"],
      ["blame", "1 change more"],
      ["all", "12 changes more"],
    ]);
  });
  it("is asked before a memory is taken back that others learned beside", () => {
    const preview = { effects: [], suspended: [], unsupported: [] };
    // Only what the rule reads of an answer.
    const simple = (contamination?: object) =>
      isSimple({ ...preview, contamination } as unknown as RevertAnswer);
    expect(simple()).toBe(true);
    expect(simple({ level: "none", memories: 0, blame: 0, all: 0 })).toBe(true);
    expect(simple({ level: "none", memories: 1, blame: 0, all: 2 })).toBe(false);
  });
});

describe("what a fitted curve makes of the predictions", () => {
  const fitted = { form: "platt", brier: 0.15, ece: 0.04, bins: [] } as const;
  it("is told with what it brings, and that nothing moves by it", () => {
    expect(fittedSentence({ ece: 0.12, fitted: { ...fitted, bins: [] }, note: null })).toBe(
      "Fitting a logistic curve would bring that to ECE 0.040 and Brier 0.150, each outcome told by a curve that has not seen it. It is shown here and moves no memory.",
    );
  });
  it("is no help where the error does not shrink", () => {
    expect(fittedSentence({ ece: 0.04, fitted: { ...fitted, bins: [] }, note: null })).toMatch(
      /would not help: ECE 0\.040/u,
    );
  });
  it("is the reason why there is none while outcomes are few", () => {
    expect(fittedSentence({ ece: 0.3, fitted: null, note: "12 are too few." })).toBe("12 are too few.");
  });
});
