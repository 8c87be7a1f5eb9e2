import { inWorkspace, type Tx } from "./prisma";
import { FIRST_EPOCH, type Epoch } from "@/lib/domain/recall/epoch";
import type { Millis, Seq, WorkspaceId } from "@/lib/domain/ids";

interface Statistics {
  readonly documents: number;
  readonly averageLength: number;
  readonly frequencies: Record<string, number>;
  readonly speakers: string[];
  /** Not noted before this was used. */
  readonly newestValidAt?: number | null;
}

/** Stores an epoch's statistics beside the parameter change that puts it in force, in the same transaction. */
export async function insertEpoch(
  tx: Tx,
  epoch: Epoch,
  at: { readonly seq: Seq; readonly time: Millis },
): Promise<void> {
  const { documents, averageLength, frequencies, speakers, newestValidAt } = epoch;
  const statistics: Statistics = {
    documents,
    averageLength,
    frequencies: Object.fromEntries(frequencies),
    speakers: [...speakers],
    newestValidAt,
  };
  await tx.$executeRaw`
    INSERT INTO "Epoch" ("workspaceId", "id", "seq", "createdAt", "statistics")
    VALUES (current_setting('app.workspace')::uuid, ${epoch.id}, ${at.seq}, ${new Date(at.time)}, ${JSON.stringify(statistics)}::jsonb)`;
}

/** An epoch whose statistics are gone (a ledger restored without them) reads as the first one. */
export const loadEpoch = (workspaceId: WorkspaceId, id: string): Promise<Epoch> =>
  inWorkspace(workspaceId, async (tx) => {
    const [row] = await tx.$queryRaw<
      { statistics: Statistics }[]
    >`SELECT "statistics" FROM "Epoch" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${id}`;
    return row
      ? {
          id,
          ...row.statistics,
          newestValidAt: row.statistics.newestValidAt ?? null,
          frequencies: new Map(Object.entries(row.statistics.frequencies)),
        }
      : { ...FIRST_EPOCH, id };
  });
