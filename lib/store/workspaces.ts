import { prisma } from "./prisma";

export interface ListedWorkspace {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  /** When it was put away; null: it is open. */
  readonly archivedAt: Date | null;
  /** seq of its newest change; 0 for an empty ledger. */
  readonly headSeq: number;
}

/** Every workspace of the installation, oldest first; for programs that look after all of them, never for a request. */
export async function listWorkspaces(): Promise<readonly ListedWorkspace[]> {
  const rows = await prisma().workspace.findMany({
    select: { id: true, name: true, createdAt: true, archivedAt: true, headSeq: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({ ...row, headSeq: Number(row.headSeq) }));
}

export const openWorkspaces = async (): Promise<readonly ListedWorkspace[]> =>
  (await listWorkspaces()).filter(({ archivedAt }) => archivedAt === null);

export async function updateWorkspace(
  id: string,
  patch: { readonly name?: string; readonly archivedAt?: Date | null },
): Promise<void> {
  await prisma().workspace.updateMany({ where: { id }, data: patch });
}

/** Puts a workspace away unless it is the last one that is open; two at the same moment do so one after the other. */
export async function archiveWorkspace(id: string, at: Date): Promise<boolean> {
  const count = await prisma().$executeRaw`
    WITH open AS (SELECT "id" FROM "Workspace" WHERE "archivedAt" IS NULL ORDER BY "id" FOR UPDATE)
    UPDATE "Workspace" SET "archivedAt" = ${at} WHERE "id" = ${id}::uuid AND "archivedAt" IS NULL AND (SELECT count(*) FROM open) > 1`;
  return count === 1;
}
