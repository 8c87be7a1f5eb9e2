import { cuePart } from "@/lib/domain/learning/cue";
import { openIndex } from "./catch-up";
import { PART_NAMES } from "@/lib/domain/recall/score";
import { vectorOf, type LoggedRetrieval } from "@/lib/store/telemetry";
import type { Appended } from "@/lib/store/append";
import type { ChangeWith } from "@/lib/domain/ledger/change";

const [SIMILARITY, CUE] = [PART_NAMES.indexOf("similarity"), PART_NAMES.indexOf("cue")];

/** By how much the cue parts of a judged recall's candidates move when what was just observed about them for it is counted in. */
export async function cueShifts(retrieval: LoggedRetrieval, done: Appended): Promise<ReadonlyMap<string, number>> {
  const live = await openIndex(done.workspaceId);
  const vector = retrieval.vector === null ? null : vectorOf(retrieval.vector);
  if (live === null || vector?.length !== live.index.vectors.dimensions) return new Map();
  const made = done.changes.filter((c): c is ChangeWith<"observe"> => c.op === "observe" && c.payload.retrievalId === retrieval.id);
  const { parameters, at: now } = done;
  return new Map(retrieval.candidates.flatMap((candidate) => {
    const terms = made.filter((c) => c.target.id === candidate.m).map((c) => c.payload);
    const memory = live.index.find(candidate.m);
    if (terms.length === 0 || !memory) return [];
    const cues = live.index.cues.withMore(memory.key, { terms, kind: memory.kind, vector }, { now, parameters });
    return [[candidate.m, cuePart(cues, candidate.p[SIMILARITY] ?? 0, parameters) - (candidate.p[CUE] ?? 0)] as const];
  }));
}
