import { changesWhere } from "@/lib/store/ledger-reader";
import { isKnownForm } from "@/lib/domain/ids";
import { sql, type Sql } from "@/lib/store/sql";
import type { Change, ChangeWith } from "@/lib/domain/ledger/change";
import type { CreateRevertIn } from "@/lib/contracts/change";
import type { Tx } from "@/lib/store/prisma";

/**
 * A bad memory spoils more than itself: an answer that failed because of it was blamed on all that was shown. What the
 * others learned in those recalls can be cleared with it, at one of three levels: none of it, the blame, or all of it.
 */
export interface Contamination {
  readonly level: "none" | "blame" | "all";
  /** What the level adds to the revert. */
  readonly chosen: readonly Change[];
  readonly memories: number;
  readonly blame: number;
  readonly all: number;
}

export const CLEAN: Contamination = { level: "none", chosen: [], memories: 0, blame: 0, all: 0 };

/** What other memories learned in recalls that showed one which the selected changes had made. */
export async function contaminationOf(
  tx: Tx,
  selected: readonly Change[],
  input: CreateRevertIn,
): Promise<Contamination> {
  const level = input.contamination ?? (input.includeContaminated ? "all" : "none");
  const unmade = selected.filter((c) => c.op === "create" || c.op === "merge").map((c) => c.target.id);
  if (unmade.length === 0) return { ...CLEAN, level };
  const learned = (await changesWhere(tx, unmade, learnedBeside(unmade))).filter(isObservation);
  const blame = learned.filter(isBlame);
  return {
    level,
    chosen: level === "none" ? [] : level === "blame" ? blame : learned,
    memories: new Set(learned.map((c) => c.target.id)).size,
    blame: blame.length,
    all: learned.length,
  };
}

/** Condition on c: an observation of another memory, from a judged recall that showed one of these, still in force. A memory that was never shown costs no look at the log. */
export function learnedBeside(memories: readonly string[]): Sql {
  const known = memories.filter(isKnownForm);
  return sql`c."op" = 'observe' AND NOT c."targetId" = ANY(${known}::uuid[]) AND c."groupId" IN (
    SELECT g."groupId" FROM "Retrieval" r JOIN "Signal" g ON g."workspaceId" = r."workspaceId" AND g."retrievalId" = r."id"
    WHERE r."workspaceId" = c."workspaceId" AND r."shown" && ${known}::uuid[])
    AND EXISTS (SELECT 1 FROM "MemoryUse" u WHERE u."workspaceId" = current_setting('app.workspace')::uuid AND u."memoryId" = ANY(${known}::uuid[]))
    AND NOT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live')`;
}

const isObservation = (change: Change): change is ChangeWith<"observe"> => change.op === "observe";

const isBlame = ({ payload: { weight } }: ChangeWith<"observe">): boolean => weight[1] > weight[0];
