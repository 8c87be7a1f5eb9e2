import { constantSql, joinSql, sql, type Sql } from "@/lib/store/sql";
import { escapeLike } from "./filter-sql";
import { isKnownForm, millis, seqOf, type Seq } from "@/lib/domain/ids";
import { opsOfImportance, type Importance } from "@/lib/domain/ledger/importance";
import { OPS } from "@/lib/domain/ledger/change";
import { Refusal } from "@/lib/domain/errors";
import { seqAt } from "./seq-at";
import { timeOf } from "@/lib/domain/time";
import type { InputOf } from "./asker";
import type { listChanges } from "@/lib/contracts/change";
import type { Tx } from "@/lib/store/prisma";

export type ChangesAsked = InputOf<typeof listChanges>;

/** Which changes are meant: a stretch of the ledger, and conditions within it. */
export interface ChangeFilter {
  /** The stretch holds the changes after `from`, up to and with `to`. */
  readonly from: Seq;
  readonly to: Seq;
  /** Nothing but the stretch is asked for, so its changes can be counted without reading them. */
  readonly isPlain: boolean;
  /** Nothing at all is asked for. */
  readonly isWhole: boolean;
  /** The condition, stretch and workspace included, on "Change" under this alias. */
  readonly on: (alias: string) => Sql;
}

export async function changeFilter(tx: Tx, asked: ChangesAsked): Promise<ChangeFilter> {
  const [head] = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT "headSeq" AS "seq" FROM "Workspace" WHERE "id" = current_setting('app.workspace')::uuid`;
  // `from` itself is inside, so the stretch begins after what was there a moment before.
  const from = asked.from === undefined ? seqOf(0) : await seqAt(tx, millis(timeOf(asked.from) - 1));
  const to = asked.to === undefined ? seqOf(Number(head?.seq ?? 0)) : await seqAt(tx, timeOf(asked.to));
  const conditions = await conditionsOf(tx, asked);
  return {
    from,
    to,
    isPlain: conditions.length === 0,
    isWhole: conditions.length === 0 && asked.from === undefined && asked.to === undefined,
    on: (alias) => onAlias(alias, { from, to, conditions }),
  };
}

type Condition = (column: (name: string) => Sql) => Sql;

function onAlias(
  alias: string,
  { from, to, conditions }: { from: Seq; to: Seq; conditions: readonly Condition[] },
): Sql {
  const column = (name: string) => constantSql(`${alias}."${name}"`);
  return joinSql(
    [
      sql`${column("workspaceId")} = current_setting('app.workspace')::uuid`,
      sql`${column("seq")} > ${from} AND ${column("seq")} <= ${to}`,
      ...conditions.map((condition) => condition(column)),
    ],
    " AND ",
  );
}

async function conditionsOf(tx: Tx, asked: ChangesAsked): Promise<Condition[]> {
  const { target, op, actor, cycle, group, source, session, signal, status, importance, q } = asked;
  const ops = op === undefined ? undefined : opsOf(op);
  return [
    ...(target === undefined ? [] : [naming(target)]),
    ...(ops === undefined ? [] : ([(column) => sql`${column("op")} = ANY(${ops})`] satisfies Condition[])),
    ...(actor === undefined ? [] : [by(actor)]),
    ...(cycle === undefined ? [] : [hasId("cycleId", cycle)]),
    ...(group === undefined ? [] : [hasId("groupId", group)]),
    ...(source === undefined
      ? []
      : ([(column) => sql`${column("origin")} = ${source}`] satisfies Condition[])),
    ...(session === undefined
      ? []
      : ([(column) => sql`${column("session")} = ${session}`] satisfies Condition[])),
    ...(signal === undefined ? [] : await ofSignal(tx, signal)),
    ...(status === undefined ? [] : [inState(status)]),
    ...(importance === undefined || importance === "routine" ? [] : [atLeast(importance)]),
    ...(q === undefined ? [] : words(q)),
  ];
}

function opsOf(list: string): string[] {
  const ops = list.split(",").map((op) => op.trim());
  const unknown = ops.find((op) => !OPS.some((known) => known === op));
  if (unknown === undefined) return ops;
  const message = `has no op ${JSON.stringify(unknown)}; give one or several of ${OPS.join(", ")}, separated by commas`;
  throw new Refusal("invalid_input", `\`op\` ${message}.`, { fields: [{ path: "op", message }] });
}

