import { BASELINES } from "./baselines";
import { withCachedVectors } from "./cached-embedder";
import { utc, type DataQuery, type DataSet } from "./data";
import { auroc, meanOf, scoresOf, type Scores } from "./metrics";
import { rounded, type Row } from "./report";
import { storeSet, type StoredSet } from "./stored-set";

import { DEFAULTS } from "@/lib/domain/parameters";
import { recall } from "@/lib/queries/recall";

export const SETS = ["locomo", "locomo_facts", "longmemeval", "situatedqa"];
const METRICS = { "R@5": "recallAt5", "R@10": "recallAt10", "nDCG@10": "ndcgAt10", "MRR@10": "mrr" } as const;
const TARGETS: Readonly<Record<string, string>> = {
  "locomo R@10": "≥ .74",
  "locomo nDCG@10": "≥ .57",
  "locomo_facts R@10": "≥ .82",
  "longmemeval R@10": "≥ .87",
  "longmemeval nDCG@10": "≥ .78",
  "longmemeval newest@1": "≥ .80",
  "longmemeval answerability AUROC": "≥ .80",
  "situatedqa newest@1": "≥ .95",
  "situatedqa as-of@1": "≥ .95",
};
const SHOWN = 10;

/** Retrieval as a client gets it, on every set, beside what simple searches find in the same texts. */
export const quality = (dataFolder: string): Promise<Row[]> =>
  withCachedVectors(async () => {
    const rows: Row[] = [];
    for (const name of SETS) rows.push(...(await measure(await storeSet(dataFolder, name))));
    return rows;
  });

async function measure(stored: StoredSet): Promise<Row[]> {
  const { set } = stored;
  const ours = await askProduct(stored);
  const theirs: Record<string, Found> = Object.fromEntries(
    Object.entries(BASELINES).map(([baseline, make]) => [baseline, askBaseline(set, make)]),
  );
  if (set.name === "situatedqa") {
    theirs["BM25 plain, newest of equals"] = askDated(set);
    return ["current", "as_of"].map((category) => newestOf(category, { set, ours, theirs }));
  }
  return [
    ...retrieval(set, ours.found, theirs),
    ...updates(set, { ours, theirs }),
    ...answerabilityOf(set.name, ours),
  ];
}

/** What an answer to each question is worth, in the order of the questions. */
type Found = readonly Scores[];
type Others = Readonly<Record<string, Found>>;

interface Asked {
  readonly found: Found;
  /** Of questions that have an answer, and of those that have none. */
  readonly answerability: { readonly known: readonly number[]; readonly unknown: readonly number[] };
}

const rowOf = (what: string, row: Pick<Row, "figure" | "unit" | "baseline">): Row => {
  const target = TARGETS[what];
  return { section: "quality", what, ...row, ...(target === undefined ? {} : { target }) };
};

function retrieval({ name }: DataSet, ours: Found, theirs: Others): Row[] {
  return Object.entries(METRICS).map(([metric, key]) =>
    rowOf(`${name} ${metric}`, {
      figure: meanOf(ours)[key],
      unit: "0…1",
      baseline: others(theirs, (found) => meanOf(found)[key]),
    }),
  );
}

interface Compared {
  readonly set: DataSet;
  readonly ours: Asked;
  readonly theirs: Others;
}

function newestOf(category: string, { set, ours, theirs }: Compared): Row {
  const share = (found: Found) =>
    meanOf(found.filter((_, i) => set.queries[i]?.category === category)).firstIsRight;
  return rowOf(`${set.name} ${category === "current" ? "newest" : "as-of"}@1`, {
    figure: share(ours.found),
    unit: "0…1",
    baseline: others(theirs, share),
  });
}

