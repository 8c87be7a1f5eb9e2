import type { PoolClient } from "pg";
import { connections, statementsOn, type Statements } from "./connections";
import type { WorkspaceId } from "@/lib/domain/ids";

const LONG_WORK_MS = 300_000;

export type Begin = "BEGIN" | "BEGIN ISOLATION LEVEL REPEATABLE READ";

export interface Planned<T> {
  readonly workspaceId: WorkspaceId;
  readonly begin: Begin;
  readonly work: (tx: Statements) => Promise<T>;
}

/** Runs `work` in one transaction under the workspace's row-level security. */
export async function transaction<T>(planned: Planned<T>): Promise<T> {
  const client = await connections().connect();
  const lost = (): void => undefined; // The statement under way is told, too.
  client.on("error", lost);
  try {
    const done = await carryOut(client, planned);
    client.release();
    return done;
  } catch (error) {
    await client.query("ROLLBACK").then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    );
    throw error;
  } finally {
    client.off("error", lost);
  }
}

/** The beginning is not waited for: it travels with the first statement of the work, and when it fails, so does that. */
async function carryOut<T>(client: PoolClient, { workspaceId, begin, work }: Planned<T>): Promise<T> {
  let open = true;
  const tx = statementsOn(client, () => open);
  const begun = Promise.all([
    client.query(begin),
    tx.$executeRaw`SELECT set_config('app.workspace', ${workspaceId}, true), set_config('statement_timeout', ${String(LONG_WORK_MS)}, true)`,
  ]);
  begun.catch(() => undefined);
  try {
    const done = await work(tx);
    await begun;
    return await commit(client, done);
  } finally {
    // Of statements that were sent side by side one may have failed; what the others lead to must not run outside.
    open = false;
  }
}

async function commit<T>(client: PoolClient, done: T): Promise<T> {
  const { command } = await client.query("COMMIT");
  // A statement that failed and was forgiven has ended the transaction all the same.
  if (command !== "COMMIT") throw new Error("a transaction whose statement had failed was to be committed");
  return done;
}
