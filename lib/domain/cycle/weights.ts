import { bet, evidenceOf, levelOf, NOTHING_STAKED, type EProcess } from "@/lib/domain/learning/e-process";
import { CONSTANTS, PARAMETERS, type ParameterName, type Parameters } from "@/lib/domain/parameters";
import { estimate, ndcg } from "@/lib/domain/learning/comparison";
import { atLeast, gateOf, type Gate } from "./proposal";
import { noPreferences, pairsOf, preferredScales, withPair } from "./preferences";
import { PART_NAMES, type PartName } from "@/lib/domain/recall/score";
import { decisionsUnder } from "./logged-decisions";
import { doublyRobust, snips, type OffPolicyEstimate } from "@/lib/domain/learning/off-policy";
import { reordered, type JudgedRecall, type Scales } from "./judged-recall";
import { stepTowards } from "./bounds";

/** The weights behind each logged part, where the part is their multiple; what cues say is no multiple of theirs. */
const WEIGHTS: Readonly<Partial<Record<PartName, readonly ParameterName[]>>> = {
  similarity: ["recall.weight.similarity", "recall.weight.passage"],
  keyword: ["recall.weight.keyword", "recall.weight.phrase"],
  utility: ["recall.weight.utility"],
  graph: ["recall.weight.graph"],
  recency: ["recall.weight.recency", "recall.weight.now", "recall.weight.saysNow"],
  context: [
    "recall.weight.context",
    "recall.weight.answer",
    "recall.weight.speaker",
    "recall.weight.time",
    "recall.weight.window",
    "recall.weight.length",
  ],
};

export interface ProposedWeights {
  readonly scales: Scales;
  readonly values: readonly {
    readonly name: ParameterName;
    readonly before: number;
    readonly value: number;
  }[];
}

/** Weights that the earlier judged recalls prefer, within the bounds of one cycle; null: they are content. */
export function preferredWeights(
  recalls: readonly JudgedRecall[],
  parameters: Parameters,
): ProposedWeights | null {
  let sums = noPreferences(PART_NAMES.length);
  for (const recall of recalls) {
    const parts = new Map(recall.candidates.map((c) => [c.m, c.p]));
    const shown = recall.shown.flatMap((id) => {
      const own = parts.get(id);
      return own
        ? [
            {
              parts: PART_NAMES.map((name, i) => (WEIGHTS[name] ? (own[i] ?? 0) : 0)),
              helped: recall.helped.has(id),
            },
          ]
        : [];
    });
    for (const pair of pairsOf(shown)) sums = withPair(sums, pair);
  }
  const wanted = preferredScales(sums, parameters["cycle.weights.ridge"]);
  const scales = PART_NAMES.map((name, i) => boundedScale(WEIGHTS[name] ?? [], wanted[i] ?? 1, parameters));
  const values = PART_NAMES.flatMap((name, i) =>
    (WEIGHTS[name] ?? []).map((weight) => ({
      name: weight,
      before: parameters[weight],
      value: parameters[weight] * (scales[i] ?? 1),
    })),
  );
  const moved = values.filter(({ before, value }) => Math.abs(value - before) > CONSTANTS.tiny);
  return moved.length === 0 ? null : { scales, values: moved };
}

/** How many times as much each part would count with these values, e.g. those of a proposal that was kept. */
export const scalesOf = (values: ProposedWeights["values"]): Scales =>
  PART_NAMES.map((name) => {
    const moved = values.find((own) => WEIGHTS[name]?.includes(own.name) ?? false);
    return moved === undefined || moved.before === 0 ? 1 : moved.value / moved.before;
  });

