import { Client } from "pg";
import { v7 as uuidv7 } from "uuid";

import { costs } from "./costs";
import { timed } from "./latency";
import { quantile } from "./metrics";
import { rounded, type Row } from "./report";
import { openRest, type Rest } from "./rest";
import { openWorkspace, remember, settle } from "./store";
import { shortTexts, storeVectors, synthetic, type Synthetic } from "./synthetic";

import type { CreateMemoryIn } from "@/lib/contracts/memory";
import { bulkMemories } from "@/lib/commands/bulk-memories";
import type { Context } from "@/lib/commands/context";
import { revert } from "@/lib/commands/revert";
import { liveIndex } from "@/lib/search/live-index";

type Figure = readonly [value: number, unit: string];

interface Given {
  readonly dataFolder: string;
  readonly sizes: readonly number[];
  readonly url: string;
  readonly port: number;
}

interface Filled {
  readonly ctx: Context;
  readonly rest: Rest;
  readonly ids: readonly string[];
  readonly given: Synthetic;
  /** New to the store, and none long enough to have passages. */
  readonly short: readonly string[];
  readonly size: number;
}

const SINGLES = 200;
/** Adds before those that are timed: a server that has run for a moment is what an agent writes to. */
const WARM_UP = 1000;
/** As many single facts as one request may well bring. */
const BULK = 500;
const SIGNALS = 40;
const MEDIAN = 0.5;
const GROUPS = [1000, 10_000];

/** What writing, learning and taking back cost in a store of each size. */
export async function ledger({ dataFolder, sizes, url, port }: Given): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const given = await synthetic(dataFolder, size + WARM_UP + SINGLES);
    const { ctx, secret } = await openWorkspace(`ledger ${size}`);
    const before = await bytesOf(url);
    await storeVectors(
      url,
      ctx,
      given.inputs.slice(0, size).map((input) => input.content),
    );
    const { ids, seconds } = await remember(ctx, given.inputs.slice(0, size));
    rows.push(
      row(`bulk adds, ${size} memories in batches of 1,000 [command]`, [size / seconds, "/s"], {
        target: "≥ 1000",
      }),
    );
    const bytes = (await bytesOf(url)) - before;
    rows.push(
      row(`bytes on disk per memory, ${size} memories`, [bytes / size, "bytes"], { target: "≤ 6000" }),
    );
    await settle(ctx);
    const rest = await openRest(secret, port);
    try {
      rows.push(
        ...(await acts(
          { ctx, rest, ids, given, size, short: await shortTexts(dataFolder, 2 * SINGLES + BULK) },
          url,
        )),
      );
      // The index follows the last group on its own; it has to be done before its connections are taken away.
      await liveIndex(ctx.workspaceId);
    } finally {
      await rest.stop();
    }
  }
  return rows;
}

async function acts(filled: Filled, url: string): Promise<Row[]> {
  const { rest, size, given } = filled;
  const at = `${size} memories [${rest.how}]`;
  for (let from = 0; from < WARM_UP; from += SINGLES)
    await singles(filled, given.inputs.slice(size + from, size + from + SINGLES));
  const [short, known, many] = [
    filled.short.slice(0, SINGLES),
    filled.short.slice(SINGLES, 2 * SINGLES),
    filled.short.slice(2 * SINGLES),
  ];
  const added = await singles(filled, short.map(asFact));
  // Texts that were embedded before: what the write costs by itself, with no model beside it.
  await storeVectors(url, filled.ctx, known);
  const unembedded = await singles(filled, known.map(asFact));
  const bulk = await embeddedInBulk(rest, many.map(asFact));
  const long = await singles(filled, given.inputs.slice(size + WARM_UP, size + WARM_UP + SINGLES));
  const raw = await rawInserts(url, SINGLES);
  const signals = await learn(filled);
  const reverts = await timed(added.changes, (id) => rest.post("reverts.create", { changeIds: [id] }));
  const rows = [
    row(`durable single adds of short texts, ${at}`, [added.perSecond, "/s"], {
      baseline: `raw INSERT ${rounded(raw)}`,
      target: "≥ 150",
    }),
    row(
      `durable single adds of short texts until all have their vectors, ${at}`,
      [added.embeddedPerSecond, "/s"],
      {
        target: "≥ 150",
      },
    ),
    row(`durable single adds of short texts whose vectors are known, ${at}`, [unembedded.perSecond, "/s"], {
      target: "≥ 150",
    }),
    row(`short texts added in one request until all have their vectors, ${at}`, [bulk, "/s"], {
      target: "≥ 150",
    }),
    row(`durable single adds of texts with passages, ${at}`, [long.perSecond, "/s"]),
    row(`durable single adds of texts with passages until all have their vectors, ${at}`, [
      long.embeddedPerSecond,
      "/s",
    ]),
    row(`signal to next recall p50, ${at}`, [quantile(signals, MEDIAN), "ms"]),
    row(`single revert p50, ${at}`, [quantile(reverts, MEDIAN), "ms"], { target: "≤ 25" }),
    ...(await costs(rest, at)),
  ];
  for (const count of GROUPS.filter((group) => group <= size))
    rows.push(
      row(
        `group revert of ${count} changes, ${size} memories [command]`,
        [await groupRevert(filled, count), "s"],
        count === 10_000 ? { target: "≤ 10" } : {},
      ),
    );
  return rows;
}

