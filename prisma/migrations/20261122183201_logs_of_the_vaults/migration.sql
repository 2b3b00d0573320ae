-- CreateTable
CREATE TABLE "log_source" (
    "place" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "problem_at" TIMESTAMPTZ(3),

    CONSTRAINT "log_source_pkey" PRIMARY KEY ("place")
);

-- CreateTable
CREATE TABLE "log_file" (
    "id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "vault" TEXT,
    "hour" TIMESTAMPTZ(3),
    "shape" TEXT,
    "read_to" BIGINT NOT NULL,
    "size" BIGINT NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_record" (
    "digest" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "vault" TEXT NOT NULL,
    "connection_id" UUID,
    "act" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "key_name" TEXT,
    "key_version" TEXT,
    "decision" TEXT NOT NULL,
    "status" INTEGER,
    "signature" TEXT,
    "release_code" TEXT,
    "description" TEXT,
    "object_id" TEXT,
    "app_id" TEXT,
    "upn" TEXT,
    "address" TEXT,
    "correlation_id" TEXT,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_record_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "log_record_aside" (
    "digest" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_record_aside_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE INDEX "log_file_vault_hour_idx" ON "log_file"("vault", "hour");

-- CreateIndex
CREATE UNIQUE INDEX "log_file_place_path_key" ON "log_file"("place", "path");

-- CreateIndex
CREATE INDEX "log_record_act_at_idx" ON "log_record"("act", "at");

-- CreateIndex
CREATE INDEX "log_record_connection_id_key_name_idx" ON "log_record"("connection_id", "key_name");

-- CreateIndex
CREATE INDEX "log_record_aside_read_at_idx" ON "log_record_aside"("read_at");

-- What a vault's log told is never changed here, and never forgotten.
CREATE TRIGGER log_record_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_record
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER log_record_aside_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_record_aside
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
ALTER TABLE log_record
  ADD CONSTRAINT log_record_act_known CHECK (act IN ('release', 'change')),
  ADD CONSTRAINT log_record_decision_known CHECK (decision IN ('allowed', 'denied', 'failed'));
