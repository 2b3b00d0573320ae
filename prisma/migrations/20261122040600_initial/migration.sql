-- CreateEnum
CREATE TYPE "Role" AS ENUM ('administrator', 'custodian', 'approver', 'auditor', 'viewer');

-- CreateEnum
CREATE TYPE "ConnectionKind" AS ENUM ('azure_key_vault', 'azure_managed_hsm');

-- CreateEnum
CREATE TYPE "Environment" AS ENUM ('local', 'test', 'production');

-- CreateEnum
CREATE TYPE "KekStatus" AS ENUM ('creating', 'active', 'retired_disabled', 'retired_deleted', 'failed');

-- CreateEnum
CREATE TYPE "OperationKind" AS ENUM ('create_kek', 'retire_kek', 'import_key', 'enable_key', 'reject_key', 'disable_key', 'mark_compromised', 'delete_key', 'reenable_key');

-- CreateEnum
CREATE TYPE "OperationStatus" AS ENUM ('pending', 'succeeded', 'failed', 'indeterminate');

-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('uploading', 'indeterminate', 'awaiting_review', 'enabling', 'enabled', 'rejecting', 'rejected', 'substituted', 'failed');

-- CreateEnum
CREATE TYPE "EnableRequestStatus" AS ENUM ('awaiting_review', 'enabling', 'enabled', 'rejected', 'failed', 'withdrawn');

-- CreateEnum
CREATE TYPE "Decision" AS ENUM ('approve', 'reject');

-- CreateEnum
CREATE TYPE "IdempotencyStatus" AS ENUM ('running', 'done');

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_role" (
    "person_id" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_role_pkey" PRIMARY KEY ("person_id","role")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_use_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "ConnectionKind" NOT NULL,
    "url" TEXT NOT NULL,
    "environment" "Environment" NOT NULL,
    "credential" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection_health" (
    "connection_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3),
    "latency_ms" INTEGER,
    "last_answer_at" TIMESTAMPTZ(3),
    "last_error_at" TIMESTAMPTZ(3),
    "last_error_code" TEXT,
    "clock_skew_ms" INTEGER,
    "indexed_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_health_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "connection_operation" (
    "connection_id" UUID NOT NULL,
    "operation" TEXT NOT NULL,
    "worked_at" TIMESTAMPTZ(3),
    "refused_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_operation_pkey" PRIMARY KEY ("connection_id","operation")
);

