/** Engines with one seeded defect each, made by wrapping the real one. A law that none of them breaks would prove nothing. */
import { apply, type Applied } from "@/lib/domain/ledger/apply";
import { fold } from "@/lib/domain/ledger/fold";
import { kinship } from "@/lib/domain/ledger/reach";
import { liveOnes } from "./oracle";
import { memoryId, type ChangeId, type MemoryId } from "@/lib/domain/ids";
import { PRODUCTION, type Engine } from "./check-laws";
import { resolve } from "@/lib/domain/memory/resolve";
import { step, type Registers } from "@/lib/domain/registers/registers";
import { sum } from "@/lib/domain/registers/evidence";
import { targetKey, type Change, type Draft, type TargetKey } from "@/lib/domain/ledger/change";
import type { Apply } from "./in-memory-ledger";
import type { LedgerReader } from "@/lib/domain/ledger/reader";
import type { MemoryRegisters } from "@/lib/domain/registers/memory-registers";

/** By the law that has to fail, then by the defect. Each is made anew for each history, for some of them remember. */
export const MUTANTS: Readonly<Record<string, Readonly<Record<string, () => Engine>>>> = {
  replay: {
    "a revert restores the value from before the change": () => restoringEngine(),
    "the fold counts suspended changes": () => ({
      ...PRODUCTION,
      fold: (changes) => fold(notReverted(changes)),
    }),
  },
  order: {
    "only the first revert of a change counts": () =>
      reading((reader) => ({ revertsOf: (ids) => firstOfEach(reader, ids) })),
    "a revert depends on the newest other change of its target": () => drafting(dependOnNewest),
  },
  inverse: {
    "the last write is the one that arrived last": () => retargeting(byArrival),
    "a sum is clamped when it is written": () =>
      retargeting(async (_reader, applied) => mapMemories(applied, clamp)),
  },
  "non-interference (state)": {
    "a revert takes the whole group back": () => drafting(wholeGroup),
  },
  projection: {
    "dependents are not suspended": () => reading(() => ({ dependentsOf: async () => [] })),
    "the kin of a merge are forgotten": () => reading(() => ({ kin: async () => [] })),
  },
  "time travel": {
    "reverts that came later count already": () => ({
      ...PRODUCTION,
      foldAsOf: (changes, seq) => fold(liveOnes(changes).filter((c) => c.seq <= seq)),
    }),
  },
  conservation: {
    "a merge copies its members' evidence": () => retargeting(copyMembers),
    "shares are dropped": () =>
      drafting(async (_reader, drafts) => drafts.map((d) => withShares(d, () => null))),
    "shares are rounded one by one": () =>
      drafting(async (_reader, drafts) => drafts.map((d) => withShares(d, roundedDown))),
  },
  "lossless suspension": {
    "a redo does not resume what was suspended": () =>
      wrapping(async (reader, head, input) => {
        const reverted = await reader.changes(
          input.drafts.flatMap((d) => (d.reverts === null ? [] : [d.reverts])),
        );
        const isRedo = reverted.some((c) => c.op === "revert");
        return apply(isRedo ? { ...reader, dependentsOf: async () => [] } : reader, head, input);
      }),
  },
  commutation: {
    "a write reads another target": () => retargeting(boostedByTuning),
  },
  "mass revert": {
    "only the live ones of a selection are reverted": () => ({
      ...PRODUCTION,
      takeOut: async (reader, selected) => {
        const notLive = await reader.notLive(selected.map((c) => c.id));
        return selected.filter((c) => !notLive.has(c.id));
      },
    }),
  },
  preview: {
    "the dry run leaves a trace": () =>
      wrapping(async (reader, head, input) => {
        const applied = await apply(reader, head, input);
        const { projected } = reader as unknown as { projected: Map<TargetKey, Registers> };
        for (const [key, { after }] of applied.targets) projected.set(key, after);
        return applied;
      }),
    "moves of merge results are left out": () =>
      wrapping(async (reader, head, input) => {
        const applied = await apply(reader, head, input);
        return {
          ...applied,
          memories: new Map([...applied.memories].filter(([, { after }]) => after.mergedFrom.length === 0)),
        };
      }),
  },
  "soft support": {
    "gates are never tested again": () => reading(() => ({ supportedBy: async () => [] })),
    "suspended evidence still counts": () =>
      reading((reader) => ({
        notLive: async (ids) =>
          new Map([...(await reader.notLive(ids))].filter(([, why]) => why.state !== "suspended")),
      })),
  },
};

const wrapping = (applyWith: Apply): Engine => ({ ...PRODUCTION, apply: applyWith });

/** An engine that is told wrong things by its reader. */
const reading = (lie: (reader: LedgerReader) => Partial<LedgerReader>): Engine =>
  wrapping((reader, head, input) => apply({ ...reader, ...lie(reader) }, head, input));

/** An engine that appends something else than it was given. */
const drafting = (
  rewrite: (reader: LedgerReader, drafts: readonly Draft[]) => Promise<readonly Draft[]>,
): Engine =>
  wrapping(async (reader, head, input) =>
    apply(reader, head, { ...input, drafts: await rewrite(reader, input.drafts) }),
  );

