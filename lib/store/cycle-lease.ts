import type { Tx } from "./prisma";

/** Whoever holds the lease, and no one else, may go on with a cycle; the clock is the database's own. */
export interface Lease {
  readonly owner: string;
  readonly cycleId: string;
  readonly seconds: number;
}

/** Takes the workspace's lease if nobody holds it, or whoever did has let it expire. */
export async function takeLease(tx: Tx, { owner, cycleId, seconds }: Lease): Promise<boolean> {
  const rows = await tx.$queryRaw<object[]>`
    INSERT INTO "CycleLease" AS l ("workspaceId", "owner", "cycleId", "expiresAt")
    VALUES (current_setting('app.workspace')::uuid, ${owner}, ${cycleId}::uuid, clock_timestamp() + make_interval(secs => ${seconds}))
    ON CONFLICT ("workspaceId") DO UPDATE SET "owner" = excluded."owner", "cycleId" = excluded."cycleId", "expiresAt" = excluded."expiresAt"
    WHERE l."expiresAt" < clock_timestamp() RETURNING 1`;
  return rows.length > 0;
}

/** Holds on to it for longer; false when somebody else has taken it over, and then this cycle is not ours any more. */
export async function renewLease(tx: Tx, { owner, cycleId, seconds }: Lease): Promise<boolean> {
  const renewed = await tx.$executeRaw`
    UPDATE "CycleLease" SET "expiresAt" = clock_timestamp() + make_interval(secs => ${seconds})
    WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "owner" = ${owner} AND "cycleId" = ${cycleId}::uuid`;
  return renewed > 0;
}

export async function releaseLease(tx: Tx, { owner, cycleId }: Lease): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "CycleLease" WHERE "workspaceId" = current_setting('app.workspace')::uuid AND "owner" = ${owner} AND "cycleId" = ${cycleId}::uuid`;
}
