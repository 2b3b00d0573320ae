-- AlterTable
ALTER TABLE "release_evaluation" ADD COLUMN     "environment" JSONB,
ADD COLUMN     "environment_sha256" TEXT;
