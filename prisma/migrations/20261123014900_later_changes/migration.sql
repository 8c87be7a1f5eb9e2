-- Row-level security lets an index answer only what cannot leak, and an overlap of arrays could. So the few changes that
-- stand on others, and the few that rest on evidence, are found by their place in the ledger, which is after what they name.
DROP INDEX "Change_crossDependency_idx";
DROP INDEX "Change_supportIds_idx";
CREATE INDEX "Change_crossing_idx" ON "Change" ("workspaceId", "seq") WHERE "crossDependency";
CREATE INDEX "Change_decided_idx" ON "Change" ("workspaceId", "seq") WHERE "support" IS NOT NULL;
