import type { EvidenceSums } from "@/lib/domain/registers/evidence";
import type { ChangeId, MemoryId, Millis } from "@/lib/domain/ids";

export const KINDS = ["fact", "preference", "procedure", "episode", "insight"] as const;
export type Kind = (typeof KINDS)[number];

export const LIFECYCLES = ["active", "archived", "deleted"] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

/** How far an origin is believed; immutable once written. A derived memory takes the lowest class of its parents. */
export const TRUST_CLASSES = ["owner", "verified", "ordinary", "low"] as const;
export type TrustClass = (typeof TRUST_CLASSES)[number];

/** Whose memory it is. A filter matches by the fields it gives and ignores the others. */
export interface Scope {
  readonly userId?: string;
  readonly agentId?: string;
  readonly runId?: string;
  readonly sessionId?: string;
}
export const SCOPE_FIELDS = ["userId", "agentId", "runId", "sessionId"] as const;

/** Where it came from: channel (`rest`, `mcp`, `import`, …), a reference inside it, and who said it. */
export interface Source {
  readonly channel: string;
  readonly ref?: string;
  readonly speaker?: string;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Metadata = { readonly [key: string]: Json };

/** The folded and resolved state of one memory: what recall, the pages and the API read. */
export interface MemoryView {
  readonly id: MemoryId;
  /** The creation (for a merge's result: the merge with at least one member) is live and nothing was purged. */
  readonly exists: boolean;
  readonly erased: boolean;
  readonly content: string;
  readonly kind: Kind;
  readonly tags: readonly string[];
  readonly metadata: Metadata;
  readonly scope: Scope;
  readonly source: Source;
  readonly trust: TrustClass;
  readonly lifecycle: Lifecycle;
  readonly pinned: boolean;
  readonly quarantined: boolean;
  readonly mergedInto: MemoryId | null;
  readonly mergedFrom: readonly MemoryId[];
  readonly supersededBy: MemoryId | null;
  readonly contestedWith: readonly MemoryId[];
  readonly validAt: Millis;
  readonly invalidAt: Millis | null;
  readonly createdAt: Millis;
  readonly createdBy: ChangeId | null;
  /** Own evidence, plus shares returned by merges that are not in force, plus the members' evidence by reference. */
  readonly evidence: EvidenceSums;
}

/** The lowest class, i.e. the last in the list; a merge of an owner's and a stranger's memory is a stranger's. */
export function lowestTrust(classes: readonly TrustClass[]): TrustClass {
  const ranks = classes.map((c) => TRUST_CLASSES.indexOf(c));
  return TRUST_CLASSES[Math.max(0, ...ranks)] ?? "low";
}
