/**
 * A program for tests: writes random commands into a workspace and tells each change on standard output once it is
 * committed, as {id, seq} per line. Says "ready" first and begins at the first line on standard input. While the
 * database is away it tries on.
 * Arguments: workspace, seed, how many commands (0: until it is killed).
 */
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";

import type { Context } from "@/lib/commands/context";
import { brand, millis, type WorkspaceId } from "@/lib/domain/ids";
import { commander } from "./random-commands";
import { seededRandom } from "./seeded-random";

const [, , workspace = "", seed = "0", count = "0"] = process.argv;
const key = uuidv7();
const ctx: Context = {
  workspaceId: brand<WorkspaceId>(workspace),
  actor: `key:${key}`,
  scopes: ["read", "write", "feedback", "curate", "admin"],
  trust: "owner",
  source: `owner:key/${key}`,
  channel: "rest",
  installation: false,
  now: () => millis(Date.now()),
  idempotency: null,
};
const { next } = commander({ callers: [ctx], random: seededRandom(Number(seed)), withModel: false });

process.stdout.write("ready\n");
await once(process.stdin, "data");
process.stdin.pause();
for (let done = 0; Number(count) === 0 || done < Number(count); done += 1) {
  try {
    for (const { id, seq } of await next()) process.stdout.write(`${JSON.stringify({ id, seq })}\n`);
  } catch {
    await delay(20);
  }
}
process.exit(0);
