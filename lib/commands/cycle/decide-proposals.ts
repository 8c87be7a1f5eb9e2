import { append, type Appended } from "@/lib/store/append";
import { blastRadius } from "@/lib/queries/blast-radius";
import { brand, isKnownForm, notFound, type CycleId, type GroupId } from "@/lib/domain/ids";
import { cycleOut } from "@/lib/queries/cycles";
import { cycleRows, insertDecisions, proposalRows, settleProposals, updateCycle, type CycleRow, type DecisionRow, type ProposalRow } from "@/lib/store/cycles";
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
type Approved = Pick<ProposalDraft, "kind" | "payload" | "targets" | "support"> & { readonly rowId: string };

const NOTHING: Planned<Approved> = { drafts: [], made: new Map(), failed: new Map() };
const MOST_EFFECTS = 500;

/** What a person decided, found and sorted. */
interface Decided {
  readonly cycle: CycleRow;
  readonly approve: readonly ProposalRow[];
  readonly decline: readonly ProposalRow[];
  readonly never: ReadonlySet<string>;
}

/**
 * Applies what is approved, in the cycle's own group, and remembers what is declined; one transaction for both. With `dryRun`
 * the same transaction runs to its end and is thrown away, so the preview is the act.
 */
export async function decideProposals(ctx: Context, input: DecideInput) {
  let decided: Decided | null = null;
  let planned = NOTHING;
  const answer = await append(ctx, {
    dryRun: input.dryRun,
    decide: async (locked) => {
      decided = await requireWaiting(locked.tx, input, locked.at);
      const { cycle } = decided;
      const approved = decided.approve.map((row) => approvedOf(row, input));
      planned = await planAll(locked, approved, { envelopeOf: (p) => envelopeOf(ctx, { cycle, input, support: p.support }), at: { seq: Number(cycle.toSeq), groupId: cycle.groupId } });
      return planned.drafts;
    },
    answer: async (done, tx) => {
      if (decided === null) throw new Error("answered before it was decided");
      await settle(tx, { ctx, decided, planned, input, done });
      return answerOf(tx, { done, planned, decided, input });
    },
  });
  if (!input.dryRun) tell({ ctx, id: brand<CycleId>(input.id) }, { decided: answer.approved.length + answer.declined.length });
  return answer;
}

async function requireWaiting(tx: Tx, input: DecideInput, now: number): Promise<Decided> {
  const [cycle] = isKnownForm(input.id) ? await cycleRows(tx, sql`y."id" = ${input.id}::uuid`, sql`FOR UPDATE`) : [];
  if (!cycle) throw notFound("cycle", input.id);
  if (cycle.dryRun) throw new Refusal("conflict", "This was a dry run: nothing of it can be decided. Run a cycle without dryRun.");
  if (cycle.state === "running") throw new Refusal("conflict", "This cycle is still running. Decide when it is through.");
  const [approve, decline, never] = [input.approve ?? [], input.decline ?? [], input.never ?? []];
  const asked = [...approve, ...decline, ...never];
  const rows = await proposalRows(tx, sql`p."cycleId" = ${input.id}::uuid AND p."id" = ANY(${asked.filter(isKnownForm)}::uuid[])`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const rowOf = (id: string): ProposalRow => {
    const row = byId.get(id);
    if (!row) throw notFound("proposal", id);
    const state = row.state === "waiting" && row.expiresAt.getTime() <= now ? "expired" : row.state;
    if (state !== "waiting") throw new Refusal("conflict", `Proposal ${id} is ${state} already.`, { extra: { proposalId: id, state } });
    return row;
  };
  if (approve.some((id) => decline.includes(id) || never.includes(id))) {
    throw new Refusal("invalid_input", "A proposal cannot be approved and declined at once.", { fields: [{ path: "approve", message: "names a proposal that is declined, too" }] });
  }
  return { cycle, approve: [...new Set(approve)].map(rowOf), decline: [...new Set([...decline, ...never])].map(rowOf), never: new Set(never) };
}

/** An edit is another text for a merge's result; words that a person wrote are nobody's source. */
function approvedOf({ id, kind, payload, targets, support }: ProposalRow, { edits = {} }: DecideInput): Approved {
  const edited = edits[id]?.content;
  if (edited !== undefined && kind !== "merge") throw new Refusal("invalid_input", "Only the text of a merge can be edited.", { fields: [{ path: `edits.${id}`, message: `is a ${kind}; approve or decline it as it is` }] });
  // Written from a draft of this kind; one that is edited is a merge.
  const [own, merge] = [payload as unknown as Approved["payload"], payload as unknown as ProposalPayloads["merge"]];
  return { kind, targets, support, rowId: id, payload: edited === undefined ? own : { ...merge, content: edited } };
}

const envelopeOf = (ctx: Context, { cycle, input, support }: { readonly cycle: CycleRow; readonly input: DecideInput; readonly support: Approved["support"] }): Envelope => ({
  actor: ctx.actor, cause: { kind: "cycle", stage: "approve", ...(input.reason === undefined ? {} : { reason: input.reason }) }, groupId: brand<GroupId>(cycle.groupId),
  origin: "cycle", session: null, cycleId: brand<CycleId>(cycle.id), support,
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
  await settleProposals(tx, [...outcomesOf(planned, given), ...decided.decline.map(({ id }) => ({ id, state: "declined" as const, ...given }))]);
  const verdictOn = (row: ProposalRow, verdict: DecisionRow["verdict"]): DecisionRow =>
    ({ id: newPlainId(), at: given.at, kind: row.kind, subject: row.subject, verdict, proposalId: row.id, certainty: row.certainty, actor: ctx.actor });
  await insertDecisions(tx, [
    ...decided.approve.map((row) => verdictOn(row, "approved")),
    ...decided.decline.map((row) => verdictOn(row, decided.never.has(row.id) ? "never" : "declined")),
  ]);
  const states = (await proposalRows(tx, sql`p."cycleId" = ${decided.cycle.id}::uuid`)).map((p) => p.state);
  const watch = states.includes("applied") ? decided.cycle.stages.map((s) => (s.stage === "watch" && s.state === "skipped" ? { ...s, state: "waiting" as const } : s)) : decided.cycle.stages;
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
    blastRadius: await blastRadius(tx, done),
    changes: await writtenChanges(tx, done),
  };
}
