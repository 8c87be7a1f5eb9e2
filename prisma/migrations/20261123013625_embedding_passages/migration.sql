-- AlterTable
ALTER TABLE "Embedding" ADD COLUMN     "passages" BYTEA NOT NULL DEFAULT '\x';

-- Random numbers do not compress.
ALTER TABLE "Embedding" ALTER COLUMN "passages" SET STORAGE EXTERNAL;
