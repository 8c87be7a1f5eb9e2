import { CLEAN, contaminationOf, learnedBeside, type Contamination } from "./contamination";
import { changesWhere, ledgerReader } from "@/lib/store/ledger-reader";
import { isKnownForm, notFound } from "@/lib/domain/ids";
import { joinSql, sql, type Sql } from "@/lib/store/sql";
import { Refusal } from "@/lib/domain/errors";
import { takeOut } from "@/lib/domain/ledger/take-out";
import { timeOf } from "@/lib/domain/time";
import type { Change } from "@/lib/domain/ledger/change";
import type { CreateRevertIn } from "@/lib/contracts/change";
import type { Tx } from "@/lib/store/prisma";

/** What a revert was asked to take back, sorted by what can be done about it. */
export interface RevertSelection {
  /** To be reverted now, newest first. */
  readonly changes: readonly Change[];
  /** Already out of force by a revert that is not itself selected. */
  readonly alreadyReverted: readonly Change[];
  /** Left alone because their target was purged. */
  readonly erased: readonly Change[];
  /** What was learned beside a memory that is unmade here. */
  readonly contamination: Contamination;
}

export const NOTHING_SELECTED: RevertSelection = {
  changes: [],
  alreadyReverted: [],
  erased: [],
  contamination: CLEAN,
};

/** Finds the changes of a revert's input, and refuses what nobody can take back. */
export async function selectForRevert(tx: Tx, input: CreateRevertIn): Promise<RevertSelection> {
  const named = input.changeIds !== undefined;
  const found = await find(tx, input);
  const contamination = await contaminationOf(tx, found, input);
  const all = [...new Map([...found, ...contamination.chosen].map((c) => [c.id, c])).values()];
  const purges = all.filter((c) => c.op === "purge");
  if (purges.length > 0 && input.select === undefined) {
    throw new Refusal(
      "not_reversible",
      "An erasure cannot be reverted: the text it destroyed exists nowhere any more.",
      { extra: { changeIds: purges.map((c) => c.id) } },
    );
  }
  const erasedTargets = await erasedAmong(tx, all);
  // Evidence told to an erased merge's result still counts for the leaves by its shares, so it can still be taken out.
  const isErased = (c: Change) =>
    erasedTargets.has(c.target.id) && !(c.op === "observe" && c.payload.shares !== null);
  const erased = all.filter((c) => c.op !== "purge" && isErased(c));
  if (named && erased.length > 0 && erased.length === all.length) {
    throw new Refusal(
      "erased",
      "The memory this change belongs to was erased on request; nothing of it can be reverted any more.",
      { extra: { changeIds: erased.map((c) => c.id) } },
    );
  }
  const open = all.filter((c) => c.op !== "purge" && !isErased(c));
  const changes = await takeOut(ledgerReader(tx), open);
  const taken = new Set(changes.map((c) => c.id));
  return {
    changes: changes.sort((a, b) => b.seq - a.seq),
    alreadyReverted: open.filter((c) => !taken.has(c.id)),
    erased,
    contamination,
  };
}

async function find(tx: Tx, input: CreateRevertIn): Promise<Change[]> {
  if (input.changeIds !== undefined) return byIds(tx, input.changeIds);
  if (input.groupId !== undefined) return byGroup(tx, "group", input.groupId);
  if (input.cycleId !== undefined) return byGroup(tx, "cycle", input.cycleId);
  const where = selectWhere(input.select ?? {});
  return changesWhere(tx, [where], where);
}

async function byIds(tx: Tx, ids: readonly string[]): Promise<Change[]> {
  const known = ids.filter(isKnownForm);
  const found = await changesWhere(tx, known, sql`c."id" = ANY(${known}::uuid[])`);
  const have = new Set<string>(found.map((c) => c.id));
  const missing = ids.find((id) => !have.has(id));
  if (missing !== undefined) throw notFound("change", missing);
  return found;
}

async function byGroup(tx: Tx, what: "group" | "cycle", id: string): Promise<Change[]> {
  const column = what === "group" ? sql`c."groupId"` : sql`c."cycleId"`;
  const found = isKnownForm(id) ? await changesWhere(tx, [id], sql`${column} = ${id}::uuid`) : [];
  if (found.length === 0) throw notFound(what, id);
  return found;
}

function selectWhere(select: NonNullable<CreateRevertIn["select"]>): Sql {
  const { source, apiKeyId, sessionId, actor, op, targetId, signalId, shownWith, from, to, fromSeq, toSeq } =
    select;
  const conditions: Sql[] = [
    ...(source === undefined ? [] : [sql`c."origin" = ${source}`]),
    ...(apiKeyId === undefined ? [] : [sql`c."actor" = ${`key:${apiKeyId}`}`]),
    ...(sessionId === undefined ? [] : [sql`c."session" = ${sessionId}`]),
    ...(actor === undefined ? [] : [sql`c."actor" = ${actor}`]),
    ...(op === undefined ? [] : [sql`c."op" = ${op}`]),
    ...(targetId === undefined ? [] : [sql`c."targetId"::text = ${targetId}`]),
    ...(signalId === undefined ? [] : [sql`c."cause"->>'signalId' = ${signalId}`]),
    ...(shownWith === undefined ? [] : [learnedBeside([shownWith])]),
    ...(from === undefined ? [] : [sql`c."at" >= ${new Date(timeOf(from))}`]),
    ...(to === undefined ? [] : [sql`c."at" <= ${new Date(timeOf(to))}`]),
    ...(fromSeq === undefined ? [] : [sql`c."seq" >= ${fromSeq}`]),
    ...(toSeq === undefined ? [] : [sql`c."seq" <= ${toSeq}`]),
  ];
  return joinSql(conditions, " AND ");
}

async function erasedAmong(tx: Tx, changes: readonly Change[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(changes.filter((c) => c.target.type === "memory").map((c) => c.target.id))];
  if (ids.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "erased" AND "id" = ANY(${ids}::uuid[])`;
  return new Set(rows.map((row) => row.id));
}
