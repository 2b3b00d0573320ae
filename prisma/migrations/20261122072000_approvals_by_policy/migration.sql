-- Several approvals, by the vault's own policy, of people who were who they are when it was asked for.

-- ── one decision that counts, per officer ─────────────────────────────────
DROP INDEX approval_one_valid_per_import;
DROP INDEX approval_one_valid_per_enable_request;
CREATE UNIQUE INDEX approval_one_valid_per_import_and_approver ON approval (import_id, approver_id)
  WHERE voided_at IS NULL;
CREATE UNIQUE INDEX approval_one_valid_per_enable_request_and_approver ON approval (enable_request_id, approver_id)
  WHERE voided_at IS NULL;

-- ── who decides: somebody live, an approver, and unchanged since it was asked for ──
CREATE FUNCTION may_approve_since(approver uuid, asked_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM person WHERE id = approver AND disabled_at IS NULL AND changed_at <= asked_at
      AND EXISTS (SELECT FROM person_role WHERE person_id = approver AND role = 'approver'))
$$;

CREATE FUNCTION approval_by_whom_it_may() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  asked_at timestamptz;
  named uuid[];
BEGIN
  IF NEW.import_id IS NOT NULL THEN
    SELECT i.submitted_at, c.approver_ids INTO asked_at, named
      FROM import i JOIN connection c ON c.id = i.connection_id WHERE i.id = NEW.import_id;
  ELSE
    SELECT e.requested_at, c.approver_ids INTO asked_at, named
      FROM enable_request e JOIN connection c ON c.id = e.connection_id WHERE e.id = NEW.enable_request_id;
  END IF;
  -- Of nothing that is there: the foreign key says so.
  IF asked_at IS NULL THEN RETURN NEW; END IF;
  IF (SELECT changed_at > asked_at FROM person WHERE id = NEW.approver_id) THEN
    RAISE EXCEPTION 'approval: the approver was made or changed after this was asked for';
  END IF;
  IF NOT may_approve_since(NEW.approver_id, asked_at) THEN
    RAISE EXCEPTION 'approval: not by an approver whose account is live';
  END IF;
  IF coalesce(cardinality(named), 0) > 0 AND NEW.approver_id <> ALL (named) THEN
    RAISE EXCEPTION 'approval: this vault names its approvers, and this is none of them';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_by_whom_it_may BEFORE INSERT ON approval
  FOR EACH ROW EXECUTE FUNCTION approval_by_whom_it_may();

-- ── when it was asked for is what people are measured by: it never changes ─
CREATE FUNCTION asked_at_never_changes() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '%: when it was asked for never changes', TG_TABLE_NAME;
END $$;
CREATE TRIGGER import_submitted_at_never_changes BEFORE UPDATE ON import
  FOR EACH ROW WHEN (NEW.submitted_at IS DISTINCT FROM OLD.submitted_at) EXECUTE FUNCTION asked_at_never_changes();
CREATE TRIGGER enable_request_requested_at_never_changes BEFORE UPDATE ON enable_request
  FOR EACH ROW WHEN (NEW.requested_at IS DISTINCT FROM OLD.requested_at) EXECUTE FUNCTION asked_at_never_changes();

-- ── enabling: as many as the vault's policy asks for, at this instant ──────
CREATE OR REPLACE FUNCTION import_enabled_only_approved() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  required integer;
  counted integer;
