import type { Client } from "pg";
import type { Place } from "./standpoint";

/**
 * Tables and views of one connection alone, under the names of the real ones and found before them: the ledger ends at `seq`,
 * and the projection is empty, to be filled with that state. Statements of the present then read the past without knowing it.
 * What can be computed from texts alone (vectors, names, places on the map) is shared with the present.
 */
export async function makePastTables(client: Client, { workspaceId, seq, at }: Place): Promise<void> {
  const { rows } = await client.query<{ name: string }>("SELECT quote_ident(current_schema()) AS name");
  const real = (table: string) => `${rows[0]?.name ?? "public"}."${table}"`;
  // Only numbers and a time of our own making stand in these statements; such statements take no parameters.
  const [own, time] = [
    `"workspaceId" = '${workspaceId}'::uuid`,
    `'${new Date(at).toISOString()}'::timestamptz`,
  ];
  const upTo = Number(seq);
  for (const table of ["Memory", "Relation", "GraphEdit", "WorkspaceState", "ChangeStatus", "MemoryUse"])
    await client.query(
      `CREATE TEMP TABLE "${table}" (LIKE ${real(table)} INCLUDING DEFAULTS INCLUDING INDEXES)`,
    );
  await client.query(`CREATE TEMP VIEW "Change" AS SELECT * FROM ${real("Change")} WHERE "seq" <= ${upTo}`);
  await client.query(
    `CREATE TEMP VIEW "ChangeText" AS SELECT * FROM ${real("ChangeText")} WHERE "seq" <= ${upTo}`,
  );
  await client.query(
    `CREATE TEMP VIEW "ChangeEffect" AS SELECT * FROM ${real("ChangeEffect")} WHERE "seq" <= ${upTo}`,
  );
  await client.query(
    `CREATE TEMP VIEW "Retrieval" AS SELECT * FROM ${real("Retrieval")} WHERE "at" <= ${time} AND "seq" <= ${upTo}`,
  );
  await client.query(`
    CREATE TEMP VIEW "Signal" AS SELECT * FROM ${real("Signal")} s WHERE s."recordedAt" < ${time} OR (s."recordedAt" = ${time} AND NOT EXISTS (
      SELECT 1 FROM ${real("Change")} c WHERE c."workspaceId" = s."workspaceId" AND c."groupId" = s."groupId" AND c."seq" > ${upTo}))`);
  await client.query(`
    INSERT INTO "MemoryUse" ("workspaceId", "memoryId", "uses", "lastUsedAt")
    SELECT "workspaceId", shown."id", count(*), max("at") FROM "Retrieval" CROSS JOIN LATERAL unnest("shown") AS shown("id") WHERE ${own} GROUP BY 1, 2`);
  await makeWorkspace(client, real("Workspace"), { workspaceId, upTo });
  await makeCycles(client, real, { own, time, upTo });
}

interface Cut {
  readonly own: string;
  readonly time: string;
  readonly upTo: number;
}

async function makeWorkspace(
  client: Client,
  real: string,
  { workspaceId, upTo }: { readonly workspaceId: string; readonly upTo: number },
): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE "Workspace" AS SELECT * FROM ${real} WHERE "id" = '${workspaceId}'::uuid`,
  );
  await client.query(`
    UPDATE "Workspace" SET "headSeq" = ${upTo}, "headDigest" = coalesce(
      (SELECT "digest" FROM "Change" WHERE "workspaceId" = '${workspaceId}'::uuid AND "seq" = ${upTo}), '\\x'::bytea)`);
}

/** Bookkeeping of cycles: what was begun by then, and no decision that came later. */
async function makeCycles(
  client: Client,
  real: (table: string) => string,
  { own, time, upTo }: Cut,
): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE "Cycle" AS SELECT * FROM ${real("Cycle")} WHERE ${own} AND "startedAt" <= ${time} AND "fromSeq" <= ${upTo}`,
  );
  await client.query(
    `CREATE TEMP TABLE "Proposal" AS SELECT * FROM ${real("Proposal")} WHERE ${own} AND "createdAt" <= ${time}`,
  );
  await client.query(
    `CREATE TEMP TABLE "Decision" AS SELECT * FROM ${real("Decision")} WHERE ${own} AND "at" <= ${time}`,
  );
  await client.query(`
    UPDATE "Proposal" SET "state" = 'waiting', "decidedBy" = NULL, "decidedAt" = NULL, "decisionReason" = NULL, "measured" = NULL, "changeIds" = '{}'
    WHERE coalesce("decidedAt", CASE WHEN "state" = 'expired' THEN "expiresAt" END) > ${time}`);
  await client.query(`
    UPDATE "Cycle" c SET "watch" = (SELECT coalesce(jsonb_agg(w), '[]'::jsonb) FROM jsonb_array_elements(c."watch") w WHERE (w->>'at')::timestamptz <= ${time})
    WHERE c."watch" <> '[]'::jsonb`);
  await client.query(`
    UPDATE "Cycle" c SET "state" = CASE WHEN c."finishedAt" > ${time} THEN 'running' ELSE 'waiting' END, "finishedAt" = CASE WHEN c."finishedAt" > ${time} THEN NULL ELSE c."finishedAt" END
    WHERE c."finishedAt" > ${time} OR (c."state" IN ('applied', 'partly', 'declined') AND EXISTS (
      SELECT 1 FROM "Proposal" p WHERE p."cycleId" = c."id" AND p."state" = 'waiting'))`);
}
