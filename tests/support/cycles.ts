/** Cycles of a test's own making: proposers that propose what they are told, and a cycle run to its end. */
import { getCycle } from "@/lib/queries/cycles";
import { gateOf, type DraftWith, type ProposalDraft } from "@/lib/domain/cycle/proposal";
import { startCycle } from "@/lib/commands/cycle/start-cycle";
import type { Context } from "@/lib/commands/context";
import type { CycleTools } from "@/lib/commands/cycle/cycle-run";

const common = {
  why: "because the test says so",
  before: null,
  after: null,
  uses: 0,
  gate: gateOf([]),
  support: null,
} as const;

export const mergeOf = (
  sources: readonly string[],
  certainty = 1,
  more: Partial<DraftWith<"merge">> = {},
): ProposalDraft => ({
  ...common,
  kind: "merge",
  title: "Merge",
  targets: sources.map((id) => ({ type: "memory", id, label: id })),
  payload: { sources },
  certainty,
  ...more,
});

export const archiveOf = (
  id: string,
  certainty = 1,
  more: Partial<DraftWith<"archive">> = {},
): ProposalDraft => ({
  ...common,
  kind: "archive",
  title: "Archive",
  targets: [{ type: "memory", id, label: id }],
  payload: { memory: id },
  certainty,
  ...more,
});

export const quarantineOf = (id: string, certainty = 1): ProposalDraft => ({
  ...common,
  kind: "quarantine",
  title: "Quarantine",
  targets: [{ type: "memory", id, label: id }],
  payload: { memory: id },
  certainty,
});

export const tuningOf = (name: string, before: number, value: number): ProposalDraft => ({
  ...common,
  kind: "halfLife",
  title: "Tune",
  targets: [{ type: "parameter", id: name, label: name }],
  payload: { values: [{ name, before, value }] },
  certainty: 1,
});

export const supersessionOf = (older: string, newer: string, certainty = 1): ProposalDraft => ({
  ...common,
  kind: "supersede",
  title: "Supersede",
  targets: [older, newer].map((id) => ({ type: "memory", id, label: id })),
  payload: { older, newer },
  certainty,
});

/** One proposer that proposes these. */
export const proposing = (drafts: readonly ProposalDraft[], more: Partial<CycleTools> = {}): CycleTools => ({
  proposers: [{ name: "test", propose: () => Promise.resolve(drafts) }],
  ...more,
});

/** Runs a cycle to its end, whatever that is. */
export async function cycleOf(ctx: Context, tools: CycleTools, asked: { readonly dryRun?: boolean } = {}) {
  const started = await startCycle(ctx, { trigger: "key", actor: ctx.actor, ...asked }, tools);
  if (started === null) throw new Error("another cycle is under way");
  await started.done;
  return (await getCycle(ctx, { id: started.id })).cycle;
}
