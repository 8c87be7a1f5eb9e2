import { actorName } from "./actor-name";
import { constantSql, sql, type Sql } from "@/lib/store/sql";
import { firstOfGroups, groupCounts, type GroupCounts } from "./change-groups";
import { CHANGE_COLUMNS, toChange, type ChangeRow } from "@/lib/store/rows";
import { CONSTANTS } from "@/lib/domain/parameters";
import { capitalised } from "@/lib/domain/graph/names";
import { describe } from "@/lib/domain/ledger/describe";
import { importanceOf } from "@/lib/domain/ledger/importance";
import { iso, labelOf } from "./memory-out";
import type { Change, EdgeEnds } from "@/lib/domain/ledger/change";
import type { ChangeOut } from "@/lib/contracts/change";
import type { Json } from "@/lib/domain/memory/memory";
import type { Tx } from "@/lib/store/prisma";

/** What the presentation of a change names beside the change itself. */
export interface Named {
  readonly state: string | null;
  readonly by: string | null;
  readonly unsupported: boolean | null;
  readonly before: Json;
  readonly after: Json;
  readonly label: string | null;
  readonly erased: boolean | null;
  readonly objectLabel: string | null;
  readonly previousText: Json;
  readonly actorName: string | null;
  /** How the group stands, where the row stands for all of it. */
  readonly group?: GroupCounts | undefined;
}

/** A change with all that, as the list query returns it. */
type PresentedRow = ChangeRow & Named;

export type ChangeWindow = { readonly limit: number } & (
  | { readonly where: Sql }
  /** One row per group: the first of its changes that the condition finds, with how the whole group stands. */
  | { readonly groupsWhere: (alias: string) => Sql }
);

/** Changes newest first, ready for people and programs. The joins are per row of the window, so a page costs a page. */
export async function presentChanges(tx: Tx, window: ChangeWindow): Promise<ChangeOut[]> {
  const { limit } = window;
  const isGrouped = "groupsWhere" in window;
  const where = isGrouped ? firstOfGroups(window.groupsWhere, limit) : window.where;
  const rows = await tx.$queryRaw<PresentedRow[]>`
    SELECT ${constantSql(CHANGE_COLUMNS)}, s."state", s."by", s."unsupported", e."before", e."after", ${LABEL} AS "label", m."erased",
      left(o."content", 400) AS "objectLabel", ${PREVIOUS_TEXT} AS "previousText", coalesce(k."name", p."name") AS "actorName"
    FROM (SELECT * FROM "Change" c WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND ${where} ORDER BY c."seq" DESC LIMIT ${limit}) c
    LEFT JOIN "ChangeText" t USING ("workspaceId", "seq")
    LEFT JOIN "ChangeStatus" s ON s."workspaceId" = c."workspaceId" AND s."changeId" = c."id"
    LEFT JOIN "ChangeEffect" e ON e."workspaceId" = c."workspaceId" AND e."seq" = c."seq"
    LEFT JOIN "Memory" m ON m."workspaceId" = c."workspaceId" AND m."id" = c."targetId"
    LEFT JOIN "Memory" o ON o."workspaceId" = c."workspaceId" AND o."id" = c."objectId"
    LEFT JOIN "ApiKey" k ON c."actor" = 'key:' || k."id"::text
    LEFT JOIN "Person" p ON c."actor" = 'person:' || p."id"::text
    ORDER BY c."seq" DESC`;
  const reverted = await revertedSentences(tx, rows);
  const groups = isGrouped
    ? await groupCounts(
        tx,
        rows.map((row) => row.groupId),
      )
    : null;
  return rows.map((row) =>
    present(
      toChange(row),
      { ...row, group: groups?.get(row.groupId) },
      row.reverts === null ? null : (reverted.get(row.reverts) ?? null),
    ),
  );
}

/** Text, tags or metadata before a change that wrote them: what the newest earlier change of that register wrote. */
const PREVIOUS_TEXT = sql`CASE WHEN c."op" IN ('edit', 'set') AND c."textHmac" IS NOT NULL THEN (
  SELECT CASE WHEN c."op" = 'edit' THEN pt."texts"->'content' ELSE coalesce(pt."texts"->'value', pt."texts"->(c."payload"->>'register')) END
  FROM "Change" p JOIN "ChangeText" pt ON pt."workspaceId" = p."workspaceId" AND pt."seq" = p."seq"
  WHERE p."workspaceId" = c."workspaceId" AND p."targetId" = c."targetId" AND p."seq" < c."seq"
    AND (p."op" IN ('create', 'merge') OR (p."op" = c."op" AND p."payload"->>'register' IS NOT DISTINCT FROM c."payload"->>'register'))
  ORDER BY p."seq" DESC LIMIT 1) END`;

/** A memory is called by its text, a declined proposal by its title, which an erasure blanks. */
const LABEL = sql`CASE WHEN c."op" = 'decline' THEN (
  SELECT p."title" FROM "Proposal" p WHERE p."workspaceId" = c."workspaceId" AND p."id" = (c."payload"->>'proposal')::uuid) ELSE left(m."content", 400) END`;

/** A person who takes back and redoes by turns still reads what it is about. */
const MOST_LEVELS = 3;