-- CreateTable
CREATE TABLE "key_record" (
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "latest_version" TEXT,
    "kty" TEXT,
    "size_or_curve" TEXT,
    "enabled" BOOLEAN,
    "not_before" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "vault_created_at" TIMESTAMPTZ(3),
    "vault_updated_at" TIMESTAMPTZ(3),
    "hsm_platform" TEXT,
    "origin" TEXT NOT NULL,
    "tags" JSONB NOT NULL,
    "managed" BOOLEAN NOT NULL DEFAULT false,
    "ever_enabled" BOOLEAN,
    "compromised" BOOLEAN NOT NULL DEFAULT false,
    "deleted_at" TIMESTAMPTZ(3),
    "scheduled_purge_at" TIMESTAMPTZ(3),
    "recovery_level" TEXT,
    "purged_at" TIMESTAMPTZ(3),
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_version" (
    "id" UUID NOT NULL,
    "key_record_id" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "kid" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "not_before" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "vault_created_at" TIMESTAMPTZ(3),
    "vault_updated_at" TIMESTAMPTZ(3),
    "kty" TEXT,
    "size_or_curve" TEXT,
    "key_ops" TEXT[],
    "tags" JSONB NOT NULL,
    "public_jwk" JSONB,
    "spki_sha256" TEXT,
    "jwk_thumbprint" TEXT,
    "hsm_platform" TEXT,
    "exportable" BOOLEAN,
    "ever_enabled" BOOLEAN,
    "compromised_at" TIMESTAMPTZ(3),
    "compromised_by_id" UUID,
    "compromised_reason" TEXT,
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kek" (
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT,
    "kid" TEXT,
    "bits" INTEGER NOT NULL,
    "public_jwk" JSONB,
    "spki_sha256" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "status" "KekStatus" NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_by_id" UUID,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "kek_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operation" (
    "id" UUID NOT NULL,
    "kind" "OperationKind" NOT NULL,
    "connection_id" UUID NOT NULL,
    "key_name" TEXT NOT NULL,
    "key_version" TEXT,
    "actor_id" UUID NOT NULL,
    "params" JSONB NOT NULL,
    "status" "OperationStatus" NOT NULL,
    "phase" TEXT,
    "code" TEXT,
    "outcome" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "finished_by" TEXT,
    "import_id" UUID,
    "kek_id" UUID,
    "enable_request_id" UUID,

    CONSTRAINT "operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "importer_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "kek_id" UUID,
    "kek_kid" TEXT NOT NULL,
    "kek_spki_sha256" TEXT NOT NULL,
    "key_name" TEXT NOT NULL,
    "created_name" BOOLEAN NOT NULL,
    "status" "ImportStatus" NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "target" JSONB NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_sha256" TEXT NOT NULL,
    "file_length" INTEGER NOT NULL,
    "sent_sha256" TEXT NOT NULL,
    "sent_length" INTEGER NOT NULL,
    "generator" TEXT,
    "preflight" JSONB NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "arrived_at" TIMESTAMPTZ(3),
    "key_version" TEXT,
    "kid" TEXT,
    "public_key_sha256" TEXT,
    "jwk_thumbprint" TEXT,
    "receipt" JSONB,
    "frozen_request" TEXT,
    "frozen_sha256" TEXT,
    "failure_code" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "check_window_ms" INTEGER,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enable_request" (
    "id" UUID NOT NULL,
    "requester_id" UUID NOT NULL,
    "importer_id" UUID,
    "connection_id" UUID NOT NULL,
    "key_name" TEXT NOT NULL,
    "key_version" TEXT NOT NULL,
    "kid" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "EnableRequestStatus" NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "frozen_request" TEXT NOT NULL,
    "frozen_sha256" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "failure_code" TEXT,

    CONSTRAINT "enable_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval" (
    "id" UUID NOT NULL,
    "import_id" UUID,
    "importer_id" UUID,
    "enable_request_id" UUID,
    "requester_id" UUID,
    "approver_id" UUID NOT NULL,
    "decision" "Decision" NOT NULL,
    "reason" TEXT NOT NULL,
    "frozen_sha256" TEXT NOT NULL,
    "compared_by" TEXT,
    "compared_value" TEXT,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "act_before" TIMESTAMPTZ(3) NOT NULL,
    "acted_at" TIMESTAMPTZ(3),
    "voided_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alarm" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "key_name" TEXT NOT NULL,
    "key_version" TEXT,
    "import_id" UUID,
    "facts" JSONB NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by_id" UUID,
    "acknowledgement" TEXT,

    CONSTRAINT "alarm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_draft" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "connection_id" UUID,
    "kek_kid" TEXT,
    "file_name" TEXT,
    "file_sha256" TEXT,
    "file_length" INTEGER,
    "answers" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT,
    "session_id" UUID,
    "connection_id" UUID,
    "vault_name" TEXT,
    "key_name" TEXT,
    "key_version" TEXT,
    "operation_id" UUID,
    "import_id" UUID,
    "kek_id" UUID,
    "enable_request_id" UUID,
    "phase" TEXT NOT NULL,
    "code" TEXT,
    "vault_request_id" TEXT,
    "details" JSONB NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "person_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "params_sha256" TEXT NOT NULL,
    "status" "IdempotencyStatus" NOT NULL,
    "answer" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("person_id","action","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_issuer_subject_key" ON "person"("issuer", "subject");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "connection_name_key" ON "connection"("name");

-- CreateIndex
CREATE UNIQUE INDEX "connection_url_key" ON "connection"("url");

-- CreateIndex
CREATE INDEX "key_record_expires_at_idx" ON "key_record"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "key_record_connection_id_name_key" ON "key_record"("connection_id", "name");

-- CreateIndex
CREATE INDEX "key_version_kid_idx" ON "key_version"("kid");

-- CreateIndex
CREATE UNIQUE INDEX "key_version_key_record_id_version_key" ON "key_version"("key_record_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "kek_kid_key" ON "kek"("kid");

-- CreateIndex
CREATE INDEX "operation_status_deadline_at_idx" ON "operation"("status", "deadline_at");

-- CreateIndex
CREATE INDEX "operation_import_id_idx" ON "operation"("import_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_reference_key" ON "import"("reference");

-- CreateIndex
CREATE INDEX "import_status_idx" ON "import"("status");

-- CreateIndex
CREATE UNIQUE INDEX "import_id_importer_id_key" ON "import"("id", "importer_id");

-- CreateIndex
CREATE UNIQUE INDEX "enable_request_id_requester_id_key" ON "enable_request"("id", "requester_id");

-- CreateIndex
CREATE INDEX "alarm_acknowledged_at_idx" ON "alarm"("acknowledged_at");

-- CreateIndex
CREATE INDEX "import_draft_owner_id_idx" ON "import_draft"("owner_id");

-- CreateIndex
CREATE INDEX "audit_event_at_idx" ON "audit_event"("at");

-- CreateIndex
CREATE INDEX "audit_event_connection_id_key_name_idx" ON "audit_event"("connection_id", "key_name");

-- CreateIndex
CREATE INDEX "audit_event_import_id_idx" ON "audit_event"("import_id");

-- AddForeignKey
ALTER TABLE "person_role" ADD CONSTRAINT "person_role_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_health" ADD CONSTRAINT "connection_health_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_operation" ADD CONSTRAINT "connection_operation_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_record" ADD CONSTRAINT "key_record_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_version" ADD CONSTRAINT "key_version_key_record_id_fkey" FOREIGN KEY ("key_record_id") REFERENCES "key_record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "kek" ADD CONSTRAINT "kek_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation" ADD CONSTRAINT "operation_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_kek_id_fkey" FOREIGN KEY ("kek_id") REFERENCES "kek"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enable_request" ADD CONSTRAINT "enable_request_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_import_fkey" FOREIGN KEY ("import_id", "importer_id") REFERENCES "import"("id", "importer_id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_enable_request_fkey" FOREIGN KEY ("enable_request_id", "requester_id") REFERENCES "enable_request"("id", "requester_id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alarm" ADD CONSTRAINT "alarm_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE SET NULL ON UPDATE CASCADE;