BEGIN
  IF NEW.status = 'enabled' THEN
    -- What the vault was told to do is recorded whatever has become of people and policy since.
    IF TG_OP = 'UPDATE' AND OLD.status = 'enabling' AND EXISTS (
      SELECT FROM approval WHERE import_id = NEW.id AND decision = 'approve' AND voided_at IS NULL
        AND frozen_sha256 = NEW.frozen_sha256) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'import: enabled needs a valid approval of its frozen request, and to be enabling';
  END IF;
  SELECT approvals_required INTO required FROM connection WHERE id = NEW.connection_id;
  SELECT count(DISTINCT a.approver_id) INTO counted
    FROM approval a JOIN connection c ON c.id = NEW.connection_id
    WHERE a.import_id = NEW.id AND a.decision = 'approve' AND a.voided_at IS NULL AND a.expires_at > now()
      AND a.frozen_sha256 = NEW.frozen_sha256
      AND a.approver_id <> NEW.importer_id
      AND (coalesce(cardinality(c.approver_ids), 0) = 0 OR a.approver_id = ANY (c.approver_ids))
      AND may_approve_since(a.approver_id, NEW.submitted_at);
  IF counted < coalesce(required, 1) THEN
    RAISE EXCEPTION 'import: % needs a valid approval of its frozen request by % officers, and has %',
      NEW.status, required, counted;
  END IF;
  IF EXISTS (SELECT FROM approval WHERE import_id = NEW.id AND decision = 'reject' AND voided_at IS NULL) THEN
    RAISE EXCEPTION 'import: it was rejected';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION enable_request_only_approved() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  required integer;
  counted integer;
BEGIN
  IF NEW.status = 'enabled' THEN
    IF TG_OP = 'UPDATE' AND OLD.status = 'enabling' AND EXISTS (
      SELECT FROM approval WHERE enable_request_id = NEW.id AND decision = 'approve' AND voided_at IS NULL
        AND frozen_sha256 = NEW.frozen_sha256) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'enable_request: enabled needs a valid approval of its frozen request, and to be enabling';
  END IF;
  SELECT approvals_required INTO required FROM connection WHERE id = NEW.connection_id;
  SELECT count(DISTINCT a.approver_id) INTO counted
    FROM approval a JOIN connection c ON c.id = NEW.connection_id
    WHERE a.enable_request_id = NEW.id AND a.decision = 'approve' AND a.voided_at IS NULL AND a.expires_at > now()
      AND a.frozen_sha256 = NEW.frozen_sha256
      AND a.approver_id <> NEW.requester_id AND a.approver_id IS DISTINCT FROM NEW.importer_id
      AND (coalesce(cardinality(c.approver_ids), 0) = 0 OR a.approver_id = ANY (c.approver_ids))
      AND may_approve_since(a.approver_id, NEW.requested_at);
  IF counted < coalesce(required, 1) THEN
    RAISE EXCEPTION 'enable_request: % needs a valid approval of its frozen request by % officers, and has %',
      NEW.status, required, counted;
  END IF;
  IF EXISTS (SELECT FROM approval WHERE enable_request_id = NEW.id AND decision = 'reject' AND voided_at IS NULL) THEN
    RAISE EXCEPTION 'enable_request: it was rejected';
  END IF;
  RETURN NEW;
END $$;

-- ── what takes two: only in the transaction that confirms it, and only as it was confirmed ──
CREATE FUNCTION connection_policy_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  settled jsonb := confirmed_now(ARRAY['change_approval_policy'], NEW.id);
  held jsonb;
BEGIN
  SELECT jsonb_build_object('approvalsRequired', approvals_required, 'approverIds', to_jsonb(approver_ids))
    INTO held FROM connection WHERE id = NEW.id;
  IF settled IS NULL OR settled <> held THEN
    RAISE EXCEPTION 'connection: its approval policy changes by a proposal that somebody else confirmed';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER connection_policy_by_two AFTER UPDATE ON connection
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((NEW.approvals_required, NEW.approver_ids) IS DISTINCT FROM (OLD.approvals_required, OLD.approver_ids))
  EXECUTE FUNCTION connection_policy_by_two();

CREATE FUNCTION key_version_unmarked_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF confirmed_now(ARRAY['unmark_compromised'], NEW.id) IS NULL THEN
    RAISE EXCEPTION 'key_version: the mark compromised goes by a proposal that somebody else confirmed';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER key_version_unmarked_by_two AFTER UPDATE ON key_version
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.compromised_at IS NOT NULL AND NEW.compromised_at IS NULL)
  EXECUTE FUNCTION key_version_unmarked_by_two();
