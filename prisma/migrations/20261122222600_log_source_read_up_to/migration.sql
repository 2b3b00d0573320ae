-- AlterTable
ALTER TABLE "log_source" ADD COLUMN     "read_up_to" TIMESTAMPTZ(3);
