import { constantSql } from "@/lib/store/sql";

/** Condition on "Signal" g: it moved nothing, or something of what it moved is still in force. Outcomes taken back say nothing. */
export const stillCounts = constantSql(`(g."groupId" IS NULL OR NOT EXISTS (
    SELECT 1 FROM "Change" c WHERE c."workspaceId" = g."workspaceId" AND c."groupId" = g."groupId" AND c."op" = 'observe')
  OR EXISTS (SELECT 1 FROM "Change" c WHERE c."workspaceId" = g."workspaceId" AND c."groupId" = g."groupId" AND c."op" = 'observe'
    AND NOT EXISTS (SELECT 1 FROM "ChangeStatus" s WHERE s."workspaceId" = c."workspaceId" AND s."changeId" = c."id" AND s."state" <> 'live')))`);
