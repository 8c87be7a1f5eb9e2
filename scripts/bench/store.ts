import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { v7 as uuidv7 } from "uuid";

import type { Context } from "@/lib/commands/context";
import { createMemories } from "@/lib/commands/create-memory";
import { refreshEpoch } from "@/lib/commands/refresh-epoch";
import { SCOPES } from "@/lib/domain/access";
import type { CreateMemoryIn } from "@/lib/contracts/memory";
import { brand, millis, type WorkspaceId } from "@/lib/domain/ids";
import { liveIndex } from "@/lib/search/live-index";
import { insertKey, insertWorkspace } from "@/lib/store/access";
import { ensureDatabase } from "@/lib/store/embedded-postgres";
import { migrate } from "@/lib/store/migrate";
import { disconnect } from "@/lib/store/prisma";

/** Root runs the database as `nobody`, who has to get in. */
const PASSABLE = 0o711;

/** Runs `work` on an empty database of its own, which is gone afterwards, or on the one in `kept`, which stays. */
export async function withDatabase<T>(work: (url: string) => Promise<T>, kept?: string): Promise<T> {
  const dataDir = kept ?? (await mkdtemp(path.join(tmpdir(), "palimpsest-bench-")));
  await mkdir(dataDir, { recursive: true });
  await chmod(dataDir, PASSABLE);
  const database = await ensureDatabase(dataDir);
  process.env["DATABASE_URL"] = database.url;
  try {
    await migrate(database.url);
    return await work(database.url);
  } finally {
    // The embedded server stops only when nobody is connected, so our own connections go first.
    await disconnect();
    await database.stop();
    if (kept === undefined) await rm(dataDir, { recursive: true, force: true });
  }
}

export interface BenchWorkspace {
  readonly ctx: Context;
  readonly secret: string;
}

/** An empty workspace with an owner's key. */
export async function openWorkspace(name: string): Promise<BenchWorkspace> {
  const id = brand<WorkspaceId>(uuidv7());
  await insertWorkspace({ id, name, createdAt: millis(Date.now()) });
  return enterWorkspace(id, name);
}

/** A workspace as an owner with a new key has it. */
export async function enterWorkspace(workspaceId: WorkspaceId, name: string): Promise<BenchWorkspace> {
  const now = () => millis(Date.now());
  const id = uuidv7();
  const { secret } = await insertKey({
    id,
    workspaceId,
    name,
    scopes: SCOPES,
    trust: "owner",
    installation: false,
    createdAt: now(),
    expiresAt: null,
  });
  const ctx: Context = {
    workspaceId,
    actor: `key:${id}`,
    scopes: SCOPES,
    trust: "owner",
    source: `owner:key/${id}`,
    channel: "bench",
    installation: false,
    now,
    idempotency: null,
  };
  return { ctx, secret };
}

const BATCH = 1000;
const POLL_MS = 50;

/** Remembers all of them through the product; returns the id each got, and how long the writing took. */
export async function remember(
  ctx: Context,
  inputs: readonly CreateMemoryIn[],
): Promise<{ ids: string[]; seconds: number }> {
  const ids: string[] = [];
  const started = performance.now();
  for (let from = 0; from < inputs.length; from += BATCH) {
    const { items } = await createMemories(ctx, inputs.slice(from, from + BATCH));
    ids.push(...items.map((item) => item.memory.id));
  }
  return { ids, seconds: (performance.now() - started) / 1000 };
}

/** Waits until every memory has its vector, then measures the words once, as a store at rest has them. */
export async function settle({ workspaceId }: Context): Promise<void> {
  while ((await liveIndex(workspaceId)).waiting.size > 0) await delay(POLL_MS);
  await refreshEpoch(workspaceId);
  await liveIndex(workspaceId);
}
