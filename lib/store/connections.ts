import { Pool, types, type Client, type PoolClient } from "pg";
import { Prisma } from "@/lib/store/generated/client";
import { env } from "@/lib/env";
import { statementNames } from "./statement-names";

/** Sends parameterised SQL, in the form that `sql` composes. Statements that are not waited for one by one travel together. */
export interface Statements {
  readonly $queryRaw: <T>(text: TemplateStringsArray, ...values: unknown[]) => Promise<T>;
  /** Resolves to the number of rows it touched. */
  readonly $executeRaw: (text: TemplateStringsArray, ...values: unknown[]) => Promise<number>;
}

const CONNECTIONS = 10;
const WAIT_FOR_CONNECTION_MS = 15_000;
/** What a connection has planned is lost with it, so it is kept over a pause for thought. */
const IDLE_MS = 300_000;

// One pool per process: Next reloads modules in development.
const held = globalThis as { palimpsestPool?: Pool };

/** The process's connections, which Prisma uses too. */
export function connections(): Pool {
  held.palimpsestPool ??= open();
  return held.palimpsestPool;
}

export async function closeConnections(): Promise<void> {
  const pool = held.palimpsestPool;
  delete held.palimpsestPool;
  await pool?.end();
}

function open(): Pool {
  const connectionString = env.databaseUrl;
  if (connectionString === null)
    throw new Error("no database: DATABASE_URL is not set; start with `npm start`, which provides one");
  const pool = new Pool({
    connectionString,
    max: CONNECTIONS,
    pipeline: true,
    connectionTimeoutMillis: WAIT_FOR_CONNECTION_MS,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
  });
  // A connection that is lost while nobody uses it is replaced by the next who needs one.
  pool.on("error", () => undefined);
  return pool;
}

/** A pooler that keeps no prepared statements is told of in the address, as Prisma has always had it. */
export const keepsStatements = (): boolean =>
  new URL(env.databaseUrl ?? "").searchParams.get("pgbouncer") !== "true";

const nameOf = statementNames();
export const statementName = (statement: {
  readonly sql: string;
  readonly args: readonly unknown[];
}): string => (keepsStatements() ? nameOf(statement) : "");

/** Statements on one connection while its transaction is open, or, on the pool, each on whichever connection is free. */
export function statementsOn(
  connection: Pool | PoolClient | Client,
  isOpen: () => boolean = () => true,
): Statements {
  const send = async (text: TemplateStringsArray, values: readonly unknown[]) => {
    if (!isOpen()) throw new Error("a statement came after the end of its transaction");
    const statement = Prisma.sql(text, ...values);
    return connection.query({
      name: statementName({ sql: statement.text, args: statement.values }),
      text: statement.text,
      values: statement.values,
      types: { getTypeParser },
    });
  };
  return {
    // The rows' shape is named by whoever wrote the statement, as with any raw SQL.
    $queryRaw: async <T>(text: TemplateStringsArray, ...values: unknown[]) =>
      (await send(text, values)).rows as T,
    $executeRaw: async (text, ...values) => (await send(text, values)).rowCount ?? 0,
  };
}

/** How PostgreSQL's types are read where the driver's own way would lose something; by the numbers of the types. */
const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, BigInt],
  [types.builtins.NUMERIC, Number],
  // A copy of its own, because a small Buffer is a part of a larger one.
  [types.builtins.BYTEA, (text) => new Uint8Array(Buffer.from(text.slice("\\x".length), "hex"))],
  [types.builtins.DATE, (text) => new Date(`${text}T00:00:00Z`)],
  [types.builtins.TIMESTAMP, (text) => new Date(`${text.replace(" ", "T")}Z`)],
]);

// The driver's own signature has an overload per format.
const getTypeParser = ((oid: number, format?: "text" | "binary") =>
  PARSERS.get(oid) ?? types.getTypeParser(oid, format)) as typeof types.getTypeParser;
