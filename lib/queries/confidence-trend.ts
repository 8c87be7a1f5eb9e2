import { accessibility, belief } from "@/lib/domain/memory/confidence";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import { groupBy } from "@/lib/domain/group-by";
import { inWorkspace } from "@/lib/store/prisma";
import { iso } from "./memory-out";
import { knownId, millis, seqOf, type MemoryId, type Millis, type Seq } from "@/lib/domain/ids";
import { ledgerReader } from "@/lib/store/ledger-reader";
import { observationsOf, runningEvidence, type ObservedTerm } from "./memory-observations";
import { parametersIn } from "./parameters";
import { requireMemory, type Standing } from "./memory-rows";
import type { Asker, InputOf } from "./asker";
import type { confidencePoints, confidenceQuery } from "@/lib/contracts/memory";
import type { EvidenceSums } from "@/lib/domain/registers/evidence";

export type ConfidenceTrend = InputOf<typeof confidencePoints>;

const DEFAULT_POINTS = 500;
const FORECAST_DAYS = 180;
const FORECAST_POINTS = 12;
const MOST_STEPS = 40;

/** How a memory's confidence came to be, from what is in force now, and where it goes if nothing more is observed. */
export async function confidenceTrend(
  ctx: Asker,
  asked: { readonly id: string } & InputOf<typeof confidenceQuery>,
): Promise<ConfidenceTrend> {
  const id = knownId<MemoryId>(asked.id, "memory");
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const { row, view } = await requireMemory(tx, id);
    const terms = await observationsOf(tx, id);
    const [birth] = await ledgerReader(tx).changes([view.createdBy]);
    const told: Told = {
      memory: view,
      bornAtSeq: birth?.seq ?? seqOf(0),
      terms,
      evidence: runningEvidence(terms),
      now: ctx.now(),
      parameters: await parametersIn(tx),
    };
    return {
      points: points(told, { most: asked.points ?? DEFAULT_POINTS, seq: Number(row.seq) }),
      forecast: forecast(told),
      waterfall: waterfall(told),
    };
  });
}

interface Told {
  readonly memory: Standing;
  readonly bornAtSeq: Seq;
  readonly terms: readonly ObservedTerm[];
  /** After each term; one longer than `terms`. */
  readonly evidence: readonly EvidenceSums[];
  readonly now: Millis;
  readonly parameters: Parameters;
}

/** `now: null` reads without fading. */
const believed = ({ memory, parameters }: Told, evidence: EvidenceSums, now: Millis | null) =>
  belief(evidence, { kind: memory.kind, now, parameters });

/**
 * From its creation over every live observation to now, each read by the clock of its own time, so that what had faded then
 * is shown as faded. Of more than `most` points the first, the last, and evenly spread ones in between are given.
 */
function points(
  told: Told,
  { most, seq }: { readonly most: number; readonly seq: number },
): ConfidenceTrend["points"] {
  const { memory, bornAtSeq, terms, evidence, now } = told;
  const at = (i: number): ConfidenceTrend["points"][number] => {
    const term = terms[i - 1];
    const when = i > terms.length ? now : (term?.change.at ?? memory.createdAt);
    const { confidence, low, high } = believed(told, evidence[Math.min(i, terms.length)] ?? {}, when);
    const from =
      i === 0
        ? {
            seq: bornAtSeq,
            changeId: memory.createdBy,
            op: memory.mergedFrom.length > 0 ? "merge" : "create",
          }
        : { seq, changeId: null, op: "now" };
    const of =
      term === undefined ? from : { seq: term.change.seq, changeId: term.change.id, op: term.change.op };
    return { at: iso(when), ...of, confidence, low, high };
  };
  return spread(terms.length + 2, most).map(at);
}

/** Indices below `length`: all of them, or `most` of them from the first to the last. */
function spread(length: number, most: number): number[] {
  if (length <= most) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (length - 1)) / (most - 1)));
}

function forecast(told: Told): ConfidenceTrend["forecast"] {
  const { memory, evidence, now, parameters } = told;
  const held = evidence.at(-1) ?? {};
  return Array.from({ length: FORECAST_POINTS }, (_, i) => {
    const at = millis(now + ((i + 1) * FORECAST_DAYS * CONSTANTS.millisPerDay) / FORECAST_POINTS);
    return {
      at: iso(at),
      confidence: believed(told, held, at).confidence,
      accessibility: accessibility(held, memory.createdAt, { kind: memory.kind, now: at, parameters }),
    };
  });
}

/** From the prior, each observation's own step without fading, then what fading takes back, to now. The steps add up. */
function waterfall(told: Told): ConfidenceTrend["waterfall"] {
  const { terms, evidence, now } = told;
  const unfaded = (count: number) => believed(told, evidence[count] ?? {}, null).confidence;
  const prior = { changeId: null, label: "Before any outcome", delta: 0, confidence: unfaded(0) };
  const steps = stepsOf(terms).map(({ label, changeId, from, to }) => ({
    changeId,
    label,
    delta: unfaded(to) - unfaded(from),
    confidence: unfaded(to),
  }));
  const today = believed(told, evidence.at(-1) ?? {}, now).confidence;
  const fading = {
    changeId: null,
    label: "Faded since then",
    delta: today - unfaded(terms.length),
    confidence: today,
  };
  return [prior, ...steps, fading, { changeId: null, label: "Now", delta: 0, confidence: today }];
}

interface Step {
  readonly label: string;
  readonly changeId: string | null;
  /** Number of terms before and after it. */
  readonly from: number;
  readonly to: number;
}

/** One step per observation, or per day of observations when there are many. */
function stepsOf(terms: readonly ObservedTerm[]): Step[] {
  if (terms.length <= MOST_STEPS)
    return terms.map((term, i) => ({ label: labelOf(term), changeId: term.change.id, from: i, to: i + 1 }));
  const days = groupBy(terms, (term) => iso(term.change.at).slice(0, "2026-01-01".length));
  let from = 0;
  return [...days].map(([day, own]) => {
    const step = {
      label: `${own.length} ${own.length === 1 ? "outcome" : "outcomes"} on ${day}`,
      changeId: null,
      from,
      to: from + own.length,
    };
    from = step.to;
    return step;
  });
}

function labelOf({ weight: [alpha, beta] }: ObservedTerm): string {
  const size = (Math.max(alpha, beta) / CONSTANTS.micro).toFixed(2);
  return alpha > 0 ? `Reinforced by ${size}` : `Weakened by ${size}`;
}
