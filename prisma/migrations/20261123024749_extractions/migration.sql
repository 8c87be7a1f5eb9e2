-- CreateTable
CREATE TABLE "Extraction" (
    "workspaceId" UUID NOT NULL,
    "extractor" TEXT NOT NULL,
    "textHash" BYTEA NOT NULL,
    "reading" JSONB NOT NULL,

    CONSTRAINT "Extraction_pkey" PRIMARY KEY ("workspaceId","extractor","textHash")
);

-- CreateIndex
CREATE INDEX "Relation_workspaceId_seq_idx" ON "Relation"("workspaceId", "seq");

-- As every table of a workspace's data: a session sees the rows of the workspace it works in.
ALTER TABLE "Extraction" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Extraction" FORCE ROW LEVEL SECURITY;
CREATE POLICY "one_workspace" ON "Extraction" USING ("workspaceId" = (SELECT NULLIF(current_setting('app.workspace', true), '')::uuid));
