-- DropIndex
DROP INDEX "log_record_act_at_idx";

-- DropIndex
DROP INDEX "log_record_connection_id_key_name_idx";

-- AlterTable
ALTER TABLE "log_record" ADD COLUMN     "call_id" UUID NOT NULL DEFAULT gen_random_uuid();

-- CreateTable
CREATE TABLE "log_call" (
    "id" UUID NOT NULL,
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
    "search_text" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "first_digest" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_call_day" (
    "call_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "log_call_day_pkey" PRIMARY KEY ("call_id","day")
);

-- CreateIndex
CREATE INDEX "log_call_day_day_idx" ON "log_call_day"("day");

-- CreateIndex
CREATE INDEX "log_record_act_at_digest_idx" ON "log_record"("act", "at", "digest");

-- CreateIndex
CREATE INDEX "log_record_call_id_at_digest_idx" ON "log_record"("call_id", "at", "digest");

-- CreateIndex
CREATE INDEX "log_record_correlation_id_idx" ON "log_record"("correlation_id");

-- Which of Drawbridge's own acts a change to a key may have been: asked for every change that the logs tell of.
CREATE INDEX operation_of_key_idx ON operation (connection_id, lower(key_name), started_at);

CREATE INDEX log_call_of_key_idx ON log_call (act, vault, lower(key_name));

-- ── Calls: what records have in common ──

CREATE FUNCTION log_call_id(r log_record) RETURNS uuid LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT encode(substr(sha256(convert_to(jsonb_build_array(r.vault, r.connection_id, r.act, r.operation, r.key_name,
    r.key_version, r.decision, r.status, r.signature, r.release_code, r.description, r.object_id, r.app_id, r.upn,
    r.address)::text, 'UTF8')), 1, 16), 'hex')::uuid
$$;

CREATE FUNCTION log_record_call() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.call_id := log_call_id(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER log_record_call BEFORE INSERT ON log_record FOR EACH ROW EXECUTE FUNCTION log_record_call();

-- Sums, and the smallest of all: whatever the order in which records come, the same rows are left. Each in the order of its
-- key, so that two who write at once wait for each other instead of both.
CREATE FUNCTION log_call_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO log_call (id, vault, connection_id, act, operation, key_name, key_version, decision, status, signature,
    release_code, description, object_id, app_id, upn, address, search_text, count, first_at, first_digest, last_at)
  SELECT f.call_id, f.vault, f.connection_id, f.act, f.operation, f.key_name, f.key_version, f.decision, f.status,
    f.signature, f.release_code, f.description, f.object_id, f.app_id, f.upn, f.address,
    lower(concat_ws(E'\n', f.key_name, f.key_version, f.vault, f.object_id, f.app_id, f.upn, f.address, f.status,
      f.signature, f.release_code, f.description)),
    g.count, f.at, f.digest, g.last_at
    FROM (SELECT DISTINCT ON (call_id) * FROM added ORDER BY call_id, at, digest COLLATE "C") f
    JOIN (SELECT call_id, count(*) AS count, max(at) AS last_at FROM added GROUP BY call_id) g USING (call_id)
   ORDER BY f.call_id
  ON CONFLICT (id) DO UPDATE SET
    count = log_call.count + excluded.count,
    last_at = greatest(log_call.last_at, excluded.last_at),
    first_at = least(log_call.first_at, excluded.first_at),
    first_digest = CASE
      WHEN (excluded.first_at, excluded.first_digest COLLATE "C") < (log_call.first_at, log_call.first_digest COLLATE "C")
      THEN excluded.first_digest ELSE log_call.first_digest END;
  INSERT INTO log_call_day (call_id, day, count)
  SELECT call_id, (at AT TIME ZONE 'UTC')::date AS day, count(*) FROM added GROUP BY call_id, day ORDER BY call_id, day
  ON CONFLICT (call_id, day) DO UPDATE SET count = log_call_day.count + excluded.count;
  RETURN NULL;
END $$;
CREATE TRIGGER log_call_count AFTER INSERT ON log_record REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION log_call_count();

-- What is there already, through the same triggers.
ALTER TABLE log_record DISABLE TRIGGER log_record_append_only;
CREATE TEMPORARY TABLE log_record_before ON COMMIT DROP AS SELECT * FROM log_record;
DELETE FROM log_record;
INSERT INTO log_record SELECT * FROM log_record_before;
ALTER TABLE log_record ENABLE TRIGGER log_record_append_only;
