import { draft } from "@/lib/domain/ledger/draft";
import { draftHead, newGroupId, type Context, type Envelope } from "@/lib/commands/context";
import { questionIdOf } from "@/lib/store/entity-id";
import { subjectOf } from "@/lib/domain/cycle/proposal";
import type { DecisionRow, ProposalRow } from "@/lib/store/cycles";
import type { ChangeWith, Draft } from "@/lib/domain/ledger/change";

export type Decline = Extract<Draft, { readonly op: "decline" }>;

interface Declined {
  readonly decline: readonly ProposalRow[];
  readonly never: ReadonlySet<string>;
}

/** One change for each proposal that is declined, together as a group of their own: a revert of it asks all of them again. */
export function declinesOf(
  { decline, never }: Declined,
  ctx: Context,
  reasonFor: (id: string) => string | undefined,
): ReadonlyMap<string, Decline> {
  const groupId = newGroupId();
  const envelopeOf = (reason: string | undefined): Envelope => ({
    actor: ctx.actor,
    cause: { kind: "cycle", stage: "decline", ...(reason === undefined ? {} : { reason }) },
    groupId,
    origin: "cycle",
    session: null,
  });
  return new Map(
    decline.map((row) => [
      row.id,
      declineOf(row, { subject: row.subject, forever: never.has(row.id), by: envelopeOf(reasonFor(row.id)) }),
    ]),
  );
}

/**
 * What a person left out of a merge is not proposed for it again, neither beside the result nor beside what went into it. These
 * belong to the approval and are taken back with it.
 */
export function leftOutOf(
  row: ProposalRow,
  {
    kept,
    drafts,
    by,
  }: { readonly kept: readonly string[]; readonly drafts: readonly Draft[]; readonly by: Envelope },
): Decline[] {
  const left = row.targets.map((t) => t.id).filter((id) => !kept.includes(id));
  const results = drafts.flatMap((d) => (d.op === "merge" ? [d.target.id] : []));
  return left.flatMap((out) =>
    [...results, ...kept].map((other) =>
      declineOf(row, { subject: mergeOf(out, other), forever: false, by }),
    ),
  );
}

const mergeOf = (...ids: readonly string[]): string =>
  subjectOf({ kind: "merge", targets: ids.map((id) => ({ type: "memory", id, label: "" })) });

function declineOf(
  row: ProposalRow,
  { subject, forever, by }: { readonly subject: string; readonly forever: boolean; readonly by: Envelope },
): Decline {
  const made = draft.decline(draftHead(by), questionIdOf(subject), {
    question: subject,
    kind: row.kind,
    proposal: row.id,
    certainty: row.certainty,
    forever,
  });
  return made as Decline; // this draft was made with this op
}

/** What is remembered of a decline, under the id of its change. */
export const decisionOf = (
  decline: Decline | ChangeWith<"decline">,
  { at, kind }: { readonly at: Date; readonly kind: DecisionRow["kind"] },
): DecisionRow => ({
  id: decline.id,
  at,
  kind,
  subject: decline.payload.question,
  verdict: decline.payload.forever ? "never" : "declined",
  proposalId: decline.payload.proposal,
  certainty: decline.payload.certainty,
  actor: decline.actor,
});