/** Questions whose answer changed: the newest value is first of all, or at least before the earlier ones. */
function updates(set: DataSet, { ours, theirs }: Pick<Compared, "ours" | "theirs">): Row[] {
  const changed = set.queries.flatMap((q, i) => (q.current?.length ? [i] : []));
  if (changed.length === 0) return [];
  const share = (key: "newestIsFirst" | "newestIsBefore") => (found: Found) =>
    changed.filter((i) => found[i]?.[key]).length / changed.length;
  return (["newestIsFirst", "newestIsBefore"] as const).map((key) =>
    rowOf(`${set.name} ${key === "newestIsFirst" ? "newest@1" : "newest before stale"}`, {
      figure: share(key)(ours.found),
      unit: `of ${changed.length}`,
      baseline: others(theirs, share(key)),
    }),
  );
}

function answerabilityOf(name: string, { answerability: { known, unknown } }: Asked): Row[] {
  const low = DEFAULTS["recall.answerability.low"];
  const below = (odds: readonly number[]): Pick<Row, "figure" | "unit"> => ({
    figure: odds.filter((value) => value < low).length / odds.length,
    unit: `of ${odds.length}`,
  });
  const wronged = rowOf(`${name} called unanswered of what has an answer`, below(known));
  if (unknown.length === 0) return [wronged];
  const [figure, unit] = [auroc(known, unknown), `${known.length} against ${unknown.length}`];
  return [
    rowOf(`${name} answerability AUROC`, { figure, unit }),
    wronged,
    rowOf(`${name} called unanswered of what has none`, below(unknown)),
  ];
}

const others = (theirs: Others, figure: (found: Found) => number): string =>
  Object.entries(theirs)
    .map(([name, found]) => `${name} ${rounded(figure(found))}`)
    .join(", ");

export async function askProduct(stored: StoredSet): Promise<Asked> {
  const { set, idOf } = stored;
  const found: Scores[] = [];
  const [known, unknown]: [number[], number[]] = [[], []];
  for (const query of set.queries) {
    const answer = await ask(stored, query);
    found.push(scoresOf(answer.ids, relevanceOf(query, idOf)));
    known.push(answer.answerability);
  }
  for (const query of set.unanswerable) unknown.push((await ask(stored, query)).answerability);
  return { found, answerability: { known, unknown } };
}

/** What is right for a question, by the ids of whoever is asked. */
export function relevanceOf(query: DataQuery, idOf: (id: string) => string) {
  const ids = (given: readonly string[] | undefined) => new Set((given ?? []).map(idOf));
  return { relevant: ids(query.relevant), current: ids(query.current), stale: ids(query.stale) };
}

async function ask(
  { asker }: StoredSet,
  query: DataQuery,
): Promise<{ ids: string[]; answerability: number }> {
  const { results, answerability } = await recall(asker(query), {
    query: query.text,
    scope: { userId: query.scope },
    limit: SHOWN,
    deterministic: true,
    dryRun: true,
    ...(query.as_of === undefined ? {} : { asOf: utc(query.as_of) }),
  });
  return { ids: results.map((result) => result.memory.id), answerability };
}

const own = (id: string): string => id;

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
    return scoresOf(ranked, relevanceOf(query, own));
  });
}

/** The fairest simple way where facts change: what is not yet true is left out, and of equal matches the newest is first. */
function askDated({ memories, queries }: DataSet): Scores[] {
  const byAge = [...memories].sort((a, b) => Date.parse(utc(b.timestamp)) - Date.parse(utc(a.timestamp)));
  const search = BASELINES["BM25 plain"]?.(byAge.map((m) => m.text)) ?? (() => []);
  return queries.map((query) => {
    const time = query.as_of ?? query.timestamp;
    const until = time === null ? Infinity : Date.parse(utc(time));
    const ranked = search(query.text)
      .flatMap((place) => byAge[place] ?? [])
      .filter((memory) => Date.parse(utc(memory.timestamp)) <= until);
    return scoresOf(
      ranked.map((memory) => memory.id),
      relevanceOf(query, own),
    );
  });
}
