-- CreateTable
CREATE TABLE "TestQuestion" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "conditions" JSONB NOT NULL,
    "grades" JSONB NOT NULL,
    "note" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "TestQuestion_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "TestQuestion_workspaceId_key_key" ON "TestQuestion"("workspaceId", "key");

-- As every table of a workspace's data: a session sees the rows of the workspace it works in.
ALTER TABLE "TestQuestion" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "TestQuestion" FORCE ROW LEVEL SECURITY;
CREATE POLICY "one_workspace" ON "TestQuestion" USING ("workspaceId" = (SELECT NULLIF(current_setting('app.workspace', true), '')::uuid));