const asFact = (content: string): CreateMemoryIn => ({ content, scope: { userId: "bench" } });

interface Added {
  readonly perSecond: number;
  readonly embeddedPerSecond: number;
  /** The change that each of them made. */
  readonly changes: string[];
}

/** One at a time, each committed before the next is sent; then a recall, which answers when the last has its vector. */
async function singles({ rest }: Filled, inputs: readonly CreateMemoryIn[]): Promise<Added> {
  const changes: string[] = [];
  const started = performance.now();
  for (const input of inputs) {
    // The shape of the answer is the contract's.
    const { changes: made } = (await rest.post("memories.create", input)) as { changes: { id: string }[] };
    changes.push(...made.map((change) => change.id));
  }
  const perSecond = inputs.length / ((performance.now() - started) / 1000);
  const { degraded } = await recalled(rest, { query: "everything", dryRun: true });
  if (degraded.length > 0) throw new Error(`The recall went on without them: ${degraded.join("; ")}`);
  return { perSecond, embeddedPerSecond: inputs.length / ((performance.now() - started) / 1000), changes };
}

async function embeddedInBulk(rest: Rest, items: readonly CreateMemoryIn[]): Promise<number> {
  const started = performance.now();
  await rest.post("memories.createMany", { items });
  // A recall waits for a moment and then says what it went on without.
  while ((await recalled(rest, { query: "everything", dryRun: true })).degraded.length > 0);
  return items.length / ((performance.now() - started) / 1000);
}

/** From a verdict being sent to the next recall having answered with it. */
async function learn({ rest, given }: Filled): Promise<number[]> {
  const times: number[] = [];
  for (const query of given.questions.slice(0, SIGNALS)) {
    const body = { query, scope: { userId: "bench" } };
    const before = await recalled(rest, body);
    const [memory] = before.results;
    if (memory === undefined) continue;
    const started = performance.now();
    await rest.post("signals.create", {
      retrievalId: before.retrievalId,
      memories: [{ memoryId: memory.memory.id, verdict: "harmful" }],
    });
    const after = await recalled(rest, body);
    times.push(performance.now() - started);
    const now = after.results.find((result) => result.memory.id === memory.memory.id);
    if (now !== undefined && now.score >= memory.score)
      throw new Error("A recall answered without the signal that was recorded before it.");
  }
  return times;
}

interface Recalled {
  readonly retrievalId: string;
  readonly degraded: readonly string[];
  readonly results: readonly { readonly score: number; readonly memory: { readonly id: string } }[];
}

const recalled = (rest: Rest, body: object): Promise<Recalled> =>
  // The shape of the answer is the contract's.
  rest.post("recall", body) as Promise<Recalled>;

/** Seconds that taking back one group of that many changes takes. */
async function groupRevert({ ctx, ids }: Filled, count: number): Promise<number> {
  const tagged = await bulkMemories(ctx, {
    ids: ids.slice(0, count),
    action: "addTag",
    value: `bench ${count}`,
  });
  if (tagged.groupId === null) throw new Error("Nothing was tagged, so there is no group to take back.");
  const started = performance.now();
  const { reverted } = await revert(ctx, { groupId: tagged.groupId });
  if (reverted.length !== count) throw new Error(`${reverted.length} of ${count} changes were taken back.`);
  return (performance.now() - started) / 1000;
}

/** What the database alone can do: one row, one commit, one connection. */
async function rawInserts(url: string, count: number): Promise<number> {
  return withClient(url, async (client) => {
    await client.query(
      `CREATE TABLE IF NOT EXISTS "bench_scratch" ("id" uuid PRIMARY KEY, "at" timestamptz NOT NULL, "text" text NOT NULL)`,
    );
    const started = performance.now();
    for (let i = 0; i < count; i += 1)
      await client.query(`INSERT INTO "bench_scratch" VALUES ($1, now(), $2)`, [
        uuidv7(),
        `a memory of ordinary length, number ${i}`,
      ]);
    const perSecond = count / ((performance.now() - started) / 1000);
    await client.query(`DROP TABLE "bench_scratch"`);
    return perSecond;
  });
}

/** Tables, indexes and large values of everything we keep. */
async function bytesOf(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ bytes: string }>(
      `SELECT sum(pg_total_relation_size(c.oid)) AS "bytes" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'`,
    );
    return Number(rows[0]?.bytes ?? 0);
  });
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function row(what: string, [figure, unit]: Figure, more: Pick<Row, "baseline" | "target"> = {}): Row {
  return { section: "ledger", what, figure, unit, ...more };
}
