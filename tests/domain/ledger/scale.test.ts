/**
 * The incremental path stays linear: a group of ten thousand changes is taken back, and brought back, in one append. The
 * bound is several times what it takes on the smallest machine, so that only a quadratic step breaks it.
 */
import { describe, expect, it } from "vitest";

import { birthOf, scenario } from "@/tests/support/scenario";
import { draft, type Made, type MadeSource } from "@/lib/domain/ledger/draft";
import { inMemoryLedger, type InMemoryLedger } from "@/tests/support/in-memory-ledger";
import { memoryId, millis } from "@/lib/domain/ids";
import type { Draft, SourceKey } from "@/lib/domain/ledger/change";

const MANY = 10_000;
const LIMIT_MS = 1_500;
const DAY = 86_400_000;
const head = scenario().heads();

const times = <T>(make: (i: number) => T): T[] => Array.from({ length: MANY }, (_, i) => make(i));
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

const one = create("one");
const GROUPS: Readonly<
  Record<string, { readonly first: readonly Draft[]; readonly group: readonly Draft[] }>
> = {
  "creations of as many memories": { first: [], group: times((i) => create(`memory ${i}`).draft) },
  "observations of one memory on ten thousand days": {
    first: [one.draft],
    group: times((i) => observe(one.memory, i, "owner:me")),
  },
  "observations of one memory by a hundred sources": {
    first: [one.draft],
    group: times((i) => observe(one.memory, i % 100, `ordinary:key/${i % 100}`)),
  },
  "observations of one memory by ten thousand sources": {
    first: [one.draft],
    group: times((i) => observe(one.memory, 0, `low:${i}`)),
  },
  "edits of one memory": {
    first: [one.draft],
    group: times((i) => draft.edit(head(), one.memory, { content: `${i}`, madeFrom: [] })),
  },
  "one creation on which ten thousand changes stand": {
    first: times((i) =>
      i % 2 === 0
        ? draft.edit(head(), one.memory, { content: `${i}`, madeFrom: [] })
        : observe(one.memory, i % 30, "owner:me"),
    ),
    group: [one.draft],
  },
};

describe("ten thousand changes are taken back and brought back in one append", () => {
  it.each(Object.entries(GROUPS))("%s", { timeout: 60_000 }, async (_name, { first, group }) => {
    const ledger = inMemoryLedger();
    await ledger.append([
      ...(group.length === 1 ? group : []),
      ...first,
      ...(group.length === 1 ? [] : group),
    ]);
    const ids = new Set(group.map((d) => d.id));
    const grouped = ledger.all.filter((c) => ids.has(c.id));
    const undo = await timed(
      ledger,
      grouped.map((c) => draft.revert(head(), c)),
    );
    const redo = await timed(
      ledger,
      undo.changes.map((c) => draft.revert(head(), c)),
    );
    expect(Math.max(undo.tookMs, redo.tookMs)).toBeLessThan(LIMIT_MS);
  });
});

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
      const merge = draft.merge(head(), memoryId(`result ${depth}`), {
        ...birthOf("merged"),
        madeFrom: [],
        sources,
        similarity: null,
      });
      const result = { id: memoryId(merge.target.id), createdBy: merge.id };
      const leaf = create(`leaf ${depth + 1}`);
      drafts.push(merge, ...sources.map((s) => draft.member(head(), s, result)), leaf.draft);
      inner = { ...result, mergedFrom: sources.map((s) => s.id) };
      next = leaf.memory;
    }
    await ledger.append(drafts);
    const innermost = ledger.all.filter((c) => c.op === "merge").slice(0, 1);
    const undo = await timed(
      ledger,
      innermost.map((c) => draft.revert(head(), c)),
    );
    expect(ledger.statuses.size).toBe(3 * DEPTH);
    expect(undo.tookMs).toBeLessThan(LIMIT_MS);
  },
);

async function timed(ledger: InMemoryLedger, drafts: readonly Draft[]) {
  const start = performance.now();
  const { changes } = await ledger.append(drafts);
  return { changes, tookMs: performance.now() - start };
}
