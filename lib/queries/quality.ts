import { annotations } from "./annotations";
import { dayRange } from "./day-range";
import { estimate, ndcg, reciprocalRank } from "@/lib/domain/learning/comparison";
import { groupBy } from "@/lib/domain/group-by";
import { inWorkspace } from "@/lib/store/prisma";
import { PART_NAMES } from "@/lib/domain/recall/score";
import { judgedRecalls, type JudgedRow } from "./judged-recalls";
import type { Asker, InputOf } from "./asker";
import type { LoggedCandidate } from "@/lib/store/telemetry";
import type { quality as shape, range } from "@/lib/contracts/metrics";

export type Quality = InputOf<typeof shape>;

/** One judged recall, scored as it was shown and as the frozen arm would have shown it. */
export interface Compared {
  readonly day: string;
  readonly learned: { readonly ndcg: number; readonly mrr: number };
  readonly frozen: { readonly ndcg: number; readonly mrr: number };
}

const FIRST = 10;
/** Judged recalls that are read, newest first. */
const MOST = 20_000;

/**
 * What learning is worth: each judged recall as it was ranked, beside the same candidates without what outcomes added. The
 * judgement came after the ranking, so no recall is scored by what was learned from itself. Only what was shown could be
 * judged, which favours the shown order a little; exploration is what keeps that small.
 */
export async function quality(ctx: Asker, asked: InputOf<typeof range>): Promise<Quality> {
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const span = await dayRange(tx, ctx, asked);
    const compared = (await judgedRecalls(tx, { ...span, most: MOST })).map(compare);
    const byDay = groupBy(compared, (c) => c.day);
    const meanOf = (arm: "learned" | "frozen", of: readonly Compared[] = []) =>
      estimate(of.map((c) => c[arm].ndcg))?.mean ?? null;
    const arm = (name: "learned" | "frozen") => ({
      ndcg: estimate(compared.map((c) => c[name].ndcg)),
      mrr: estimate(compared.map((c) => c[name].mrr)),
    });
    return {
      judged: compared.length,
      learned: arm("learned"),
      frozen: arm("frozen"),
      gain: {
        ndcg: estimate(compared.map((c) => c.learned.ndcg - c.frozen.ndcg)),
        mrr: estimate(compared.map((c) => c.learned.mrr - c.frozen.mrr)),
      },
      days: span.days.map((day) => ({
        day,
        judged: byDay.get(day)?.length ?? 0,
        learned: meanOf("learned", byDay.get(day)),
        frozen: meanOf("frozen", byDay.get(day)),
      })),
      annotations: await annotations(tx, span),
    };
  });
}

/** One judged recall as it was shown, and as it would have been without anything learned. */
export function compare({ at, candidates, shown, helped }: JudgedRow): Compared {
  const helpful = new Set(helped);
  const score = (ranked: readonly string[]) => ({
    ndcg: ndcg(ranked, helpful, FIRST),
    mrr: reciprocalRank(ranked.slice(0, FIRST), helpful),
  });
  return {
    day: at.toISOString().slice(0, "2026-01-01".length),
    learned: score(shown),
    frozen: score(unlearned(candidates)),
  };
}

const LEARNED = ["utility", "cue"].map((name) => PART_NAMES.findIndex((part) => part === name));

/** The candidates in the order of what they say, without what outcomes said of them. */
function unlearned(candidates: readonly LoggedCandidate[]): string[] {
  const withoutOutcomes = ({ s, p }: LoggedCandidate): number =>
    LEARNED.reduce((rest, part) => rest - (p[part] ?? 0), s);
  return [...candidates]
    .sort((a, b) => withoutOutcomes(b) - withoutOutcomes(a) || (a.m < b.m ? -1 : 1))
    .map((c) => c.m);
}
