/**
 * That nothing acknowledged is ever lost: a process writes and tells what is committed, and it, its database or both are
 * killed at random moments. The database is one of its own, for its server is killed as well.
 */
import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";

import type { WorkspaceId } from "@/lib/domain/ids";
import { verify } from "@/lib/queries/verify";
import { runningServer } from "@/lib/store/embedded-cluster";
import { embeddedHome } from "@/lib/store/embedded-home";
import { ensureDatabase, type EmbeddedDatabase } from "@/lib/store/embedded-postgres";
import { migrate } from "@/lib/store/migrate";
import { disconnect } from "@/lib/store/prisma";
import { seededRandom } from "../support/seeded-random";
import { startWriter, type Acknowledged, type Writer } from "../support/start-writer";
import { temporaryFolder } from "../support/temporary-folder";
import { freshWorkspace } from "../support/workspace";

const KILLS = 20;
const LONGEST_LIFE_MS = 350;
const PATIENCE_MS = 20_000;

let dataDir: string;
let database: EmbeddedDatabase;
let workspaceId: WorkspaceId;
let elsewhere: string | undefined;
const writers: Writer[] = [];

beforeAll(async () => {
  dataDir = await temporaryFolder("kill");
  database = await ensureDatabase(dataDir);
  await migrate(database.url);
  // This file's process reads through the database under test; the run's own is left alone.
  elsewhere = process.env.DATABASE_URL;
  process.env.DATABASE_URL = database.url;
  ({ workspaceId } = await freshWorkspace());
  await disconnect();
});

afterAll(async () => {
  for (const writer of writers) writer.process.kill("SIGKILL");
  await disconnect();
  process.env.DATABASE_URL = elsewhere;
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function writerWith(seed: number): Promise<Writer> {
  const writer = await startWriter(database.url, { workspaceId, seed, count: 0 });
  writers.push(writer);
  return writer;
}

async function killDatabase(): Promise<void> {
  const { cluster } = await embeddedHome(dataDir);
  const pid = runningServer(cluster)?.pid;
  if (pid === undefined) throw new Error("There is no database to kill.");
  process.kill(pid, "SIGKILL");
  // We hold the database too, so it is started again without our doing; until then there is nothing to ask.
  for (const deadline = Date.now() + PATIENCE_MS; ; await delay(50)) {
    const back = runningServer(cluster);
    if (back !== null && back.pid !== pid && (await answers())) return;
    if (Date.now() > deadline) throw new Error("The database did not come back.");
  }
}

async function answers(): Promise<boolean> {
  const client = new Client({ connectionString: database.url });
  client.on("error", () => undefined);
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

/** Every change the ledger holds, by id, after it has been verified as a whole. */
async function checked(): Promise<Map<string, number>> {
  const found = await verify({ workspaceId });
  expect(found).toMatchObject({
    ok: true,
    projection: { mismatches: [] },
    chain: { checked: found.head.seq },
  });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query("SELECT set_config('app.workspace', $1, false)", [workspaceId]);
  const { rows } = await client.query<{ id: string; seq: string }>(
    `SELECT "id", "seq" FROM "Change" ORDER BY "seq"`,
  );
  await client.end();
  await disconnect();
  expect(rows.map((row) => Number(row.seq))).toEqual(rows.map((_, i) => i + 1));
  return new Map(rows.map((row) => [row.id, Number(row.seq)]));
}

const VICTIMS = ["writer", "database", "both"] as const;

it(
  `after ${KILLS} kills at random moments nothing acknowledged is lost, and everything verifies`,
  { timeout: 120_000 },
  async () => {
    const random = seededRandom(20);
    const acknowledged: Acknowledged[] = [];
    let survivor: Writer | null = null;
    let next = writerWith(100);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const writer: Writer = survivor ?? (await next);
      if (survivor === null) {
        next = writerWith(101 + kill);
        writer.go();
      }
      const victim = VICTIMS[kill % VICTIMS.length];
      const before = writer.acknowledged.length;
      // At a random moment of its work, not of its warming up.
      for (const deadline = Date.now() + PATIENCE_MS; writer.acknowledged.length === before; await delay(5))
        if (Date.now() > deadline) throw new Error("The writer does not write.");
      await delay(random() * LONGEST_LIFE_MS);
      if (victim !== "database") writer.process.kill("SIGKILL");
      if (victim !== "writer") await killDatabase();
      if (victim === "database") survivor = writer;
      else {
        survivor = null;
        await writer.ended;
        acknowledged.push(...writer.acknowledged);
      }
      const told = survivor === null ? acknowledged : [...acknowledged, ...survivor.acknowledged];
      const ledger = await checked();
      for (const { id, seq } of told)
        expect(ledger.get(id), `change ${seq} was acknowledged before kill ${kill + 1}`).toBe(seq);
    }
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    // One was kept ready for a kill that did not come.
    (await next).process.kill("SIGKILL");
  },
);
