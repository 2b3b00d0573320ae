-- A provider need not send an e-mail. Two accounts without one are not alike by it.
CREATE OR REPLACE FUNCTION is_same_human(one uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT one = other OR EXISTS (
    SELECT FROM person a, person b
    WHERE a.id = one AND b.id = other
      AND (a.subject = b.subject OR (a.email <> '' AND lower(a.email) = lower(b.email))))
$$;

-- Nor does another account of whoever imported a version confirm that its mark "compromised" goes.
CREATE OR REPLACE FUNCTION key_version_unmarked_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF confirmed_now(ARRAY['unmark_compromised'], NEW.id) IS NULL THEN
    RAISE EXCEPTION 'key_version: the mark compromised goes by a proposal that somebody else confirmed';
  END IF;
  IF EXISTS (
    SELECT FROM proposal p, key_record k, import i
    WHERE p.kind = 'unmark_compromised' AND p.subject_id = NEW.id AND p.status = 'confirmed'
      AND p.xmin = pg_current_xact_id()::xid
      AND k.id = NEW.key_record_id AND i.connection_id = k.connection_id AND i.key_name = k.name
      AND i.key_version = NEW.version AND is_same_human(i.importer_id, p.decided_by_id)) THEN
    RAISE EXCEPTION 'key_version: its importer does not confirm that the mark compromised goes';
  END IF;
  RETURN NULL;
END $$;
