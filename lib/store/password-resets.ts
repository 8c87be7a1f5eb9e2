import { newSecret, secretHash } from "./access";
import { prisma } from "./prisma";
import type { Millis, WorkspaceId } from "@/lib/domain/ids";
import type { PasswordReset } from "@/lib/store/generated/client";

export type { PasswordReset };

export interface NewPasswordReset {
  readonly personId: string;
  readonly workspaceId: WorkspaceId;
  readonly createdBy: string;
  readonly expiresAt: Millis;
}

/** Returns the link's secret; only its hash is kept. The person's earlier link opens nothing from now on. */
export async function putPasswordReset({ personId, expiresAt, ...made }: NewPasswordReset): Promise<string> {
  const secret = newSecret("reset");
  const data = { ...made, hash: secretHash(secret), expiresAt: new Date(expiresAt) };
  await prisma().passwordReset.upsert({
    where: { personId },
    create: { personId, ...data },
    update: data,
  });
  return secret;
}

export async function findPasswordReset(secret: string, now: Millis): Promise<PasswordReset | null> {
  const row = await prisma().passwordReset.findUnique({ where: { hash: secretHash(secret) } });
  return row !== null && row.expiresAt.getTime() > now ? row : null;
}

/** Whoever deletes the row has it; a second visitor at the same moment deletes nothing. */
export async function spendPasswordReset({ hash }: PasswordReset): Promise<boolean> {
  return (await prisma().passwordReset.deleteMany({ where: { hash } })).count === 1;
}
