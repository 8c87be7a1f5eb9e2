-- What the pages count, without reading the wide rows of a ledger that is mostly creations. The first two are empty of them,
-- and the third holds each writer once, with eight bytes a memory.
CREATE INDEX "Change_rare_idx" ON "Change" ("workspaceId", "op", "seq") WHERE "op" <> 'create';
CREATE INDEX "Change_imported_idx" ON "Change" ("workspaceId", "groupId", "seq") WHERE "cause"->>'kind' = 'import';
CREATE INDEX "Change_written_idx" ON "Change" ("workspaceId", "actor", "origin") WHERE "op" IN ('create', 'merge');
-- The few memories with a mark.
CREATE INDEX "Memory_marked_idx" ON "Memory" ("workspaceId") WHERE "quarantined" OR "supersededBy" IS NOT NULL;
