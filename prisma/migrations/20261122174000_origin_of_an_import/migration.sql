-- How an imported key came, for good. Every import before this was a transfer blob.
ALTER TABLE "import" ADD COLUMN "origin" TEXT NOT NULL DEFAULT 'transfer_blob';
ALTER TABLE "import" ALTER COLUMN "origin" DROP DEFAULT;

-- A key that came over TLS has no KEK, and no digest of it may be kept: it would be made of the key.
ALTER TABLE "import"
  ALTER COLUMN "kek_kid" DROP NOT NULL,
  ALTER COLUMN "kek_spki_sha256" DROP NOT NULL,
  ALTER COLUMN "file_sha256" DROP NOT NULL,
  ALTER COLUMN "file_length" DROP NOT NULL,
  ALTER COLUMN "sent_sha256" DROP NOT NULL,
  ALTER COLUMN "sent_length" DROP NOT NULL;
ALTER TABLE "import"
  ADD CONSTRAINT import_origin_known CHECK (origin IN ('transfer_blob', 'sealed_in_browser', 'over_tls')),
  ADD CONSTRAINT import_blob_unless_over_tls CHECK (
    CASE WHEN origin = 'over_tls'
      THEN num_nonnulls(kek_id, kek_kid, kek_spki_sha256, file_sha256, file_length, sent_sha256, sent_length, generator) = 0
      ELSE num_nulls(kek_kid, kek_spki_sha256, file_sha256, file_length, sent_sha256, sent_length) = 0
    END);

CREATE OR REPLACE FUNCTION import_immutable() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.importer_id, NEW.connection_id, NEW.key_name, NEW.origin, NEW.file_sha256, NEW.sent_sha256) IS DISTINCT FROM
     (OLD.id, OLD.importer_id, OLD.connection_id, OLD.key_name, OLD.origin, OLD.file_sha256, OLD.sent_sha256) THEN
    RAISE EXCEPTION 'import: importer, connection, key name, origin and digests never change';
  END IF;
  IF (OLD.frozen_request IS NOT NULL AND NEW.frozen_request IS DISTINCT FROM OLD.frozen_request)
     OR (OLD.frozen_sha256 IS NOT NULL AND NEW.frozen_sha256 IS DISTINCT FROM OLD.frozen_sha256) THEN
    RAISE EXCEPTION 'import: the frozen request never changes';
  END IF;
  RETURN NEW;
END $$;
