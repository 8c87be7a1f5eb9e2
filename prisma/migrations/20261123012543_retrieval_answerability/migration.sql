-- AlterTable
ALTER TABLE "Retrieval" ADD COLUMN     "answerability" DOUBLE PRECISION;
