-- DropIndex
DROP INDEX "log_call_day_day_idx";

-- DropIndex
DROP INDEX "log_record_act_at_digest_idx";

-- DropIndex
DROP INDEX "log_record_correlation_id_idx";

-- AlterTable
ALTER TABLE "log_call_day" DROP CONSTRAINT "log_call_day_pkey",
ADD CONSTRAINT "log_call_day_pkey" PRIMARY KEY ("day", "call_id");

-- AlterTable
ALTER TABLE "log_record" DROP CONSTRAINT "log_record_pkey",
ADD CONSTRAINT "log_record_pkey" PRIMARY KEY ("act", "at", "digest");

-- CreateIndex
CREATE INDEX "log_record_digest_idx" ON "log_record" USING HASH ("digest");

-- CreateIndex
CREATE INDEX "log_record_correlation_id_idx" ON "log_record" USING HASH ("correlation_id");
