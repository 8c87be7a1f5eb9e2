import { prisma } from "./prisma";

export interface ListedWorkspace {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  /** seq of its newest change; 0 for an empty ledger. */
  readonly headSeq: number;
}

/** Every workspace of the installation, oldest first; for programs that look after all of them, never for a request. */
export async function listWorkspaces(): Promise<readonly ListedWorkspace[]> {
  const rows = await prisma().workspace.findMany({
    select: { id: true, name: true, createdAt: true, headSeq: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({ ...row, headSeq: Number(row.headSeq) }));
}
