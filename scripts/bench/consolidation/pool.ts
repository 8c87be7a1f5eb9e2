import { readLines, type DataMemory } from "../data";
import { rounded, type Row } from "../report";
import { openWorkspace, remember, settle } from "../store";
import { bestF1, pointAt, pointsOf, type Judged } from "./curve";
import { row } from "./pairs";
import { withView } from "./view";

import path from "node:path";

import { comparedPairs, type ComparedPair } from "@/lib/commands/cycle/compared-pairs";
import { nearMemories } from "@/lib/commands/cycle/near-memories";
import { clustersOf } from "@/lib/domain/consolidation/clusters";
import { pairFeatures } from "@/lib/domain/consolidation/pair-features";
import { DEFAULTS } from "@/lib/domain/parameters";

interface PooledMemory extends DataMemory {
  readonly cluster: string;
}

const THRESHOLDS = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const NEIGHBOURS = [1, 2, 5];

/** All texts in one store: which of them a cycle would merge, judged by the groups the data's authors made. */
export async function pool(dataFolder: string): Promise<Row[]> {
  const memories = await readLines<PooledMemory>(path.join(dataFolder, "dedupe", "memories.jsonl"));
  const { ctx } = await openWorkspace("pool");
  const { ids } = await remember(
    ctx,
    memories.map(({ text }) => ({ content: text })),
  );
  await settle(ctx);
  const clusterOf = new Map(memories.map(({ cluster }, i) => [ids[i] ?? "", cluster]));
  const gold = pairsIn([...clusterOf.values()]);
  const accept = DEFAULTS["cycle.accept.merge"];
  const started = performance.now();
  const [near, found] = await withView(
    ctx,
    DEFAULTS,
    async (view) => [await nearMemories(view), await comparedPairs(view)] as const,
  );
  const milliseconds = (performance.now() - started) / near.looked;
  const mutual = found.filter((pair) => pair.isMutual);
  const merged = THRESHOLDS.map((threshold) => ({
    ...judge(mutual, { threshold, clusterOf, gold }),
    threshold,
  }));
  const best = merged.reduce((a, b) => (b.f1 > a.f1 ? b : a));
  const simple = { "cosine alone": (p: ComparedPair) => p.cosine ?? 0, "Jaccard alone": jaccardOf };
  const baseline = Object.entries(simple).map(([name, score]) => {
    const judged = mutual.map((pair): Judged => ({
      score: score(pair),
      isSame: isTogether(pair, clusterOf),
    }));
    return `${name} ${rounded(bestF1(pointsOf(judged, gold)).f1)}`;
  });
  const own = judge(mutual, { threshold: accept, clusterOf, gold });
  const rows = [
    row("pool F1", own.f1, {
      unit: `at ${accept}: P ${rounded(own.precision)} R ${rounded(own.recall)}`,
      target: "≥ .74",
      baseline: `${baseline.join(", ")}, Jaccard of all pairs .6138`,
    }),
    row("pool F1 at the best threshold", best.f1, { unit: `at ${best.threshold}` }),
    ...merged.map(({ threshold, precision, recall, f1 }) =>
      row(`pool merging from ${threshold}: false merges`, 1 - precision, {
        unit: "share of the merged",
        baseline: `missed ${rounded(1 - recall)}, F1 ${rounded(f1)}`,
      }),
    ),
    row("pool candidates", mutual.length / memories.length, {
      unit: "pairs per memory",
      baseline: `of the judged pairs ${rounded(mutual.filter((p) => isTogether(p, clusterOf)).length / gold)}`,
    }),
    row("pool time", milliseconds, { unit: `ms per memory of ${memories.length}` }),
  ];
  for (const neighbours of NEIGHBOURS) {
    const other = await withView(ctx, { ...DEFAULTS, "cycle.merge.neighbours": neighbours }, comparedPairs);
    const { f1, precision, recall } = judge(
      other.filter((pair) => pair.isMutual),
      { threshold: accept, clusterOf, gold },
    );
    rows.push(
      row(`pool F1 with ${neighbours} mutual neighbours`, f1, {
        unit: `P ${rounded(precision)} R ${rounded(recall)}`,
      }),
    );
  }
  return rows;
}

interface Asked {
  readonly threshold: number;
  readonly clusterOf: ReadonlyMap<string, string>;
  readonly gold: number;
}

/** As the product groups them: every two of a group count as merged. */
function judge(found: readonly ComparedPair[], { threshold, clusterOf, gold }: Asked) {
  const free = found
    .filter((pair) => pair.guards.length === 0)
    .map(({ older, newer, certainty }) => ({ a: older.view.id, b: newer.view.id, certainty }));
  const groups = clustersOf(free, { least: threshold, most: DEFAULTS["cycle.merge.most"] });
  const judged = groups.flatMap(({ members }) =>
    members.flatMap((a, i) =>
      members.slice(i + 1).map((b): Judged => ({ score: 1, isSame: clusterOf.get(a) === clusterOf.get(b) })),
    ),
  );
  return pointAt(pointsOf(judged, gold), 0);
}

const isTogether = ({ older, newer }: ComparedPair, clusterOf: Asked["clusterOf"]): boolean =>
  clusterOf.get(older.view.id) === clusterOf.get(newer.view.id);

const jaccardOf = ({ older, newer }: ComparedPair): number =>
  pairFeatures({ a: older.wording, b: newer.wording, cosine: 0, rarity: () => 1 }).jaccard;

function pairsIn(clusters: readonly string[]): number {
  const sizes = new Map<string, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}
