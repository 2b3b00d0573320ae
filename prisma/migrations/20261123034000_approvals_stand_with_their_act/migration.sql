-- A decision that is being acted on stands until it is known what came of the act; one that was acted on stands for good.
-- Without this, whoever reads a vault that is just being changed and finds it changed could void what the change rests on.
CREATE FUNCTION approval_stands_with_its_act() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.acted_at IS NOT NULL THEN
    RAISE EXCEPTION 'approval: it was acted on, and is never voided';
  END IF;
  IF (NEW.decision = 'approve' AND (
        EXISTS (SELECT FROM import WHERE id = NEW.import_id AND status = 'enabling')
        OR EXISTS (SELECT FROM enable_request WHERE id = NEW.enable_request_id AND status = 'enabling')))
     OR (NEW.decision = 'reject' AND EXISTS (SELECT FROM import WHERE id = NEW.import_id AND status = 'rejecting')) THEN
    RAISE EXCEPTION 'approval: it is being acted on, and is not voided before it is known what came of it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_stands_with_its_act BEFORE UPDATE ON approval
  FOR EACH ROW WHEN (OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL) EXECUTE FUNCTION approval_stands_with_its_act();
