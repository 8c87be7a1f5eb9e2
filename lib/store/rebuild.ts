import { chunks } from "./chunks";
import {
  brand,
  millis,
  seqOf,
  WORKSPACE_TARGET,
  type ChangeId,
  type MemoryId,
  type Millis,
  type Seq,
  type WorkspaceId,
} from "@/lib/domain/ids";
import { effectOf } from "@/lib/domain/ledger/effect";
import { rememberDeclines } from "./decisions";
import { memoryRow, project, projectMemories } from "./project";
import { objectOf, targetKey, type Change, type TargetKey } from "@/lib/domain/ledger/change";
import { parametersFrom, type Parameters } from "@/lib/domain/parameters";
import { replay } from "./replay";
import type { Applied } from "@/lib/domain/ledger/apply";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { Registers } from "@/lib/domain/registers/registers";
import type { Tx } from "./prisma";

/**
 * Throws the projection of a workspace away and makes it again from its ledger, row for row as the appends left it: with
 * the seq and time of each row's last move, and the effect that each change had when it was made.
 */
export async function rebuild(
  tx: Tx,
  { workspaceId, changes }: { readonly workspaceId: WorkspaceId; readonly changes: readonly Change[] },
): Promise<void> {
  await clear(tx);
  const whole = collector();
  await replay(changes, whole.take);
  const last = changes.at(-1);
  if (last === undefined) return;
  const stamp = { workspaceId, seq: last.seq, at: last.at, parameters: whole.parameters() };
  await projectMemories(tx, whole.memoryRows(workspaceId));
  await project(tx, whole.rest(), stamp);
  for (const part of chunks(whole.lastMoves())) await stampRows(tx, part);
  await rememberDeclines(tx);
  for (const part of chunks(whole.effects))
    await insertEffects(
      tx,
      part.map((row) => ({ workspaceId, ...row })),
    );
}

async function clear(tx: Tx): Promise<void> {
  await tx.$executeRaw`DELETE FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  await tx.$executeRaw`DELETE FROM "Relation" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  await tx.$executeRaw`DELETE FROM "GraphEdit" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  await tx.$executeRaw`DELETE FROM "WorkspaceState" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  await tx.$executeRaw`DELETE FROM "ChangeStatus" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
  await tx.$executeRaw`DELETE FROM "ChangeEffect" WHERE "workspaceId" = current_setting('app.workspace')::uuid`;
}

/** A memory's row as the last append that moved it left it. */
interface Moved {
  readonly view: MemoryView;
  readonly seq: Seq;
  readonly at: Millis;
  readonly parameters: Parameters;
}

/** Gathers what the appends of a replay leave behind, the last word on each row winning. `endOf` tells where a change's append ended, when only a part of a ledger is played. */
export function collector(endOf: (change: Change) => number = (change) => change.seq) {
  const memories = new Map<MemoryId, Moved>();
  const targets = new Map<TargetKey, Registers>();
  const movedAt = new Map<TargetKey, Seq>();
  const statuses = new Map<ChangeId, Applied["statuses"][number]>();
  const support = new Map<ChangeId, Applied["support"][number]>();
  const tied = new Set<string>();
  const effects: object[] = [];
  let parameters = parametersFrom(new Map());

  const take = (applied: Applied): void => {
    const newest = applied.changes.at(-1);
    const stamp = {
      seq: newest === undefined ? seqOf(0) : seqOf(endOf(newest)),
      at: newest?.at ?? millis(0),
      parameters,
    };
    for (const [id, { after }] of applied.memories) memories.set(id, { view: after, ...stamp });
    for (const move of applied.statuses) statuses.set(move.change.id, move);
    for (const tested of applied.support) support.set(tested.change.id, tested);
    for (const change of applied.changes) {
      if (change.op === "member") for (const id of [change.target.id, objectOf(change)]) tied.add(id ?? "");
      const effect = effectIn(applied, change, parameters);
      if (effect !== null) effects.push({ seq: change.seq, ...effect });
    }
    for (const [key, { after }] of applied.targets) {
      targets.set(key, after);
      movedAt.set(key, stamp.seq);
      // As in `append`: what is tuned holds from the next append on.
      if (after.type === "workspace")
        parameters = parametersFrom(
          new Map(Object.entries(after.of.parameters).map(([name, write]) => [name, write.value])),
        );
    }
  };

  const memoryRows = (workspaceId: WorkspaceId, isWanted: (id: MemoryId) => boolean = () => true): object[] =>
    [...memories]
      .filter(([id]) => isWanted(id))
      .map(([id, { view, ...stamp }]) => {
        const own = targets.get(targetKey({ type: "memory", id }));
        return memoryRow(view, own?.type === "memory" ? own.of : null, {
          workspaceId,
          ...stamp,
          kin: tied.has(id),
        });
      });

  /** All but the memories, in the form of one append. */
  const rest = (isWanted: (key: TargetKey) => boolean = () => true): Applied => ({
    changes: [],
    statuses: [...statuses.values()],
    targets: new Map(
      [...targets]
        .filter(([key, own]) => own.type !== "memory" && isWanted(key))
        .map(([key, after]) => [key, { before: null, after }]),
    ),
    memories: new Map(),
    support: [...support.values()],
  });

  /** Relations, graph edits and parameters, which `rest` stamps with the end of the ledger, with the seq of their own last move. */
  const lastMoves = () =>
    [...movedAt].flatMap(([key, seq]) =>
      key.startsWith("memory:") ? [] : [{ key, id: key.slice(key.indexOf(":") + 1), seq }],
    );

  return { take, memoryRows, rest, lastMoves, effects, parameters: () => parameters };
}

function effectIn(applied: Applied, change: Change, parameters: Parameters) {
  const moved =
    change.target.type === "memory" ? applied.memories.get(brand<MemoryId>(change.target.id)) : undefined;
  return moved === undefined ? null : effectOf(change, moved, parameters);
}

/** Sets the seq of rows other than memories. */
export async function stampRows(
  tx: Tx,
  moves: readonly { readonly id: string; readonly seq: Seq }[],
): Promise<void> {
  const rows = JSON.stringify(moves);
  await tx.$executeRaw`
    UPDATE "Relation" r SET "seq" = v."seq" FROM jsonb_to_recordset(${rows}::jsonb) AS v("id" uuid, "seq" bigint)
    WHERE r."workspaceId" = current_setting('app.workspace')::uuid AND r."id" = v."id"`;
  await tx.$executeRaw`
    UPDATE "GraphEdit" g SET "seq" = v."seq" FROM jsonb_to_recordset(${rows}::jsonb) AS v("id" uuid, "seq" bigint)
    WHERE g."workspaceId" = current_setting('app.workspace')::uuid AND g."id" = v."id"`;
  await tx.$executeRaw`
    UPDATE "WorkspaceState" s SET "seq" = v."seq" FROM jsonb_to_recordset(${rows}::jsonb) AS v("id" uuid, "seq" bigint)
    WHERE s."workspaceId" = current_setting('app.workspace')::uuid AND v."id" = ${WORKSPACE_TARGET}::uuid`;
}

async function insertEffects(tx: Tx, rows: readonly object[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ChangeEffect" ("workspaceId", "seq", "before", "after")
    SELECT r."workspaceId", r."seq", r."before", r."after"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("workspaceId" uuid, "seq" bigint, "before" jsonb, "after" jsonb)`;
}
