import { CONSTANTS } from "@/lib/domain/parameters";
import type { Millis } from "@/lib/domain/ids";
import type { ProposalKind } from "@/lib/domain/cycle/proposal";
import type { TrustClass } from "@/lib/domain/memory/memory";
import type { Tx } from "@/lib/store/prisma";

/** Days that a proposal which applied itself has to stand before it counts as accepted. */
const STANDS_DAYS = CONSTANTS.lastWatchDay;
const MOST = 5000;

/** A proposal that was decided, and whether it was accepted and stands. */
export interface DecidedProposal {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly certainty: number;
  readonly accepted: boolean;
  /** Classes of the sources whose observations it rested on. */
  readonly restedOn: readonly TrustClass[];
}

/** The newest proposals that somebody decided, or that applied themselves and have stood for a week, or were taken back. */
export function decidedProposals(tx: Tx, now: Millis): Promise<DecidedProposal[]> {
  const stood = new Date(now - STANDS_DAYS * CONSTANTS.millisPerDay);
  return tx.$queryRaw<DecidedProposal[]>`
    SELECT d.*, ARRAY(
      SELECT DISTINCT split_part(c."payload"->>'source', ':', 1) FROM jsonb_array_elements(d."support"->'terms') AS t
      JOIN "Change" c ON c."workspaceId" = current_setting('app.workspace')::uuid AND c."id" = (t->>'change')::uuid AND c."op" = 'observe') AS "restedOn"
    FROM (
      SELECT p."id", p."kind", p."certainty", p."decidedAt", p."support", p."state" = 'applied' AND NOT x."reverted" AS "accepted"
      FROM "Proposal" p CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = p."workspaceId" AND s."changeId" = ANY(p."changeIds") AND s."state" = 'reverted') AS "reverted") x
      WHERE p."workspaceId" = current_setting('app.workspace')::uuid
        AND (p."state" = 'declined' OR (p."state" = 'applied' AND (p."decidedBy" NOT LIKE 'cycle:%' OR x."reverted" OR p."decidedAt" < ${stood})))
      ORDER BY p."decidedAt" DESC, p."id" LIMIT ${MOST}) d ORDER BY d."decidedAt", d."id"`;
}
