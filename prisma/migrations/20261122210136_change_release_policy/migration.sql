-- CreateEnum
CREATE TYPE "RequestedAct" AS ENUM ('enable', 'change_policy');

-- AlterEnum
ALTER TYPE "OperationKind" ADD VALUE 'change_policy';

-- AlterTable
ALTER TABLE "enable_request" ADD COLUMN     "act" "RequestedAct" NOT NULL DEFAULT 'enable';

-- CreateTable
CREATE TABLE "policy_test" (
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "key_name" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "claims" JSONB NOT NULL,
    "expected" TEXT NOT NULL,
    "added_by_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_by_id" UUID,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_test_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "policy_test_connection_id_key_name_idx" ON "policy_test"("connection_id", "key_name");

-- ── requests about a key's release policy: the rules of requests to enable again, word for word ──
DROP INDEX enable_request_one_open_per_version;
CREATE UNIQUE INDEX enable_request_one_open_per_version ON enable_request (connection_id, key_name, key_version, act)
  WHERE status IN ('awaiting_review', 'enabling');
CREATE OR REPLACE FUNCTION enable_request_immutable() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.act, NEW.requester_id, NEW.importer_id, NEW.connection_id, NEW.key_name, NEW.key_version, NEW.kid,
      NEW.frozen_request, NEW.frozen_sha256) IS DISTINCT FROM
     (OLD.id, OLD.act, OLD.requester_id, OLD.importer_id, OLD.connection_id, OLD.key_name, OLD.key_version, OLD.kid,
      OLD.frozen_request, OLD.frozen_sha256) THEN
    RAISE EXCEPTION 'enable_request: act, requester, importer, key and frozen request never change';
  END IF;
  RETURN NEW;
END $$;
-- Inside the frozen text a policy's own quotes are escaped, so no policy can write this.
ALTER TABLE enable_request ADD CONSTRAINT enable_request_frozen_of_its_act
  CHECK ((act = 'change_policy') = (frozen_request LIKE '%"schema":"drawbridge/release-policy/1"%'));

-- ── policy tests: what was asked of a policy stays known ──────────────────
CREATE UNIQUE INDEX policy_test_one_of_a_name ON policy_test (connection_id, lower(key_name), lower(name))
  WHERE removed_at IS NULL;
ALTER TABLE policy_test
  ADD CONSTRAINT policy_test_expected_known CHECK (expected IN ('allow', 'deny')),
  ADD CONSTRAINT policy_test_removed_by_somebody CHECK ((removed_at IS NULL) = (removed_by_id IS NULL));
CREATE FUNCTION policy_test_only_removed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  unchanged policy_test := NEW;
BEGIN
  unchanged.removed_at := OLD.removed_at;
  unchanged.removed_by_id := OLD.removed_by_id;
  IF unchanged IS DISTINCT FROM OLD OR OLD.removed_at IS NOT NULL THEN
    RAISE EXCEPTION 'policy_test: it is only ever removed, once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER policy_test_only_removed BEFORE UPDATE ON policy_test
  FOR EACH ROW EXECUTE FUNCTION policy_test_only_removed();
CREATE TRIGGER policy_test_never_deleted BEFORE DELETE OR TRUNCATE ON policy_test
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
