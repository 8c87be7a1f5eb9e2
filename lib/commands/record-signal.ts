import { append, type Appended, type Locked } from "@/lib/store/append";
import { baseline } from "@/lib/domain/learning/baseline";
import {
  creditOutcome,
  creditUse,
  creditVerdict,
  isNothing,
  useShare,
} from "@/lib/domain/learning/attribution";
import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, newSignalId, type Context, type Envelope } from "./context";
import { findRetrieval, insertSignal, outcomeTallies, type LoggedRetrieval } from "@/lib/store/telemetry";
import { knownId, notFound, type MemoryId, type RetrievalId, type SignalId } from "@/lib/domain/ids";
import { linkUsedTogether } from "./link-used";
import { memoryRowsById } from "@/lib/queries/memory-rows";
import { normaliseOutcome, normaliseVerdict, type Verdict } from "@/lib/domain/learning/signal";
import { ranksMoved, type RankChange } from "@/lib/queries/rank-change";
import { Refusal } from "@/lib/domain/errors";
import { sharesOf } from "./split-shares";
import { timeOf } from "@/lib/domain/time";
import { usedBy } from "@/lib/queries/used-by";
import { judgeable, type Judged } from "@/lib/queries/judgeable";
import { usesByRank } from "@/lib/store/use-shares";
import { writtenChanges } from "@/lib/queries/written";
import { CONSTANTS } from "@/lib/domain/parameters";
import type { CreateSignalIn } from "@/lib/contracts/signal";
import type { Draft, Weight } from "@/lib/domain/ledger/change";
import type { Tx } from "@/lib/store/prisma";

/** What a signal comes to, once its retrieval and its memories are known. */
interface Assessment {
  readonly retrieval: LoggedRetrieval | null;
  readonly outcome: number | null;
  readonly expected: number | null;
  readonly credits: readonly Credit[];
  readonly used: readonly MemoryId[];
}

interface Credit {
  readonly memory: MemoryId;
  readonly weight: Weight;
  readonly rank: number | null;
}

/**
 * From an outcome to evidence, visible at the very next recall: each memory's part is a change of its own, and all of a
 * signal's changes are one group. Late, duplicate (idempotency key) and out-of-order signals are normal.
 */
export async function recordSignal(ctx: Context, input: CreateSignalIn) {
  const signalId = newSignalId();
  const outcome = input.outcome === undefined ? null : readOutcome(input.outcome);
  let assessed: Assessment = { retrieval: null, outcome, expected: null, credits: [], used: [] };
  return append(ctx, {
    decide: async (locked) => {
      assessed = await assess(ctx, locked, { input, outcome });
      const scope = assessed.retrieval?.scope.sessionId ?? null;
      const by: Envelope = {
        ...envelope(ctx, { reason: input.reason, origin: input.source ?? null, session: scope }),
        cause: {
          kind: "signal",
          signalId,
          ...(assessed.retrieval
            ? { retrievalId: knownId<RetrievalId>(assessed.retrieval.id, "retrieval") }
            : {}),
          ...(input.reason === undefined ? {} : { reason: input.reason }),
        },
      };
      const observed = await observe(ctx, locked, { input, assessed, by, signalId });
      return [
        ...observed,
        ...(await linkUsedTogether(ctx, locked, {
          used: assessed.used,
          outcome,
          expected: assessed.expected,
          by,
          signalId,
        })),
      ];
    },
    answer: (done, tx) => answer(ctx, { done, tx, input, assessed, signalId }),
  });
}

function readOutcome(raw: NonNullable<CreateSignalIn["outcome"]>): number {
  const outcome = normaliseOutcome(raw);
  if (outcome !== null) return outcome;
  throw new Refusal("invalid_input", "The outcome is not on a known scale.", {
    fields: [
      {
        path: "outcome",
        message: `${JSON.stringify(raw)} cannot be read; give −1…1, POSITIVE, NEUTRAL, NEGATIVE, VERY_NEGATIVE, success, failure, or {scale: "1-5", value: 4}`,
      },
    ],
  });
}

interface Reported {
  readonly input: CreateSignalIn;
  readonly outcome: number | null;
}

async function assess(ctx: Context, locked: Locked, { input, outcome }: Reported): Promise<Assessment> {
  const retrieval = await requireRetrieval(locked.tx, input.retrievalId);
  const verdicts = new Map<MemoryId, Verdict>(
    (input.memories ?? []).map((m) => [
      knownId<MemoryId>(m.memoryId, "memory"),
      normaliseVerdict(m.verdict).verdict,
    ]),
  );
  const trusted = { trust: ctx.trust, parameters: locked.parameters };
  const explicit: Credit[] = [...verdicts].map(([memory, verdict]) => ({
    memory,
    weight: creditVerdict(verdict, trusted),
    rank: rankIn(retrieval, memory),
  }));
  if (retrieval === null || outcome === null)
    return { retrieval, outcome, expected: null, credits: explicit, used: [] };
  const { cluster, workspace } = await outcomeTallies(locked.tx, retrieval.queryKey);
  const expected = baseline(cluster, workspace, locked.parameters);
  const used = await usedMemories(locked, retrieval, input);
  const uses = used === null ? null : await usesByRank(locked.tx);
  const implicit = retrieval.shown.flatMap((memory, i): Credit[] => {
    // A verdict on a memory says more than the outcome of the whole answer, so the outcome adds nothing to it.
    if (verdicts.has(memory)) return [];
    const rank = i + 1;
    if (used === null)
      return [{ memory, weight: creditOutcome(outcome, { baseline: expected, rank }, trusted), rank }];
    const share = useShare(uses?.get(rank) ?? { shown: 0, used: 0 }, locked.parameters);
    return [{ memory, weight: creditUse(outcome, { used: used.has(memory), share }, trusted), rank }];
  });
  return {
    retrieval,
    outcome,
    expected,
    credits: [...explicit, ...implicit].filter((c) => !isNothing(c.weight)),
    used: [...(used ?? [])],
  };
}

