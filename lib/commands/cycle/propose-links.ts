import { atLeast, gateOf, type ProposalDraft } from "@/lib/domain/cycle/proposal";
import { CONSTANTS } from "@/lib/domain/parameters";
import { labelOf } from "@/lib/queries/memory-out";
import { memoryId } from "@/lib/domain/ids";
import { memoryRowsById } from "@/lib/queries/memory-rows";
import { relationIdOf, USED_TOGETHER } from "@/lib/commands/link-used";
import { stillCounts } from "@/lib/queries/live-signals";
import type { Proposer, ProposerView } from "./proposer";

/** Pairs that one cycle looks at, the most often used ones first. */
const MOST = 200;
/** An answer that used more says little about any two of them, and its pairs grow with the square. */
const MOST_IN_ONE = 24;

/**
 * Memories that good answers used together and that nothing links yet. An answer that used a few links them at once; of
 * larger ones this finds the pairs that come again and again.
 */
export const proposeLinks: Proposer = async (view) => {
  const pairs = (await usedTogether(view)).filter((p) => !view.isSettled("link", [p.first, p.second]));
  const linked = await existing(view, pairs);
  const rows = await memoryRowsById(
    view.tx,
    pairs.flatMap((p) => [p.first, p.second]),
  );
  const uses = await view.usesOf(pairs.flatMap((p) => [p.first, p.second]));
  return pairs.flatMap(({ first, second, answers }): ProposalDraft[] => {
    const [a, b] = [rows.get(memoryId(first)), rows.get(memoryId(second))];
    const isThere = (row: typeof a): row is NonNullable<typeof a> =>
      row !== undefined &&
      row.exists &&
      !row.erased &&
      row.lifecycle === "active" &&
      row.mergedInto === null &&
      row.supersededBy === null;
    if (!isThere(a) || !isThere(b) || linked.has(idOf(first, second))) return [];
    return [
      {
        kind: "link",
        title: `Link «${labelOf(a.content)}» and «${labelOf(b.content)}»`,
        why: `${String(answers)} good answers used both. Linked, each helps to find the other.`,
        targets: [
          { type: "memory", id: first, label: labelOf(a.content) },
          { type: "memory", id: second, label: labelOf(b.content) },
        ],
        before: null,
        after: null,
        payload: { from: first, to: second, relation: USED_TOGETHER },
        certainty: answers / (answers + 1),
        uses: Math.min(uses.get(first) ?? 0, uses.get(second) ?? 0),
        gate: gateOf([atLeast("good answers that used both", answers, view.parameters["cycle.link.fewest"])]),
        support: null,
      },
    ];
  });
};

interface Pair {
  readonly first: string;
  readonly second: string;
  readonly answers: number;
}

/** Counted over the signals of the last thirty days, so that the work does not grow with the store's age. */
async function usedTogether({ tx, now, parameters }: ProposerView): Promise<Pair[]> {
  const since = new Date(now - LOOKS_BACK_DAYS * CONSTANTS.millisPerDay);
  return tx.$queryRaw<Pair[]>`
    WITH used AS (
      SELECT g."id", u AS memory FROM "Signal" g CROSS JOIN LATERAL jsonb_array_elements_text(g."raw"->'used') AS u
      WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."recordedAt" > ${since} AND g."outcome" > 0.5
        AND jsonb_array_length(g."raw"->'used') BETWEEN 2 AND ${MOST_IN_ONE} AND ${stillCounts})
    SELECT a.memory AS "first", b.memory AS "second", count(*)::int AS "answers" FROM used a JOIN used b ON b."id" = a."id" AND b.memory > a.memory
    GROUP BY 1, 2 HAVING count(*) >= ${parameters["cycle.link.fewest"]} ORDER BY 3 DESC, 1, 2 LIMIT ${MOST}`;
}

const LOOKS_BACK_DAYS = 30;

const idOf = (first: string, second: string): string => relationIdOf(memoryId(first), memoryId(second));

/** Relations that exist, or once did: a link that a person took back stays away. */
async function existing({ tx }: ProposerView, pairs: readonly Pair[]): Promise<ReadonlySet<string>> {
  const ids = pairs.map((p) => idOf(p.first, p.second));
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`SELECT "id" FROM "Relation" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ANY(${ids}::uuid[])`;
  return new Set(rows.map((row) => row.id));
}
