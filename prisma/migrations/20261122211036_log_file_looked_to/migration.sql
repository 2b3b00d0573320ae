-- AlterTable
ALTER TABLE "log_file" ADD COLUMN     "looked_to" BIGINT NOT NULL DEFAULT -1;
