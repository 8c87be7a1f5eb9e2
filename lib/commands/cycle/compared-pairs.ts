import { ANTONYM_STEMS, readerWith } from "@/lib/search/reader";
import { claimsOf, NEWS } from "@/lib/domain/consolidation/claims";
import { disagreement } from "@/lib/domain/consolidation/supersession";
import { guardsAgainst, type Guard } from "@/lib/domain/consolidation/guards";
import { inverseFrequency, type Epoch } from "@/lib/domain/recall/epoch";
import { memoryRowsById } from "@/lib/queries/memory-rows";
import { nearMemories, pause, type NearPair } from "./near-memories";
import { posteriorOf } from "@/lib/domain/cycle/prior";
import { pairCertainty } from "@/lib/domain/consolidation/pair-score";
import { pairFeatures } from "@/lib/domain/consolidation/pair-features";
import { toView } from "@/lib/queries/memory-out";
import { wordingOf } from "@/lib/domain/consolidation/wording";
import type { MemoryId } from "@/lib/domain/ids";
import type { MemoryView } from "@/lib/domain/memory/memory";
import type { ProposerView } from "./proposer";
import type { LiveIndex } from "@/lib/search/held-index";
import type { PairList } from "./pair-list";
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

/** Pairs that something would be proposed about; all others are forgotten as soon as they were compared. */
export interface TellingPairs {
  /** Sure enough to be merged. */
  readonly same: readonly ComparedPair[];
  /** Sure enough, but a guard stops them; the surest of them. */
  readonly stopped: readonly ComparedPair[];
  readonly disagreeing: readonly ComparedPair[];
}

const telling = new WeakMap<ProposerView, Promise<TellingPairs>>();

/** Compared once for a cycle, however many proposers ask. */
export function tellingPairs(view: ProposerView): Promise<TellingPairs> {
  const known = telling.get(view) ?? sortOut(view);
  telling.set(view, known);
  return known;
}

/** As many near misses as the gate keeps to be looked at, twice over. */
const MOST_STOPPED = 200;

async function sortOut(view: ProposerView): Promise<TellingPairs> {
  const least = view.parameters["cycle.accept.merge"];
  const [same, disagreeing]: [ComparedPair[], ComparedPair[]] = [[], []];
  let stopped: ComparedPair[] = [];
  for await (const pair of comparedInOrder(view)) {
    if (disagreement(pair.older, pair.newer) !== null) disagreeing.push(pair);
    if (
      !pair.isMutual ||
      posteriorOf(pair.certainty, view.parameters["cycle.prior.merge"]) < least ||
      view.isSettled("merge", [pair.older.view.id, pair.newer.view.id])
    )
      continue;
    (pair.guards.length === 0 ? same : stopped).push(pair);
    if (stopped.length >= 2 * MOST_STOPPED) stopped = surest(stopped);
  }
  return { same, stopped: surest(stopped), disagreeing };
}

const surest = (pairs: readonly ComparedPair[]): ComparedPair[] =>
  [...pairs].sort((a, b) => b.certainty - a.certainty).slice(0, MOST_STOPPED);

/** Every pair that was compared in full, for programs that measure; a large store has too many to be held at once. */
export async function comparedPairs(view: ProposerView): Promise<readonly ComparedPair[]> {
  const all: ComparedPair[] = [];
  for await (const pair of comparedInOrder(view)) all.push(pair);
  return all;
}

/** Pairs whose texts are read at once, and pairs after which the server may answer others. */
const BLOCK = 200;
const TURN = 50;

async function* comparedInOrder(view: ProposerView): AsyncGenerator<ComparedPair> {
  const { live, pairs } = await nearMemories(view);
  const { graph } = live.index;
  const reading: Reading = {
    reader: readerWith((word) => graph.isKnown(word)),
    rarity: rarityIn(live.epoch),
    texts: new Map(),
  };
  const signs = await signsOf(view, { live, pairs, reading });
  let step = 0;
  for (const block of chunked(tellable(nearPairs(live, pairs), signs))) {
    await readTexts(view, new Set(block.flatMap(({ a, b }) => [a.id, b.id])), reading);
    for (const pair of block) {
      // The index may be ahead of the snapshot, which holds what the cycle is about.
      const [a, b] = [reading.texts.get(pair.a.id), reading.texts.get(pair.b.id)];
      if (a && b && isOpen(a.view) && isOpen(b.view)) yield compareTwo(a, b, { pair, reading });
      await pause(view, step, TURN);
      step += 1;
    }
  }
}

async function readTexts(view: ProposerView, ids: ReadonlySet<MemoryId>, reading: Reading): Promise<void> {
  if (reading.texts.size > MOST_READ) reading.texts.clear();
  const unread = [...ids].filter((id) => !reading.texts.has(id));
  for (const row of (await memoryRowsById(view.tx, unread)).values()) readOf(toView(row), reading);
}

