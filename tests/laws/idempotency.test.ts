/**
 * The one law that is about the store: which command came first is decided under the workspace's lock, and nowhere else.
 * A history is a few commands, each delivered once or several times, in any order, all at the same moment.
 */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { append, AlreadyClaimed } from "@/lib/store/append";
import { changesWhere } from "@/lib/store/ledger-reader";
import { createMemory } from "@/lib/commands/create-memory";
import { draft, type DraftHead, type Made } from "@/lib/domain/ledger/draft";
import { draftHead, envelope, newMemoryId, type Context } from "@/lib/commands/context";
import { freshWorkspace } from "@/tests/support/workspace";
import { inWorkspace } from "@/lib/store/prisma";
import { memoryId, millis } from "@/lib/domain/ids";
import { requireMemory } from "@/lib/queries/memory-rows";
import { RUNS, SEED } from "@/tests/support/check-laws";
import { birthOf } from "@/tests/support/scenario";
import { sql } from "@/lib/store/sql";
import { total } from "@/lib/domain/registers/evidence";
import type { Change, Draft, Weight } from "@/lib/domain/ledger/change";

const KINDS = ["create", "edit", "pin", "observe"] as const;
interface Command {
  readonly kind: (typeof KINDS)[number];
  readonly weight: number;
  readonly deliveries: number;
}
const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom(...KINDS),
  weight: fc.integer({ min: 1, max: 1000 }),
  deliveries: fc.integer({ min: 1, max: 3 }),
});

let ctx: Context;
let memory: Made;
let histories = 0;
let head = 0;

beforeAll(async () => {
  ctx = (await freshWorkspace()).owner;
  const made = await createMemory(ctx, { content: "likes espresso" });
  const [creation] = await news();
  if (creation === undefined) throw new Error("nothing was created");
  memory = { id: memoryId(made.memory.id), createdBy: creation.id };
});

/** What was appended since the last time this was asked. */
async function news(): Promise<Change[]> {
  const changes = await inWorkspace(ctx.workspaceId, (tx) =>
    changesWhere(tx, [head], sql`c."seq" > ${head}`),
  );
  head = changes.at(-1)?.seq ?? head;
  return changes;
}
const evidence = (): Promise<Weight> =>
  inWorkspace(ctx.workspaceId, async (tx) => total((await requireMemory(tx, memory.id)).view.evidence));

const OBSERVED = {
  source: "owner:me",
  at: millis(0),
  signalId: null,
  retrievalId: null,
  rank: null,
  queryKey: null,
  shares: null,
} as const;

function draftOf({ kind, weight }: Command, head: DraftHead): Draft {
  switch (kind) {
    case "create":
      return draft.create(head, newMemoryId(), birthOf(`memory of ${head.id}`));
    case "edit":
      return draft.edit(head, memory, { content: `text of ${head.id}`, madeFrom: [] });
    case "pin":
      return draft.pin(head, memory);
    case "observe":
      return draft.observe(head, memory, { ...OBSERVED, weight: [weight, 0] });
  }
}

/** One delivery of a command: a request of its own, with ids of its own, under the command's key. */
const deliver = (of: Command, key: string | null) =>
  append(
    { ...ctx, idempotency: key === null ? null : { key, operation: "test", bodyHash: new Uint8Array(32) } },
    {
      decide: async () => [draftOf(of, draftHead(envelope(ctx)))],
      answer: async (done) => done.changes.length,
    },
  );

async function oneChangeEach(commands: readonly Command[], keyed: boolean): Promise<void> {
  histories += 1;
  const before = await evidence();
  const deliveries = commands.flatMap((of, i) =>
    Array.from({ length: of.deliveries }, () => ({ of, key: keyed ? `${histories}-${i}` : null })),
  );
  const answers = await Promise.allSettled(deliveries.map(({ of, key }) => deliver(of, key)));

  const refused = answers.flatMap((a) => (a.status === "rejected" ? [a.reason] : []));
  expect(refused.filter((reason) => !(reason instanceof AlreadyClaimed))).toEqual([]);
  const kinds = (await news()).map((c) => c.op).sort();
  expect(kinds).toEqual(commands.map((c) => c.kind).sort());
  const told = commands.reduce((sum, c) => sum + (c.kind === "observe" ? c.weight : 0), 0);
  expect(await evidence()).toEqual([before[0] + told, before[1]]);
}
const check = (keyed: boolean, numRuns: number) =>
  fc.check(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 3 }), (commands) =>
      oneChangeEach(commands, keyed),
    ),
    { seed: SEED, numRuns, endOnFailure: true },
  );

describe("law of idempotency", () => {
  it(
    `the same command with the same key is one change, however often and at once it is delivered (${RUNS} histories, seed ${SEED})`,
    { timeout: RUNS * 1000 },
    async () => {
      const { failed, errorInstance } = await check(true, RUNS);
      if (failed) throw errorInstance;
    },
  );

  it("catches: the key is ignored", async () => {
    expect((await check(false, 50)).failed).toBe(true);
  });
});
