/** That a server which is killed in the middle of a cycle leaves either nothing of it or all of it, and that the next one says which. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";

import { createMemories } from "@/lib/commands/create-memory";
import { getCycle, listCycles } from "@/lib/queries/cycles";
import { inWorkspace } from "@/lib/store/prisma";
import { recoverCycles } from "@/lib/commands/cycle/start-cycle";
import { tuneParameter } from "@/lib/commands/tune-parameter";
import { verify } from "@/lib/queries/verify";
import { freshWorkspace, type TestWorkspace } from "../support/workspace";

const PROGRAM = fileURLToPath(new URL("../support/cycle-program.ts", import.meta.url));

async function prepared(): Promise<{ workspace: TestWorkspace; ids: string[] }> {
  const workspace = await freshWorkspace({ start: Date.now() });
  const { items } = await createMemories(
    workspace.owner,
    ["Ann drinks tea", "Ann drinks green tea", "Bob lives in Rome"].map((content) => ({ content })),
  );
  await tuneParameter(workspace.owner, { name: "cycle.bound.status", value: 1 });
  return { workspace, ids: items.map((item) => item.memory.id) };
}

/** Runs a cycle in a process of its own and kills it: where it stands still, or so long after it came to a place. */
async function killed(
  workspace: TestWorkspace,
  ids: readonly string[],
  at: { readonly stage: string; readonly moment: string; readonly afterMs?: number },
): Promise<void> {
  const then = at.afterMs === undefined ? "stop" : "on";
  const child = spawn(
    process.execPath,
    ["--import", "tsx", PROGRAM, workspace.workspaceId, at.stage, at.moment, then, ...ids],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const gone = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout }))
    if (line === `at ${at.stage} ${at.moment}`) break;
  if (at.afterMs !== undefined) await delay(at.afterMs);
  child.kill("SIGKILL");
  await gone;
}

/** Nobody waits a minute for a lease in a test. */
const leaseRunsOut = (workspace: TestWorkspace) =>
  inWorkspace(
    workspace.workspaceId,
    (tx) =>
      tx.$executeRaw`UPDATE "CycleLease" SET "expiresAt" = now() - interval '1 hour' WHERE "workspaceId" = current_setting('app.workspace')::uuid`,
  );

async function changesAfterKill(workspace: TestWorkspace): Promise<number> {
  const [row] = await inWorkspace(
    workspace.workspaceId,
    (tx) => tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS "count" FROM "Change" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "cycleId" IS NOT NULL AND "op" <> 'revert'`,
  );
  return Number(row?.count ?? 0);
}

/** A merge with two members, a quarantine, and a tuned parameter. */
const WHOLE = 5;

async function aftermath(workspace: TestWorkspace) {
  const written = await changesAfterKill(workspace);
  await leaseRunsOut(workspace);
  expect(await recoverCycles(workspace.owner)).toBe(1);
  const [cycle] = (await listCycles(workspace.owner, {})).items;
  expect(await verify(workspace.owner)).toMatchObject({ ok: true, projection: { mismatches: [] } });
  const { cycle: whole } = await getCycle(workspace.owner, { id: cycle?.id ?? "" });
  return { written, whole };
}

describe("a server killed with its cycle", () => {
  it.each([
    ["propose", "ends"],
    ["gate", "ends"],
    ["apply", "begins"],
  ] as const)("at %s as it %s has changed nothing", async (stage, moment) => {
    vi.spyOn(console, "error").mockReturnValue();
    const { workspace, ids } = await prepared();
    await killed(workspace, ids, { stage, moment });
    const { written, whole } = await aftermath(workspace);
    expect(written).toBe(0);
    expect(whole).toMatchObject({
      state: "failed",
      failure: { stage, message: `The server stopped at ${stage}. Nothing was changed.` },
      waiting: 0,
    });
  });

  it.each([
    ["apply", "ends"],
    ["verify", "begins"],
    ["verify", "ends"],
  ] as const)(
    "at %s as it %s has changed everything, and the next one takes it to its end",
    async (stage, moment) => {
      const { workspace, ids } = await prepared();
      await killed(workspace, ids, { stage, moment });
      const { written, whole } = await aftermath(workspace);
      expect(written).toBe(WHOLE);
      expect(whole).toMatchObject({ state: "applied", failure: null });
      expect(whole.proposals.map((p) => p.state)).toEqual(["applied", "applied", "applied"]);
    },
  );

  it.each([0, 5, 12])("%s ms into applying has changed nothing or everything", async (afterMs) => {
    vi.spyOn(console, "error").mockReturnValue();
    const { workspace, ids } = await prepared();
    await killed(workspace, ids, { stage: "apply", moment: "begins", afterMs });
    const { written, whole } = await aftermath(workspace);
    expect([0, WHOLE]).toContain(written);
    expect(whole.state).toBe(written === 0 ? "failed" : "applied");
    expect(new Set(whole.proposals.map((p) => p.state))).toEqual(
      new Set([written === 0 ? "expired" : "applied"]),
    );
  });
});
