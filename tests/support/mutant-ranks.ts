/** Defective ways to score: each lets one memory's change move others. */
import { PART_NAMES } from "@/lib/domain/recall/score";
import type { Ranked } from "@/lib/search/rank";
import type { WorkspaceIndex } from "@/lib/search/workspace-index";

type Rescore = (own: Ranked, list: readonly Ranked[]) => number;

export const rescored = (list: readonly Ranked[], score: Rescore): Ranked[] =>
  list
    .map((own) => ({ ...own, score: score(own, list) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));

export const scaledByBest: Rescore = (own, list) =>
  PART_NAMES.reduce(
    (sum, part) => sum + own.parts[part] / (Math.max(...list.map((r) => Math.abs(r.parts[part]))) || 1),
    0,
  );

export const fusedByRank: Rescore = (own, list) =>
  PART_NAMES.reduce(
    (sum, part) => sum + 1 / (2 + list.filter((r) => r.parts[part] > own.parts[part]).length),
    0,
  );

/** Utility alone decides between equals only; a defect that lends it shows in the order once it weighs something. */
const HEAVIER = 500;

export const lentUtility =
  (index: WorkspaceIndex): Rescore =>
  (own, list) => {
    const memory = index.find(own.id);
    const near = new Set(
      memory === undefined ? [] : index.sessions.around(memory, 2).map((n) => n.memory.id),
    );
    return own.score + list.reduce((sum, r) => sum + (near.has(r.id) ? HEAVIER * r.parts.utility : 0), 0);
  };
