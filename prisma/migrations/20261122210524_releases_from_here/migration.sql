-- AlterEnum
ALTER TYPE "OperationKind" ADD VALUE 'release_key';

-- CreateTable
CREATE TABLE "attestation_token" (
    "sha256" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attestation_token_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "release_evidence" (
    "id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "token_sha256" TEXT NOT NULL,
    "operation_id" UUID,
    "supplied_by_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "release_evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_evaluation" (
    "digest" TEXT NOT NULL,
    "evidence_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "expected" TEXT,
    "policy_sha256" TEXT,
    "changed_from" TIMESTAMPTZ(3),
    "changed_to" TIMESTAMPTZ(3),
    "evaluated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "release_evaluation_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE INDEX "release_evidence_digest_at_idx" ON "release_evidence"("digest", "at");

-- CreateIndex
CREATE INDEX "release_evidence_operation_id_idx" ON "release_evidence"("operation_id");

-- CreateIndex
CREATE INDEX "release_evaluation_verdict_idx" ON "release_evaluation"("verdict");

-- What was given as evidence stays as it was given.
CREATE TRIGGER attestation_token_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attestation_token
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER release_evidence_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON release_evidence
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
ALTER TABLE release_evidence ADD CONSTRAINT release_evidence_of_one_source
  CHECK (num_nonnulls(operation_id, supplied_by_id) = 1);
-- One release of ours is one record of the vault's.
CREATE UNIQUE INDEX release_evidence_one_record_of_an_operation ON release_evidence (operation_id)
  WHERE operation_id IS NOT NULL;
ALTER TABLE release_evaluation
  ADD CONSTRAINT release_evaluation_verdict_known
    CHECK (verdict IN ('agrees', 'diverges', 'policy-not-known', 'not-by-policy')),
  ADD CONSTRAINT release_evaluation_expected_known CHECK (expected IN ('allow', 'deny'));
