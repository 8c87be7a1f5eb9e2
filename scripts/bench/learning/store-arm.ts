import { createHash } from "node:crypto";

import { readSet, type DataQuery, type DataSet } from "../data";
import { openWorkspace, remember, settle } from "../store";
import { seededRandom, shuffled } from "../seeded-random";

import type { Context } from "@/lib/commands/context";
import { recordSignal } from "@/lib/commands/record-signal";
import { revert } from "@/lib/commands/revert";
import { millis } from "@/lib/domain/ids";
import { recall } from "@/lib/queries/recall";
import { verify } from "@/lib/queries/verify";

/** What the real store says of taking back what was learned. */
export interface Proof {
  readonly memories: number;
  readonly signals: number;
  readonly learningChanges: number;
  readonly rankingsMovedByLearning: boolean;
  /** Digests of state and of all rankings, after every learning change was reverted, equal those of the start. */
  readonly allReverted: { readonly state: boolean; readonly rankings: boolean };
  /** A random half reverted in two random orders gives the same rankings, and those of a world that never had it. */
  readonly halfReverted: { readonly orderFree: boolean; readonly equalsWorldWithout: boolean };
  readonly verified: boolean;
}

const CLOCK = Date.UTC(2026, 0, 2);
const TRAIN = 60;
const TEST = 60;
const SHOWN = 10;

interface Judgement {
  readonly query: string;
  readonly at: number;
  readonly verdicts: readonly { readonly memory: number; readonly helps: boolean }[];
}

interface World {
  readonly ctx: Context;
  /** The store's id of each memory of the data. */
  readonly ids: readonly string[];
  readonly tests: readonly DataQuery[];
}

/** One explicit user through commands, ledger and index of the real store, and everything taken back again. */
export async function storeArm(dataFolder: string): Promise<Proof> {
  const set = await readSet(dataFolder, "banking77");
  const world = await open(set);
  const start = await digests(world);
  const judged = await learn(world, set);
  const learned = await digests(world);
  const changes = judged.flatMap(({ changes: own }) => own);
  const random = seededRandom(5);
  const half = shuffled(judged, random).slice(0, Math.floor(judged.length / 2));

  const undone = await takeBack(world, shuffled(half, random));
  const once = await digests(world);
  for (const groupId of undone) await revert(world.ctx, { groupId });
  const redone = await digests(world);
  await takeBack(world, shuffled(half, random));
  const twice = await digests(world);
  const kept = judged.filter((one) => !half.includes(one));
  const without = await open(set);
  for (const { judgement } of kept) await judge(without, judgement);
  const never = await digests(without);

  await takeBack(world, shuffled(kept, random));
  const end = await digests(world);
  return {
    memories: set.memories.length,
    signals: judged.length,
    learningChanges: changes.length,
    rankingsMovedByLearning: learned.rankings !== start.rankings && redone.rankings === learned.rankings,
    allReverted: { state: end.state === start.state, rankings: end.rankings === start.rankings },
    halfReverted: {
      orderFree: once.rankings === twice.rankings,
      equalsWorldWithout: once.rankings === never.rankings,
    },
    verified: (await verify(world.ctx)).ok,
  };
}

async function open(set: DataSet): Promise<World> {
  const { ctx: opened } = await openWorkspace("learning");
  const ctx = { ...opened, now: () => millis(CLOCK) };
  const { ids } = await remember(
    ctx,
    set.memories.map(({ text }) => ({ content: text, validAt: new Date(CLOCK).toISOString() })),
  );
  await settle(ctx);
  return { ctx, ids, tests: phase(set, "test").slice(0, TEST) };
}

/** Questions of one phase, from all needs alike. */
function phase(set: DataSet, name: string): DataQuery[] {
  // The data's README lists the field; the other benches have no use for it.
  const own = set.queries.filter((query) => (query as DataQuery & { phase?: string }).phase === name);
  return shuffled(own, seededRandom(1));
}

async function learn(world: World, set: DataSet): Promise<{ judgement: Judgement; changes: string[] }[]> {
  const place = new Map(world.ids.map((id, i) => [id, i]));
  const judged: { judgement: Judgement; changes: string[] }[] = [];
  for (const [i, query] of phase(set, "train").slice(0, TRAIN).entries()) {
    const { results } = await recall(world.ctx, {
      query: query.text,
      limit: SHOWN,
      dryRun: true,
      deterministic: true,
    });
    const verdicts = results.flatMap(({ memory }) => {
      const at = place.get(memory.id);
      return at === undefined
        ? []
        : [{ memory: at, helps: query.relevant.includes(set.memories[at]?.id ?? "") }];
    });
    const judgement = { query: query.text, at: CLOCK + i, verdicts };
    judged.push({ judgement, changes: await judge(world, judgement) });
  }
  return judged;
}

async function judge({ ctx, ids }: World, { query, at, verdicts }: Judgement): Promise<string[]> {
  const { retrievalId } = await recall(ctx, { query, limit: SHOWN, deterministic: true });
  const memories = verdicts.map(({ memory, helps }) => ({
    memoryId: ids[memory] ?? "",
    verdict: helps ? ("helpful" as const) : ("irrelevant" as const),
  }));
  const { changes } = await recordSignal(ctx, {
    retrievalId: retrievalId ?? "",
    memories,
    at: new Date(at).toISOString(),
  });
  return changes.map((change) => change.id);
}

async function takeBack(
  { ctx }: World,
  judged: readonly { readonly changes: readonly string[] }[],
): Promise<string[]> {
  const groups: string[] = [];
  for (const { changes } of judged) {
    const { groupId } = await revert(ctx, { changeIds: [...changes] });
    if (groupId !== null) groups.push(groupId);
  }
  return groups;
}

/** Of the folded state, and of every test question's list with all parts, digit for digit; memories by their place in the data. */
async function digests({ ctx, ids, tests }: World): Promise<{ state: string; rankings: string }> {
  const place = new Map(ids.map((id, i) => [id, i]));
  const lists: unknown[] = [];
  for (const query of tests) {
    const { results } = await recall(ctx, {
      query: query.text,
      limit: SHOWN,
      dryRun: true,
      deterministic: true,
    });
    lists.push(results.map((r) => [place.get(r.memory.id), r.score, r.parts]));
  }
  const { fold } = await verify(ctx);
  return { state: fold.digest, rankings: createHash("sha256").update(JSON.stringify(lists)).digest("hex") };
}
