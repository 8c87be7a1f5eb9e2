import { withCachedVectors } from "./cached-embedder";
import { meanOf, quantile, scoresOf, type Scores } from "./metrics";
import { relevanceOf } from "./quality";
import { rounded, type Row } from "./report";
import { openWorkspace, remember, settle } from "./store";
import { storeSet, type StoredSet } from "./stored-set";
import { storeVectors, synthetic } from "./synthetic";

import type { Context } from "@/lib/commands/context";
import { embedQuery } from "@/lib/models/embedder";
import { liveIndex } from "@/lib/search/live-index";
import type { LiveIndex } from "@/lib/search/held-index";
import { allRead } from "@/lib/search/follow-graph";
import { questionOf, rank, type Search } from "@/lib/search/rank";

/** Two whose questions need what stands in two places, and one that must lose nothing. */
const SETS = ["musique", "hotpotqa", "locomo"];
const TARGETS: Readonly<Record<string, string>> = {
  "musique R@5": "≥ .08 above",
  "locomo R@5": "no loss",
  "locomo R@10": "no loss",
};
const SHOWN = 10;
const MEDIAN = 0.5;
const ASKED = 150;
/** Instead of .7: most memories that share a word with the question become seeds. */
const EASY_FLOOR = 0.2;

interface Given {
  readonly dataFolder: string;
  readonly sizes: readonly number[];
  readonly url: string;
}

/** What names and their connections are worth to a recall, and what they cost it. */
export async function graph({ dataFolder, sizes, url }: Given): Promise<Row[]> {
  const rows = await withCachedVectors(async () => {
    const all: Row[] = [];
    for (const name of SETS) all.push(...(await gainOn(await storeSet(dataFolder, name))));
    return all;
  });
  for (const size of sizes) rows.push(await costAt(size, { dataFolder, url }));
  return rows;
}

async function gainOn(stored: StoredSet): Promise<Row[]> {
  const live = await ready(stored.ctx);
  const [on, off] = [await askAll(stored, live, true), await askAll(stored, live, false)];
  const figures = { "R@5": "recallAt5", "R@10": "recallAt10", "nDCG@10": "ndcgAt10" } as const;
  return Object.entries(figures).map(([metric, key]) => {
    const what = `${stored.set.name} ${metric}`;
    const target = TARGETS[what];
    const baseline = `graph off ${rounded(meanOf(off)[key])}`;
    const row: Row = { section: "graph", what, figure: meanOf(on)[key], unit: "0…1", baseline };
    return target === undefined ? row : { ...row, target };
  });
}

async function askAll(stored: StoredSet, live: LiveIndex, isOn: boolean): Promise<Scores[]> {
  const found: Scores[] = [];
  for (const query of stored.set.queries) {
    const ctx = stored.asker(query);
    const search = await searchOf(ctx, live, { query: query.text, scope: { userId: query.scope } });
    const ranked = await rank(live.index, isOn ? search : without(search));
    const ids = ranked.slice(0, SHOWN).map((one) => one.id);
    found.push(scoresOf(ids, relevanceOf(query, stored.idOf)));
  }
  return found;
}

/** The ranking alone, in the process; vectors are pseudo-random, so it is also measured with a floor that words alone get over. */
async function costAt(size: number, { dataFolder, url }: Omit<Given, "sizes">): Promise<Row> {
  const { inputs, questions } = await synthetic(dataFolder, size);
  const { ctx } = await openWorkspace(`graph ${size}`);
  await storeVectors(
    url,
    ctx,
    inputs.map((input) => input.content),
  );
  await remember(ctx, inputs);
  const live = await ready(ctx);
  const times: Record<"on" | "off" | "many", number[]> = { on: [], off: [], many: [] };
  for (const [i, query] of [...questions.slice(0, ASKED), ...questions.slice(0, ASKED)].entries()) {
    const search = await searchOf(ctx, live, { query, scope: {} });
    const many = { ...search, parameters: { ...search.parameters, "recall.graph.floor": EASY_FLOOR } };
    const ways = { off: without(search), on: search, many };
    for (const way of ["off", "on", "many"] as const) {
      const started = performance.now();
      await rank(live.index, ways[way]);
      // The first time around warms up.
      if (i >= ASKED) times[way].push(performance.now() - started);
    }
  }
  return {
    section: "graph",
    what: `ranking p50, ${size} memories, ${live.index.graph.size} names`,
    figure: quantile(times.on, MEDIAN),
    unit: "ms",
    baseline: `graph off ${rounded(quantile(times.off, MEDIAN))}, with many seeds ${rounded(quantile(times.many, MEDIAN))}`,
    target: "≤ 1 ms more",
  };
}

async function ready(ctx: Context): Promise<LiveIndex> {
  await settle(ctx);
  const live = await liveIndex(ctx.workspaceId);
  await allRead(live.index);
  return live;
}

const without = (search: Search): Search => ({
  ...search,
  parameters: { ...search.parameters, "recall.weight.graph": 0 },
});

async function searchOf(
  ctx: Context,
  { parameters, epoch }: LiveIndex,
  asked: Pick<Search, "query" | "scope">,
): Promise<Search> {
  const search = { ...asked, now: ctx.now(), asOf: null, parameters, epoch };
  return { ...search, vector: await embedQuery(questionOf(search).spoken) };
}
