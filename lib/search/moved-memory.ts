import { embeddedText } from "@/lib/domain/recall/embedded-text";
import { memoryId, millis } from "@/lib/domain/ids";
import { sha256 } from "@/lib/store/digest";
import type { IndexRow } from "@/lib/store/index-rows";
import type { Kind, MemoryView, Scope } from "@/lib/domain/memory/memory";
import type { MemoryToIndex } from "./indexed-memory";

/** A memory that moved, as the index follows it. */
export interface MovedMemory extends MemoryToIndex {
  /** Whether any recall may show it; a superseded one can be asked for as of an earlier time. */
  readonly isSearchable: boolean;
}

type Standing = Pick<MemoryView, "exists" | "erased" | "quarantined"> & {
  readonly lifecycle: string;
  readonly mergedInto: string | null;
};

const isSearchable = ({ exists, erased, lifecycle, quarantined, mergedInto }: Standing): boolean =>
  exists && !erased && lifecycle === "active" && !quarantined && mergedInto === null;

/** As its table holds it, with its vector if there is one. */
export function movedRow(row: IndexRow): MovedMemory {
  return {
    id: memoryId(row.id),
    content: row.content,
    textHash: base64(row.textHash),
    // Written by `project` from a view.
    kind: row.kind as Kind,
    tags: row.tags,
    scope: scopeOf(row),
    speaker: row.speaker,
    validAt: millis(row.validAt.getTime()),
    invalidAt: row.invalidAt === null ? null : millis(row.invalidAt.getTime()),
    createdAt: millis(row.createdAt.getTime()),
    superseded: row.supersededBy !== null,
    evidence: row.evidence,
    vector: row.vector,
    passages: row.passages,
    isSearchable: isSearchable(row),
  };
}

/** As an append left it; whether its text has vectors is not known here. */
export function movedView(view: MemoryView): MovedMemory {
  const { id, content, kind, tags, scope, source, validAt, invalidAt, createdAt, supersededBy, evidence } =
    view;
  return {
    id,
    content,
    textHash: base64(sha256(embeddedText(view))),
    kind,
    tags,
    scope,
    speaker: source.speaker ?? null,
    validAt,
    invalidAt,
    createdAt,
    superseded: supersededBy !== null,
    evidence,
    vector: null,
    isSearchable: isSearchable(view),
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

function scopeOf({ userId, agentId, runId, sessionId }: IndexRow): Scope {
  return {
    ...(userId === null ? {} : { userId }),
    ...(agentId === null ? {} : { agentId }),
    ...(runId === null ? {} : { runId }),
    ...(sessionId === null ? {} : { sessionId }),
  };
}
