
-- What follows is beyond Prisma's schema language.

-- The ledger is append-only, whoever connects.
CREATE FUNCTION "refuse_rewriting_history"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on "%" is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "Change_append_only" BEFORE UPDATE OR DELETE ON "Change"
    FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting_history"();
CREATE TRIGGER "Change_never_truncated" BEFORE TRUNCATE ON "Change"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rewriting_history"();

-- Indexes over the few rows that have the column.
CREATE INDEX "Change_reverts_idx" ON "Change" ("workspaceId", "reverts") WHERE "reverts" IS NOT NULL;
CREATE INDEX "Change_objectId_idx" ON "Change" ("workspaceId", "objectId") WHERE "objectId" IS NOT NULL;
CREATE INDEX "Change_crossDependency_idx" ON "Change" USING gin ("dependsOn") WHERE "crossDependency";
CREATE INDEX "Change_supportIds_idx" ON "Change" USING gin ("supportIds") WHERE "support" IS NOT NULL;
CREATE INDEX "Change_session_idx" ON "Change" ("workspaceId", "session", "seq") WHERE "session" IS NOT NULL;
-- seq and time rise together, so block ranges are enough to find a time range.
CREATE INDEX "Change_at_idx" ON "Change" USING brin ("at");

-- A row is seen and written only under the workspace that the transaction names. Superusers are exempt by PostgreSQL's rules, so the
-- server connects as an ordinary role.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['Change', 'ChangeText', 'ChangeStatus', 'ChangeEffect', 'Memory', 'Relation', 'WorkspaceState', 'Embedding',
                                'Epoch', 'Retrieval', 'Signal', 'MemoryUse', 'IdempotentAnswer'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY "one_workspace" ON %I USING ("workspaceId" = (SELECT NULLIF(current_setting(''app.workspace'', true), '''')::uuid))', name);
    END LOOP;
END $$;

-- Vectors do not compress; trying costs time on every write.
ALTER TABLE "Embedding" ALTER COLUMN "vector" SET STORAGE EXTERNAL;
