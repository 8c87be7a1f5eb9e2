import { BASELINES } from "./baselines";
import { readSet, utc, type DataMemory, type DataQuery, type DataSet } from "./data";
import { meanOf, scoresOf, type Scores } from "./metrics";
import { rounded, type Row } from "./report";
import { openWorkspace, remember, settle } from "./store";

import type { Context } from "@/lib/commands/context";
import type { CreateMemoryIn } from "@/lib/contracts/memory";
import { millis } from "@/lib/domain/ids";
import { recall } from "@/lib/queries/recall";

/** The questions of these sets are asked on a date; what is current then is what they ask for. */
const DATED = new Set(["longmemeval", "situatedqa"]);
const SETS = ["locomo", "locomo_facts", "longmemeval", "situatedqa"];
const METRICS = { "R@5": "recallAt5", "R@10": "recallAt10", "nDCG@10": "ndcgAt10", "MRR@10": "mrr" } as const;
const TARGETS: Readonly<Record<string, string>> = {
  "locomo R@10": "≥ .68",
  "locomo nDCG@10": "≥ .51",
};
const SHOWN = 10;

/** Retrieval as a client gets it, on every set, beside what simple searches find in the same texts. */
export async function quality(dataFolder: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of SETS) {
    const set = await readSet(dataFolder, name);
    const ours = await askProduct(set);
    const theirs: Record<string, Found> = Object.fromEntries(
      Object.entries(BASELINES).map(([baseline, make]) => [baseline, askBaseline(set, make)]),
    );
    if (name === "situatedqa") theirs["BM25 plain, newest of equals"] = askDated(set);
    rows.push(...(name === "situatedqa" ? newest(set, ours, theirs) : retrieval(set, ours, theirs)));
  }
  return rows;
}

type Found = readonly Scores[];
type Others = Readonly<Record<string, Found>>;

function retrieval({ name }: DataSet, ours: Found, theirs: Others): Row[] {
  return Object.entries(METRICS).map(([metric, key]): Row => {
    const what = `${name} ${metric}`;
    const target = TARGETS[what];
    return {
      section: "quality",
      what,
      figure: meanOf(ours)[key],
      unit: "0…1",
      baseline: others(theirs, (found) => meanOf(found)[key]),
      ...(target === undefined ? {} : { target }),
    };
  });
}

function newest({ name, queries }: DataSet, ours: Found, theirs: Others): Row[] {
  return ["current", "as_of"].map((category) => {
    const share = (found: Found) =>
      meanOf(found.filter((_, i) => queries[i]?.category === category)).firstIsRight;
    return {
      section: "quality",
      what: `${name} ${category === "current" ? "newest" : "as-of"}@1`,
      figure: share(ours),
      unit: "0…1",
      baseline: others(theirs, share),
    };
  });
}

const others = (theirs: Others, figure: (found: Found) => number): string =>
  Object.entries(theirs)
    .map(([name, found]) => `${name} ${rounded(figure(found))}`)
    .join(", ");

async function askProduct(set: DataSet): Promise<Scores[]> {
  const { ctx } = await openWorkspace(set.name);
  const { ids } = await remember(ctx, set.memories.map(toRemember));
  await settle(ctx);
  // Two turns with the same words are one memory, so several of the data's ids may have one of ours.
  const ourId = new Map(set.memories.map((memory, i) => [memory.id, ids[i] ?? ""]));
  const found: Scores[] = [];
  for (const query of set.queries) {
    const relevant = new Set(query.relevant.map((id) => ourId.get(id) ?? id));
    found.push(scoresOf(await ask(DATED.has(set.name) ? at(ctx, query) : ctx, query), relevant));
  }
  return found;
}

const toRemember = ({ text, timestamp, speaker, session, scope }: DataMemory): CreateMemoryIn => ({
  content: text,
  validAt: utc(timestamp),
  scope: { userId: scope, ...(session === undefined ? {} : { sessionId: session }) },
  ...(speaker === undefined ? {} : { source: { speaker } }),
});

const at = (ctx: Context, { timestamp }: DataQuery): Context => ({
  ...ctx,
  now: () => millis(Date.parse(utc(timestamp))),
});

async function ask(ctx: Context, query: DataQuery): Promise<string[]> {
  const { results } = await recall(ctx, {
    query: query.text,
    scope: { userId: query.scope },
    limit: SHOWN,
    deterministic: true,
    dryRun: true,
    ...(query.as_of === undefined ? {} : { asOf: utc(query.as_of) }),
  });
  return results.map((result) => result.memory.id);
}

function askBaseline(set: DataSet, make: (typeof BASELINES)[string]): Scores[] {
  const scopes = new Map<string, { ids: string[]; search: ReturnType<typeof make> }>();
  for (const scope of new Set(set.memories.map((m) => m.scope))) {
    const inside = set.memories.filter((m) => m.scope === scope);
    const texts = inside.map((m) =>
      set.name.startsWith("locomo") ? `${m.speaker ?? ""}: ${m.text}` : m.text,
    );
    scopes.set(scope, { ids: inside.map((m) => m.id), search: make(texts) });
  }
  return set.queries.map((query) => {
    const scope = scopes.get(query.scope);
    const ranked = scope?.search(query.text).map((place) => scope.ids[place] ?? "") ?? [];
    return scoresOf(ranked, new Set(query.relevant));
  });
}

/** The fairest simple way where facts change: what is not yet true is left out, and of equal matches the newest is first. */
function askDated({ memories, queries }: DataSet): Scores[] {
  const byAge = [...memories].sort((a, b) => Date.parse(utc(b.timestamp)) - Date.parse(utc(a.timestamp)));
  const search = BASELINES["BM25 plain"]?.(byAge.map((m) => m.text)) ?? (() => []);
  return queries.map((query) => {
    const until = Date.parse(utc(query.as_of ?? query.timestamp));
    const ranked = search(query.text)
      .flatMap((place) => byAge[place] ?? [])
      .filter((memory) => Date.parse(utc(memory.timestamp)) <= until);
    return scoresOf(
      ranked.map((memory) => memory.id),
      new Set(query.relevant),
    );
  });
}
