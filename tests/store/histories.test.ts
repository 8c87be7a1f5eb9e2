/** That the projection equals the fold after any history, through the real commands and the real store. */
import { describe, expect, it } from "vitest";

import { verify } from "@/lib/queries/verify";
import { AlreadyClaimed } from "@/lib/store/append";
import { createMemory } from "@/lib/commands/create-memory";
import { recordSignal } from "@/lib/commands/record-signal";
import { updateMemory } from "@/lib/commands/update-memory";
import { TRUST_CLASSES } from "@/lib/domain/memory/memory";
import { commander } from "../support/random-commands";
import { refusal } from "../support/answers";
import { seededRandom } from "../support/seeded-random";
import { freshWorkspace, withContext } from "../support/workspace";

const HISTORIES = 32;
const COMMANDS = 40;

describe("a random history", () => {
  it.each(Array.from({ length: HISTORIES }, (_, i) => i + 1))(
    "(seed %d) leaves the projection equal to the fold",
    async (seed) => {
      const workspace = await freshWorkspace();
      const random = seededRandom(seed);
      // A workspace of merges needs the model once in a while; the others measure nothing.
      const { next } = commander({
        callers: TRUST_CLASSES.map((c) => workspace[c]),
        random,
        withModel: seed % 8 === 0,
      });
      for (let done = 0; done < COMMANDS; done += 1) {
        await next();
        workspace.clock.advance(Math.floor(random() * 40_000_000));
        if (done % 20 === 19)
          expect((await verify(workspace.owner)).projection.mismatches, `after ${done + 1} commands`).toEqual(
            [],
          );
      }
      const found = await verify(workspace.owner);
      expect(found).toMatchObject({ ok: true, chain: { checked: found.head.seq } });
      expect(found.head.seq).toBeGreaterThan(COMMANDS / 2);
    },
  );
});

describe("a command with a key (law 14)", () => {
  const keyed = (key: string) => ({ idempotency: { key, operation: "test", bodyHash: new Uint8Array([1]) } });

  it("writes once, however often and at whatever moment it comes", async () => {
    const workspace = await freshWorkspace();
    const { memory } = await createMemory(workspace.owner, { content: "once" });
    const ctx = withContext(workspace.owner, keyed("k"));
    const all = await Promise.allSettled(
      Array.from({ length: 6 }, () =>
        recordSignal(ctx, { memories: [{ memoryId: memory.id, verdict: "helpful" }] }),
      ),
    );
    const failed = all.flatMap((r) => (r.status === "rejected" ? [r.reason as unknown] : []));
    expect(failed).toHaveLength(5);
    expect(failed.every((reason) => reason instanceof AlreadyClaimed)).toBe(true);
    expect((await verify(workspace.owner)).head.seq).toBe(2);
  });

  it("that was refused has used up nothing", async () => {
    const workspace = await freshWorkspace();
    const { memory } = await createMemory(workspace.owner, { content: "refused" });
    const ctx = withContext(workspace.owner, keyed("k"));
    expect((await refusal(updateMemory(ctx, { id: memory.id, pinned: true, expectedSeq: 0 }))).code).toBe(
      "conflict",
    );
    expect((await updateMemory(ctx, { id: memory.id, pinned: true })).changes).toHaveLength(1);
  });
});
