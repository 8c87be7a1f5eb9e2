import { ANTONYM_STEMS, readerWith } from "@/lib/search/reader";
import { claimsOf, NEWS } from "@/lib/domain/consolidation/claims";
import { guardsAgainst, type Guard } from "@/lib/domain/consolidation/guards";
import { inverseFrequency, type Epoch } from "@/lib/domain/recall/epoch";
import { memoryRowsById } from "@/lib/queries/memory-rows";
import { nearMemories } from "./near-memories";
import { pairCertainty } from "@/lib/domain/consolidation/pair-score";
import { pairFeatures } from "@/lib/domain/consolidation/pair-features";
import { toView } from "@/lib/queries/memory-out";
import { wordingOf } from "@/lib/domain/consolidation/wording";
import type { MemoryId } from "@/lib/domain/ids";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { ProposerView } from "./proposer";
import type { Statement } from "@/lib/domain/consolidation/supersession";

/** A memory with what is read in its text. */
export interface Read extends Statement {
  readonly view: MemoryView;
}

/** A pair with what its words say about it. */
export interface ComparedPair {
  /** The one that is valid earlier; of the same time the one created first. */
  readonly older: Read;
  readonly newer: Read;
  /** That both say the same, 0…1. */
  readonly certainty: number;
  readonly guards: readonly Guard[];
  readonly cosine: number | null;
  readonly isMutual: boolean;
}

const compared = new WeakMap<ProposerView, Promise<readonly ComparedPair[]>>();

/** Compared once for a cycle, however many proposers ask. */
export function comparedPairs(view: ProposerView): Promise<readonly ComparedPair[]> {
  const known = compared.get(view) ?? compareAll(view);
  compared.set(view, known);
  return known;
}

/** Pairs whose texts are read between two breaths. */
const BLOCK = 200;

async function compareAll(view: ProposerView): Promise<readonly ComparedPair[]> {
  const { live, pairs } = await nearMemories(view);
  const { graph } = live.index;
  const reading: Reading = { reader: readerWith((word) => graph.isKnown(word)), rarity: rarityIn(live.epoch), texts: new Map() };
  const done: ComparedPair[] = [];
  for (let from = 0; from < pairs.length; from += BLOCK) {
    const block = pairs.slice(from, from + BLOCK);
    const rows = await memoryRowsById(view.tx, block.flatMap(({ a, b }) => [a.id, b.id]));
    for (const { a, b, cosine, isMutual } of block) {
      // The index may be ahead of the snapshot, which holds what the cycle is about.
      const [first, second] = [rows.get(a.id), rows.get(b.id)].map((row) => row && toView(row));
      if (!first || !second || !isOpen(first) || !isOpen(second)) continue;
      done.push({ ...compareTwo(readOf(first, reading), readOf(second, reading), { cosine, reading }), isMutual });
    }
    if (reading.texts.size > MOST_READ) reading.texts.clear();
    await view.breathe();
  }
  return done;
}

const MOST_READ = 20_000;

interface Reading {
  readonly reader: ReturnType<typeof readerWith>;
  readonly rarity: (stem: string) => number;
  readonly texts: Map<MemoryId, Read>;
}

const isOpen = (view: MemoryView): boolean => view.exists && !view.erased && view.lifecycle === "active" && !view.quarantined && view.mergedInto === null && view.supersededBy === null;

/** A stem's inverse document frequency as a share of that of one which no memory holds; 1 for all before the first statistics. */
export function rarityIn(epoch: Epoch): (stem: string) => number {
  const rarest = inverseFrequency(epoch, "");
  return (stem) => inverseFrequency(epoch, stem) / rarest;
}

function readOf(view: MemoryView, { reader, texts }: Reading): Read {
  const known = texts.get(view.id);
  if (known !== undefined) return known;
  const { content, validAt } = view;
  const read: Read = { view, wording: wordingOf(content, reader), claims: claimsOf(content, reader), validAt, isNews: NEWS.test(content) };
  texts.set(view.id, read);
  return read;
}

function compareTwo(a: Read, b: Read, { cosine, reading }: { readonly cosine: number | null; readonly reading: Reading }): Omit<ComparedPair, "isMutual"> {
  const order = a.validAt - b.validAt || a.view.createdAt - b.view.createdAt || (a.view.id < b.view.id ? -1 : 1);
  const [older, newer] = order <= 0 ? [a, b] : [b, a];
  const same = older.view.content === newer.view.content;
  const both = { a: older.wording, b: newer.wording };
  const features = pairFeatures({ ...both, cosine: cosine ?? 0, rarity: reading.rarity });
  // Without vectors the words alone have to do.
  const certainty = same ? 1 : pairCertainty(cosine === null ? { ...features, cosine: features.jaccard } : features);
  return { older, newer, cosine, certainty, guards: guardsAgainst({ ...both, antonyms: ANTONYM_STEMS, claims: [older.claims, newer.claims], times: [older.validAt, newer.validAt] }) };
}
