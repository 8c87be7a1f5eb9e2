import { prisma } from "./prisma";

/** Every workspace of the installation, oldest first; for programs that look after all of them, never for a request. */
export const listWorkspaces = (): Promise<{ id: string; name: string }[]> =>
  prisma().workspace.findMany({
    select: { id: true, name: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
