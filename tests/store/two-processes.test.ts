/** That two processes writing into one workspace at once lose nothing and leave no gap. */
import { expect, inject, it } from "vitest";

import { verify } from "@/lib/queries/verify";
import { inWorkspace } from "@/lib/store/prisma";
import { startWriter } from "../support/start-writer";
import { freshWorkspace } from "../support/workspace";

const COMMANDS = 80;

it("two processes at once lose nothing, and seq has no gap", async () => {
  const { workspaceId, owner } = await freshWorkspace();
  const writers = await Promise.all(
    [1, 2].map((seed) => startWriter(inject("databaseUrl"), { workspaceId, seed, count: COMMANDS })),
  );
  for (const writer of writers) writer.go();
  expect(await Promise.all(writers.map((writer) => writer.ended))).toEqual([0, 0]);
  const rows = await inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<{ id: string; seq: bigint; actor: string }[]>`
    SELECT "id", "seq", "actor" FROM "Change" ORDER BY "seq"`,
  );
  expect(rows.map((row) => Number(row.seq))).toEqual(rows.map((_, i) => i + 1));
  const written = new Map(rows.map((row) => [row.id, Number(row.seq)]));
  for (const { acknowledged } of writers) {
    expect(acknowledged.length).toBeGreaterThan(COMMANDS / 2);
    for (const { id, seq } of acknowledged) expect(written.get(id)).toBe(seq);
  }
  const turns = rows.filter((row, i) => i > 0 && row.actor !== rows[i - 1]?.actor);
  expect(turns.length, "they have to have written at the same time").toBeGreaterThan(10);
  expect(await verify(owner)).toMatchObject({ ok: true, head: { seq: rows.length } });
});
