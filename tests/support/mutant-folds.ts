/** Defective folding: registers after an append are not what the live changes make them. */
import { step, type Registers } from "@/lib/domain/registers/registers";
import { sum } from "@/lib/domain/registers/evidence";
import { targetKey, type Change, type TargetKey } from "@/lib/domain/ledger/change";
import type { Applied } from "@/lib/domain/ledger/apply";
import type { ChangeId } from "@/lib/domain/ids";
import type { LedgerReader } from "@/lib/domain/ledger/reader";
import type { MemoryRegisters } from "@/lib/domain/registers/memory-registers";

/** Registers of targets, to take the place of those that `apply` found. */
export type Retarget = (reader: LedgerReader, applied: Applied) => Promise<ReadonlyMap<TargetKey, Registers>>;

/** Remembers what stood before each change, and puts that back. */
export function restoring(): Retarget {
  const before = new Map<ChangeId, Registers | null>();
  return async (_reader, { changes, targets }) => {
    for (const c of changes) before.set(c.id, targets.get(targetKey(c.target))?.before ?? null);
    return new Map(
      changes.flatMap((c) => {
        const restored = c.reverts === null ? null : before.get(c.reverts);
        return restored ? [[targetKey(c.target), restored] as const] : [];
      }),
    );
  };
}

export const mapMemories = (
  applied: Applied,
  change: (own: MemoryRegisters) => MemoryRegisters,
): Map<TargetKey, Registers> =>
  new Map(
    [...applied.targets].flatMap(([key, { after }]) =>
      after.type === "memory" ? [[key, { type: "memory" as const, of: change(after.of) }]] : [],
    ),
  );

export const clamp = (own: MemoryRegisters): MemoryRegisters => ({
  ...own,
  evidence: Object.fromEntries(
    Object.entries(own.evidence).map(([source, days]) => [
      source,
      Object.fromEntries(
        Object.entries(days).map(([day, [a, b]]) => [day, [Math.min(a, 1_500_000), Math.min(b, 1_500_000)]]),
      ),
    ]),
  ),
});

/** Folds what comes back in as if it had just been made. */
export async function byArrival(
  _reader: LedgerReader,
  { statuses, targets, changes }: Applied,
): Promise<Map<TargetKey, Registers>> {
  const isNew = new Set(changes.map((c) => c.id));
  const back = statuses.filter((m) => m.after === "live" && !isNew.has(m.change.id));
  const moved = new Map<TargetKey, Registers>();
  for (const { change } of back) {
    const key = targetKey(change.target);
    const own = moved.get(key) ?? targets.get(key)?.after;
    if (own) moved.set(key, step(own, { ...change, seq: changes.at(-1)?.seq ?? change.seq } as Change));
  }
  return moved;
}

export async function copyMembers(
  reader: LedgerReader,
  { changes, targets }: Applied,
): Promise<Map<TargetKey, Registers>> {
  const stored = await reader.registers(changes.map((c) => c.target));
  const copied = new Map<TargetKey, Registers>();
  for (const change of changes) {
    if (change.op !== "member") continue;
    const key = targetKey({ type: "memory", id: change.payload.into });
    const [source, result] = [
      stored.get(targetKey(change.target)),
      copied.get(key) ?? targets.get(key)?.after,
    ];
    if (source?.type !== "memory" || result?.type !== "memory") continue;
    copied.set(key, {
      type: "memory",
      of: { ...result.of, evidence: sum([result.of.evidence, source.of.evidence]) },
    });
  }
  return copied;
}

/** Counts an observation twice while some parameter is tuned. */
export async function boostedByTuning(
  reader: LedgerReader,
  { changes, targets }: Applied,
): Promise<Map<TargetKey, Registers>> {
  const workspace = (await reader.registers([{ type: "workspace", id: "workspace" }])).get(
    "workspace:workspace",
  );
  if (workspace?.type !== "workspace" || Object.keys(workspace.of.parameters).length === 0) return new Map();
  return new Map(
    changes.flatMap((c) => {
      const own = targets.get(targetKey(c.target))?.after;
      return c.op === "observe" && own ? [[targetKey(c.target), step(own, c)] as const] : [];
    }),
  );
}
