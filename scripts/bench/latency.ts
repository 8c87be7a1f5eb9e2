import { existsSync } from "node:fs";

import { quantile } from "./metrics";
import { rounded, type Row } from "./report";
import { BUILD, openRest, type Rest } from "./rest";
import { measureStart } from "./start";
import { openWorkspace, remember, settle } from "./store";
import { storeVectors, synthetic } from "./synthetic";

import type { Context } from "@/lib/commands/context";
import { recordSignal } from "@/lib/commands/record-signal";
import { getEmbedder } from "@/lib/models/embedder";
import { recall } from "@/lib/queries/recall";
import { liveIndex } from "@/lib/search/live-index";

interface Given {
  readonly dataFolder: string;
  readonly sizes: readonly number[];
  readonly port: number;
  readonly url: string;
}

const WARM_UP = 20;
const ASKED = 150;
const MEDIAN = 0.5;
const TAIL = 0.95;
/** Milliseconds at the median with the question's vector cached, by memories. */
const TARGETS: Readonly<Record<number, string>> = { 10_000: "≤ 9", 100_000: "≤ 25" };

/** How long a recall takes from the outside, beside what the model and the comparison of vectors take by themselves. */
export async function latency(given: Given): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of given.sizes) rows.push(...(await atSize(given, size)));
  return rows;
}

async function atSize(given: Given, size: number): Promise<Row[]> {
  const { dataFolder, port, url } = given;
  const { inputs, questions } = await synthetic(dataFolder, size);
  const { ctx, secret } = await openWorkspace(`latency ${size}`);
  await storeVectors(
    url,
    ctx,
    inputs.map((input) => input.content),
  );
  await remember(ctx, inputs);
  await settle(ctx);
  const floor = await floorOf(ctx, questions);
  const start = await startRows(given, secret, size);
  const rest = await openRest(secret, port);
  try {
    await timed(questions.slice(0, WARM_UP), (query) => ask(rest, query));
    const first = await timed(questions.slice(WARM_UP, WARM_UP + ASKED), (query) => ask(rest, query));
    const again = await timed(questions.slice(WARM_UP, WARM_UP + ASKED), (query) => ask(rest, query));
    const cached = { size, how: rest.how, floor: `exact scan ${floor.scan}` };
    const fresh = { ...cached, floor: `embedding ${floor.embedding}, ${cached.floor}` };
    return [
      ...start,
      ...pair("vector cached", again, cached),
      ...pair("vector not cached", first, fresh),
      ...(size === SIZE_WITH_OUTCOMES ? await afterOutcomes(ctx, { rest, questions, cached }) : []),
      ...memoryOf(rest, size),
    ];
  } finally {
    await rest.stop();
  }
}

/** What outcomes teach is read by every recall, so a store that people use has to be measured with some. */
const SIZE_WITH_OUTCOMES = 10_000;
const OUTCOMES = 2000;

async function afterOutcomes(
  ctx: Context,
  {
    rest,
    questions,
    cached,
  }: { readonly rest: Rest; readonly questions: readonly string[]; readonly cached: Circumstances },
): Promise<Row[]> {
  const taught = Array.from({ length: OUTCOMES }, (_, i) => questions[i % questions.length] ?? "");
  for (const [i, query] of taught.entries()) {
    const { retrievalId, results } = await recall(ctx, {
      query: `${query} ${i}`,
      scope: { userId: "bench" },
    });
    const memoryId = results[i % results.length]?.memory.id;
    if (retrievalId === null || memoryId === undefined) continue;
    await recordSignal(ctx, { retrievalId, memories: [{ memoryId, verdict: "helpful" }] });
  }
  const asked = questions.slice(0, ASKED);
  await timed(asked, (query) => ask(rest, query));
  return pair(
    `after ${OUTCOMES} outcomes, vector cached`,
    await timed(asked, (query) => ask(rest, query)),
    cached,
  );
}

const BYTES_PER_MB = 1_000_000;

/** After all these questions, with the model and the index loaded. */
function memoryOf(rest: Rest, size: number): Row[] {
  const bytes = rest.memoryBytes();
  if (bytes === null) return [];
  const what = `memory of the server's process, ${size} memories, the model included`;
  return [{ section: "latency", what, figure: bytes / BYTES_PER_MB, unit: "MB", target: "≤ 600 at 100000" }];
}

/** A start opens the oldest workspace's index by itself; of any other, as here from the second size on, the first recall does. */
async function startRows({ url, port }: Given, secret: string, size: number): Promise<Row[]> {
  if (!existsSync(BUILD)) return [];
  const { healthy, recalled } = await measureStart(url, secret, port);
  const what = (until: string) => `start of a built checkout until ${until}, ${size} memories`;
  return [
    { section: "latency", what: what("it is healthy"), figure: healthy, unit: "s", target: "≤ 5" },
    { section: "latency", what: what("the first recall has answered"), figure: recalled, unit: "s" },
  ];
}

interface Circumstances {
  readonly size: number;
  readonly how: string;
  readonly floor: string;
}

function pair(which: string, times: readonly number[], { size, how, floor }: Circumstances): Row[] {
  const target = which === "vector cached" ? TARGETS[size] : undefined;
  const what = (share: string) => `recall ${share}, ${size} memories, ${which} [${how}]`;
  return [
    {
      section: "latency",
      what: what("p50"),
      figure: quantile(times, MEDIAN),
      unit: "ms",
      baseline: floor,
      ...(target ? { target } : {}),
    },
    { section: "latency", what: what("p95"), figure: quantile(times, TAIL), unit: "ms" },
  ];
}

const ask = (rest: Rest, query: string): Promise<unknown> =>
  rest.post("recall", { query, scope: { userId: "bench" } });

/** What no implementation on this machine can be faster than, in milliseconds at the median. */
async function floorOf(
  ctx: Context,
  questions: readonly string[],
): Promise<{ embedding: number; scan: number }> {
  const embedder = await getEmbedder();
  const { index } = await liveIndex(ctx.workspaceId);
  const some = questions.slice(0, ASKED);
  const vectors: Float32Array[] = [];
  const embedding = await timed(some, async (query) => vectors.push(...(await embedder.embed([query]))));
  const scan = await timed(vectors, (vector) => index.vectors.scan(vector));
  return { embedding: rounded(quantile(embedding, MEDIAN)), scan: rounded(quantile(scan, MEDIAN)) };
}

/** Milliseconds of each, one after the other. */
export async function timed<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const item of items) {
    const started = performance.now();
    await act(item);
    times.push(performance.now() - started);
  }
  return times;
}