/** One factor for all weights of a part, so small that none moves further than a cycle may, nor out of ½ to 2 times its default. */
function boundedScale(names: readonly ParameterName[], wanted: number, parameters: Parameters): number {
  return names.reduce((scale, name) => {
    const [now, row] = [parameters[name], PARAMETERS[name]];
    if (now === 0) return scale;
    const step = parameters["cycle.bound.weight"] / now;
    const [min, max] = [
      Math.max(row.min, row.default / CONSTANTS.weightRange) / now,
      Math.min(row.max, row.default * CONSTANTS.weightRange) / now,
    ];
    const bounded = stepTowards(1, scale, { step, min: Math.min(1, min), max: Math.max(1, max) });
    return bounded;
  }, wanted);
}

/** nDCG@10 of a logged recall under other weights, minus what it was as shown. −1…1. */
export const gainOf = (recall: JudgedRecall, scales: Scales): number =>
  ndcg(reordered(recall, scales), recall.helped, CONSTANTS.firstTen) -
  ndcg(recall.shown, recall.helped, CONSTANTS.firstTen);

/**
 * What new weights would have done on recalls that they were not learned from, in the order in which these came: nDCG gained,
 * how much of the first five stays, what the log is worth for them (SNIPS, and doubly robust), and the bet that they are better. `attempt` counts
 * how often weights were tried here, from 1, and each attempt has its own share of the error that all may make together.
 * `staked`: what the same weights' bet had grown to on recalls before these, 1 at first. A bet that goes on over later recalls is
 * still one bet, so it may be looked at after every cycle.
 */
export function weightsGate(
  held: readonly JudgedRecall[],
  scales: Scales,
  { attempt, staked, parameters }: Attempt,
): WeightsGate {
  const gains = held.map((recall) => gainOf(recall, scales));
  const gain = estimate(gains);
  const overlaps = held.map((recall) =>
    jaccard(
      recall.shown.slice(0, CONSTANTS.firstFive),
      reordered(recall, scales).slice(0, CONSTANTS.firstFive),
    ),
  );
  const overlap = overlaps.reduce((sum, v) => sum + v, 0) / Math.max(1, overlaps.length);
  const decisions = decisionsUnder(held, scales);
  const [logged, proposed] = [snips(decisions.map((d) => ({ ...d, proposed: d.logged }))), snips(decisions)];
  const process = gains.reduce<EProcess>(bet, NOTHING_STAKED);
  const wanted = 1 / levelOf(attempt, parameters["cycle.promote.alpha"]);
  return {
    gain,
    gate: gateOf([
      atLeast("held-out judged recalls", held.length, parameters["cycle.weights.fewest"] / 2),
      atLeast("nDCG gained on them, lower end", gain?.low ?? -1, 0),
      atLeast("first five results kept", overlap, parameters["cycle.weights.overlap"]),
      atLeast(
        "decisions the log is worth",
        proposed?.effectiveSize ?? 0,
        parameters["cycle.weights.effective"],
      ),
      atLeast(
        "share helpful among the first five by the log, upper end",
        proposed?.high ?? 0,
        valueOf(logged),
      ),
      atLeast(
        "the same, what the log lacks filled in by what is usual (doubly robust)",
        doublyRobust(decisions)?.high ?? 0,
        valueOf(logged),
      ),
      atLeast(EVIDENCE, Math.min(staked * evidenceOf(process), 1 / CONSTANTS.tiny), wanted),
    ]),
  };
}

/** Name of the figure that holds what the bet on the weights has grown to. */
export const EVIDENCE = "evidence that they are better";

export interface Attempt {
  readonly attempt: number;
  /** ≥ 0; 1 where nothing was bet before. */
  readonly staked: number;
  readonly parameters: Parameters;
}

export interface WeightsGate {
  readonly gate: Gate;
  readonly gain: ReturnType<typeof estimate>;
}

const valueOf = (estimated: OffPolicyEstimate | null): number => estimated?.value ?? 0;

function jaccard(a: readonly string[], b: readonly string[]): number {
  const both = a.filter((id) => b.includes(id)).length;
  const all = new Set([...a, ...b]).size;
  return all === 0 ? 1 : both / all;
}
