/**
 * `npx tsx tests/support/record-golden.ts`: writes a golden ledger per history below under the present version of the fold.
 * A file that exists is never written over: what once folded to a state has to fold to it for ever. When the way of
 * folding changes on purpose, raise FOLD_VERSION, record, and leave the old files to prove that old ledgers still stand.
 */
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import fc from "fast-check";

import { foldAsOf } from "@/lib/domain/ledger/fold";
import { inMemoryLedger } from "./in-memory-ledger";
import { playerOn } from "./play";
import { seqOf } from "@/lib/domain/ids";
import { stateDigest } from "./oracle";
import { story, type Step } from "./histories";

const FOLD_VERSION = 1;
const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), "../laws/golden");

const four: Step[] = [0, 1, 2, 3].map((n) => ({ do: "create", who: n * 7, text: n }));
const told = (memory: number, alpha: number, beta: number): Step => ({
  do: "observe",
  who: 1,
  memory,
  alpha,
  beta,
  source: 2,
  day: 1,
  split: [9, 40, 3],
});
const merge = (...sources: readonly number[]): Step => ({
  do: "merge",
  who: 2,
  sources,
  madeFrom: "leaves",
  claimed: true,
});

const edge = (op: "relate" | "weigh" | "hide", from: number, to: number): Step => ({
  do: "edge",
  who: 2,
  op,
  from,
  to,
  alpha: 600_000,
  beta: 100_000,
  source: 2,
  day: 1,
  split: [1],
});

const HISTORIES: Readonly<Record<string, { readonly about: string; readonly steps: readonly Step[] }>> = {
  "single-memories": {
    about:
      "edits, settings, flags and observations of plain memories, taken back in the middle and at the end, and brought back",
    steps: [
      ...four,
      { do: "edit", who: 1, memory: 0, text: 10, madeFrom: "nobody" },
      { do: "edit", who: 2, memory: 0, text: 11, madeFrom: "nobody" },
      { do: "set", who: 1, memory: 1, register: "tags", value: 5 },
      { do: "set", who: 1, memory: 1, register: "invalidAt", value: 7 },
      { do: "flag", who: 1, memory: 2, op: "pin" },
      { do: "flag", who: 1, memory: 2, op: "delete" },
      told(2, 500_000, 0),
      told(2, 0, 250_000),
      { do: "tune", who: 1, name: 1, value: 3 },
      { do: "supersede", who: 1, memory: 1, by: 3 },
      { do: "link", who: 1, from: 0, to: 3 },
      { do: "observeRelation", who: 1, relation: 0, alpha: 4, beta: 1, source: 1, day: 0, split: [1] },
      { do: "revert", who: 1, change: 12 },
      { do: "revert", who: 1, change: 4 },
      { do: "revert", who: 1, change: 17 },
      { do: "redo", who: 1, revert: 0 },
    ],
  },
  merges: {
    about:
      "merges of merges with shares, one source leaving, a source claimed twice, merges taken back and brought back",
    steps: [
      ...four,
      told(0, 900_000, 100_000),
      merge(0, 1),
      told(4, 700_001, 3),
      merge(4, 2),
      told(5, 1_000_003, 500_001),
      { do: "edit", who: 1, memory: 5, text: 20, madeFrom: "all" },
      merge(0, 3),
      { do: "revert", who: 1, change: 9 },
      { do: "revertGroup", who: 1, group: 4 },
      told(5, 10, 20),
      { do: "revertGroup", who: 1, group: 1 },
    ],
  },
  "erasure-and-support": {
    about: "decisions whose evidence goes and returns, and erasures of a source and of a merge's result",
    steps: [
      ...four,
      told(0, 300_000, 0),
      told(0, 200_000, 0),
      { do: "decide", who: 1, memory: 1, evidence: [0, 1], margin: 5 },
      { do: "revert", who: 1, change: 2 },
      merge(0, 2),
      told(4, 600_000, 60_000),
      merge(1, 3),
      told(5, 80_000, 0),
      { do: "purge", who: 1, memory: 5 },
      { do: "purge", who: 1, memory: 0 },
      { do: "redo", who: 1, revert: 0 },
      { do: "edit", who: 1, memory: 5, text: 3, madeFrom: "nobody" },
    ],
  },
  names: {
    about:
      "entities added, renamed, retyped, joined, split and hidden, edges made, weighed and hidden, some taken back and brought back",
    steps: [
      ...[30, 31, 32, 33].map((text): Step => ({ do: "create", who: 1, text })),
      { do: "entity", who: 1, op: "rename", name: 0, into: 0, value: 3 },
      { do: "entity", who: 1, op: "retype", name: 0, into: 0, value: 1 },
      { do: "entity", who: 2, op: "alias", name: 1, into: 0, value: 0 },
      { do: "entity", who: 2, op: "alias", name: 0, into: 1, value: 0 },
      { do: "entity", who: 2, op: "introduce", name: 4, into: 0, value: 2 },
      { do: "entity", who: 2, op: "hide", name: 2, into: 0, value: 0 },
      edge("relate", 0, 2),
      edge("weigh", 0, 2),
      edge("weigh", 1, 3),
      edge("hide", 0, 2),
      { do: "revert", who: 1, change: 0 },
      { do: "revert", who: 1, change: 7 },
      { do: "revert", who: 1, change: 8 },
      { do: "redo", who: 1, revert: 1 },
      { do: "entity", who: 3, op: "rename", name: 0, into: 0, value: 9 },
      { do: "revert", who: 1, change: 14 },
    ],
  },
  random: {
    about: "random histories of real commands, one after another",
    steps: fc.sample(story, { seed: 2026, numRuns: 4 }).flatMap((tale) => tale.steps),
  },
};

for (const [name, { about, steps }] of Object.entries(HISTORIES)) {
  const file = path.join(FOLDER, `fold-${FOLD_VERSION}-${name}.json`);
  if (existsSync(file)) continue;
  const { ledger, play } = playerOn(inMemoryLedger());
  await play(steps);
  const seqs = [1, 2, 3, 4].map((quarter) => Math.ceil((ledger.all.length * quarter) / 4));
  const digests = Object.fromEntries(seqs.map((seq) => [seq, stateDigest(foldAsOf(ledger.all, seqOf(seq)))]));
  const rows = ledger.all.map((change) => JSON.stringify(change)).join(",\n");
  // One change a line, in the form of `GoldenLedger`.
  writeFileSync(
    file,
    `{"about": ${JSON.stringify(about)},\n"digests": ${JSON.stringify(digests)},\n"changes": [\n${rows}\n]}\n`,
  );
  console.log(`recorded ${path.basename(file)}: ${ledger.all.length} changes`);
}
