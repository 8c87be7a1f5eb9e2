-- CreateTable
CREATE TABLE "GraphEdit" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "targetType" TEXT NOT NULL,
    "exists" BOOLEAN NOT NULL,
    "registers" JSONB NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "GraphEdit_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "EntityPlace" (
    "workspaceId" UUID NOT NULL,
    "entityId" UUID NOT NULL,
    "x" DOUBLE PRECISION NOT NULL,
    "y" DOUBLE PRECISION NOT NULL,
    "community" INTEGER NOT NULL,

    CONSTRAINT "EntityPlace_pkey" PRIMARY KEY ("workspaceId","entityId")
);

-- CreateIndex
CREATE INDEX "GraphEdit_workspaceId_seq_idx" ON "GraphEdit"("workspaceId", "seq");

-- As every table of a workspace's data: a session sees the rows of the workspace it works in.
ALTER TABLE "GraphEdit" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "GraphEdit" FORCE ROW LEVEL SECURITY;
CREATE POLICY "one_workspace" ON "GraphEdit" USING ("workspaceId" = (SELECT NULLIF(current_setting('app.workspace', true), '')::uuid));
ALTER TABLE "EntityPlace" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "EntityPlace" FORCE ROW LEVEL SECURITY;
CREATE POLICY "one_workspace" ON "EntityPlace" USING ("workspaceId" = (SELECT NULLIF(current_setting('app.workspace', true), '')::uuid));
