/** A store of six notes, two of them the same and two in each other's way, for cycles to work on. */
import { beforeEach, expect } from "vitest";

import { createMemories } from "@/lib/commands/create-memory";
import { getMemory } from "@/lib/queries/memory";
import { inWorkspace } from "@/lib/store/prisma";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { verify } from "@/lib/queries/verify";
import { freshWorkspace, type TestWorkspace } from "./workspace";

const TEXTS = [
  "Ann drinks green tea",
  "Ann drinks green tea in the morning",
  "Bob lives in Rome",
  "Bob lives in Oslo",
  "The build takes ten minutes",
  "The office is closed on Friday",
];

interface Written {
  readonly op: string;
  readonly groupId: string;
  readonly actor: string;
}

/** Fills a fresh workspace before each test of the file that calls it. */
export function sixNotes() {
  let workspace: TestWorkspace;
  let ids: string[];
  beforeEach(async () => {
    workspace = await freshWorkspace();
    const { items } = await createMemories(
      workspace.owner,
      TEXTS.map((content) => ({ content })),
    );
    ids = items.map((item) => item.memory.id);
  });
  const nth = (i: number) => () => ids[i] ?? "";
  return {
    texts: TEXTS,
    owner: () => workspace.owner,
    workspaceId: () => workspace.workspaceId,
    clock: () => workspace.clock,
    ids: () => ids,
    tea: nth(0),
    morning: nth(1),
    rome: nth(2),
    oslo: nth(3),
    build: nth(4),
    memory: async (id: string) => (await getMemory(workspace.owner, { id })).memory,
    changesOf: (cycleId: string) =>
      inWorkspace(
        workspace.workspaceId,
        (tx) => tx.$queryRaw<Written[]>`
          SELECT "op", "groupId", "actor" FROM "Change"
          WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "cycleId" = ${cycleId}::uuid ORDER BY "seq"`,
      ),
    verified: async () =>
      expect(await verify(workspace.owner)).toMatchObject({ ok: true, projection: { mismatches: [] } }),
    bounds: () => tuneParameter(workspace.owner, { name: "cycle.bound.status", value: 1 }),
  };
}
