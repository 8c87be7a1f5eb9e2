import { questionOf, type Ranked, type Search } from "./rank";
import type { AnswerSigns } from "@/lib/domain/recall/answerability";
import type { WorkspaceIndex } from "./workspace-index";

/** An answer further down is not found by whoever reads the list. */
const FIRST = 10;

/** What the best of a ranking, best first, say about whether there is an answer; null when nothing was found. */
export function answerSigns(
  index: WorkspaceIndex,
  search: Search,
  ranked: readonly Ranked[],
): AnswerSigns | null {
  const first = ranked.slice(0, FIRST);
  if (first.length === 0) return null;
  return {
    match: Math.max(0, ...first.map(matchIn)),
    speaker: speakerSign(index, search, first),
  };
}

/** What helped with this question before answers it, whatever its words; what did not help may still be the answer to it. */
const matchIn = ({ parts }: Ranked): number =>
  parts.similarity + parts.keyword + parts.context + Math.max(0, parts.cue);

function speakerSign(index: WorkspaceIndex, search: Search, first: readonly Ranked[]): number | null {
  const { named } = questionOf(search);
  const most = search.parameters["recall.weight.similarity"] + search.parameters["recall.weight.passage"];
  if (named.length === 0 || search.vector === null || most === 0) return null;
  const best = (isNamed: boolean): number =>
    Math.max(
      0,
      ...first.map(({ id, parts }) => {
        const speaker = index.find(id)?.speaker ?? null;
        return speaker !== null && named.includes(speaker) === isNamed ? parts.similarity / most : 0;
      }),
    );
  return best(true) - best(false);
}
