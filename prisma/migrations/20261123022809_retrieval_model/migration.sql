-- AlterTable
ALTER TABLE "Retrieval" ADD COLUMN     "model" TEXT;
