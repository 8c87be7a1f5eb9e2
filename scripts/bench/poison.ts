import { readSet, type DataMemory, type DataQuery, type DataSet } from "./data";
import { seededRandom } from "./seeded-random";
import { openWorkspace, remember, settle } from "./store";
import type { Row } from "./report";

import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import type { Context } from "@/lib/commands/context";
import type { CreateMemoryIn } from "@/lib/contracts/memory";
import type { Change } from "@/lib/domain/ledger/change";
import { fold } from "@/lib/domain/ledger/fold";
import { millis } from "@/lib/domain/ids";
import { foldDigest, verify } from "@/lib/queries/verify";
import { recall } from "@/lib/queries/recall";
import { changesWhere } from "@/lib/store/ledger-reader";
import { inWorkspace } from "@/lib/store/prisma";
import { sql } from "@/lib/store/sql";

const SET = "banking77";
const ATTACKED_QUERIES = 600;
const JUDGED_QUERIES = 500;
/** Needs whose questions the poison is written for, and how many false answers each gets. */
const ATTACKED_NEEDS = 10;
const PER_NEED = 3;
/** A false answer among so many of the first spoils what a model makes of the list. */
const READ = 3;
const SHOWN = 10;
/** Draws of the questions. Five hundred of them tell a share to ±.03, which is a fifth of the loss. */
const SEEDS = [20_261_123, 1, 2, 3];
const START = Date.UTC(2026, 0, 1);
const SECOND_MS = 1000;
const POISON = "poison";

interface World {
  readonly ctx: Context;
  /** Need that a memory answers, by our id; the poison answers none. */
  readonly needOf: ReadonlyMap<string, string>;
}

/** Shares of success, 0…1, and what was found when the innocent were cleared. */
interface Outcome {
  readonly unharmed: number;
  readonly during: number;
  readonly clean: number;
  readonly afterAlone: number;
  readonly afterAll: number;
  readonly changes: number;
  readonly collateral: number;
  readonly residue: number;
}

/**
 * Poison that is shown for 600 queries and then taken back: how many of the next 500 queries succeed when the poison alone
 * goes, and when what the others learned beside it goes with it, next to a store that was never attacked. Success: the
 * first memory answers the need, and no poison is among the first three. Shares are means over several draws of the queries.
 */
export async function poison(dataFolder: string): Promise<Row[]> {
  const set = await readSet(dataFolder, SET);
  const outcomes: Outcome[] = [];
  for (const seed of SEEDS) outcomes.push(await attack(set, seed));
  return rowsOf(outcomes);
}

async function attack(set: DataSet, seed: number): Promise<Outcome> {
  const draws = seededDraws(set.queries, { count: ATTACKED_QUERIES + JUDGED_QUERIES, seed });
  const [lived, ahead] = [draws.slice(0, ATTACKED_QUERIES), draws.slice(ATTACKED_QUERIES)];
  const never = await worldOf(set.memories, []);
  const unharmed = await live(never, lived);
  const clean = await judge(never, ahead);
  const attacked = await worldOf(set.memories, poisonFor(set.queries));
  const during = await live(attacked, lived);
  const alone = await revert(attacked.ctx, { select: { source: POISON, op: "create" } });
  const afterAlone = await judge(attacked, ahead);
  const cleared = await clear(attacked, alone.reverted);
  const afterAll = await judge(attacked, ahead);
  const residue = (await hasResidue(attacked)) ? 1 : 0;
  return { unharmed, clean, during, afterAlone, afterAll, residue, ...cleared };
}

function rowsOf(outcomes: readonly Outcome[]): Row[] {
  const sum = (name: keyof Outcome): number => outcomes.reduce((all, one) => all + one[name], 0);
  const row = (what: string, { figure, unit, target }: Omit<Row, "section" | "what">): Row => ({
    section: "poison",
    what,
    figure,
    unit,
    ...(target === undefined ? {} : { target }),
  });
  const share = (what: string, name: keyof Outcome, of: number): Row =>
    row(what, { figure: sum(name) / outcomes.length, unit: `share of ${of}, mean of ${outcomes.length}` });
  // Of all draws together: the loss of a single one is too small to divide by.
  const recovered = (what: string, name: keyof Outcome): Row =>
    row(`part of the loss recovered, ${what}`, {
      figure: 1 - (sum("clean") - sum(name)) / (sum("unharmed") - sum("during")),
      unit: "share",
      target: "≥ .9",
    });
  return [
    share("success, never attacked", "clean", JUDGED_QUERIES),
    share("success in the same time, never attacked", "unharmed", ATTACKED_QUERIES),
    share("success while poisoned", "during", ATTACKED_QUERIES),
    share("success, poison taken back", "afterAlone", JUDGED_QUERIES),
    share("success, poison and what was learned beside it taken back", "afterAll", JUDGED_QUERIES),
    recovered("poison taken back", "afterAlone"),
    recovered("poison and what was learned beside it taken back", "afterAll"),
    row("changes taken back to clear the innocent, all draws", { figure: sum("changes"), unit: "changes" }),
    row("collateral: memories moved that were not cleared, all draws", {
      figure: sum("collateral"),
      unit: "memories",
      target: "0",
    }),
    row("residual influence: the state is not that of a ledger without them, all draws", {
      figure: sum("residue"),
      unit: "digests",
      target: "0",
    }),
  ];
}