async function requireRetrieval(tx: Tx, id: string | undefined): Promise<LoggedRetrieval | null> {
  if (id === undefined) return null;
  const found = await findRetrieval(tx, knownId<RetrievalId>(id, "retrieval"));
  if (!found) throw notFound("retrieval", id);
  return found;
}

/** null: nobody said, so use is unknown. */
async function usedMemories(
  locked: Locked,
  retrieval: LoggedRetrieval,
  input: CreateSignalIn,
): Promise<ReadonlySet<MemoryId> | null> {
  if (input.used !== undefined) {
    const ids = input.used.map((id) => knownId<MemoryId>(id, "memory"));
    const known = await memoryRowsById(locked.tx, ids);
    const unknown = ids.find((id) => !known.has(id));
    if (unknown !== undefined) throw notFound("memory", unknown);
    return new Set(ids);
  }
  return input.response === undefined ? null : usedBy(locked, retrieval, input.response);
}

const rankIn = (retrieval: LoggedRetrieval | null, memory: MemoryId): number | null => {
  const at = retrieval?.shown.indexOf(memory) ?? -1;
  return at < 0 ? null : at + 1;
};

interface Observing {
  readonly input: CreateSignalIn;
  readonly assessed: Assessment;
  readonly by: Envelope;
  readonly signalId: SignalId;
}

async function observe(
  ctx: Context,
  locked: Locked,
  { input, assessed, by, signalId }: Observing,
): Promise<Draft[]> {
  const { credits, retrieval } = assessed;
  const explicit = new Set((input.memories ?? []).map((m) => m.memoryId));
  const judged = await judgeable(
    locked.tx,
    credits.map((c) => c.memory),
    explicit,
  );
  const drafts: Draft[] = [];
  for (const { memory, weight, rank } of credits) {
    const target: Judged | undefined = judged.get(memory);
    if (!target) continue;
    const shares =
      target.mergedFrom.length > 0 ? await sharesOf(locked, target, { weight, retrieval }) : null;
    const payload = {
      weight,
      source: ctx.source,
      at: input.at === undefined ? locked.at : timeOf(input.at),
      signalId,
      retrievalId: retrieval === null ? null : knownId<RetrievalId>(retrieval.id, "retrieval"),
      rank,
      queryKey: retrieval?.queryKey ?? null,
      shares,
    };
    drafts.push(draft.observe(draftHead(by), target, payload));
  }
  return drafts;
}

interface Answering {
  readonly done: Appended;
  readonly tx: Tx;
  readonly input: CreateSignalIn;
  readonly assessed: Assessment;
  readonly signalId: SignalId;
}

async function answer(ctx: Context, { done, tx, input, assessed, signalId }: Answering) {
  const { retrieval, outcome, expected } = assessed;
  const changes = await writtenChanges(tx, done);
  const ranks = await ranksMoved(tx, retrieval, done);
  await insertSignal(tx, {
    id: signalId,
    at: input.at === undefined ? done.at : timeOf(input.at),
    recordedAt: done.at,
    retrievalId: retrieval === null ? null : knownId<RetrievalId>(retrieval.id, "retrieval"),
    queryKey: retrieval?.queryKey ?? null,
    outcome,
    baseline: expected,
    raw: {
      ...(input.outcome === undefined ? {} : { outcome: input.outcome }),
      ...(input.memories === undefined ? {} : { memories: input.memories }),
      ...(input.used === undefined ? {} : { used: input.used }),
    },
    actor: ctx.actor,
    source: input.source ?? null,
    groupId: done.groupId,
    ranksChanged: [...ranks.values()].some((r) => r.before !== r.after),
  });
  return {
    signalId,
    outcome,
    baseline: expected,
    credited: changes.flatMap((change) => credited(change, ranks)),
    changes,
  };
}

function credited(
  change: Awaited<ReturnType<typeof writtenChanges>>[number],
  ranks: ReadonlyMap<string, RankChange>,
) {
  if (change.op !== "observe" || change.targetType !== "memory" || change.weight === null) return [];
  const { alpha, beta } = change.weight;
  const rank = ranks.get(change.targetId);
  return [
    {
      memoryId: change.targetId,
      weight: alpha - beta,
      before: Number(change.before ?? CONSTANTS.middle),
      after: Number(change.after ?? CONSTANTS.middle),
      changeId: change.id,
      ...(rank === undefined ? {} : { rankBefore: rank.before, rankAfter: rank.after }),
    },
  ];
}
