import { inWorkspace } from "./prisma";
import { seal, unseal } from "./sealed";
import type { Millis, WorkspaceId } from "@/lib/domain/ids";

/** What a command with this key answered. `status` 0: it is being carried out, or its process died before it answered. */
export interface StoredAnswer {
  readonly operation: string;
  readonly bodyHash: Uint8Array;
  readonly status: number;
  readonly answer: unknown;
}

export interface Claim {
  readonly key: string;
  readonly operation: string;
  readonly bodyHash: Uint8Array<ArrayBuffer>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function findAnswer(workspaceId: WorkspaceId, key: string): Promise<StoredAnswer | null> {
  const row = await inWorkspace(workspaceId, async (tx) => {
    const [found] = await tx.$queryRaw<StoredAnswer[]>`
      SELECT "operation", "bodyHash", "status", "answer" FROM "IdempotentAnswer" WHERE "workspaceId" = ${workspaceId}::uuid AND "key" = ${key}`;
    return found ?? null;
  });
  return row === null ? null : { ...row, answer: await opened(row.answer, placeOf(workspaceId, key)) };
}

/** Takes the key for a command that writes outside the ledger; false: it was taken before. The ledger's own claim it as they append. */
export const claimKey = (
  workspaceId: WorkspaceId,
  { key, operation, bodyHash }: Claim,
  at: Millis,
): Promise<boolean> =>
  inWorkspace(workspaceId, async (tx) => {
    const claimed = await tx.$executeRaw`
      INSERT INTO "IdempotentAnswer" ("workspaceId", "key", "operation", "bodyHash", "status", "answer", "createdAt")
      VALUES (${workspaceId}::uuid, ${key}, ${operation}, ${bodyHash}, 0, 'null', ${new Date(at)}) ON CONFLICT DO NOTHING`;
    return claimed === 1;
  });

/** A command that was refused, or only previewed, has used up nothing. */
export const freeKey = (workspaceId: WorkspaceId, key: string): Promise<void> =>
  inWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`
      DELETE FROM "IdempotentAnswer" WHERE "workspaceId" = ${workspaceId}::uuid AND "key" = ${key} AND "status" = 0`;
  });

/**
 * Completes the claim of a command. An answer with a secret, which is kept nowhere else but as a hash, is sealed with the key file.
 * A command that claimed nothing has written nothing, and nothing is kept of it.
 */
export async function saveAnswer(
  workspaceId: WorkspaceId,
  { key, bodyHash }: Claim,
  answer: Answer,
): Promise<void> {
  const { status, body } = answer;
  const kept = holdsSecret(body)
    ? { sealed: await sealed(JSON.stringify(body), placeOf(workspaceId, key)) }
    : body;
  await inWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`
      UPDATE "IdempotentAnswer" SET "status" = ${status}, "bodyHash" = ${bodyHash}, "answer" = ${JSON.stringify(kept)}::jsonb
      WHERE "workspaceId" = ${workspaceId}::uuid AND "key" = ${key}`;
  });
}

const placeOf = (workspaceId: WorkspaceId, key: string): string => `answer ${workspaceId} ${key}`;

const holdsSecret = (body: unknown): boolean =>
  typeof body === "object" && body !== null && "secret" in body && typeof body.secret === "string";

const sealed = async (text: string, place: string): Promise<string> =>
  Buffer.from(await seal(text, place)).toString("base64");

async function opened(answer: unknown, place: string): Promise<unknown> {
  if (
    typeof answer !== "object" ||
    answer === null ||
    !("sealed" in answer) ||
    typeof answer.sealed !== "string"
  )
    return answer;
  return JSON.parse(await unseal(Buffer.from(answer.sealed, "base64"), place));
}