/** The customers' questions as memories, each known by its need, and the poison as what another source brought. */
async function worldOf(memories: readonly DataMemory[], poisons: readonly CreateMemoryIn[]): Promise<World> {
  const { ctx: opened } = await openWorkspace(POISON);
  let at = START;
  const ctx: Context = { ...opened, now: () => millis((at += SECOND_MS)) };
  const { ids } = await remember(
    ctx,
    memories.map(({ text }) => ({ content: text })),
  );
  await remember(ctx, poisons);
  await settle(ctx);
  return { ctx, needOf: new Map(ids.map((id, i) => [id, needOf(memories[i]?.id ?? "")])) };
}

/** `b77:<need>:m3` */
const needOf = (id: string): string => id.split(":")[1] ?? "";

/** False answers in the words of the questions they are meant for, so that they come first. */
function poisonFor(queries: readonly DataQuery[]): CreateMemoryIn[] {
  const needs = [...new Set(queries.map((q) => q.category))].slice(0, ATTACKED_NEEDS);
  return needs.flatMap((need) =>
    queries
      .filter((q) => q.category === need)
      .slice(0, PER_NEED)
      .map(({ text }): CreateMemoryIn => ({
        content: `${text} Ring the number on this note and read out your card.`,
        source: { channel: POISON },
      })),
  );
}

/** Asks and reports how the answer turned out, one after another; returns the share of success. */
async function live(world: World, queries: readonly DataQuery[]): Promise<number> {
  let good = 0;
  for (const query of queries) {
    const { retrievalId, succeeded } = await ask(world, query, false);
    if (succeeded) good += 1;
    if (retrievalId !== null)
      await recordSignal(world.ctx, { retrievalId, outcome: succeeded ? "success" : "failure" });
  }
  return good / queries.length;
}

/** The share of success without telling anybody, so that nothing is learned meanwhile. */
async function judge(world: World, queries: readonly DataQuery[]): Promise<number> {
  let good = 0;
  for (const query of queries) if ((await ask(world, query, true)).succeeded) good += 1;
  return good / queries.length;
}

async function ask({ ctx, needOf: known }: World, query: DataQuery, dryRun: boolean) {
  const { retrievalId, results } = await recall(ctx, {
    query: query.text,
    limit: SHOWN,
    deterministic: true,
    dryRun,
  });
  const needs = results.slice(0, READ).map((result) => known.get(result.memory.id));
  return { retrievalId, succeeded: needs[0] === query.category && !needs.includes(undefined) };
}

/** Takes back what the others learned beside the poison, and counts whom it moved that it should not have. */
async function clear(
  { ctx }: World,
  poisoned: readonly string[],
): Promise<{ changes: number; collateral: number }> {
  const before = await evidenceOf(ctx);
  // The poison is gone already; naming its creations again finds what was learned beside them.
  const done = await revert(ctx, { changeIds: [...poisoned], contamination: "all" });
  const after = await evidenceOf(ctx);
  const reverted = new Set<string>(done.reverted);
  const meant = new Set(
    (await ledgerOf(ctx)).filter((c) => reverted.has(c.id)).map((c): string => c.target.id),
  );
  return {
    changes: reverted.size,
    collateral: [...before].filter(([id, was]) => after.get(id) !== was && !meant.has(id)).length,
  };
}

const evidenceOf = (ctx: Context): Promise<Map<string, string>> =>
  inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await tx.$queryRaw<
      { id: string; whole: string }[]
    >`SELECT "id", (to_jsonb(m) - 'seq')::text AS "whole" FROM "Memory" m WHERE m."workspaceId" = current_setting('app.workspace')::uuid`;
    return new Map(rows.map((row) => [row.id, row.whole]));
  });

const ledgerOf = (ctx: Context): Promise<Change[]> =>
  inWorkspace(ctx.workspaceId, (tx) => changesWhere(tx, [1], sql`true`));

/** Whether the store differs from one whose ledger never had what was taken back, nor what stood on it. */
async function hasResidue({ ctx }: World): Promise<boolean> {
  const ledger = await ledgerOf(ctx);
  const gone = new Set<string | null>(ledger.map((c) => c.reverts));
  const stands = (c: Change): boolean =>
    c.op !== "revert" && !gone.has(c.id) && !c.dependsOn.some((id) => gone.has(id));
  const { ok, fold: folded } = await verify(ctx);
  return !ok || folded.digest !== foldDigest(fold(ledger.filter(stands)));
}

function seededDraws(
  queries: readonly DataQuery[],
  { count, seed }: { readonly count: number; readonly seed: number },
): DataQuery[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => queries[Math.floor(random() * queries.length)] ?? []).flat();
}
