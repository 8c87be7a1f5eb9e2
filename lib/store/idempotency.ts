import { inWorkspace } from "./prisma";
import type { WorkspaceId } from "@/lib/domain/ids";

/** What a command with this key answered. `status` 0: it is being carried out, or its process died before it answered. */
export interface StoredAnswer {
  readonly operation: string;
  readonly bodyHash: Uint8Array;
  readonly status: number;
  readonly answer: unknown;
}

export const findAnswer = (workspaceId: WorkspaceId, key: string): Promise<StoredAnswer | null> =>
  inWorkspace(workspaceId, async (tx) => {
    const [row] = await tx.$queryRaw<StoredAnswer[]>`
      SELECT "operation", "bodyHash", "status", "answer" FROM "IdempotentAnswer" WHERE "workspaceId" = ${workspaceId}::uuid AND "key" = ${key}`;
    return row ?? null;
  });

/** Completes the claim that the command's own transaction made; a command that wrote nothing claimed nothing. */
export const saveAnswer = (workspaceId: WorkspaceId, key: string, answer: { readonly status: number; readonly body: unknown }): Promise<void> =>
  inWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`
      UPDATE "IdempotentAnswer" SET "status" = ${answer.status}, "answer" = ${JSON.stringify(answer.body)}::jsonb
      WHERE "workspaceId" = ${workspaceId}::uuid AND "key" = ${key}`;
  });
