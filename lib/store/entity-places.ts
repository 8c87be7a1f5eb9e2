import { chunks } from "./chunks";
import { inWorkspace } from "./prisma";
import type { WorkspaceId } from "@/lib/domain/ids";

/** Where an entity stands on the map, and among whom. */
export interface EntityPlace {
  readonly entityId: string;
  readonly x: number;
  readonly y: number;
  readonly community: number;
}

/** All places that were laid out before, by the entity's id. */
export async function entityPlaces(workspaceId: WorkspaceId): Promise<Map<string, EntityPlace>> {
  const rows = await inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<EntityPlace[]>`
      SELECT "entityId", "x", "y", "community" FROM "EntityPlace" WHERE "workspaceId" = ${workspaceId}::uuid`,
  );
  return new Map(rows.map((row) => [row.entityId, row]));
}

/** Keeps a layout in the place of the one before. It is no part of the state: losing it costs a new one. */
export async function storePlaces(workspaceId: WorkspaceId, places: readonly EntityPlace[]): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`SET LOCAL synchronous_commit = off`;
    const ids = places.map((place) => place.entityId);
    await tx.$executeRaw`DELETE FROM "EntityPlace" WHERE "workspaceId" = ${workspaceId}::uuid AND "entityId" <> ALL(${ids}::uuid[])`;
    for (const part of chunks(places)) {
      await tx.$executeRaw`
        INSERT INTO "EntityPlace" ("workspaceId", "entityId", "x", "y", "community")
        SELECT ${workspaceId}::uuid, r."entityId", r."x", r."y", r."community"
        FROM jsonb_to_recordset(${JSON.stringify(part)}::jsonb) AS r("entityId" uuid, "x" float8, "y" float8, "community" int)
        ON CONFLICT ("workspaceId", "entityId") DO UPDATE SET "x" = excluded."x", "y" = excluded."y", "community" = excluded."community"`;
    }
  });
}
