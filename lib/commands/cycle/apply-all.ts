import { proposalDrafts, type Applicable, type ProposedAt } from "./proposal-drafts";
import { Refusal } from "@/lib/domain/errors";
import type { Draft } from "@/lib/domain/ledger/change";
import type { Envelope } from "@/lib/commands/context";
import type { Locked } from "@/lib/store/append";

/** What a set of proposals comes to: their drafts, whose is which, and those whose targets have moved. */
export interface Planned<T> {
  readonly drafts: readonly Draft[];
  readonly made: ReadonlyMap<T, readonly Draft[]>;
  readonly failed: ReadonlyMap<T, string>;
}

/** Drafts of all these proposals as one group; one that cannot be applied any more does not keep the others back. */
export async function planAll<T extends Applicable>(
  locked: Locked,
  proposals: readonly T[],
  { envelopeOf, at }: { readonly envelopeOf: (proposal: T) => Envelope; readonly at: ProposedAt },
): Promise<Planned<T>> {
  const made = new Map<T, readonly Draft[]>();
  const failed = new Map<T, string>();
  const touched = new Set<string>();
  for (const proposal of proposals) {
    const drafts = await proposalDrafts(locked, proposal, { by: envelopeOf(proposal), at }).catch(refusalOf);
    const ids = proposal.targets.map((t) => t.id);
    if (typeof drafts === "string") failed.set(proposal, drafts);
    // Two that move the same memory would each be decided without knowing of the other.
    else if (ids.some((id) => touched.has(id)))
      failed.set(proposal, "Another proposal of the same cycle moves the same target.");
    else {
      made.set(proposal, drafts);
      for (const id of ids) touched.add(id);
    }
  }
  return { drafts: [...made.values()].flat(), made, failed };
}

/** A refusal is an answer about one proposal; anything else is a fault of the whole. */
function refusalOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  throw error;
}
