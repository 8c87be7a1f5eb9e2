import { isDeepStrictEqual } from "node:util";

import { brand, memoryId, WORKSPACE_TARGET, type ChangeId, type MemoryId } from "@/lib/domain/ids";
import { constantSql } from "@/lib/store/sql";
import { contentHash } from "@/lib/store/project";
import { initial as emptyMemory, type MemoryRegisters } from "@/lib/domain/registers/memory-registers";
import { initial as emptyRelation } from "@/lib/domain/registers/relation-registers";
import { initial as emptyWorkspace } from "@/lib/domain/registers/workspace-registers";
import { MEMORY_COLUMNS, toView, type MemoryRow } from "./memory-out";
import { initial, type Registers } from "@/lib/domain/registers/registers";
import { isEdited as isEditedEdge } from "@/lib/domain/registers/edge-registers";
import { isEdited as isEditedEntity } from "@/lib/domain/registers/entity-registers";
import { resolve } from "@/lib/domain/memory/resolve";
import { targetKey, type Change, type TargetKey } from "@/lib/domain/ledger/change";
import type { Statuses } from "./verify-statuses";
import type { Tx } from "@/lib/store/prisma";

export interface Mismatch {
  readonly target: string;
  readonly register: string;
}

/** What the ledger says, to hold the projection against. */
export interface Folded {
  readonly changes: readonly Change[];
  readonly registers: ReadonlyMap<TargetKey, Registers>;
  readonly statuses: Statuses;
}

/** The first of them say enough; a projection that is wrong throughout should not make an answer of megabytes. */
const MOST_MISMATCHES = 1000;

/** Where the projection is not the fold: by target and register, in no particular order. */
export async function projectionMismatches(tx: Tx, folded: Folded): Promise<Mismatch[]> {
  const found: Mismatch[] = [];
  for (const check of [
    memoryMismatches,
    relationMismatches,
    graphEditMismatches,
    workspaceMismatches,
    statusMismatches,
  ]) {
    for await (const mismatch of check(tx, folded)) if (found.length < MOST_MISMATCHES) found.push(mismatch);
  }
  return found;
}

const ROWS_PER_PAGE = 5000;
interface StoredMemory extends MemoryRow {
  readonly registers: Partial<MemoryRegisters>;
  readonly contentHash: Uint8Array;
}

/** Every memory that some change was ever written to has a row, in force or not, and no other has. */
async function* memoryMismatches(tx: Tx, { changes, registers }: Folded): AsyncGenerator<Mismatch> {
  const own = new Map<MemoryId, MemoryRegisters>();
  for (const { target } of changes) {
    if (target.type !== "memory") continue;
    const folded = registers.get(targetKey(target));
    own.set(memoryId(target.id), folded?.type === "memory" ? folded.of : emptyMemory);
  }
  const views = resolve(own);
  const missing = new Set(views.keys());
  for await (const row of memoryPages(tx)) {
    const id = memoryId(row.id);
    const [view, folded] = [views.get(id), own.get(id)];
    missing.delete(id);
    if (view === undefined || folded === undefined) {
      yield { target: `memory:${id}`, register: "existence" };
      continue;
    }
    yield* differences(`memory:${id}`, { stored: toView(row), expected: view });
    yield* differences(
      `memory:${id}`,
      { stored: { ...emptyMemory, ...row.registers }, expected: folded },
      "registers.",
    );
    if (Buffer.compare(row.contentHash, contentHash(view)) !== 0)
      yield { target: `memory:${id}`, register: "contentHash" };
  }
  for (const id of missing) yield { target: `memory:${id}`, register: "existence" };
}

