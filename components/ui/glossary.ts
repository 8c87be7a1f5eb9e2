/** What each number on the page means, with the formula as `learning.md` of the product's design states it. */

export interface GlossaryEntry {
  readonly name: string;
  readonly meaning: string;
  readonly formula?: string;
  /** Names of the parameters that the formula reads; their values now are shown beside it. */
  readonly parameters: readonly string[];
}

export const glossary = {
  confidence: {
    name: "Confidence",
    meaning:
      "How often this memory is expected to help when it is used, judged from outcomes alone. Being shown is no evidence; only an outcome is.",
    formula: "confidence = A / (A + B)\nA = 2 + Σ faded evidence for\nB = 2 + Σ faded evidence against",
    parameters: [
      "learning.prior.alpha",
      "learning.prior.beta",
      "time.halfLife.fact",
      "time.halfLife.episode",
    ],
  },
  interval: {
    name: "Interval",
    meaning: "Where the confidence lies with 90% probability. It narrows as outcomes come in.",
    formula: "5th to 95th percentile of Beta(A, B)",
    parameters: [],
  },
  utility: {
    name: "Utility",
    meaning: "What outcomes have taught about the memory, as one part of its rank.",
    formula: "θ = ln(A / B)\nutility = clip(3θ, ±1.5) / 1.5",
    parameters: ["learning.utility.slope", "learning.utility.clip", "recall.weight.utility"],
  },
  accessibility: {
    name: "Accessibility",
    meaning: "How fresh the memory is, from the time since its last useful recall. Fading writes nothing.",
    formula: "R = (1 + F · t / S)^(−½),  F = 19/81",
    parameters: ["time.stability.fact", "time.stability.episode", "recall.weight.recency"],
  },
  score: {
    name: "Score",
    meaning:
      "The sum of its parts on fixed scales. No part depends on the other results, so a change to one memory never swaps two others.",
    formula: "score = similarity + keyword + context + graph + recency + utility + cue",
    parameters: [
      "recall.weight.similarity",
      "recall.weight.keyword",
      "recall.weight.context",
      "recall.weight.utility",
    ],
  },
  blastRadius: {
    name: "Blast radius",
    meaning:
      "Logged recalls that would rank differently, found by running the change for real and throwing it away.",
    parameters: [],
  },
  usefulness: {
    name: "Usefulness",
    meaning: "The mean outcome of the recalls that were judged in the range: 1 when all of them helped.",
    formula: "mean of the outcomes, each in 0…1",
    parameters: ["learning.baseline.workspace"],
  },
  pulse: {
    name: "Pulse",
    meaning:
      "Whether the loop is alive: signals arrive, are credited to memories, move their evidence, and change rankings. A stage that stays flat while the one before it moves raises an alarm.",
    parameters: [],
  },
  ndcg: {
    name: "nDCG@10",
    meaning:
      "How well the first ten results are ordered, against what turned out to be useful. 1 is perfect.",
    formula: "Σ gain(r) / log₂(1 + r), divided by the same sum for the best order",
    parameters: [],
  },
  answerability: {
    name: "Answerability",
    meaning:
      "Whether the store seems to hold an answer at all, from how well the best results match the question on fixed scales. Fitted on questions that had an answer and questions that had none; at 50% both were equally frequent there.",
    parameters: ["recall.answerability.low"],
  },
  savedTests: {
    name: "Saved questions",
    meaning:
      "A question somebody kept with a grade for each result: 3 the answer, 2 relevant, 1 related, 0 not relevant; what was not graded counts as 0. A grade counts for the memory its own was merged into. One whose memory is gone stays and cannot be met, so that losing an answer is a loss. A question without a grade above 0 has no answer, and a recall is right when it says so. A test moves no memory and teaches nothing: it only measures.",
    formula:
      "nDCG@10 = Σ grade(r) / log₂(1 + r), divided by the same sum for the best order\nRecall@10 = relevant among the first ten / relevant\nMRR = 1 / rank of the first relevant\nrelevant = graded 2 or 3, or 1 where nothing is better",
    parameters: ["recall.answerability.low"],
  },
  testSet: {
    name: "Judged questions",
    meaning:
      "What outcomes still in force say for a memory on a question, in observations, is its grade: from half an observation on, rounded to 1, 2 or 3. The set follows the ledger, so it is the same for everybody and nothing has to be kept beside it.",
    formula: "nDCG@10 = Σ grade(r) / log₂(1 + r), divided by the same sum for the best order",
    parameters: [],
  },
  frozenArm: {
    name: "Frozen arm",
    meaning:
      "Each judged recall is scored twice: in the order it was shown, and with the same candidates in the order they would have had without anything that outcomes taught. The judgement came after the ranking, so no recall is scored by what was learned from it.",
    formula: "gain = mean (nDCG@10 shown − nDCG@10 frozen)\n± 1.96 · standard error over judged recalls",
    parameters: [],
  },
  credit: {
    name: "Credit",
    meaning:
      "An outcome is shared out to the memories that were shown, more to those on top, and as much as it differs from what was expected. As expected moves nothing.",
    formula:
      "weight = trust · attention(rank) · use · |outcome − expected|\nfor, if better than expected; else against",
    parameters: ["learning.baseline.workspace"],
  },
  harmTest: {
    name: "Sequential test of harm",
    meaning:
      "How much likelier the outcomes of a memory are if it harms than if it helps. Above the threshold, quarantine is proposed; two independent sources, or the owner, must speak against it.",
    formula: "Λ = Σ against · ln((1 − bad) / (1 − good)) − Σ for · ln(good / bad),  in nats",
    parameters: ["safety.quarantine.good", "safety.quarantine.bad", "safety.quarantine.threshold"],
  },
  anomaly: {
    name: "Anomaly",
    meaning:
      "One source fills more of what is shown than its memories would explain, one memory stands first for unrelated kinds of question, or a source writes far faster than it usually does.",
    parameters: ["safety.anomaly.share", "safety.anomaly.reach", "safety.anomaly.burst"],
  },
  diagnosis: {
    name: "Memory or model",
    meaning:
      "A failed outcome is sorted by the first that the log shows: a memory in doubt stood on top; what had helped was shown; what had helped was not shown; nothing stored seemed to answer. If none of them shows, the signals tell too little.",
    parameters: [],
  },
  calibration: {
    name: "Calibration",
    meaning:
      "Whether memories of 70% confidence help in 70% of the outcomes. The Brier score is the mean squared error of that claim.",
    formula: "Brier = mean (confidence − outcome)²",
    parameters: [],
  },
} as const satisfies Readonly<Record<string, GlossaryEntry>>;

export type GlossaryTerm = keyof typeof glossary;
