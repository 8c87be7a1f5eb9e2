import { Client } from "pg";
import { env } from "@/lib/env";
import { fillPast } from "./past-state";
import { inWorkspace } from "../prisma";
import { makePastTables } from "./past-tables";
import { Refusal } from "@/lib/domain/errors";
import { closesWithDatabase, standingAt, type Place, type Standpoint } from "./standpoint";
import { keepsStatements, statementsOn } from "../connections";

/** Earlier states that one process holds at once, each on a connection of its own; with its search index one is as large as the present. */
const MOST_HELD = 2;
/** A state that nobody looks at is let go of after this. */
const IDLE_MS = 300_000;
const STATEMENT_TIMEOUT_MS = 300_000;

interface Held {
  readonly there: Promise<Standpoint>;
  readonly close: () => Promise<void>;
  users: number;
  usedAt: number;
  /** Up to here the ledger was searched for erasures. */
  seenSeq: number;
}

interface Pasts {
  readonly held: Map<string, Held>;
  readonly waiting: (() => void)[];
}

// One set per process: Next may load this module once per route.
const shared = globalThis as { palimpsestPast?: Pasts };

/** Does work in which everything that is read is as it was at a point of the ledger. Laying it out takes a moment; after that it is kept for a while. */
export async function inPast<T>(place: Place, work: () => Promise<T>): Promise<T> {
  const held = await take(place);
  try {
    return await standingAt(await held.there, work);
  } finally {
    held.users -= 1;
    held.usedAt = performance.now();
    pasts().waiting.shift()?.();
    setTimeout(() => void letGoOfIdle(), IDLE_MS).unref();
  }
}

function pasts(): Pasts {
  if (shared.palimpsestPast) return shared.palimpsestPast;
  shared.palimpsestPast = { held: new Map(), waiting: [] };
  closesWithDatabase(async () => {
    const { held } = pasts();
    const all = [...held.values()];
    held.clear();
    await Promise.all(all.map((one) => one.close()));
  });
  return shared.palimpsestPast;
}

async function take(place: Place): Promise<Held> {
  await forgetErased(place);
  const { held, waiting } = pasts();
  const key = `${place.workspaceId} ${place.seq} ${place.at}`;
  for (;;) {
    const known = held.get(key);
    if (known !== undefined) {
      known.users += 1;
      return known;
    }
    if (held.size < MOST_HELD || letGoOfOldest()) break;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  const opened = open(place);
  held.set(key, opened);
  opened.there.catch(() => {
    if (held.get(key) === opened) held.delete(key);
    waiting.shift()?.();
  });
  return opened;
}

/** Makes room by closing the state that nobody has looked at for longest; false when all are being read. */
function letGoOfOldest(): boolean {
  const { held } = pasts();
  const idle = [...held].filter(([, one]) => one.users === 0).sort(([, a], [, b]) => a.usedAt - b.usedAt);
  const [oldest] = idle;
  if (oldest === undefined) return false;
  held.delete(oldest[0]);
  void oldest[1].close();
  return true;
}

function letGoOfIdle(): void {
  const { held } = pasts();
  for (const [key, one] of held) {
    if (one.users > 0 || performance.now() - one.usedAt < IDLE_MS) continue;
    held.delete(key);
    void one.close();
  }
}

/** An erasure reaches every state that still holds the words. */
async function forgetErased({ workspaceId }: Place): Promise<void> {
  const { held } = pasts();
  const own = [...held].filter(([key]) => key.startsWith(workspaceId));
  if (own.length === 0) return;
  const seen = Math.min(...own.map(([, one]) => one.seenSeq));
  const [row] = await inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<{ head: bigint; erased: bigint | null }[]>`
    SELECT w."headSeq" AS "head", (SELECT max(c."seq") FROM "Change" c WHERE c."workspaceId" = w."id" AND c."seq" > ${seen} AND c."op" = 'purge') AS "erased"
    FROM "Workspace" w WHERE w."id" = ${workspaceId}::uuid`,
  );
  for (const [key, one] of own) {
    if (Number(row?.erased ?? 0) > one.seenSeq) {
      held.delete(key);
      void one.close();
    } else one.seenSeq = Math.max(one.seenSeq, Number(row?.head ?? 0));
  }
}

function open(place: Place): Held {
  if (!keepsStatements())
    throw new Refusal(
      "unavailable",
      "An earlier state needs a connection of its own, which a pooler in transaction mode does not give. Connect to the database directly.",
    );
  const client = new Client({ connectionString: env.databaseUrl ?? "", pipeline: true });
  client.on("error", () => undefined);
  const closers: (() => void)[] = [];
  let isOpen = true;
  const close = async () => {
    isOpen = false;
    for (const run of closers) run();
    await client.end().catch(() => undefined);
  };
  const statements = statementsOn(client, () => isOpen);
  const there = layOut(client, place).then(
    (): Standpoint => ({ ...place, statements, onClose: (run) => void closers.push(run) }),
    async (error: unknown) => {
      await close();
      throw error;
    },
  );
  return { there, close, users: 1, usedAt: performance.now(), seenSeq: place.seq };
}

async function layOut(client: Client, place: Place): Promise<void> {
  await client.connect();
  await client.query(
    "SELECT set_config('app.workspace', $1, false), set_config('statement_timeout', $2, false)",
    [place.workspaceId, String(STATEMENT_TIMEOUT_MS)],
  );
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  const { rows } = await client.query<{ name: string }>("SELECT quote_ident(current_schema()) AS name");
  await makePastTables(client, place);
  await fillPast(statementsOn(client), place, rows[0]?.name ?? "public");
  await client.query("COMMIT");
  for (const table of ["Memory", "Relation", "GraphEdit", "ChangeStatus", "MemoryUse", "Proposal"])
    await client.query(`ANALYZE "${table}"`);
  // From here on the database itself refuses every write but to the tables of this connection.
  await client.query("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
}
