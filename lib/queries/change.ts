import { changesWhere, ledgerReader } from "@/lib/store/ledger-reader";
import { constantSql, sql } from "@/lib/store/sql";
import { CHANGE_COLUMNS, toChange, type ChangeRow } from "@/lib/store/rows";
import { CONSTANTS } from "@/lib/domain/parameters";
import { inWorkspace, type Tx } from "@/lib/store/prisma";
import { knownId, notFound, type ChangeId } from "@/lib/domain/ids";
import { presentChanges } from "./change-out";
import type { Asker, InputOf } from "./asker";
import type { Change } from "@/lib/domain/ledger/change";
import type { ChangeOut, gotChange } from "@/lib/contracts/change";

export type GotChange = InputOf<typeof gotChange>;

/** Of a creation with a long history, or of an import, the first ones; the lists of changes have them all. */
const MOST_SHOWN = 200;

/** One change with what it stands on and what stands on it; neighbours are in the order of the ledger. */
export async function getChange(ctx: Asker, asked: { readonly id: string }): Promise<GotChange> {
  const id = knownId<ChangeId>(asked.id, "change");
  return inWorkspace(ctx.workspaceId, async (tx) => {
    const row = await rowOf(tx, id);
    const change = toChange(row);
    const reader = ledgerReader(tx);
    const group = await changesWhere(
      tx,
      [id],
      sql`c."groupId" = ${change.groupId}::uuid AND c."seq" < ${change.seq + MOST_SHOWN}`,
    );
    const around = {
      dependencies: await reader.changes(change.dependsOn),
      dependents: await reader.dependentsOf([id]),
      revertedBy: await reader.revertsOf([id]),
      group,
    };
    const [out] = await present(tx, [change]);
    if (out === undefined) throw notFound("change", id);
    return {
      change: out,
      dependencies: await present(tx, around.dependencies),
      dependents: await present(tx, around.dependents),
      revertedBy: await present(tx, around.revertedBy),
      group: await present(tx, around.group),
      support: await supportOut(tx, change),
      digest: Buffer.from(row.digest).toString("hex"),
      // JSON from the database.
      payload: change.payload as GotChange["payload"],
    };
  });
}

async function rowOf(tx: Tx, id: ChangeId): Promise<ChangeRow> {
  const [row] = await tx.$queryRaw<ChangeRow[]>`
    SELECT ${constantSql(CHANGE_COLUMNS)} FROM "Change" c LEFT JOIN "ChangeText" t USING ("workspaceId", "seq")
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."id" = ${id}::uuid`;
  if (row === undefined) throw notFound("change", id);
  return row;
}

async function present(tx: Tx, changes: readonly Change[]): Promise<ChangeOut[]> {
  if (changes.length === 0) return [];
  const seqs = changes.slice(0, MOST_SHOWN).map((c) => BigInt(c.seq));
  const shown = await presentChanges(tx, { where: sql`c."seq" = ANY(${seqs}::bigint[])`, limit: MOST_SHOWN });
  return shown.reverse();
}

/** What a decision rested on, in observations, and whether what is live of it still reaches the threshold. */
async function supportOut(tx: Tx, { support }: Change): Promise<GotChange["support"]> {
  if (support === null) return null;
  const notLive = await ledgerReader(tx).notLive(support.terms.map((t) => t.change));
  const terms = support.terms.map(({ change, amount }) => ({
    changeId: change,
    amount,
    live: !notLive.has(change),
  }));
  const held = terms.reduce((sum, { amount, live }) => sum + (live ? amount : 0), 0);
  const inObservations = (micros: number) => micros / CONSTANTS.micro;
  return {
    terms: terms.map((term) => ({ ...term, amount: inObservations(term.amount) })),
    threshold: inObservations(support.threshold),
    passes: held >= support.threshold,
  };
}