async function* memoryPages(tx: Tx): AsyncGenerator<StoredMemory> {
  // The smallest id there is; a memory never has it.
  let after: string = WORKSPACE_TARGET;
  for (;;) {
    const page = await tx.$queryRaw<StoredMemory[]>`
      SELECT ${constantSql(MEMORY_COLUMNS)}, m."registers", m."contentHash" FROM "Memory" m
      WHERE m."workspaceId" = current_setting('app.workspace')::uuid AND m."id" > ${after}::uuid ORDER BY m."id" LIMIT ${ROWS_PER_PAGE}`;
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

async function* relationMismatches(tx: Tx, { changes, registers }: Folded): AsyncGenerator<Mismatch> {
  const rows = await tx.$queryRaw<{ id: string; exists: boolean; registers: object }[]>`
    SELECT "id", "exists", "registers" FROM "Relation" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  const stored = new Map(rows.map((row) => [row.id, row]));
  const known = new Set(changes.flatMap((c) => (c.target.type === "relation" ? [c.target.id] : [])));
  for (const id of new Set([...known, ...stored.keys()])) {
    const row = stored.get(id);
    const folded = registers.get(`relation:${id}`);
    const expected = folded?.type === "relation" ? folded.of : emptyRelation;
    if (row === undefined || !known.has(id)) yield { target: `relation:${id}`, register: "existence" };
    else
      yield* differences(`relation:${id}`, {
        stored: { exists: row.exists, ...row.registers },
        expected: { exists: expected.presence.length > 0, ...expected },
      });
  }
}

async function* graphEditMismatches(tx: Tx, { changes, registers }: Folded): AsyncGenerator<Mismatch> {
  const rows = await tx.$queryRaw<{ id: string; exists: boolean; registers: object }[]>`
    SELECT "id", "exists", "registers" FROM "GraphEdit" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  const stored = new Map(rows.map((row) => [row.id, row]));
  const known = new Map(
    changes.flatMap(({ target }) =>
      target.type === "entity" || target.type === "edge" ? [[target.id, target] as const] : [],
    ),
  );
  for (const id of stored.keys()) if (!known.has(id)) yield { target: `graph:${id}`, register: "existence" };
  for (const [id, target] of known) {
    const row = stored.get(id);
    const folded = registers.get(targetKey(target)) ?? initial(target.type);
    const exists =
      folded.type === "entity"
        ? isEditedEntity(folded.of)
        : folded.type === "edge" && isEditedEdge(folded.of);
    if (row === undefined) yield { target: targetKey(target), register: "existence" };
    else
      yield* differences(targetKey(target), {
        stored: { exists: row.exists, ...row.registers },
        expected: { exists, ...folded.of },
      });
  }
}

async function* workspaceMismatches(tx: Tx, { registers }: Folded): AsyncGenerator<Mismatch> {
  const [row] = await tx.$queryRaw<{ registers: object }[]>`
    SELECT "registers" FROM "WorkspaceState" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  const folded = registers.get(targetKey({ type: "workspace", id: WORKSPACE_TARGET }));
  const expected = folded?.type === "workspace" ? folded.of : emptyWorkspace;
  yield* differences("workspace", { stored: row?.registers ?? emptyWorkspace, expected });
}

interface StoredStatus {
  readonly changeId: string;
  readonly state: string;
  readonly by: string | null;
  readonly unsupported: boolean;
}

async function* statusMismatches(tx: Tx, { changes, statuses }: Folded): AsyncGenerator<Mismatch> {
  const rows = await tx.$queryRaw<StoredStatus[]>`
    SELECT "changeId", "state", "by", "unsupported" FROM "ChangeStatus" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  const stored = new Map(rows.map((row) => [brand<ChangeId>(row.changeId), row]));
  for (const { id } of changes) {
    const row = stored.get(id);
    const status = statuses.of(id);
    const expected = {
      state: status === "live" ? "live" : status.state,
      by: status === "live" ? null : status.by,
      unsupported: statuses.unsupported.has(id),
    };
    yield* differences(`change:${id}`, {
      stored: { state: row?.state ?? "live", by: row?.by ?? null, unsupported: row?.unsupported ?? false },
      expected,
    });
    stored.delete(id);
  }
  for (const id of stored.keys()) yield { target: `change:${id}`, register: "existence" };
}

function* differences(
  target: string,
  sides: { readonly stored: object; readonly expected: object },
  prefix = "",
): Generator<Mismatch> {
  const stored = new Map<string, unknown>(Object.entries(sides.stored));
  for (const [register, value] of Object.entries(sides.expected)) {
    if (!isDeepStrictEqual(stored.get(register), value)) yield { target, register: `${prefix}${register}` };
  }
}