/** Sentences of what the reverts among the rows take out; of reverts of reverts down to a few levels. */
async function revertedSentences(
  tx: Tx,
  rows: readonly ChangeRow[],
  levels = MOST_LEVELS,
): Promise<Map<string, string>> {
  const ids = rows.flatMap((r) => (r.reverts === null ? [] : [r.reverts]));
  if (ids.length === 0 || levels === 0) return new Map();
  const found = await tx.$queryRaw<(ChangeRow & { label: string | null; objectLabel: string | null })[]>`
    SELECT ${constantSql(CHANGE_COLUMNS)}, ${LABEL} AS "label", left(o."content", 400) AS "objectLabel"
    FROM "Change" c LEFT JOIN "ChangeText" t USING ("workspaceId", "seq")
    LEFT JOIN "Memory" m ON m."workspaceId" = c."workspaceId" AND m."id" = c."targetId"
    LEFT JOIN "Memory" o ON o."workspaceId" = c."workspaceId" AND o."id" = c."objectId"
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."id" = ANY(${ids}::uuid[])`;
  const inner = await revertedSentences(tx, found, levels - 1);
  return new Map(
    found.map((row) => [
      row.id,
      sentence(toChange(row), row, row.reverts === null ? null : (inner.get(row.reverts) ?? null)),
    ]),
  );
}

/** `reverted`: the sentence of what a revert took back. */
export function present(change: Change, row: Named, reverted: string | null): ChangeOut {
  const [type, ...idParts] = change.actor.split(":");
  const status = row.state === "reverted" || row.state === "suspended" ? row.state : "live";
  return {
    id: change.id,
    seq: change.seq,
    at: iso(change.at),
    actor: {
      // An actor is `type:id`.
      type: type as ChangeOut["actor"]["type"],
      id: idParts.join(":"),
      name: actorName(change.actor, row.actorName),
    },
    // The same fields; optional ones are absent, never undefined.
    cause: change.cause as ChangeOut["cause"],
    op: change.op,
    targetType: change.target.type,
    targetId: change.target.id,
    targetLabel: targetLabel(change, row),
    summary: sentence(change, row, reverted),
    status,
    statusBy: row.by,
    unsupported: row.unsupported ?? false,
    importance: importanceOf(opsOfRow(row, change), row.unsupported ?? false),
    erased: row.erased ?? false,
    before: (row.before ?? row.previousText ?? null) as ChangeOut["before"], // JSON from the database
    after: (row.after ?? written(change)) as ChangeOut["after"],
    weight:
      change.op === "observe"
        ? {
            alpha: change.payload.weight[0] / CONSTANTS.micro,
            beta: change.payload.weight[1] / CONSTANTS.micro,
          }
        : null,
    groupId: change.groupId,
    ...groupOf(row),
    cycleId: change.cycleId,
    reverts: change.reverts,
  };
}

/** Names of ops in the ledger are ops. */
const opsOfRow = ({ group }: Named, change: Change): readonly Change["op"][] =>
  group === undefined ? [change.op] : group.members.map(([op]) => op as Change["op"]);

function groupOf({ group }: Named): Pick<ChangeOut, "group" | "groupSize"> {
  if (group === undefined) return {};
  const { members, targets } = group;
  const sum = (of: (op: string, state: string) => boolean) =>
    members.reduce((total, [op, state, count]) => total + (of(op, state) ? count : 0), 0);
  const standing = (wanted: string) => sum((_, state) => state === wanted);
  const ops = Object.fromEntries(members.map(([op]) => [op, sum((other) => other === op)]));
  return {
    groupSize: sum(() => true),
    group: {
      live: standing("live"),
      reverted: standing("reverted"),
      suspended: standing("suspended"),
      targets,
      ops,
    },
  };
}

function sentence(
  change: Change,
  row: { label: string | null; objectLabel: string | null },
  reverted: string | null,
): string {
  return describe(change, {
    target: targetLabel(change, row),
    object: row.objectLabel === null ? null : labelOf(row.objectLabel),
    reverted,
  });
}

/** What the change itself wrote, where that is more telling than what the memory says now. */
function targetLabel(change: Change, row: { label: string | null }): string {
  if (change.op === "tune") return change.payload.name;
  if (
    (change.op === "edit" || change.op === "create" || change.op === "merge") &&
    change.payload.content !== null
  )
    return labelOf(change.payload.content);
  if (change.target.type === "entity" || change.target.type === "edge") return nameOf(change);
  return labelOf(row.label ?? "");
}

/** Of a revert only the sentence of what it took back says what it is about. */
function nameOf(change: Change): string {
  switch (change.op) {
    case "introduce":
    case "rename":
    case "retype":
    case "alias":
      return capitalised(change.payload.name);
    case "relate":
    case "weigh":
      return endsLabel(change.payload);
    case "hide":
      return "name" in change.payload ? capitalised(change.payload.name) : endsLabel(change.payload);
    default:
      return "";
  }
}

const endsLabel = ({ from, to, relation }: EdgeEnds): string =>
  `${capitalised(from)} ${relation} ${capitalised(to)}`;

function written(change: Change): unknown {
  switch (change.op) {
    case "create":
    case "merge":
    case "edit":
      return change.payload.content;
    case "set":
      return change.payload.value;
    case "tune":
      return change.payload.value;
    case "rename":
      return change.payload.called;
    case "retype":
      return change.payload.type;
    default:
      return null;
  }
}
