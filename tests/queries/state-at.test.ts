/**
 * Every read of an earlier state answers what it answered when that state was the newest: after random histories with reverts,
 * merges, erasures and everything else, and for recall, which searches an index of its own.
 */
import { describe, expect, it } from "vitest";

import type { Context } from "@/lib/commands/context";
import { createMemory } from "@/lib/commands/create-memory";
import { purgeMemory } from "@/lib/commands/purge-memory";
import { revert } from "@/lib/commands/revert";
import { updateMemory } from "@/lib/commands/update-memory";
import { Refusal } from "@/lib/domain/errors";
import { TRUST_CLASSES } from "@/lib/domain/memory/memory";
import { headOf } from "@/lib/queries/head";
import { verify } from "@/lib/queries/verify";
import { inWorkspace } from "@/lib/store/prisma";
import { perform, type JsonId } from "@/lib/transport/perform";
import { refusal } from "../support/answers";
import { commander } from "../support/random-commands";
import { seededRandom } from "../support/seeded-random";
import { DAY, freshWorkspace, type TestWorkspace } from "../support/workspace";

type Read = readonly [id: JsonId, input: Record<string, unknown>];

const READS: readonly Read[] = [
  ["memories.list", { limit: 200 }],
  ["memories.list", { q: "tea conf<0.9", limit: 200 }],
  ["memories.list", { lifecycle: "archived", sort: "confidence" }],
  ["owners.list", {}],
  ["changes.list", { limit: 200 }],
  ["changes.list", { grouped: true, limit: 200 }],
  ["changes.list", { status: "reverted", limit: 200 }],
  ["changes.list", { status: "unsupported", limit: 200 }],
  ["merges.list", {}],
  ["parameters.list", {}],
  ["metrics.overview", {}],
  ["metrics.safety", {}],
  ["retrievals.list", {}],
  ["signals.list", {}],
];
const OF_ONE = ["memories.history", "memories.confidence"] as const;

interface Seen {
  readonly seq: number;
  readonly answers: readonly unknown[];
}

async function readAll(ctx: Context, ids: readonly string[], more: object = {}): Promise<unknown[]> {
  const answers: unknown[] = [];
  const reads: readonly Read[] = [...READS, ...ids.flatMap((id) => OF_ONE.map((op): Read => [op, { id }]))];
  for (const [id, input] of reads) answers.push([id, input, await answerOf(ctx, id, { ...input, ...more })]);
  return plain(answers);
}

/** A refusal is an answer too: what was not there then is not there when then is read again. */
const answerOf = async (ctx: Context, id: JsonId, input: Record<string, unknown>): Promise<unknown> => {
  try {
    return await perform(id, ctx, input);
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.code, why: error.message };
    throw error;
  }
};

/** As on the wire. The histories log recalls without counting the uses, which `lastUsedAt` would be compared with. */
const plain = (value: unknown[]): unknown[] =>
  JSON.parse(
    JSON.stringify(value, (key, held: unknown) => (["uses", "lastUsedAt"].includes(key) ? undefined : held)),
  ) as unknown[];

const knownIds = (workspace: TestWorkspace): Promise<string[]> =>
  inWorkspace(workspace.workspaceId, async (tx) =>
    (
      await tx.$queryRaw<
        { id: string }[]
      >`SELECT "id" FROM "Memory" WHERE "workspaceId" = current_setting('app.workspace')::uuid ORDER BY "id"`
    ).map((row) => row.id),
  );

