import { firstWorkspace } from "./access";
import { inWorkspace } from "./prisma";
import { brand, type WorkspaceId } from "@/lib/domain/ids";

/** Newest seq of the ledger and of the projection in the first workspace. They move in one transaction, so they never part for long. */
export async function ledgerHeads(): Promise<{ ledger: number; projection: number }> {
  const workspace = await firstWorkspace();
  if (workspace === null) return { ledger: 0, projection: 0 };
  return inWorkspace(brand<WorkspaceId>(workspace.id), async (tx) => {
    const [row] = await tx.$queryRaw<{ ledger: bigint; projection: bigint | null }[]>`
      SELECT w."headSeq" AS "ledger", greatest((SELECT max("seq") FROM "Memory" WHERE "workspaceId" = w."id"), (SELECT "seq" FROM "WorkspaceState" WHERE "workspaceId" = w."id"),
        (SELECT max("seq") FROM "Relation" WHERE "workspaceId" = w."id"), (SELECT max("seq") FROM "GraphEdit" WHERE "workspaceId" = w."id")) AS "projection"
      FROM "Workspace" w WHERE w."id" = ${workspace.id}::uuid`;
    return { ledger: Number(row?.ledger ?? 0), projection: Number(row?.projection ?? 0) };
  });
}
