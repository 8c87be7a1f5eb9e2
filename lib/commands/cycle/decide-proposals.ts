import { append, type Appended } from "@/lib/store/append";
import { blastRadius } from "@/lib/queries/blast-radius";
import { brand, isKnownForm, notFound, type CycleId, type GroupId } from "@/lib/domain/ids";
import { decisionOf, declinesOf, leftOutOf, type Decline } from "./decline-drafts";
import { cycleOut } from "@/lib/queries/cycles";
import {
  cycleRows,
  insertDecisions,
  proposalRows,
  settleProposals,
  updateCycle,
  type CycleRow,
  type DecisionRow,
  type ProposalRow,
  type Settled,
} from "@/lib/store/cycles";
import { labelOf } from "@/lib/queries/memory-out";
import { newPlainId, type Context, type Envelope } from "@/lib/commands/context";
import { outcomesOf } from "./apply-proposals";
import { planAll, type Planned } from "./apply-all";
import { Refusal } from "@/lib/domain/errors";
import { registerMoves, switched } from "@/lib/domain/ledger/preview";
import { settledState } from "@/lib/domain/cycle/cycle";
import { sql } from "@/lib/store/sql";
import { tell } from "./cycle-run";
import { writtenChanges } from "@/lib/queries/written";
import type { decideProposals as shape } from "@/lib/contracts/cycle";
import type { InputOf } from "@/lib/queries/asker";
import type { ProposalDraft, ProposalPayloads } from "@/lib/domain/cycle/proposal";
import type { Tx } from "@/lib/store/prisma";

export type DecideInput = { readonly id: string } & InputOf<typeof shape>;
type Approved = Pick<ProposalDraft, "kind" | "payload" | "targets" | "support"> & {
  readonly rowId: string;
  readonly row: ProposalRow;
};

const NOTHING: Planned<Approved> = { drafts: [], made: new Map(), failed: new Map() };
const MOST_EFFECTS = 500;

/** What a person decided, found and sorted. */
interface Decided {
  readonly cycle: CycleRow;
  /** The changes that say no, by proposal. */
  readonly declines: ReadonlyMap<string, Decline>;
  /** The changes that say which sources a person left out of the merges they approved. */
  readonly leftOut: readonly Decline[];
  readonly approve: readonly ProposalRow[];
  readonly decline: readonly ProposalRow[];
  readonly never: ReadonlySet<string>;
}

/**
 * Applies what is approved, in the cycle's own group, and writes down what is declined, in a group of its own, so that either can
 * be taken back without the other; one transaction for both. With `dryRun` it runs to its end and is thrown away, so the preview
 * is the act.
 */
export async function decideProposals(ctx: Context, input: DecideInput) {
  let decided: Decided | null = null;
  let planned = NOTHING;
  const answer = await append(ctx, {
    dryRun: input.dryRun,
    decide: async (locked) => {
      const asked = await requireWaiting(locked.tx, input, locked.at);
      const { cycle } = asked;
      const approved = asked.approve.map((row) => approvedOf(row, input));
      planned = await planAll(locked, approved, {
        envelopeOf: (p) => envelopeOf(ctx, { cycle, reason: reasonFor(input, p.rowId), support: p.support }),
        at: { seq: Number(cycle.toSeq), groupId: cycle.groupId },
      });
      const leftOut = [...planned.made].flatMap(([{ row, payload, support }, drafts]) =>
        row.kind !== "merge"
          ? []
          : leftOutOf(row, {
              kept: sourcesOf(payload),
              drafts,
              by: envelopeOf(ctx, { cycle, reason: reasonFor(input, row.id), support }),
            }),
      );
      const declines = declinesOf(asked, ctx, (id) => reasonFor(input, id));
      decided = { ...asked, declines, leftOut };
      return [...planned.drafts, ...leftOut, ...declines.values()];
    },
    answer: async (done, tx) => {
      if (decided === null) throw new Error("answered before it was decided");
      await settle(tx, { ctx, decided, planned, input, done });
      return answerOf(tx, { done, planned, decided, input });
    },
  });
  if (!input.dryRun)
    tell({ ctx, id: brand<CycleId>(input.id) }, { decided: answer.approved.length + answer.declined.length });
  return answer;
}

