import { direct } from "./prisma";
import type { Seq } from "@/lib/domain/ids";

/** Below this, any plan is a good plan. */
const FIRST_CHANGES = 512;

/**
 * Has the database measure the tables of the ledger whenever a workspace's ledger has doubled. It does so by itself too,
 * but only after a minute, and until then its plans for a large import would read whole tables to find one row.
 */
export async function measureWhenDoubled(before: Seq, after: Seq): Promise<void> {
  if (after < FIRST_CHANGES || Math.floor(Math.log2(before || 1)) === Math.floor(Math.log2(after))) return;
  await direct()
    .$executeRaw`ANALYZE (SKIP_LOCKED) "Change", "ChangeText", "ChangeStatus", "ChangeEffect", "Memory", "Embedding"`
    // The append it follows is committed and must be answered; the database will measure by itself.
    .catch((error: unknown) =>
      console.warn(
        `The planner's figures stay as they are: ${error instanceof Error ? error.message : String(error)}`,
      ),
    );
}