/** What of a text is enough to tell that it cannot disagree with another: most claim nothing and deny nothing. */
interface Signs {
  readonly slots: readonly string[];
  readonly denies: boolean;
}

const SILENT: Signs = { slots: [], denies: false };

/** Reads every memory of a pair once, in order, so that pairs that can lead to nothing need no text again. */
async function signsOf(
  view: ProposerView,
  { live, pairs, reading }: { readonly live: LiveIndex; readonly pairs: PairList; readonly reading: Reading },
): Promise<ReadonlyMap<MemoryId, Signs>> {
  const signs = new Map<MemoryId, Signs>();
  let step = 0;
  for (const block of chunked(membersOf(live, pairs))) {
    await readTexts(view, new Set(block), reading);
    for (const id of block) {
      const read = reading.texts.get(id);
      const said = read === undefined ? SILENT : signsIn(read);
      if (said.denies || said.slots.length > 0) signs.set(id, said);
      await pause(view, step, TURN);
      step += 1;
    }
  }
  return signs;
}

const signsIn = ({ claims, wording }: Read): Signs => ({
  slots: claims.map(({ slot }) => slot),
  denies: wording.denied.size > 0,
});

function* membersOf({ index }: LiveIndex, pairs: PairList): Generator<MemoryId> {
  const keys = new Set<number>();
  for (const { a, b } of pairs.inOrder()) keys.add(a).add(b);
  for (const key of Float64Array.from(keys).sort()) {
    const memory = index.memories[key];
    if (memory) yield memory.id;
  }
}

/** Without those that could only disagree, being too far apart to be merged, and cannot: no attribute that both give, nothing that one denies. */
function* tellable(pairs: Iterable<NearPair>, signs: ReadonlyMap<MemoryId, Signs>): Generator<NearPair> {
  for (const pair of pairs) {
    const [a, b] = [signs.get(pair.a.id) ?? SILENT, signs.get(pair.b.id) ?? SILENT];
    if (pair.isMutual || a.denies !== b.denies || a.slots.some((slot) => b.slots.includes(slot))) yield pair;
  }
}

function* nearPairs({ index }: LiveIndex, pairs: PairList): Generator<NearPair> {
  for (const { a: first, b: second, cosine, isMutual } of pairs.inOrder()) {
    const [a, b] = [index.memories[first], index.memories[second]];
    if (a && b) yield { a, b, cosine, isMutual };
  }
}

function* chunked<T>(items: Iterable<T>): Generator<T[]> {
  const block: T[] = [];
  for (const item of items) if (block.push(item) === BLOCK) yield block.splice(0);
  if (block.length > 0) yield block;
}

/** Texts with what was read in them: some five kilobytes each. */
const MOST_READ = 40_000;

interface Reading {
  readonly reader: ReturnType<typeof readerWith>;
  readonly rarity: (stem: string) => number;
  readonly texts: Map<MemoryId, Read>;
}

const isOpen = (view: MemoryView): boolean =>
  view.exists &&
  !view.erased &&
  view.lifecycle === "active" &&
  !view.quarantined &&
  view.mergedInto === null &&
  view.supersededBy === null;

/** A stem's inverse document frequency as a share of that of one which no memory holds; 1 for all before the first statistics. */
export function rarityIn(epoch: Epoch): (stem: string) => number {
  const rarest = inverseFrequency(epoch, "");
  return (stem) => inverseFrequency(epoch, stem) / rarest;
}

function readOf(view: MemoryView, { reader, texts }: Reading): Read {
  const known = texts.get(view.id);
  if (known !== undefined) return known;
  const { content, validAt } = view;
  const read: Read = {
    view,
    wording: wordingOf(content, reader),
    claims: claimsOf(content, reader),
    validAt,
    isNews: NEWS.test(content),
  };
  texts.set(view.id, read);
  return read;
}

/** What only one of them counts among its nearest is not merged, so that only what it claims is of interest. */
function compareTwo(
  a: Read,
  b: Read,
  { pair, reading }: { readonly pair: NearPair; readonly reading: Reading },
): ComparedPair {
  const { cosine, isMutual } = pair;
  const order =
    a.validAt - b.validAt || a.view.createdAt - b.view.createdAt || (a.view.id < b.view.id ? -1 : 1);
  const [older, newer] = order <= 0 ? [a, b] : [b, a];
  if (!isMutual) return { older, newer, cosine, certainty: 0, guards: [], isMutual };
  const both = { a: older.wording, b: newer.wording };
  const features = pairFeatures({ ...both, cosine: cosine ?? 0, rarity: reading.rarity });
  const same = older.view.content === newer.view.content;
  // Without vectors the words alone have to do.
  const certainty = same
    ? 1
    : pairCertainty(cosine === null ? { ...features, cosine: features.jaccard } : features);
  const guards = guardsAgainst({
    ...both,
    antonyms: ANTONYM_STEMS,
    claims: [older.claims, newer.claims],
    times: [older.validAt, newer.validAt],
  });
  return { older, newer, cosine, certainty, guards, isMutual };
}
