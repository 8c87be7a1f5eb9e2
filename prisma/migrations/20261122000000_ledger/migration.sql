-- CreateTable
CREATE TABLE "Workspace" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "headSeq" BIGINT NOT NULL DEFAULT 0,
    "headDigest" BYTEA NOT NULL,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Change" (
    "workspaceId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "op" TEXT NOT NULL,
    "targetType" TEXT NOT NULL,
    "targetId" UUID NOT NULL,
    "objectId" UUID,
    "actor" TEXT NOT NULL,
    "cause" JSONB NOT NULL,
    "groupId" UUID NOT NULL,
    "cycleId" UUID,
    "payload" JSONB NOT NULL,
    "textHmac" BYTEA,
    "dependsOn" UUID[],
    "crossDependency" BOOLEAN NOT NULL DEFAULT false,
    "support" JSONB,
    "supportIds" UUID[],
    "reverts" UUID,
    "origin" TEXT,
    "session" TEXT,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("workspaceId","seq")
);

-- CreateTable
CREATE TABLE "ChangeText" (
    "workspaceId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "salt" BYTEA NOT NULL,
    "texts" JSONB NOT NULL,

    CONSTRAINT "ChangeText_pkey" PRIMARY KEY ("workspaceId","seq")
);

-- CreateTable
CREATE TABLE "ChangeStatus" (
    "workspaceId" UUID NOT NULL,
    "changeId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "by" UUID,
    "unsupported" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "ChangeStatus_pkey" PRIMARY KEY ("workspaceId","changeId")
);

-- CreateTable
CREATE TABLE "ChangeEffect" (
    "workspaceId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "ChangeEffect_pkey" PRIMARY KEY ("workspaceId","seq")
);

-- CreateTable
CREATE TABLE "Memory" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "exists" BOOLEAN NOT NULL,
    "erased" BOOLEAN NOT NULL DEFAULT false,
    "content" TEXT NOT NULL,
    "contentHash" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "tags" TEXT[],
    "metadata" JSONB NOT NULL,
    "userId" TEXT,
    "agentId" TEXT,
    "runId" TEXT,
    "sessionId" TEXT,
    "channel" TEXT NOT NULL,
    "sourceRef" TEXT,
    "speaker" TEXT,
    "trust" TEXT NOT NULL,
    "lifecycle" TEXT NOT NULL,
    "pinned" BOOLEAN NOT NULL DEFAULT false,
    "quarantined" BOOLEAN NOT NULL DEFAULT false,
    "mergedInto" UUID,
    "mergedFrom" UUID[],
    "supersededBy" UUID,
    "contestedWith" UUID[],
    "validAt" TIMESTAMPTZ(3) NOT NULL,
    "invalidAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" UUID,
    "evidence" JSONB NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "registers" JSONB NOT NULL,
    "kin" BOOLEAN NOT NULL DEFAULT false,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "Memory_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "Relation" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "exists" BOOLEAN NOT NULL,
    "fromId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "relation" TEXT NOT NULL,
    "registers" JSONB NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "Relation_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "WorkspaceState" (
    "workspaceId" UUID NOT NULL,
    "registers" JSONB NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "WorkspaceState_pkey" PRIMARY KEY ("workspaceId")
);

-- CreateTable
CREATE TABLE "Embedding" (
    "workspaceId" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "textHash" BYTEA NOT NULL,
    "vector" BYTEA NOT NULL,

    CONSTRAINT "Embedding_pkey" PRIMARY KEY ("workspaceId","model","textHash")
);

-- CreateTable
CREATE TABLE "Epoch" (
    "workspaceId" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "statistics" JSONB NOT NULL,

    CONSTRAINT "Epoch_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "Retrieval" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "query" TEXT NOT NULL,
    "queryKey" TEXT NOT NULL,
    "vector" BYTEA,
    "scope" JSONB NOT NULL,
    "asOf" TIMESTAMPTZ(3),
    "limit" INTEGER NOT NULL,
    "epoch" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "seed" TEXT,
    "tookMs" DOUBLE PRECISION NOT NULL,
    "shown" UUID[],
    "candidates" JSONB NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "Retrieval_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "Signal" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "retrievalId" UUID,
    "queryKey" TEXT,
    "outcome" DOUBLE PRECISION,
    "baseline" DOUBLE PRECISION,
    "raw" JSONB NOT NULL,
    "actor" TEXT NOT NULL,
    "source" TEXT,
    "groupId" UUID,
    "ranksChanged" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Signal_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "MemoryUse" (
    "workspaceId" UUID NOT NULL,
    "memoryId" UUID NOT NULL,
    "uses" INTEGER NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MemoryUse_pkey" PRIMARY KEY ("workspaceId","memoryId")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "trust" TEXT NOT NULL,
    "installation" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BrowserSession" (
    "hash" BYTEA NOT NULL,
    "workspaceId" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "scopes" TEXT[],
    "trust" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BrowserSession_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "LoginToken" (
    "hash" BYTEA NOT NULL,
    "workspaceId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LoginToken_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "IdempotentAnswer" (
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "bodyHash" BYTEA NOT NULL,
    "status" INTEGER NOT NULL,
    "answer" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IdempotentAnswer_pkey" PRIMARY KEY ("workspaceId","key")
);

-- CreateIndex
CREATE INDEX "Change_workspaceId_targetId_seq_idx" ON "Change"("workspaceId", "targetId", "seq");

-- CreateIndex
CREATE INDEX "Change_workspaceId_groupId_idx" ON "Change"("workspaceId", "groupId");

-- CreateIndex
CREATE UNIQUE INDEX "Change_workspaceId_id_key" ON "Change"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "Memory_workspaceId_seq_idx" ON "Memory"("workspaceId", "seq");

-- CreateIndex
CREATE INDEX "Memory_workspaceId_createdAt_id_idx" ON "Memory"("workspaceId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Memory_workspaceId_contentHash_idx" ON "Memory"("workspaceId", "contentHash");

-- CreateIndex
CREATE INDEX "Relation_workspaceId_fromId_idx" ON "Relation"("workspaceId", "fromId");

-- CreateIndex
CREATE INDEX "Relation_workspaceId_toId_idx" ON "Relation"("workspaceId", "toId");

-- CreateIndex
CREATE INDEX "Retrieval_workspaceId_at_idx" ON "Retrieval"("workspaceId", "at");

-- CreateIndex
CREATE INDEX "Signal_workspaceId_recordedAt_idx" ON "Signal"("workspaceId", "recordedAt");

-- CreateIndex
CREATE INDEX "Signal_workspaceId_retrievalId_idx" ON "Signal"("workspaceId", "retrievalId");

-- CreateIndex
CREATE INDEX "Signal_workspaceId_queryKey_idx" ON "Signal"("workspaceId", "queryKey");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_hash_key" ON "ApiKey"("hash");

-- CreateIndex
CREATE INDEX "ApiKey_workspaceId_idx" ON "ApiKey"("workspaceId");



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
