import { constantSql, joinSql, sql, type Sql } from "@/lib/store/sql";
import {
  fieldType,
  mentions,
  parseFilter,
  type Comparator,
  type Comparison,
  type Filter,
  type FilterField,
  type MemoryState,
} from "@/lib/domain/memory/filter";
import { parseSearch } from "@/lib/domain/memory/search-query";
import type { Json, Lifecycle } from "@/lib/domain/memory/memory";
import type { Millis } from "@/lib/domain/ids";

/** Which memories a list or a bulk action means. */
export interface MemorySelection {
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
  /** Absent: the active ones, unless the search itself says something about the lifecycle. */
  readonly lifecycle?: Lifecycle | "all" | undefined;
  /** Against which ages such as `used:>30d` are read. */
  readonly now: Millis;
}

/** The tables that a selection's condition is about. */
export const MEMORIES_FROM = sql`"Memory" m LEFT JOIN "MemoryUse" u ON u."workspaceId" = m."workspaceId" AND u."memoryId" = m."id"`;

/**
 * The condition on m and u of `MEMORIES_FROM` that picks a selection's memories. What is taken back, erased, or merged into
 * another is never among them, except what was merged away when the search asks for exactly that.
 */
export const memoriesWhere = (selection: MemorySelection): Sql => conditionOf(readSelection(selection));

/** The condition without the lifecycle, and the lifecycle that is asked for beside it (null: any). */
export interface ReadSelection {
  readonly filter: Sql;
  readonly lifecycle: Lifecycle | null;
}

export const conditionOf = ({ filter, lifecycle }: ReadSelection): Sql =>
  lifecycle === null ? filter : sql`${filter} AND m."lifecycle" = ${lifecycle}`;

export function readSelection(selection: MemorySelection): ReadSelection {
  const parts = [
    ...(selection.q === undefined ? [] : [parseSearch(selection.q, selection.now)]),
    ...(selection.filter === undefined ? [] : [parseFilter(selection.filter)]),
  ];
  const saysLifecycle = parts.some((part) => mentions(part, "lifecycle"));
  const lifecycle = selection.lifecycle ?? (saysLifecycle ? "all" : "active");
  const wantsMerged = parts.some(asksForMerged);
  const standing = [
    sql`m."exists"`,
    sql`NOT m."erased"`,
    ...(wantsMerged ? [] : [sql`m."mergedInto" IS NULL`]),
  ];
  return {
    filter: joinSql(
      [sql`m."workspaceId" = current_setting('app.workspace')::uuid`, ...standing, ...parts.map(compile)],
      " AND ",
    ),
    lifecycle: lifecycle === "all" ? null : lifecycle,
  };
}

function asksForMerged(filter: Filter): boolean {
  if (filter.type === "all" || filter.type === "any") return filter.of.some(asksForMerged);
  return filter.type === "is" && filter.state === "merged";
}

function compile(filter: Filter): Sql {
  switch (filter.type) {
    case "all":
      return filter.of.length === 0 ? sql`true` : sql`(${joinSql(filter.of.map(compile), " AND ")})`;
    case "any":
      return filter.of.length === 0 ? sql`false` : sql`(${joinSql(filter.of.map(compile), " OR ")})`;
    case "not":
      return sql`NOT ${compile(filter.of)}`;
    case "is":
      return stateSql(filter.state);
    case "compare":
      return compareSql(filter);
  }
}

export function stateSql(state: MemoryState): Sql {
  switch (state) {
    case "pinned":
      return sql`m."pinned"`;
    case "quarantined":
      return sql`m."quarantined"`;
    case "superseded":
      return sql`m."supersededBy" IS NOT NULL`;
    case "merged":
      return sql`m."mergedInto" IS NOT NULL`;
    case "never-used":
      return sql`u."memoryId" IS NULL`;
    case "in-last-cycle":
      // Moved by the newest cycle that moved anything, or made by it.
      return sql`m."id" IN (
        SELECT c."targetId" FROM "Change" c
        WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."targetType" = 'memory' AND c."groupId" = (
          SELECT y."groupId" FROM "Cycle" y
          WHERE y."workspaceId" = current_setting('app.workspace')::uuid AND EXISTS (
            SELECT 1 FROM "Change" w WHERE w."workspaceId" = y."workspaceId" AND w."groupId" = y."groupId")
          ORDER BY y."number" DESC LIMIT 1))`;
    case "contested":
      // A contest is written on one of the two memories and holds for both.
      return sql`(m."contestedWith" <> '{}' OR m."id" IN (
        SELECT unnest(o."contestedWith") FROM "Memory" o
        WHERE o."workspaceId" = current_setting('app.workspace')::uuid AND o."exists" AND o."contestedWith" <> '{}'))`;
  }
}

const COLUMNS: Readonly<Record<FilterField, Sql>> = {
  content: sql`m."content"`,
  kind: sql`m."kind"`,
  tags: sql`m."tags"`,
  confidence: sql`m."confidence"`,
  createdAt: sql`m."createdAt"`,
  updatedAt: sql`m."updatedAt"`,
  validAt: sql`m."validAt"`,
  invalidAt: sql`m."invalidAt"`,
  lifecycle: sql`m."lifecycle"`,
  pinned: sql`m."pinned"`,
  quarantined: sql`m."quarantined"`,
  speaker: sql`m."speaker"`,
  channel: sql`m."channel"`,
  userId: sql`m."userId"`,
  agentId: sql`m."agentId"`,
  runId: sql`m."runId"`,
  sessionId: sql`m."sessionId"`,
  uses: sql`coalesce(u."uses", 0)`,
  lastUsedAt: sql`u."lastUsedAt"`,
  id: sql`m."id"::text`,
};

