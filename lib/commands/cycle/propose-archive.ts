import { archiveCase, daysToForget } from "@/lib/domain/cycle/archive";
import { CONSTANTS } from "@/lib/domain/parameters";
import { joinSql, sql } from "@/lib/store/sql";
import { KINDS } from "@/lib/domain/memory/memory";
import { labelOf, toView } from "@/lib/queries/memory-out";
import { memoryRows } from "@/lib/queries/memory-rows";
import type { ProposalDraft } from "@/lib/domain/cycle/proposal";
import type { Proposer, ProposerView } from "./proposer";
import type { MemoryRow } from "@/lib/queries/memory-out";

/** Read at a time; and looked at by one cycle, the oldest first. */
const PAGE = 500;
const MOST = 20_000;

/** Memories that fell out of use: fading alone writes nothing, it only leads to this proposal. */
export const proposeArchive: Proposer = async (view) => {
  const drafts: ProposalDraft[] = [];
  let after = { createdAt: new Date(0), id: SMALLEST };
  for (let seen = 0; seen < MOST; seen += PAGE) {
    const rows = await oldEnough(view, after);
    const uses = await view.usesOf(rows.map((row) => row.id));
    drafts.push(...rows.flatMap((row) => draftOf(row, { view, uses: uses.get(row.id) ?? 0 })));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) break;
    after = last;
    await view.breathe();
  }
  return drafts;
};

const SMALLEST = "00000000-0000-0000-0000-000000000000";

/**
 * Active, not pinned, created so long ago that it can be forgotten at all, and nothing in force stands on it: it is no merge's
 * result, has taken nobody's place, and is party to no contradiction.
 */
function oldEnough(
  { tx, now, parameters }: ProposerView,
  after: { readonly createdAt: Date; readonly id: string },
): Promise<MemoryRow[]> {
  const perKind = KINDS.map(
    (kind) =>
      sql`(m."kind" = ${kind} AND m."createdAt" < ${new Date(now - daysToForget(kind, parameters) * CONSTANTS.millisPerDay)})`,
  );
  return memoryRows(
    tx,
    sql`m."exists" AND NOT m."erased" AND m."lifecycle" = 'active' AND NOT m."pinned" AND NOT m."quarantined" AND m."mergedInto" IS NULL AND m."mergedFrom" = '{}'
    AND m."contestedWith" = '{}' AND (m."createdAt", m."id") > (${after.createdAt}, ${after.id}::uuid) AND (${joinSql(perKind, " OR ")})
    AND NOT EXISTS (SELECT 1 FROM "Change" c JOIN "Memory" o ON o."workspaceId" = c."workspaceId" AND o."id" = c."targetId"
      WHERE c."workspaceId" = m."workspaceId" AND c."objectId" = m."id" AND (o."supersededBy" = m."id" OR m."id" = ANY(o."contestedWith")))`,
    sql`ORDER BY m."createdAt", m."id" LIMIT ${PAGE}`,
  );
}

function draftOf(
  row: MemoryRow,
  { view, uses }: { readonly view: ProposerView; readonly uses: number },
): ProposalDraft[] {
  const { evidence, kind, createdAt, content } = toView(row);
  const { gate, certainty } = archiveCase({ evidence, kind, createdAt }, view.now, view.parameters);
  if (!gate.passed || view.isSettled("archive", [row.id])) return [];
  const label = labelOf(content);
  return [
    {
      kind: "archive",
      title: `Archive «${label}»`,
      why: "Nothing has come of it for long, and nothing stands on it. Archived it stays as it is, and is in no recall until somebody restores it.",
      targets: [{ type: "memory", id: row.id, label }],
      before: "active",
      after: "archived",
      payload: { memory: row.id },
      certainty,
      uses,
      gate,
      support: null,
    },
  ];
}