async function requireWaiting(
  tx: Tx,
  input: DecideInput,
  now: number,
): Promise<Omit<Decided, "declines" | "leftOut">> {
  const [cycle] = isKnownForm(input.id)
    ? await cycleRows(tx, sql`y."id" = ${input.id}::uuid`, sql`FOR UPDATE`)
    : [];
  if (!cycle) throw notFound("cycle", input.id);
  if (cycle.dryRun)
    throw new Refusal(
      "conflict",
      "This was a dry run: nothing of it can be decided. Run a cycle without dryRun.",
    );
  if (cycle.state === "running")
    throw new Refusal("conflict", "This cycle is still running. Decide when it is through.");
  const [approve, decline, never] = [input.approve ?? [], input.decline ?? [], input.never ?? []];
  const asked = [...approve, ...decline, ...never];
  const rows = await proposalRows(
    tx,
    sql`p."cycleId" = ${input.id}::uuid AND p."id" = ANY(${asked.filter(isKnownForm)}::uuid[])`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const rowOf = (id: string): ProposalRow => {
    const row = byId.get(id);
    if (!row) throw notFound("proposal", id);
    const state = row.state === "waiting" && row.expiresAt.getTime() <= now ? "expired" : row.state;
    if (state !== "waiting")
      throw new Refusal("conflict", `Proposal ${id} is ${state} already.`, {
        extra: { proposalId: id, state },
      });
    return row;
  };
  if (approve.some((id) => decline.includes(id) || never.includes(id))) {
    throw new Refusal("invalid_input", "A proposal cannot be approved and declined at once.", {
      fields: [{ path: "approve", message: "names a proposal that is declined, too" }],
    });
  }
  return {
    cycle,
    approve: [...new Set(approve)].map(rowOf),
    decline: [...new Set([...decline, ...never])].map(rowOf),
    never: new Set(never),
  };
}

/** An edit is another text for a merge's result, or fewer sources; words that a person wrote are nobody's source. */
function approvedOf(row: ProposalRow, { edits = {} }: DecideInput): Approved {
  const { id, kind, payload, targets, support } = row;
  const edit = edits[id];
  // Written from a draft of this kind; one that is edited is a merge.
  const [own, merge] = [
    payload as unknown as Approved["payload"],
    payload as unknown as ProposalPayloads["merge"],
  ];
  if (edit === undefined) return { kind, targets, support, rowId: id, row, payload: own };
  if (kind !== "merge")
    throw new Refusal("invalid_input", "Only a merge can be edited.", {
      fields: [{ path: `edits.${id}`, message: `is a ${kind}; approve or decline it as it is` }],
    });
  const sources = merge.sources.filter((source) => edit.sources?.includes(source) ?? true);
  if (sources.length < 2 || edit.sources?.some((source) => !merge.sources.includes(source))) {
    throw new Refusal("invalid_input", "A merge keeps at least two of its own sources.", {
      fields: [{ path: `edits.${id}.sources`, message: "name at least two of the proposal's sources" }],
    });
  }
  // A text that was made of all of them would still say what was left out.
  const { content, ...rest } = merge;
  const kept = content === undefined || sources.length < merge.sources.length ? {} : { content };
  return {
    kind,
    targets: targets.filter((t) => sources.includes(t.id)),
    support,
    rowId: id,
    row,
    payload: { ...rest, sources, ...kept, ...(edit.content === undefined ? {} : { content: edit.content }) },
  };
}

/** Of a merge; its payload was written with its kind. */
const sourcesOf = (payload: Approved["payload"]): readonly string[] =>
  (payload as ProposalPayloads["merge"]).sources;

/** What a person said of this proposal, else of all of them. */
const reasonFor = ({ reasons = {}, reason }: DecideInput, id: string): string | undefined =>
  reasons[id] ?? reason;

const envelopeOf = (
  ctx: Context,
  {
    cycle,
    reason,
    support,
  }: { readonly cycle: CycleRow; readonly reason: string | undefined; readonly support: Approved["support"] },
): Envelope => ({
  actor: ctx.actor,
  cause: { kind: "cycle", stage: "approve", ...(reason === undefined ? {} : { reason }) },
  groupId: brand<GroupId>(cycle.groupId),
  origin: "cycle",
  session: null,
  cycleId: brand<CycleId>(cycle.id),
  support,
});

interface Settling {
  readonly ctx: Context;
  readonly decided: Decided;
  readonly planned: Planned<Approved>;
  readonly input: DecideInput;
  readonly done: Appended;
}

/** What was decided is remembered, and the cycle's own state follows from what has become of its proposals. */
async function settle(tx: Tx, { ctx, decided, planned, input, done }: Settling): Promise<void> {
  const given = { at: new Date(done.at), by: ctx.actor, reason: input.reason ?? null };
  const said = (of: Settled): Settled => ({
    ...of,
    reason: of.state === "failed" ? of.reason : (reasonFor(input, of.id) ?? null),
  });
  await settleProposals(tx, [
    ...outcomesOf(planned, given).map(said),
    ...decided.decline
      .map(({ id }) => ({
        id,
        state: "declined" as const,
        changeIds: [decided.declines.get(id)?.id ?? id],
        ...given,
      }))
      .map(said),
  ]);
  const approvalOf = (row: ProposalRow): DecisionRow => ({
    id: newPlainId(),
    at: given.at,
    kind: row.kind,
    subject: row.subject,
    verdict: "approved",
    proposalId: row.id,
    certainty: row.certainty,
    actor: ctx.actor,
  });
  const remembered = (change: Decline | undefined, { kind }: ProposalRow) =>
    change === undefined ? [] : [decisionOf(change, { at: given.at, kind })];
  await insertDecisions(tx, [
    ...decided.approve.map((row) => approvalOf(row)),
    ...decided.decline.flatMap((row) => remembered(decided.declines.get(row.id), row)),
    ...decided.leftOut.map((change) => decisionOf(change, { at: given.at, kind: "merge" })),
  ]);
  const states = (await proposalRows(tx, sql`p."cycleId" = ${decided.cycle.id}::uuid`)).map((p) => p.state);
  const watch = states.includes("applied")
    ? decided.cycle.stages.map((s) =>
        s.stage === "watch" && s.state === "skipped" ? { ...s, state: "waiting" as const } : s,
      )
    : decided.cycle.stages;
  await updateCycle(tx, decided.cycle.id, { state: settledState(states), stages: watch });
}

async function answerOf(tx: Tx, { done, planned, decided, input }: Omit<Settling, "ctx">) {
  const moves = registerMoves(done, done.parameters);
  return {
    dryRun: input.dryRun ?? false,
    cycle: await cycleOut(tx, decided.cycle.id),
    groupId: done.groupId,
    approved: [...planned.made.keys()].map((p) => p.rowId),
    declined: decided.decline.map((row) => row.id),
    failed: [...planned.failed].map(([p, message]) => ({ proposalId: p.rowId, message })),
    effects: moves.slice(0, MOST_EFFECTS).map((move) => ({ ...move, label: labelOf(move.label) })),
    effectCount: moves.length,
    ...switched(done),
    unsupported: done.support.filter((s) => s.unsupported).map((s) => s.change.id),
    blastRadius: await blastRadius(tx, done, input.dryRun === true),
    changes: await writtenChanges(tx, done),
  };
}