/** A comparison with nothing is false and not unknown, so that its negation is true: hence IS TRUE. */
function compareSql(comparison: Comparison): Sql {
  const { field, by, value } = comparison;
  // Only fields that are not in the table are metadata, by the type of `field`.
  const column = COLUMNS[field as FilterField];
  switch (fieldType(field)) {
    case "metadata":
      return metadataSql(field.slice("metadata.".length), by, value);
    case "tags":
      return tagsSql(by, value);
    case "number":
      return plainSql(column, by, { value, cast: constantSql("::float8") });
    case "time":
      return plainSql(column, by, { value: timesOf(value), cast: constantSql("::timestamptz") });
    case "flag":
      return plainSql(column, by, { value, cast: constantSql("::boolean") });
    case "text":
    case "kind":
    case "lifecycle":
      return plainSql(column, by, { value, cast: constantSql("::text") });
  }
}

interface Operand {
  readonly value: Json | Date | readonly (Date | null)[];
  /** The type of the column, because a bare parameter has none. */
  readonly cast: Sql;
}

const SIGNS: Partial<Record<Comparator, Sql>> = {
  gt: constantSql(">"),
  gte: constantSql(">="),
  lt: constantSql("<"),
  lte: constantSql("<="),
};

function plainSql(column: Sql, by: Comparator, { value, cast }: Operand): Sql {
  switch (by) {
    case "eq":
      return value === null ? sql`${column} IS NULL` : sql`(${column} = ${value}${cast}) IS TRUE`;
    case "ne":
      return value === null ? sql`${column} IS NOT NULL` : sql`${column} IS DISTINCT FROM ${value}${cast}`;
    case "same":
      return sql`(lower(${column}) = lower(${value}${cast})) IS TRUE`;
    case "contains":
      return sql`(${column} ILIKE ${`%${escapeLike(String(value))}%`}) IS TRUE`;
    case "in":
      return anyOf(column, { value, cast });
    default:
      return sql`(${column} ${SIGNS[by] ?? constantSql("=")} ${value}${cast}) IS TRUE`;
  }
}

function anyOf(column: Sql, { value, cast }: Operand): Sql {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const present = values.filter((one) => one !== null);
  const isPresent = present.length === 0 ? sql`false` : sql`(${column} = ANY(${present}${cast}[])) IS TRUE`;
  return present.length === values.length ? isPresent : sql`(${isPresent} OR ${column} IS NULL)`;
}

/** `contains` one tag or all of several; `in`: any of them; equal lists hold the same tags in any order. */
function tagsSql(by: Comparator, value: Json): Sql {
  // The parser lets only texts through.
  const tags = [value].flat() as string[];
  switch (by) {
    case "in":
      return sql`m."tags" && ${tags}::text[]`;
    case "ne":
      return sql`NOT ${tagsSql("eq", value)}`;
    case "eq":
      if (Array.isArray(value)) return sql`(m."tags" @> ${tags}::text[] AND m."tags" <@ ${tags}::text[])`;
      return sql`m."tags" @> ${tags}::text[]`;
    default:
      return sql`m."tags" @> ${tags}::text[]`;
  }
}

/** A key may hold dots itself; if none does, dots lead into nested objects. */
function metadataSql(key: string, by: Comparator, value: Json): Sql {
  const at = key.includes(".")
    ? sql`coalesce(m."metadata"->${key}::text, m."metadata"#>${key.split(".")}::text[])`
    : sql`(m."metadata"->${key}::text)`;
  const json = sql`${JSON.stringify(value)}::jsonb`;
  switch (by) {
    case "eq":
    case "same":
      return value === null ? sql`coalesce(${at}, 'null') = 'null'` : sql`(${at} = ${json}) IS TRUE`;
    case "ne":
      return value === null ? sql`coalesce(${at}, 'null') <> 'null'` : sql`${at} IS DISTINCT FROM ${json}`;
    case "in":
      return sql`(${at} IN (SELECT jsonb_array_elements(${json}))) IS TRUE`;
    case "contains":
      return containsSql(at, value);
    default:
      // Numbers are ordered as numbers and texts as texts; a value of another type is neither before nor after.
      return sql`(jsonb_typeof(${at}) = jsonb_typeof(${json}) AND ${at} ${SIGNS[by] ?? constantSql("=")} ${json}) IS TRUE`;
  }
}

/** A text that holds these words, or a list that holds this value. */
function containsSql(at: Sql, value: Json): Sql {
  const listed = sql`jsonb_typeof(${at}) = 'array' AND ${at} @> ${JSON.stringify([value])}::jsonb`;
  if (typeof value !== "string") return sql`(${listed}) IS TRUE`;
  const pattern = `%${escapeLike(value)}%`;
  return sql`((${listed}) OR (jsonb_typeof(${at}) = 'string' AND ${at}#>>'{}' ILIKE ${pattern})) IS TRUE`;
}

function timesOf(value: Json): Date | null | (Date | null)[] {
  const one = (at: Json) => (at === null ? null : new Date(Number(at)));
  return Array.isArray(value) ? value.map(one) : one(value);
}

export const escapeLike = (text: string): string => text.replace(/[\\%_]/gu, "\\$&");
