-- Two accounts of one human count as one: the same subject at another issuer (a provider that moved), or the same e-mail.
-- People stay keyed by issuer and subject; this only ever forbids.
CREATE FUNCTION is_same_human(one uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT one = other OR EXISTS (
    SELECT FROM person a, person b
    WHERE a.id = one AND b.id = other AND (a.subject = b.subject OR lower(a.email) = lower(b.email)))
$$;

CREATE FUNCTION approval_by_another_human() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.importer_id IS NOT NULL AND is_same_human(NEW.approver_id, NEW.importer_id)
     OR NEW.requester_id IS NOT NULL AND is_same_human(NEW.approver_id, NEW.requester_id) THEN
    RAISE EXCEPTION 'approval: not by another account of who imported the key or asked for it';
  END IF;
  IF EXISTS (
    SELECT FROM approval
    WHERE (import_id = NEW.import_id OR enable_request_id = NEW.enable_request_id)
      AND voided_at IS NULL AND approver_id <> NEW.approver_id AND is_same_human(approver_id, NEW.approver_id)) THEN
    RAISE EXCEPTION 'approval: not by another account of who has decided already';
  END IF;
  RETURN NEW;
END $$;
-- After the constraints of the row itself have spoken.
CREATE TRIGGER approval_by_another_human AFTER INSERT ON approval
  FOR EACH ROW EXECUTE FUNCTION approval_by_another_human();
