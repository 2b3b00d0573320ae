-- CreateTable
CREATE TABLE "log_release_open" (
    "call_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_release_open_pkey" PRIMARY KEY ("call_id","day")
);

-- CreateIndex
CREATE INDEX "log_release_open_at_idx" ON "log_release_open"("at");

-- Fires after log_call_count, whose name comes before: a call is new where all records that it has came just now.
CREATE FUNCTION log_release_opened() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO log_release_open (call_id, day, at, read_at)
  SELECT g.call_id, g.day, g.at, g.read_at
    FROM (SELECT call_id, decision, (a.at AT TIME ZONE 'UTC')::date AS day, max(a.at) AS at, max(read_at) AS read_at,
                 sum(count(*)) OVER (PARTITION BY call_id) AS added
            FROM added a
           WHERE act = 'release' AND decision IN ('allowed', 'denied') AND connection_id IS NOT NULL
           GROUP BY call_id, decision, (a.at AT TIME ZONE 'UTC')::date) g
    JOIN log_call k ON k.id = g.call_id
   WHERE g.decision = 'denied' OR k.count = g.added
   ORDER BY g.call_id, g.day
  ON CONFLICT (call_id, day) DO UPDATE SET
    at = greatest(log_release_open.at, excluded.at), read_at = greatest(log_release_open.read_at, excluded.read_at);
  RETURN NULL;
END $$;
CREATE TRIGGER log_release_opened AFTER INSERT ON log_record REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION log_release_opened();
