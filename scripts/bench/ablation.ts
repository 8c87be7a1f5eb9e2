import { withCachedVectors } from "./cached-embedder";
import { utc, type DataQuery } from "./data";
import { meanOf, scoresOf, type Scores } from "./metrics";
import { relevanceOf, SETS } from "./quality";
import { rounded, type Row } from "./report";
import { storeSet, type StoredSet } from "./stored-set";

import { millis } from "@/lib/domain/ids";
import type { ParameterName } from "@/lib/domain/parameters";
import { embedQuery } from "@/lib/models/embedder";
import { liveIndex } from "@/lib/search/live-index";
import type { LiveIndex } from "@/lib/search/held-index";
import { questionOf, rank, type Search } from "@/lib/search/rank";

/** A search without one feature. `asWritten` is the vector of the question with its names left in. */
type Without = (search: Search, asWritten: Float32Array) => Search;

const set =
  (values: Partial<Record<ParameterName, number>>): Without =>
  (search) => ({ ...search, parameters: { ...search.parameters, ...values } });

/** Each feature of the ranking, taken out by itself. */
const FEATURES: Readonly<Record<string, Without>> = {
  passages: (search) => {
    const { "recall.weight.similarity": whole, "recall.weight.passage": passage } = search.parameters;
    const weights = { "recall.weight.similarity": whole + passage, "recall.weight.passage": 0 };
    return { ...search, parameters: { ...search.parameters, ...weights } };
  },
  vectors: set({ "recall.weight.similarity": 0, "recall.weight.passage": 0 }),
  keywords: set({ "recall.weight.keyword": 0 }),
  // A word that no epoch has counted is as rare as can be, so all weigh alike.
  "rare words weighing more": (search) => ({ ...search, epoch: { ...search.epoch, frequencies: new Map() } }),
  names: set({ "recall.weight.graph": 0 }),
  "the speaker's name as a word": set({ "recall.keyword.name": 0 }),
  phrases: set({ "recall.weight.phrase": 0 }),
  "first person": (search, asWritten) => ({ ...search, vector: asWritten }),
  speaker: set({ "recall.weight.speaker": 0 }),
  neighbours: set({ "recall.weight.context": 0 }),
  "answers to questions": set({ "recall.weight.answer": 0 }),
  "time in the question": set({ "recall.weight.window": 0 }),
  "time in the text": set({ "recall.weight.time": 0 }),
  length: set({ "recall.weight.length": 0 }),
  "as-of": (search) => ({ ...search, asOf: null }),
  recency: set({ "recall.weight.recency": 0 }),
  "newest for the present": set({ "recall.weight.now": 0 }),
  "says how things stand": set({ "recall.weight.saysNow": 0 }),
  "age from the newest": (search) => ({ ...search, epoch: { ...search.epoch, newestValidAt: null } }),
};

const SHOWN = 10;

/** What each feature is worth: every set without it, beside the same run with all of them. */
export const ablation = (dataFolder: string): Promise<Row[]> =>
  withCachedVectors(async () => {
    const rows: Row[] = [];
    for (const name of SETS) {
      const stored = await storeSet(dataFolder, name);
      const searches = await searchesOf(stored);
      const all = await figuresOf(
        stored,
        searches.map((s) => s.search),
      );
      for (const [feature, without] of Object.entries(FEATURES)) {
        const changed = searches.map((s) => without(s.search, s.asWritten));
        const figures = await figuresOf(stored, changed);
        rows.push(
          ...Object.entries(figures).map(([what, figure]) =>
            rowOf({ name, what, feature, figure }, all[what] ?? 0),
          ),
        );
      }
    }
    return rows;
  });

interface Figure {
  readonly name: string;
  readonly what: string;
  readonly feature: string;
  readonly figure: number;
}

const rowOf = ({ name, what, feature, figure }: Figure, all: number): Row => ({
  section: "ablation",
  what: `${name} ${what} without ${feature}`,
  figure,
  unit: "0…1",
  baseline: `with all ${rounded(all)}`,
});

interface Asked {
  readonly search: Search;
  readonly asWritten: Float32Array;
}

async function searchesOf(stored: StoredSet): Promise<Asked[]> {
  const live = await liveIndex(stored.ctx.workspaceId);
  const asked: Asked[] = [];
  for (const query of stored.set.queries) asked.push(await searchOf(stored, live, query));
  return asked;
}

async function searchOf({ asker }: StoredSet, live: LiveIndex, query: DataQuery): Promise<Asked> {
  const asOf = query.as_of === undefined ? null : millis(Date.parse(utc(query.as_of)));
  const { parameters, epoch } = live;
  const search = {
    query: query.text,
    scope: { userId: query.scope },
    now: asker(query).now(),
    asOf,
    parameters,
    epoch,
  };
  const vector = await embedQuery(questionOf(search).spoken);
  const asWritten = await embedQuery(questionOf({ ...search, epoch: { ...epoch, speakers: [] } }).spoken);
  return { search: { ...search, vector }, asWritten };
}

async function figuresOf(stored: StoredSet, searches: readonly Search[]): Promise<Record<string, number>> {
  const { index } = await liveIndex(stored.ctx.workspaceId);
  const { queries, name } = stored.set;
  const found: Scores[] = [];
  for (const [i, query] of queries.entries()) {
    const search = searches[i];
    const ranked = search === undefined ? [] : (await rank(index, search)).slice(0, SHOWN);
    found.push(
      scoresOf(
        ranked.map((r) => r.id),
        relevanceOf(query, stored.idOf),
      ),
    );
  }
  const of = (chosen: (query: DataQuery) => boolean) =>
    meanOf(found.filter((_, i) => queries[i] !== undefined && chosen(queries[i])));
  if (name === "situatedqa") {
    const first = (category: string) => of((q) => q.category === category).firstIsRight;
    return { "newest@1": first("current"), "as-of@1": first("as_of") };
  }
  const { recallAt10, ndcgAt10 } = meanOf(found);
  const changed = (q: DataQuery) => (q.current?.length ?? 0) > 0;
  return {
    "R@10": recallAt10,
    "nDCG@10": ndcgAt10,
    ...(queries.some(changed) ? { "newest@1": of(changed).newestIsFirst } : {}),
  };
}
