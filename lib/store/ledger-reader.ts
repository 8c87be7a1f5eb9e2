import { Prisma } from "@/lib/store/generated/client";
import { CHANGE_COLUMNS, toChange, toNotLive, type ChangeRow, type StatusRow } from "./rows";
import { groupBy } from "@/lib/domain/group-by";
import { brand, memoryId, WORKSPACE_TARGET, type ChangeId, type MemoryId } from "@/lib/domain/ids";
import {
  TARGET_TYPES,
  targetKey,
  type Change,
  type Target,
  type TargetKey,
} from "@/lib/domain/ledger/change";
import type { Tx } from "./prisma";
import type { LedgerReader } from "@/lib/domain/ledger/reader";
import type { NotLive } from "@/lib/domain/ledger/live";
import { initial, stepAll, type Registers } from "@/lib/domain/registers/registers";

/**
 * Answers the domain's questions about one workspace from its tables, inside one transaction. `unheardOf`: ids made during it,
 * of which no row can speak.
 */
export function ledgerReader(tx: Tx, unheardOf: ReadonlySet<string> = new Set()): LedgerReader {
  // Memories known to have no kin: the common case needs no further query.
  const single = new Set<string>();
  const isHeardOf = (id: string): boolean => !unheardOf.has(id);
  return {
    changes: (ids) => changesWhere(tx, ids, Prisma.sql`c."id" = ANY(${plain(ids)}::uuid[])`),
    changesOf: (targets) =>
      changesWhere(tx, targets, Prisma.sql`c."targetId" = ANY(${targets.map((t) => t.id)}::uuid[])`),
    dependentsOf: (ids) => dependents(tx, ids),
    revertsOf: (ids) => changesWhere(tx, ids, Prisma.sql`c."reverts" = ANY(${plain(ids)}::uuid[])`),
    supportedBy: (ids) =>
      changesWhere(
        tx,
        ids,
        Prisma.sql`c."support" IS NOT NULL AND ${laterThan(ids)} AND c."supportIds" && ${plain(ids)}::uuid[]`,
      ),
    notLive: (ids) => notLive(tx, ids),
    registers: (targets) =>
      loadRegisters(
        tx,
        targets.filter(({ id }) => isHeardOf(id)),
        single,
      ),
    kin: (ids) =>
      kin(
        tx,
        ids.filter((id) => !single.has(id) && isHeardOf(id)),
      ),
  };
}

export async function changesWhere(
  tx: Tx,
  needed: readonly unknown[],
  condition: Prisma.Sql,
): Promise<Change[]> {
  if (needed.length === 0) return [];
  const rows = await tx.$queryRaw<ChangeRow[]>`
    SELECT ${Prisma.raw(CHANGE_COLUMNS)} FROM "Change" c LEFT JOIN "ChangeText" t USING ("workspaceId", "seq")
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND ${condition} ORDER BY c."seq"`;
  return rows.map(toChange);
}

/**
 * What depends on these: later changes of the targets they created (every change depends on its target's creation), and
 * those with a dependency that crosses targets, which are few and have an index of their own.
 */
async function dependents(tx: Tx, ids: readonly ChangeId[]): Promise<Change[]> {
  const list = plain(ids);
  const [own, crossing] = await Promise.all([
    changesWhere(
      tx,
      ids,
      Prisma.sql`NOT c."crossDependency" AND c."reverts" IS NULL AND c."targetId" IN (
      SELECT b."targetId" FROM "Change" b
      WHERE b."workspaceId" = current_setting('app.workspace')::uuid AND b."id" = ANY(${list}::uuid[]) AND b."op" IN ('create', 'merge', 'link'))`,
    ),
    changesWhere(
      tx,
      ids,
      Prisma.sql`c."crossDependency" AND ${laterThan(ids)} AND c."dependsOn" && ${list}::uuid[]`,
    ),
  ]);
  const wanted = new Set(list);
  return [...own.filter((c) => c.dependsOn.some((d) => wanted.has(d))), ...crossing].sort(
    (a, b) => a.seq - b.seq,
  );
}

/** A change names only what came before it, so the first of these bounds the search for what names them. */
const laterThan = (ids: readonly ChangeId[]): Prisma.Sql => Prisma.sql`c."seq" > (
  SELECT min(n."seq") FROM "Change" n WHERE n."workspaceId" = current_setting('app.workspace')::uuid AND n."id" = ANY(${plain(ids)}::uuid[]))`;