/** Written to this target, or naming it: the memberships of a result, the supersessions by a memory. Two indexes find them. */
export function naming(target: string): Condition {
  if (!isKnownForm(target)) return () => sql`false`;
  return (column) => sql`${column("seq")} = ANY(ARRAY(
    SELECT x."seq" FROM "Change" x WHERE x."workspaceId" = current_setting('app.workspace')::uuid AND x."targetId" = ${target}::uuid
    UNION SELECT x."seq" FROM "Change" x WHERE x."workspaceId" = current_setting('app.workspace')::uuid AND x."objectId" = ${target}::uuid))`;
}

/** An actor in full (`key:…`), all actors of a type (`cycle`), or the name of a key. */
function by(actor: string): Condition {
  return (
    column,
  ) => sql`(${column("actor")} = ${actor} OR ${column("actor")} LIKE ${`${escapeLike(actor)}:%`} OR ${column("actor")} IN (
    SELECT 'key:' || k."id"::text FROM "ApiKey" k WHERE k."workspaceId" = current_setting('app.workspace')::uuid AND k."name" = ${actor}))`;
}

const hasId =
  (name: "cycleId" | "groupId", id: string): Condition =>
  (column) =>
    isKnownForm(id) ? sql`${column(name)} = ${id}::uuid` : sql`false`;

/** The row of a signal knows its group, which has an index; of one that came with a restored ledger only the changes tell. */
async function ofSignal(tx: Tx, signal: string): Promise<Condition[]> {
  const [row] = await tx.$queryRaw<{ groupId: string | null }[]>`
    SELECT "groupId" FROM "Signal" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id"::text = ${signal}`;
  const caused: Condition = (column) => sql`${column("cause")}->>'signalId' = ${signal}`;
  return row?.groupId ? [hasId("groupId", row.groupId), caused] : [caused];
}

const withStatus = (state: Sql): Sql => sql`(
  SELECT s."changeId" FROM "ChangeStatus" s WHERE s."workspaceId" = current_setting('app.workspace')::uuid AND ${state})`;

const unsupported: Condition = (column) =>
  sql`${column("id")} IN ${withStatus(sql`s."unsupported" AND s."state" = 'live'`)}`;

function atLeast(importance: Importance): Condition {
  const ops = [...opsOfImportance(importance)];
  return (column) => sql`(${column("op")} = ANY(${ops}) OR ${unsupported(column)})`;
}

function inState(status: NonNullable<ChangesAsked["status"]>): Condition {
  const rows = withStatus;
  if (status === "unsupported") return unsupported;
  if (status === "revertible")
    return (
      column,
    ) => sql`${column("op")} <> 'purge' AND ${column("id")} NOT IN ${rows(sql`s."state" <> 'live'`)}
      AND ${column("targetId")} NOT IN (
        SELECT m."id" FROM "Memory" m WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."erased")`;
  return (column) =>
    status === "live"
      ? sql`${column("id")} NOT IN ${rows(sql`s."state" <> 'live'`)}`
      : sql`${column("id")} IN ${rows(sql`s."state" = ${status}`)}`;
}

/** Every word occurs in what the change itself wrote: a text, tags, metadata, or a person's reason. */
function words(q: string): Condition[] {
  return q
    .split(/\s+/u)
    .filter((word) => word !== "")
    .map((word) => {
      const pattern = `%${escapeLike(word)}%`;
      return (column) => sql`${column("seq")} IN (
        SELECT t."seq" FROM "ChangeText" t WHERE t."workspaceId" = current_setting('app.workspace')::uuid
          AND (t."texts"->>'content' ILIKE ${pattern} OR t."texts"->>'value' ILIKE ${pattern} OR t."texts"->>'reason' ILIKE ${pattern}
            OR t."texts"->>'name' ILIKE ${pattern} OR t."texts"->>'called' ILIKE ${pattern} OR t."texts"->>'intoName' ILIKE ${pattern}
            OR t."texts"->>'from' ILIKE ${pattern} OR t."texts"->>'to' ILIKE ${pattern}
            OR t."texts"->>'tags' ILIKE ${pattern} OR t."texts"->>'metadata' ILIKE ${pattern}))`;
    });
}
