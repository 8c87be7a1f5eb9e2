/** Engines with one seeded defect each, made by wrapping the real one. A law that none of them breaks would prove nothing. */
import { apply, type Applied } from "@/lib/domain/ledger/apply";
import {
  boostedByTuning,
  byArrival,
  clamp,
  copyMembers,
  mapMemories,
  restoring,
  type Retarget,
} from "./mutant-folds";
import { dependOnNewest, roundedDown, wholeGroup, withShares } from "./mutant-drafts";
import { fold } from "@/lib/domain/ledger/fold";
import { fusedByRank, lentUtility, rescored, scaledByBest } from "./mutant-ranks";
import { kinship } from "@/lib/domain/ledger/reach";
import { liveOnes } from "./oracle";
import { memoryId, type ChangeId, type MemoryId } from "@/lib/domain/ids";
import { PRODUCTION, type Engine } from "./check-laws";
import { rank } from "@/lib/search/rank";
import { resolve } from "@/lib/domain/memory/resolve";
import { targetKey, type Change, type Draft, type TargetKey } from "@/lib/domain/ledger/change";
import type { Apply } from "./in-memory-ledger";
import type { LedgerReader } from "@/lib/domain/ledger/reader";
import type { MemoryRegisters } from "@/lib/domain/registers/memory-registers";
import type { Registers } from "@/lib/domain/registers/registers";

/** By the law that has to fail, then by the defect. Each is made anew for each history, for some of them remember. */
export const MUTANTS: Readonly<Record<string, Readonly<Record<string, () => Engine>>>> = {
  replay: {
    "a revert restores the value from before the change": () => retargeting(restoring()),
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
  "non-interference (ranking)": {
    "parts are scaled by the best of the list": () => ({
      ...PRODUCTION,
      rank: async (...given) => rescored(await rank(...given), scaledByBest),
    }),
    "parts are fused by their ranks in the list": () => ({
      ...PRODUCTION,
      rank: async (...given) => rescored(await rank(...given), fusedByRank),
    }),
    "word statistics are those of the moment": () => ({
      ...PRODUCTION,
      rank: (index, search) =>
        rank(index, {
          ...search,
          epoch: {
            ...search.epoch,
            documents: index.size(),
            frequencies: new Map(index.postings.frequencies()),
          },
        }),
    }),
    "a score reads the evidence of neighbours": () => ({
      ...PRODUCTION,
      rank: async (index, search) => rescored(await rank(index, search), lentUtility(index)),
    }),
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
  "whole cycles": {
    "only the first of a cycle's changes is reverted": () => ({
      ...PRODUCTION,
      takeOut: async (reader, selected) => PRODUCTION.takeOut(reader, selected.slice(0, 1)),
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
