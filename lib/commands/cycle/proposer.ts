import type { Millis, WorkspaceId } from "@/lib/domain/ids";
import type { Parameters } from "@/lib/domain/parameters";
import type { ProposalKind, ProposerOf } from "@/lib/domain/cycle/proposal";
import type { Tx } from "@/lib/store/prisma";

/**
 * What a proposer sees. `tx` is one snapshot of the ledger and its projection, without the workspace's lock: it may read for
 * long, and must not write. What it proposes is tested again under the lock before it is applied.
 */
export interface ProposerView {
  readonly workspaceId: WorkspaceId;
  readonly tx: Tx;
  readonly now: Millis;
  readonly parameters: Parameters;
  /** Head of the ledger that the last cycle had seen (0: this is the first one), and the one this cycle sees. */
  readonly since: number;
  readonly head: number;
  /** How often memories were shown so far; absent: never. */
  readonly usesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /**
   * Whether nobody wants to be asked about these targets (declined lately, or for ever), or they wait for a decision already.
   * The engine leaves such proposals out anyway; asking first spares the work.
   */
  readonly isSettled: (kind: ProposalKind, targetIds: readonly string[]) => boolean;
  /**
   * To be called now and then in long loops: lets the server answer others, and throws when the cycle was cancelled or
   * another server has taken it over.
   */
  readonly breathe: () => Promise<void>;
}

/** Reads, and proposes. Throwing fails the whole cycle, which then changes nothing. */
export type Proposer = ProposerOf<ProposerView>;