async function notLive(tx: Tx, ids: readonly ChangeId[]): Promise<ReadonlyMap<ChangeId, NotLive>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<StatusRow[]>`
    SELECT "changeId", "state", "by", "unsupported" FROM "ChangeStatus"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "changeId" = ANY(${plain(ids)}::uuid[])`;
  return new Map(
    rows.flatMap((row) => {
      const status = toNotLive(row);
      return status === null ? [] : [[brand<ChangeId>(row.changeId), status] as const];
    }),
  );
}

const EMPTY = {
  memory: initial("memory"),
  relation: initial("relation"),
  workspace: initial("workspace"),
  entity: initial("entity"),
  edge: initial("edge"),
  question: initial("question"),
} as const;

interface RegistersRow {
  readonly id: string;
  readonly registers: Registers["of"];
  readonly kin: boolean;
}

async function loadRegisters(
  tx: Tx,
  targets: readonly Target[],
  single: Set<string>,
): Promise<ReadonlyMap<TargetKey, Registers>> {
  const idsOf = (type: Target["type"]) => targets.filter((t) => t.type === type).map((t) => t.id);
  const found = new Map<TargetKey, Registers>();
  const memories = idsOf("memory");
  const memoryRows =
    memories.length === 0
      ? []
      : await tx.$queryRaw<RegistersRow[]>`
    SELECT "id", "registers", "kin" FROM "Memory"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ANY(${memories}::uuid[])`;
  const relations = idsOf("relation");
  const relationRows =
    relations.length === 0
      ? []
      : await tx.$queryRaw<RegistersRow[]>`
    SELECT "id", "registers", false AS "kin" FROM "Relation"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ANY(${relations}::uuid[])`;
  const workspaceRows =
    idsOf("workspace").length === 0
      ? []
      : await tx.$queryRaw<RegistersRow[]>`
    SELECT ${WORKSPACE_TARGET} AS "id", "registers", false AS "kin" FROM "WorkspaceState"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  const [entities, edges] = [
    await graphEditRows(tx, idsOf("entity")),
    await graphEditRows(tx, idsOf("edge")),
  ];
  const rowsOf = {
    memory: memoryRows,
    relation: relationRows,
    workspace: workspaceRows,
    entity: entities,
    edge: edges,
    question: await questionRows(tx, idsOf("question")),
  } as const;
  for (const type of TARGET_TYPES) {
    for (const row of rowsOf[type]) {
      const of = { ...EMPTY[type].of, ...row.registers };
      // They were stored by `project` under this type.
      found.set(targetKey({ type, id: row.id }), { type, of } as Registers);
    }
  }
  const tied = new Set(memoryRows.filter((row) => row.kin).map((row) => row.id));
  for (const id of memories) if (!tied.has(id)) single.add(id);
  return found;
}

/** A question has few answers and no row of its own: what is live of them in the ledger is its state. */
async function questionRows(tx: Tx, ids: readonly string[]): Promise<RegistersRow[]> {
  if (ids.length === 0) return [];
  const answers = await changesWhere(
    tx,
    ids,
    Prisma.sql`c."targetId" = ANY(${plain(ids)}::uuid[]) AND c."op" = 'decline'`,
  );
  const gone = await notLive(
    tx,
    answers.map((c) => c.id),
  );
  return [
    ...groupBy(
      answers.filter((c) => !gone.has(c.id)),
      (c) => c.target.id,
    ),
  ].map(([id, of]) => ({ id, registers: stepAll(initial("question"), of).of, kin: false }));
}

async function graphEditRows(tx: Tx, ids: readonly string[]): Promise<RegistersRow[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<RegistersRow[]>`
    SELECT "id", "registers", false AS "kin" FROM "GraphEdit"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ANY(${plain(ids)}::uuid[])`;
}

async function kin(tx: Tx, ids: readonly MemoryId[]): Promise<MemoryId[]> {
  if (ids.length === 0) return [];
  const list = plain(ids);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "objectId" AS "id" FROM "Change"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "op" = 'member' AND "targetId" = ANY(${list}::uuid[])
    UNION
    SELECT "targetId" AS "id" FROM "Change"
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "op" = 'member' AND "objectId" = ANY(${list}::uuid[])`;
  return rows.map((row) => memoryId(row.id));
}

/** Brands exist in the type system only; the driver wants a plain, mutable array. */
const plain = (ids: readonly string[]): string[] => [...ids];
