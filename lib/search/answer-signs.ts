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

/** null where the first results say nothing of who said them: a note by nobody in particular is not what somebody else said. */
function speakerSign(index: WorkspaceIndex, search: Search, first: readonly Ranked[]): number | null {
  const { named } = questionOf(search);
  const most = search.parameters["recall.weight.similarity"] + search.parameters["recall.weight.passage"];
  if (named.length === 0 || search.vector === null || most === 0) return null;
  const said = first.flatMap(({ id, parts }) => {
    const speaker = index.find(id)?.speaker ?? null;
    return speaker === null
      ? []
      : [{ isNamed: named.includes(speaker), similarity: parts.similarity / most }];
  });
  if (said.length === 0) return null;
  const best = (isNamed: boolean): number =>
    Math.max(0, ...said.flatMap((one) => (one.isNamed === isNamed ? [one.similarity] : [])));
  return best(true) - best(false);
}
