-- What the pages list most: memories that can be seen, newest first; who is merged into whom; which facts are contested.
CREATE INDEX "Memory_listed_idx" ON "Memory" ("workspaceId", "lifecycle", "createdAt", "id") INCLUDE ("confidence")
    WHERE "exists" AND NOT "erased" AND "mergedInto" IS NULL;
CREATE INDEX "Memory_merged_idx" ON "Memory" ("workspaceId", "mergedInto") WHERE "mergedInto" IS NOT NULL;
CREATE INDEX "Memory_contests_idx" ON "Memory" ("workspaceId") WHERE "contestedWith" <> '{}';
