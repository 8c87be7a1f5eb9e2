import { inWorkspace } from "@/lib/store/prisma";
import { proposalOut, RISKIEST } from "./cycles";
import { cycleRows, proposalRows } from "@/lib/store/cycles";
import { readCursor, writeCursor } from "./cursor";
import { noSql, sql } from "@/lib/store/sql";
import type { Asker, InputOf } from "./asker";
import type { listProposals as input } from "@/lib/contracts/cycle";

const DEFAULT_LIMIT = 50;

/** Proposals of all cycles; by default those that wait, the riskiest first. Dry runs have nothing to be decided. */
export async function listProposals(ctx: Asker, asked: InputOf<typeof input>) {
  const { state = "waiting", kind, limit = DEFAULT_LIMIT } = asked;
  const offset = readCursor(asked.cursor, ["number"])?.[0] ?? 0;
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const cycles = new Map((await cycleRows(tx, sql`NOT y."dryRun"`)).map((row) => [row.id, row]));
    const where = sql`p."state" = ${state} AND p."stored" = ${state === "reverted" ? "applied" : state} AND p."cycleId" = ANY(${[...cycles.keys()]}::uuid[]) ${kind === undefined ? noSql : sql`AND p."kind" = ${kind}`}
      ${state === "waiting" ? sql`AND p."expiresAt" > ${new Date(ctx.now())}` : noSql}`;
    const rows = await proposalRows(tx, where, sql`${RISKIEST} OFFSET ${offset}`);
    const items = rows.slice(0, limit).map((row) => ({
      ...proposalOut(row, cycles.get(row.cycleId)?.groupId ?? null),
      cycleNumber: cycles.get(row.cycleId)?.number ?? 0,
    }));
    return {
      items,
      total: offset + rows.length,
      nextCursor: rows.length > limit ? writeCursor([offset + limit]) : null,
    };
  });
}
