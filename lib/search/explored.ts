import { drawn, spreadOf } from "@/lib/domain/learning/explore";
import { PART_NAMES } from "@/lib/domain/recall/score";
import { posterior } from "@/lib/domain/memory/confidence";
import type { MemoryId, RetrievalId } from "@/lib/domain/ids";
import type { Ranked, Search } from "./rank";
import type { WorkspaceIndex } from "./workspace-index";

export interface Exploring {
  /** Seeds each draw, together with the memory's own id. */
  readonly recall: RetrievalId;
  readonly search: Search;
  /** What a person fixed is not tried out. */
  readonly pinned: ReadonlySet<MemoryId>;
}

/**
 * A ranking that tries out what is not known well: each candidate's utility part gets its own seeded draw. A draw reads its
 * memory's evidence and the recall's id alone, so that no memory moves by what is known of another (law 5).
 */
export function explored(
  index: WorkspaceIndex,
  ranked: readonly Ranked[],
  { recall, search, pinned }: Exploring,
): Ranked[] {
  const { now, parameters } = search;
  return ranked
    .map((own): Ranked => {
      const memory = index.find(own.id);
      if (!memory || pinned.has(own.id)) return own;
      const known = posterior(memory.evidence, { kind: memory.kind, now, parameters });
      const draw = drawn(known, { recall, memory: own.id }, parameters);
      const parts = { ...own.parts, utility: own.parts.utility + draw };
      return {
        ...own,
        parts,
        score: PART_NAMES.reduce((sum, name) => sum + parts[name], 0),
        draw: [draw, spreadOf(known, parameters)],
      };
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