const erasedAfter = (workspace: TestWorkspace, seq: number): Promise<boolean> =>
  inWorkspace(workspace.workspaceId, async (tx) => {
    const rows = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "op" = 'purge' AND "seq" > ${seq}`;
    return rows.length > 0;
  });

describe("the state at an earlier point", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "(seed %d) is what it was when it was the newest",
    { timeout: 120_000 },
    async (seed) => {
      const workspace = await freshWorkspace();
      const random = seededRandom(seed);
      const { next } = commander({
        callers: TRUST_CLASSES.map((c) => workspace[c]),
        random,
        withModel: false,
      });
      const seen: Seen[] = [];
      for (let done = 0; done < 60; done += 1) {
        const before = (await headOf(workspace.owner)).seq;
        await next();
        const { seq } = await headOf(workspace.owner);
        if (seq > before && done % 12 === 7)
          seen.push({ seq, answers: await readAll(workspace.owner, await knownIds(workspace)) });
        workspace.clock.advance(Math.floor(random() * 40_000_000) + 1);
      }
      expect(seen.length).toBeGreaterThan(2);
      let compared = 0;
      for (const { seq, answers } of seen) {
        if (await erasedAfter(workspace, seq)) continue;
        compared += 1;
        const ids = answers.flatMap((a) =>
          Array.isArray(a) && a[0] === "memories.history" ? [(a[1] as { id: string }).id] : [],
        );
        const then = await readAll(workspace.owner, ids, { asOf: String(seq) });
        expect(then, `seed ${seed}, seq ${seq}`).toEqual(answers);
      }
      expect(compared).toBeGreaterThan(0);
      expect((await verify(workspace.owner)).ok).toBe(true);
    },
  );

  it("is read by recall and the graph too, through an index of its own, and leaves no trace", async () => {
    const workspace = await freshWorkspace();
    const { owner, clock } = workspace;
    const ask = (more: object = {}) =>
      perform("recall", owner, { query: "Where does Ann live?", dryRun: true, deterministic: true, ...more });
    const graph = (more: object = {}) => perform("entities.list", owner, { ...more });
    const first = await createMemory(owner, {
      content: "Ann lives in Ulm near the river",
      source: { speaker: "Bo" },
    });
    await createMemory(owner, { content: "Bo plays the piano on Sundays" });
    const { seq } = await headOf(owner);
    const [then, names] = plain([withoutTime(await ask()), await graph()]);
    clock.advance(DAY);
    await updateMemory(owner, { id: first.memory.id, content: "Ann lives in Bonn by the garden" });
    await createMemory(owner, { content: "Cleo lives in Rome" });
    await revert(owner, { changeIds: [first.changes[0]?.id ?? ""] });
    const digest = (await headOf(owner)).digest;
    const again = plain([
      withoutTime(await ask({ stateAt: String(seq), dryRun: false })),
      await graph({ stateAt: String(seq) }),
    ]);
    expect(again).toEqual([then, names]);
    expect(JSON.stringify(again)).toContain("Ulm");
    const now = JSON.stringify(plain([await ask()]));
    expect(now).toContain("Rome");
    expect(now).not.toContain("Ulm");
    expect((await headOf(owner)).digest).toBe(digest);
    expect(await perform("retrievals.list", owner, {})).toMatchObject({ items: [] });
  });

  it("holds no words that were erased later, also when it was laid out before", async () => {
    const workspace = await freshWorkspace();
    const { owner, clock } = workspace;
    const { memory } = await createMemory(owner, { content: "a secret of Ann" });
    await createMemory(owner, { content: "nothing special" });
    clock.advance(DAY);
    const at = { asOf: "2" };
    expect(JSON.stringify(await perform("memories.list", owner, at))).toContain("secret");
    await purgeMemory(owner, { id: memory.id, confirm: memory.id });
    const after = JSON.stringify([
      await perform("memories.list", owner, at),
      await perform("changes.list", owner, at),
    ]);
    expect(after).not.toContain("secret");
    expect(after).toContain("nothing special");
  });

  it("is refused for a point that is ahead of the ledger, and is the present for a time to come", async () => {
    const { owner } = await freshWorkspace();
    await createMemory(owner, { content: "tea" });
    expect((await refusal(perform("memories.list", owner, { asOf: "2" }))).code).toBe("invalid_input");
    expect(await perform("memories.list", owner, { asOf: "2099-01-01" })).toMatchObject({ total: 1 });
    expect(await perform("memories.list", owner, { asOf: "0" })).toMatchObject({ total: 0 });
  });
});

const withoutTime = (answer: unknown): unknown => ({ ...(answer as object), tookMs: 0 });
