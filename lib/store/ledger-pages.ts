import { Prisma } from "@/lib/store/generated/client";
import { CHANGE_COLUMNS, type ChangeRow } from "./rows";
import type { Seq } from "@/lib/domain/ids";
import type { Tx } from "./prisma";

/** Large enough that the round trip does not matter, small enough that a page of long texts stays modest. */
const ROWS_PER_PAGE = 5000;

/** The next rows of the ledger in seq order, after one seq and up to and with another; none when there are no more. */
export async function ledgerPage(
  tx: Tx,
  { after, upTo }: { readonly after: Seq; readonly upTo: Seq },
): Promise<ChangeRow[]> {
  return tx.$queryRaw<ChangeRow[]>`
    SELECT ${Prisma.raw(CHANGE_COLUMNS)} FROM "Change" c LEFT JOIN "ChangeText" t USING ("workspaceId", "seq")
    WHERE c."workspaceId" = current_setting('app.workspace')::uuid AND c."seq" > ${after} AND c."seq" <= ${upTo} ORDER BY c."seq" LIMIT ${ROWS_PER_PAGE}`;
}

/** Where the ledger ends: the newest seq and the chain's digest there. */
export interface Head {
  readonly seq: Seq;
  readonly digest: Uint8Array;
}
