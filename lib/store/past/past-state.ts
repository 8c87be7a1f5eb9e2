import { changesWhere, ledgerReader } from "../ledger-reader";
import { chunks } from "../chunks";
import { brand, memoryId, type ChangeId } from "@/lib/domain/ids";
import { collector, stampRows } from "../rebuild";
import { kinship } from "@/lib/domain/ledger/reach";
import { Prisma } from "@/lib/store/generated/client";
import { project, projectMemories } from "../project";
import { replay } from "../replay";
import { targetKey, type Change, type TargetKey } from "@/lib/domain/ledger/change";
import type { Place } from "./standpoint";
import type { Statements } from "../connections";

/** With more than this to fold anew, looking for what each stands on costs more than folding everything. */
const WHOLE_LEDGER = 20_000;

/**
 * Fills the tables of an earlier state. A row that no later append moved stands as it is in the present; the others are folded
 * anew by the append path itself, from the part of the ledger they can depend on. So the cost follows what happened since.
 */
export async function fillPast(tx: Statements, place: Place, real: string): Promise<void> {
  const schema = Prisma.raw(real);
  await keepUnmoved(tx, place, schema);
  const moved = await movedSince(tx, place, schema);
  const statuses = await statusesToFold(tx, place, schema);
  if (moved.size === 0 && statuses.length === 0) return;
  const changes = await partOfLedger(tx, moved, statuses);
  const last = changes.at(-1);
  if (last === undefined) return;
  const whole = collector(await endsOfAppends(tx, changes));
  await replay(changes, whole.take);
  const isWanted = (key: TargetKey) => moved.has(key);
  const ids = new Set(
    [...moved].filter((key) => key.startsWith("memory:")).map((key) => key.slice("memory:".length)),
  );
  const rows = whole.memoryRows(place.workspaceId, (id) => ids.has(id));
  await projectMemories(tx, rows);
  await project(tx, whole.rest(isWanted), {
    workspaceId: place.workspaceId,
    seq: last.seq,
    at: last.at,
    parameters: whole.parameters(),
  });
  for (const part of chunks(whole.lastMoves().filter(({ key }) => isWanted(key)))) await stampRows(tx, part);
}

