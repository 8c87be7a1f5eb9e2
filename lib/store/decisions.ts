import { cycleRows, proposalRows, settleProposals, updateCycle } from "./cycles";
import { settledState } from "@/lib/domain/cycle/cycle";
import { sql } from "./sql";
import type { Applied } from "@/lib/domain/ledger/apply";
import type { ChangeWith } from "@/lib/domain/ledger/change";
import type { Millis } from "@/lib/domain/ids";
import type { Tx } from "./prisma";

/**
 * Proposals follow what the ledger says of their questions: one whose decline is taken back waits again, for as long as it had
 * left, and one whose decline is redone is declined again. Called by the append that switches a decline off or on.
 */
export async function followDeclines(
  tx: Tx,
  { statuses, changes }: Pick<Applied, "statuses" | "changes">,
  at: Millis,
): Promise<void> {
  const born = new Set(changes.map((c) => c.id));
  const moved = statuses.flatMap(({ change, after }) =>
    change.op === "decline" && !born.has(change.id) ? [{ change, isLive: after === "live" }] : [],
  );
  if (moved.length === 0) return;
  const rows = await proposalRows(
    tx,
    sql`p."id" = ANY(${moved.map(({ change }) => change.payload.proposal)}::uuid[])`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const touched = new Set<string>();
  for (const { change, isLive } of moved) {
    const row = byId.get(change.payload.proposal);
    // What was decided otherwise meanwhile stays so.
    if (row?.state !== (isLive ? "waiting" : "declined") || !row.changeIds.includes(change.id)) continue;
    if (isLive)
      await settleProposals(tx, [
        {
          id: row.id,
          state: "declined",
          by: change.actor,
          at: new Date(at),
          reason: change.cause.reason ?? null,
        },
      ]);
    else await waitAgain(tx, change, at);
    touched.add(row.cycleId);
  }
  for (const cycleId of touched) await settleCycle(tx, cycleId);
}

async function waitAgain(tx: Tx, { payload }: ChangeWith<"decline">, at: Millis): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Proposal" SET "state" = 'waiting', "expiresAt" = "expiresAt" + greatest(${new Date(at)} - "decidedAt", interval '0'), "decidedBy" = NULL, "decidedAt" = NULL, "decisionReason" = NULL
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "id" = ${payload.proposal}::uuid`;
}

/** Of a cycle that is through, its state follows from what has become of its proposals. */
async function settleCycle(tx: Tx, cycleId: string): Promise<void> {
  const [cycle] = await cycleRows(
    tx,
    sql`y."id" = ${cycleId}::uuid AND y."state" NOT IN ('running', 'failed', 'cancelled')`,
  );
  if (cycle === undefined) return;
  const state = settledState(
    (await proposalRows(tx, sql`p."cycleId" = ${cycleId}::uuid`)).map((p) => p.state),
  );
  if (state !== cycle.state) await updateCycle(tx, cycleId, { state });
}

/** After a restore or a rebuild: what was declined is remembered by what the ledger holds of it. */
export async function rememberDeclines(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Decision" ("workspaceId", "id", "at", "kind", "subject", "verdict", "proposalId", "certainty", "actor")
    SELECT c."workspaceId", c."id", c."at", c."payload"->>'kind', c."payload"->>'question', CASE WHEN (c."payload"->>'forever')::boolean THEN 'never' ELSE 'declined' END,
      (c."payload"->>'proposal')::uuid, (c."payload"->>'certainty')::float8, c."actor"
    FROM "Change" c WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."op" = 'decline' ON CONFLICT DO NOTHING`;
}
