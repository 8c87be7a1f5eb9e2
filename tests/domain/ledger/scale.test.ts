/**
 * The incremental path stays linear: taking back ten thousand changes, and bringing them back, takes about eight times the
 * processor time of a group an eighth as large; a quadratic step would take sixty-four times as much.
 */
import { describe, expect, it } from "vitest";

import { birthOf, scenario } from "@/tests/support/scenario";
import { draft, type Made, type MadeSource } from "@/lib/domain/ledger/draft";
import { inMemoryLedger, type InMemoryLedger } from "@/tests/support/in-memory-ledger";
import { memoryId, millis } from "@/lib/domain/ids";
import type { Draft, SourceKey } from "@/lib/domain/ledger/change";

const MANY = 10_000;
const FEWER = 1_250;
/** Eight times as many changes; a quadratic step takes 64 times as long, and short measurements are off by a factor. */
const MOST_TIMES_LONGER = 32;
/** Below this, the clock of a process says little. */
const LEAST_MS = 20;
const DAY = 86_400_000;
const head = scenario().heads();

type Group = { readonly first: readonly Draft[]; readonly group: readonly Draft[] };

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const create = (name: string): { readonly memory: Made; readonly draft: Draft } => {
  const d = draft.create(head(), memoryId(name), birthOf(name));
  return { memory: { id: memoryId(name), createdBy: d.id }, draft: d };
};
const observe = (on: Made, i: number, source: SourceKey): Draft =>
  draft.observe(head(), on, {
    weight: [i, 1],
    source,
    at: millis(i * DAY),
    signalId: null,
    retrievalId: null,
    rank: null,
    queryKey: null,
    shares: null,
  });
const edit = (on: Made, i: number): Draft => draft.edit(head(), on, { content: `${i}`, madeFrom: [] });

/** A memory, and so many changes of it that `make` drafts. */
function onOne(count: number, make: (on: Made, i: number) => Draft): Group {
  const one = create("one");
  return { first: [one.draft], group: times(count, (i) => make(one.memory, i)) };
}

const GROUPS: Readonly<Record<string, (count: number) => Group>> = {
  "creations of as many memories": (count) => ({
    first: [],
    group: times(count, (i) => create(`memory ${i}`).draft),
  }),
  "observations of one memory on as many days": (count) =>
    onOne(count, (on, i) => observe(on, i, "owner:me")),
  "observations of one memory by a hundred sources": (count) =>
    onOne(count, (on, i) => observe(on, i % 100, `ordinary:key/${i % 100}`)),
  "observations of one memory by as many sources": (count) =>
    onOne(count, (on, i) => observe(on, 0, `low:${i}`)),
  "edits of one memory": (count) => onOne(count, edit),
  "one creation on which as many changes stand": (count) => {
    const { first, group } = onOne(count, (on, i) =>
      i % 2 === 0 ? edit(on, i) : observe(on, i % 30, "owner:me"),
    );
    return { first: [], group: [...first, ...group] };
  },
};

describe("ten thousand changes are taken back and brought back in one append, in linear time", () => {
  it.each(Object.entries(GROUPS))("%s", { timeout: 60_000 }, async (name, make) => {
    // One change on which the others stand takes them along.
    const revertsAll = !name.startsWith("one creation");
    await undoAndRedo(make(FEWER), revertsAll);
    const few = await undoAndRedo(make(FEWER), revertsAll);
    const many = await undoAndRedo(make(MANY), revertsAll);
    expect(many / Math.max(few, LEAST_MS)).toBeLessThan(MOST_TIMES_LONGER);
  });
});

/** Processor time of taking a group back and of bringing it back, in milliseconds. */
async function undoAndRedo({ first, group }: Group, revertsAll: boolean): Promise<number> {
  const ledger = inMemoryLedger();
  await ledger.append([...first, ...group]);
  const ids = new Set((revertsAll ? group : group.slice(0, 1)).map((d) => d.id));
  const undo = await timed(
    ledger,
    ledger.all.filter((c) => ids.has(c.id)).map((c) => draft.revert(head(), c)),
  );
  const redo = await timed(
    ledger,
    undo.changes.map((c) => draft.revert(head(), c)),
  );
  return undo.cpuMs + redo.cpuMs;
}

it(
  "merges nest a thousand deep, and the innermost one is taken back with all that stand on it",
  { timeout: 60_000 },
  async () => {
    const DEPTH = 1_000;
    const ledger = inMemoryLedger();
    const [first, second] = [create("leaf 0"), create("leaf 1")];
    const drafts = [first.draft, second.draft];
    let inner: MadeSource = { ...first.memory, mergedFrom: [] };
    let next = second.memory;
    for (let depth = 1; depth <= DEPTH; depth += 1) {
      const sources = [inner, { ...next, mergedFrom: [] }];
      const payload = { ...birthOf("merged"), madeFrom: [], sources, similarity: null };
      const merge = draft.merge(head(), memoryId(`result ${depth}`), payload);
      const result = { id: memoryId(merge.target.id), createdBy: merge.id };
      const leaf = create(`leaf ${depth + 1}`);
      drafts.push(merge, ...sources.map((s) => draft.member(head(), s, result)), leaf.draft);
      inner = { ...result, mergedFrom: sources.map((s) => s.id) };
      next = leaf.memory;
    }
    await ledger.append(drafts);
    const innermost = ledger.all.filter((c) => c.op === "merge").slice(0, 1);
    await timed(
      ledger,
      innermost.map((c) => draft.revert(head(), c)),
    );
    expect(ledger.statuses.size).toBe(3 * DEPTH);
  },
);

async function timed(ledger: InMemoryLedger, drafts: readonly Draft[]) {
  const start = process.cpuUsage();
  const { changes } = await ledger.append(drafts);
  const { user, system } = process.cpuUsage(start);
  return { changes, cpuMs: (user + system) / 1000 };
}
