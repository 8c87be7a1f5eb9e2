import { inWorkspace } from "@/lib/store/prisma";
import type { WorkspaceId } from "@/lib/domain/ids";

/** The newest change of the ledger: its seq and the chain's digest, in hex. */
export const headOf = (ctx: {
  readonly workspaceId: WorkspaceId;
}): Promise<{ seq: number; digest: string }> =>
  inWorkspace(ctx.workspaceId, async (tx) => {
    const [row] = await tx.$queryRaw<
      { headSeq: bigint; headDigest: Uint8Array }[]
    >`SELECT "headSeq", "headDigest" FROM "Workspace" WHERE "id" = ${ctx.workspaceId}::uuid`;
    return { seq: Number(row?.headSeq ?? 0), digest: Buffer.from(row?.headDigest ?? []).toString("hex") };
  });