/** What was erased is gone from every earlier point, too, and stands there as it does now. */
async function keepUnmoved(tx: Statements, { workspaceId, seq }: Place, real: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Memory" SELECT * FROM ${real}."Memory" m WHERE m."workspaceId" = ${workspaceId}::uuid AND (m."seq" <= ${seq} OR (m."erased" AND EXISTS (
      SELECT 1 FROM "Change" c WHERE c."workspaceId" = m."workspaceId" AND c."targetId" = m."id")))`;
  for (const table of ["Relation", "GraphEdit", "WorkspaceState"].map((name) => Prisma.raw(`"${name}"`)))
    await tx.$executeRaw`INSERT INTO ${table} SELECT * FROM ${real}.${table} WHERE "workspaceId" = ${workspaceId}::uuid AND "seq" <= ${seq}`;
}

/** Targets whose row a later append has moved, among those that were there already. */
async function movedSince(
  tx: Statements,
  { workspaceId, seq }: Place,
  real: Prisma.Sql,
): Promise<ReadonlySet<TargetKey>> {
  const rows = await tx.$queryRaw<
    { type: "memory" | "relation" | "entity" | "edge" | "workspace"; id: string }[]
  >`
    SELECT x."type", x."id"::text AS "id" FROM (
      SELECT 'memory' AS "type", "id" FROM ${real}."Memory" WHERE "workspaceId" = ${workspaceId}::uuid AND "seq" > ${seq} AND NOT "erased"
      UNION ALL SELECT 'relation', "id" FROM ${real}."Relation" WHERE "workspaceId" = ${workspaceId}::uuid AND "seq" > ${seq}
      UNION ALL SELECT "targetType", "id" FROM ${real}."GraphEdit" WHERE "workspaceId" = ${workspaceId}::uuid AND "seq" > ${seq}
    ) x WHERE EXISTS (SELECT 1 FROM "Change" c WHERE c."workspaceId" = ${workspaceId}::uuid AND c."targetId" = x."id")`;
  const [tuned] = await tx.$queryRaw<{ id: string }[]>`
    SELECT c."targetId"::text AS "id" FROM "Change" c WHERE c."workspaceId" = ${workspaceId}::uuid AND c."targetType" = 'workspace' AND EXISTS (
      SELECT 1 FROM ${real}."WorkspaceState" s WHERE s."workspaceId" = ${workspaceId}::uuid AND s."seq" > ${seq}) LIMIT 1`;
  return new Set([...rows, ...(tuned ? [{ type: "workspace" as const, id: tuned.id }] : [])].map(targetKey));
}

/** Statuses move by reverts alone: without a later one they stand, and with one each that ever moved is judged anew. */
async function statusesToFold(
  tx: Statements,
  { workspaceId, seq }: Place,
  real: Prisma.Sql,
): Promise<ChangeId[]> {
  const [later] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM ${real}."Change" WHERE "workspaceId" = ${workspaceId}::uuid AND "reverts" IS NOT NULL AND "seq" > ${seq} LIMIT 1`;
  if (later === undefined) {
    await tx.$executeRaw`
      INSERT INTO "ChangeStatus" SELECT s.* FROM ${real}."ChangeStatus" s JOIN "Change" c ON c."workspaceId" = s."workspaceId" AND c."id" = s."changeId"
      WHERE s."workspaceId" = ${workspaceId}::uuid`;
    return [];
  }
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT c."id" FROM ${real}."ChangeStatus" s JOIN "Change" c ON c."workspaceId" = s."workspaceId" AND c."id" = s."changeId" WHERE s."workspaceId" = ${workspaceId}::uuid`;
  return rows.map((row) => brand<ChangeId>(row.id));
}

/** The changes that a fold of these reads, closed under what decides whether they are in force and whether their gates pass. */
async function partOfLedger(
  tx: Statements,
  moved: ReadonlySet<TargetKey>,
  statuses: readonly ChangeId[],
): Promise<Change[]> {
  const everything = () => changesWhere(tx, [true], Prisma.sql`true`);
  if (moved.size + statuses.length > WHOLE_LEDGER) return everything();
  const reader = ledgerReader(tx);
  const idsOf = (type: string) =>
    [...moved].filter((key) => key.startsWith(`${type}:`)).map((key) => key.slice(type.length + 1));
  const kin = await kinship(reader, idsOf("memory").map(memoryId));
  const others = (["relation", "entity", "edge"] as const).flatMap((type) =>
    idsOf(type).map((id) => ({ type, id })),
  );
  const found = new Map<ChangeId, Change>();
  let frontier: readonly Change[] = [
    ...(await reader.changesOf([...kin.map((id) => ({ type: "memory" as const, id })), ...others])),
    ...(await reader.changes(statuses)),
    // What is tuned decides how a row was written when it last moved.
    ...(await changesWhere(tx, [true], Prisma.sql`c."targetType" = 'workspace'`)),
  ];
  while (frontier.length > 0) {
    for (const change of frontier) found.set(change.id, change);
    const named = frontier.flatMap((c) => [
      ...c.dependsOn,
      ...(c.reverts === null ? [] : [c.reverts]),
      ...(c.support?.terms.map((t) => t.change) ?? []),
    ]);
    const missing = [...new Set(named)].filter((id) => !found.has(id));
    const nearby = [
      ...(await reader.changes(missing)),
      ...(await reader.revertsOf(frontier.map((c) => c.id))),
    ];
    frontier = [...new Map(nearby.map((c) => [c.id, c])).values()].filter((c) => !found.has(c.id));
  }
  return [...found.values()].sort((a, b) => a.seq - b.seq);
}

/** Where the append of each change ended, of which a part may lack the last. */
async function endsOfAppends(
  tx: Statements,
  changes: readonly Change[],
): Promise<(change: Change) => number> {
  const groups = [...new Set<string>(changes.map((c) => c.groupId))];
  const rows = await tx.$queryRaw<{ groupId: string; at: Date; end: bigint }[]>`
    SELECT "groupId", "at", max("seq") AS "end" FROM "Change"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "groupId" = ANY(${groups}::uuid[]) GROUP BY "groupId", "at"`;
  const ends = new Map(rows.map((row) => [`${row.groupId} ${row.at.getTime()}`, Number(row.end)]));
  return (change) => ends.get(`${change.groupId} ${change.at}`) ?? change.seq;
}
