import { accessibility, belief } from "@/lib/domain/memory/confidence";
import { brand, memoryId, millis, type ChangeId, type Millis, type Seq } from "@/lib/domain/ids";
import { CONSTANTS, type Parameters } from "@/lib/domain/parameters";
import { total, type EvidenceSums } from "@/lib/domain/registers/evidence";
import type { Kind, Lifecycle, MemoryView, Metadata, Source, TrustClass } from "@/lib/domain/memory/memory";
import type { MemoryOut } from "@/lib/contracts/memory";

/** A row of "Memory", as raw SQL returns it, without registers. */
export interface MemoryRow {
  readonly id: string;
  readonly exists: boolean;
  readonly erased: boolean;
  readonly content: string;
  readonly kind: string;
  readonly tags: string[];
  readonly metadata: Metadata;
  readonly userId: string | null;
  readonly agentId: string | null;
  readonly runId: string | null;
  readonly sessionId: string | null;
  readonly channel: string;
  readonly sourceRef: string | null;
  readonly speaker: string | null;
  readonly trust: string;
  readonly lifecycle: string;
  readonly pinned: boolean;
  readonly quarantined: boolean;
  readonly mergedInto: string | null;
  readonly mergedFrom: string[];
  readonly supersededBy: string | null;
  readonly contestedWith: string[];
  readonly validAt: Date;
  readonly invalidAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly createdBy: string | null;
  readonly evidence: EvidenceSums;
  readonly confidence: number;
  readonly seq: bigint;
}

export const MEMORY_COLUMNS = `m."id", m."exists", m."erased", m."content", m."kind", m."tags", m."metadata", m."userId", m."agentId", m."runId", m."sessionId",
  m."channel", m."sourceRef", m."speaker", m."trust", m."lifecycle", m."pinned", m."quarantined", m."mergedInto", m."mergedFrom", m."supersededBy",
  m."contestedWith", m."validAt", m."invalidAt", m."createdAt", m."updatedAt", m."createdBy", m."evidence", m."confidence", m."seq"`;

export function toView(row: MemoryRow): MemoryView {
  const optional = <K extends string>(key: K, value: string | null) =>
    value === null ? {} : ({ [key]: value } as Record<K, string>); // a computed key widens
  // Written by `project` from a view, so each string is a member of its union.
  const { kind, trust, lifecycle } = row as MemoryRow & {
    readonly kind: Kind;
    readonly trust: TrustClass;
    readonly lifecycle: Lifecycle;
  };
  return {
    id: memoryId(row.id),
    exists: row.exists,
    erased: row.erased,
    content: row.content,
    kind,
    tags: row.tags,
    metadata: row.metadata,
    scope: {
      ...optional("userId", row.userId),
      ...optional("agentId", row.agentId),
      ...optional("runId", row.runId),
      ...optional("sessionId", row.sessionId),
    },
    source: {
      channel: row.channel,
      ...optional("ref", row.sourceRef),
      ...optional("speaker", row.speaker),
    } satisfies Source,
    trust,
    lifecycle,
    pinned: row.pinned,
    quarantined: row.quarantined,
    mergedInto: row.mergedInto === null ? null : memoryId(row.mergedInto),
    mergedFrom: row.mergedFrom.map(memoryId),
    supersededBy: row.supersededBy === null ? null : memoryId(row.supersededBy),
    contestedWith: row.contestedWith.map(memoryId),
    validAt: millis(row.validAt.getTime()),
    invalidAt: row.invalidAt === null ? null : millis(row.invalidAt.getTime()),
    createdAt: millis(row.createdAt.getTime()),
    createdBy: row.createdBy === null ? null : brand<ChangeId>(row.createdBy),
    evidence: row.evidence,
  };
}

/** What a view is read with: the clock and parameters in force, its last move, and who contests it from the other side. */
export interface Reading {
  readonly now: Millis;
  readonly parameters: Parameters;
  readonly seq: Seq;
  readonly updatedAt: Millis;
  readonly contestedBy?: readonly string[];
}

export function toMemoryOut(view: MemoryView, reading: Reading): MemoryOut {
  const { now, parameters } = reading;
  const believed = belief(view.evidence, { kind: view.kind, now, parameters });
  const [alpha, beta] = total(view.evidence);
  return {
    id: view.id,
    content: view.content,
    kind: view.kind,
    tags: [...view.tags],
    metadata: { ...view.metadata } as MemoryOut["metadata"], // the same JSON values, readonly in the domain
    scope: { ...view.scope },
    source: { ...view.source },
    trust: view.trust,
    lifecycle: view.lifecycle,
    quarantined: view.quarantined,
    pinned: view.pinned,
    mergedInto: view.mergedInto,
    mergedFrom: [...view.mergedFrom],
    supersededBy: view.supersededBy,
    contestedWith: [...new Set<string>([...view.contestedWith, ...(reading.contestedBy ?? [])])],
    confidence: believed.confidence,
    confidenceLow: believed.low,
    confidenceHigh: believed.high,
    evidence: { alpha: alpha / CONSTANTS.micro, beta: beta / CONSTANTS.micro },
    utility: believed.utility,
    accessibility: accessibility(view.evidence, view.createdAt, { kind: view.kind, now, parameters }),
    validAt: iso(view.validAt),
    invalidAt: view.invalidAt === null ? null : iso(view.invalidAt),
    createdAt: iso(view.createdAt),
    updatedAt: iso(reading.updatedAt),
    seq: reading.seq,
  };
}

export const iso = (at: Millis | number): string => new Date(at).toISOString();

/** The beginning of a text, for labels; whole words where possible. */
export function labelOf(content: string): string {
  const line = content.replace(/\s+/gu, " ").trim();
  return line.length <= LABEL_LENGTH ? line : `${line.slice(0, LABEL_LENGTH).replace(/\s\S*$/u, "")}…`;
}
const LABEL_LENGTH = 90;
