-- CreateTable
CREATE TABLE "Webhook" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "secret" BYTEA NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "trouble" TEXT,
    "cursorSeq" BIGINT NOT NULL,
    "retryAt" TIMESTAMPTZ(3),
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "workspaceId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "webhookId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "event" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateIndex
CREATE INDEX "WebhookDelivery_workspaceId_webhookId_state_seq_id_idx" ON "WebhookDelivery"("workspaceId", "webhookId", "state", "seq", "id");

-- As every table of a workspace's data: a session sees the rows of the workspace it works in.
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['Webhook', 'WebhookDelivery'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY "one_workspace" ON %I USING ("workspaceId" = (SELECT NULLIF(current_setting(''app.workspace'', true), '''')::uuid))', name);
    END LOOP;
END $$;
