-- CreateTable
CREATE TABLE "Cycle" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "trigger" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "dryRun" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "stages" JSONB NOT NULL,
    "metrics" JSONB NOT NULL,
    "cost" JSONB NOT NULL,
    "fromSeq" BIGINT NOT NULL,
    "toSeq" BIGINT NOT NULL,
    "groupId" UUID NOT NULL,
    "failure" JSONB,
    "watch" JSONB NOT NULL,
    "cancelled" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Cycle_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "CycleLease" (
    "workspaceId" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "cycleId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CycleLease_pkey" PRIMARY KEY ("workspaceId")
);

-- CreateTable
CREATE TABLE "Proposal" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "cycleId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "risk" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "targets" JSONB NOT NULL,
    "targetIds" TEXT[],
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "payload" JSONB NOT NULL,
    "certainty" DOUBLE PRECISION NOT NULL,
    "uses" INTEGER NOT NULL,
    "gate" JSONB NOT NULL,
    "support" JSONB,
    "predicted" JSONB NOT NULL,
    "measured" JSONB,
    "changeIds" UUID[],
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decisionReason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "Decision" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "proposalId" UUID NOT NULL,
    "certainty" DOUBLE PRECISION NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Cycle_workspaceId_number_key" ON "Cycle"("workspaceId", "number");

-- CreateIndex
CREATE INDEX "Proposal_workspaceId_cycleId_idx" ON "Proposal"("workspaceId", "cycleId");

-- CreateIndex
CREATE INDEX "Proposal_workspaceId_state_expiresAt_idx" ON "Proposal"("workspaceId", "state", "expiresAt");

-- CreateIndex
CREATE INDEX "Proposal_workspaceId_subject_idx" ON "Proposal"("workspaceId", "subject");

-- CreateIndex
CREATE INDEX "Decision_workspaceId_subject_idx" ON "Decision"("workspaceId", "subject");

-- CreateIndex
CREATE INDEX "Decision_workspaceId_kind_at_idx" ON "Decision"("workspaceId", "kind", "at");

-- The changes of one cycle, for its revert and its state; most changes belong to none.
CREATE INDEX "Change_cycleId_idx" ON "Change" ("workspaceId", "cycleId") WHERE "cycleId" IS NOT NULL;
-- Proposals about one memory, for an erasure.
CREATE INDEX "Proposal_targetIds_idx" ON "Proposal" USING gin ("targetIds");

-- As every table of a workspace's data: a session sees the rows of the workspace it works in.
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['Cycle', 'CycleLease', 'Proposal', 'Decision'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY "one_workspace" ON %I USING ("workspaceId" = (SELECT NULLIF(current_setting(''app.workspace'', true), '''')::uuid))', name);
    END LOOP;
END $$;
