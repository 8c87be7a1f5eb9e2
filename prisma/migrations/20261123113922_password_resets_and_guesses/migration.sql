-- CreateTable
CREATE TABLE "PasswordReset" (
    "personId" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "workspaceId" UUID NOT NULL,
    "createdBy" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PasswordReset_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "GuessAllowance" (
    "name" BYTEA NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "GuessAllowance_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "PasswordReset_hash_key" ON "PasswordReset"("hash");

-- CreateIndex
CREATE INDEX "GuessAllowance_at_idx" ON "GuessAllowance"("at");
