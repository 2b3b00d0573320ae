-- CreateTable
CREATE TABLE "policy_snapshot" (
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "key_name" TEXT NOT NULL,
    "key_version" TEXT NOT NULL,
    "kid" TEXT NOT NULL,
    "policy" TEXT,
    "policy_sha256" TEXT,
    "content_type" TEXT,
    "immutable" BOOLEAN NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_by" TEXT NOT NULL,

    CONSTRAINT "policy_snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "policy_snapshot_connection_id_key_name_key_version_first_se_idx" ON "policy_snapshot"("connection_id", "key_name", "key_version", "first_seen_at");

-- What was seen stays as it was seen: a run of sightings only goes on.
CREATE FUNCTION policy_snapshot_only_goes_on() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  unchanged policy_snapshot := NEW;
BEGIN
  unchanged.last_seen_at := OLD.last_seen_at;
  IF unchanged IS DISTINCT FROM OLD OR NEW.last_seen_at < OLD.last_seen_at THEN
    RAISE EXCEPTION 'policy_snapshot: only last_seen_at may change, and only forwards';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER policy_snapshot_only_goes_on BEFORE UPDATE ON policy_snapshot
  FOR EACH ROW EXECUTE FUNCTION policy_snapshot_only_goes_on();
CREATE TRIGGER policy_snapshot_never_deleted BEFORE DELETE OR TRUNCATE ON policy_snapshot
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
ALTER TABLE policy_snapshot
  ADD CONSTRAINT policy_snapshot_seen_by_known CHECK (seen_by IN ('read', 'own-change', 'own-import')),
  ADD CONSTRAINT policy_snapshot_whole CHECK ((policy IS NULL) = (policy_sha256 IS NULL)),
  ADD CONSTRAINT policy_snapshot_in_order CHECK (first_seen_at <= last_seen_at);