type Retarget = (reader: LedgerReader, applied: Applied) => Promise<ReadonlyMap<TargetKey, Registers>>;

/** An engine that folds some targets wrongly, and reads the views off what it folded. */
const retargeting = (rewrite: Retarget): Engine =>
  wrapping(async (reader, head, input) => {
    const applied = await apply(reader, head, input);
    const targets = new Map(applied.targets);
    for (const [key, after] of await rewrite(reader, applied))
      targets.set(key, { before: targets.get(key)?.before ?? null, after });
    return { ...applied, targets, memories: await viewsOf(reader, targets) };
  });

async function viewsOf(reader: LedgerReader, targets: Applied["targets"]): Promise<Applied["memories"]> {
  const ids = [...targets.keys()].flatMap((key) =>
    key.startsWith("memory:") ? [memoryId(key.slice(7))] : [],
  );
  const named = [...targets.values()].flatMap(({ after }) =>
    after.type === "memory" ? after.of.memberships.flatMap((m) => m.names ?? []) : [],
  );
  const keys = (await kinship(reader, [...new Set([...ids, ...named])])).map((id) => ({
    type: "memory" as const,
    id,
  }));
  const stored = await reader.registers(keys);
  const own = keys.flatMap((target): [MemoryId, MemoryRegisters][] => {
    const found = targets.get(targetKey(target))?.after ?? stored.get(targetKey(target));
    return found?.type === "memory" ? [[memoryId(target.id), found.of]] : [];
  });
  return new Map([...resolve(new Map(own))].map(([id, after]) => [id, { before: null, after }]));
}

/** Remembers what stood before each change, and puts that back. */
function restoringEngine(): Engine {
  const before = new Map<ChangeId, Registers | null>();
  return retargeting(async (_reader, { changes, targets }) => {
    for (const c of changes) before.set(c.id, targets.get(targetKey(c.target))?.before ?? null);
    return new Map(
      changes.flatMap((c) => {
        const restored = c.reverts === null ? null : before.get(c.reverts);
        return restored ? [[targetKey(c.target), restored] as const] : [];
      }),
    );
  });
}

const notReverted = (changes: readonly Change[]): Change[] => {
  const live = new Set(liveOnes(changes).map((c) => c.id));
  return changes
    .filter((c) => !changes.some((r) => r.reverts === c.id && live.has(r.id)))
    .map((c) => ({ ...c, dependsOn: [] }));
};

async function firstOfEach(reader: LedgerReader, ids: readonly ChangeId[]): Promise<Change[]> {
  const reverts = await reader.revertsOf(ids);
  return ids.flatMap((id) => reverts.filter((r) => r.reverts === id).slice(0, 1));
}

async function dependOnNewest(reader: LedgerReader, drafts: readonly Draft[]): Promise<Draft[]> {
  return Promise.all(
    drafts.map(async (d) => {
      if (d.reverts === null) return d;
      const history = (await reader.changesOf([d.target])).filter(
        (c) => c.reverts === null && c.id !== d.reverts,
      );
      const notLive = await reader.notLive(history.map((c) => c.id));
      const newest = history.findLast((c) => !notLive.has(c.id));
      return newest === undefined ? d : { ...d, dependsOn: [newest.id] };
    }),
  );
}

async function wholeGroup(reader: LedgerReader, drafts: readonly Draft[]): Promise<Draft[]> {
  const { all } = reader as unknown as { all: readonly Change[] };
  return drafts.flatMap((d) => {
    const group = all.find((c) => c.id === d.reverts)?.groupId;
    const others = all.filter((c) => c.groupId === group && c.id !== d.reverts && c.op !== "purge");
    const more = others.map(
      (c, i): Draft => ({ ...d, id: `${d.id}-${i}` as ChangeId, target: c.target, reverts: c.id }) as Draft,
    );
    return [d, ...more];
  });
}

const mapMemories = (
  applied: Applied,
  change: (own: MemoryRegisters) => MemoryRegisters,
): Map<TargetKey, Registers> =>
  new Map(
    [...applied.targets].flatMap(([key, { after }]) =>
      after.type === "memory" ? [[key, { type: "memory" as const, of: change(after.of) }]] : [],
    ),
  );

const clamp = (own: MemoryRegisters): MemoryRegisters => ({
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
async function byArrival(
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

async function copyMembers(
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

type Shares = Extract<Draft, { op: "observe" }>["payload"]["shares"];
const withShares = (d: Draft, change: (shares: NonNullable<Shares>) => Shares): Draft =>
  d.op === "observe" && d.payload.shares !== null
    ? { ...d, payload: { ...d.payload, shares: change(d.payload.shares) } }
    : d;

const roundedDown = (shares: NonNullable<Shares>): Shares =>
  Object.fromEntries(
    Object.entries(shares).map(([leaf, [a, b]]) => [
      leaf,
      [Math.floor(a / 10) * 10, Math.floor(b / 10) * 10],
    ]),
  );

/** Counts an observation twice while some parameter is tuned. */
async function boostedByTuning(
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
