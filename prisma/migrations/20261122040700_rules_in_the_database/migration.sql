-- What Prisma's schema can't say, and no code may bend: four eyes, frozen requests, the append-only record.
-- Functions fix their search path: a temporary table must not be taken for the real one.

-- ── inventory ─────────────────────────────────────────────────────────────
CREATE INDEX key_record_lower_name_idx ON key_record (lower(name));

-- ── intents: one open act per key; an end has an instant ──────────────────
CREATE UNIQUE INDEX operation_one_open_per_key ON operation (connection_id, key_name)
  WHERE status IN ('pending', 'indeterminate');
ALTER TABLE operation ADD CONSTRAINT operation_finished_when_not_pending
  CHECK ((status = 'pending') = (finished_at IS NULL));

-- ── approvals: the approver is neither importer nor requester ─────────────
ALTER TABLE approval
  ADD CONSTRAINT approval_not_by_importer CHECK (approver_id <> importer_id),
  ADD CONSTRAINT approval_not_by_requester CHECK (approver_id <> requester_id),
  ADD CONSTRAINT approval_of_exactly_one CHECK (num_nonnulls(import_id, enable_request_id) = 1),
  -- A composite foreign key with a NULL in it is not checked: these two close that hole.
  ADD CONSTRAINT approval_names_importer CHECK (import_id IS NULL OR importer_id IS NOT NULL),
  ADD CONSTRAINT approval_names_requester CHECK ((enable_request_id IS NULL) = (requester_id IS NULL));
CREATE UNIQUE INDEX approval_one_valid_per_import ON approval (import_id) WHERE voided_at IS NULL;
CREATE UNIQUE INDEX approval_one_valid_per_enable_request ON approval (enable_request_id) WHERE voided_at IS NULL;

CREATE FUNCTION approval_check_importer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.enable_request_id IS NOT NULL AND NEW.importer_id IS DISTINCT FROM
     (SELECT importer_id FROM enable_request WHERE id = NEW.enable_request_id) THEN
    RAISE EXCEPTION 'approval: importer_id is not that of the request to enable';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_check_importer BEFORE INSERT ON approval
  FOR EACH ROW EXECUTE FUNCTION approval_check_importer();

CREATE FUNCTION approval_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  unchanged approval := NEW;
BEGIN
  unchanged.acted_at := OLD.acted_at;
  unchanged.voided_at := OLD.voided_at;
  IF unchanged IS DISTINCT FROM OLD
     OR (OLD.acted_at IS NOT NULL AND NEW.acted_at IS DISTINCT FROM OLD.acted_at)
     OR (OLD.voided_at IS NOT NULL AND NEW.voided_at IS DISTINCT FROM OLD.voided_at) THEN
    RAISE EXCEPTION 'approval: only acted_at and voided_at may be set, each once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_append_only BEFORE UPDATE ON approval
  FOR EACH ROW EXECUTE FUNCTION approval_append_only();

-- ── imports: what was frozen stays frozen; nothing is enabled unapproved ──
CREATE FUNCTION import_immutable() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.importer_id, NEW.connection_id, NEW.key_name, NEW.file_sha256, NEW.sent_sha256) IS DISTINCT FROM
     (OLD.id, OLD.importer_id, OLD.connection_id, OLD.key_name, OLD.file_sha256, OLD.sent_sha256) THEN
    RAISE EXCEPTION 'import: importer, connection, key name and digests never change';
  END IF;
  IF (OLD.frozen_request IS NOT NULL AND NEW.frozen_request IS DISTINCT FROM OLD.frozen_request)
     OR (OLD.frozen_sha256 IS NOT NULL AND NEW.frozen_sha256 IS DISTINCT FROM OLD.frozen_sha256) THEN
    RAISE EXCEPTION 'import: the frozen request never changes';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER import_immutable BEFORE UPDATE ON import
  FOR EACH ROW EXECUTE FUNCTION import_immutable();

CREATE FUNCTION import_enabled_only_approved() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM approval
    WHERE import_id = NEW.id AND decision = 'approve' AND voided_at IS NULL AND frozen_sha256 = NEW.frozen_sha256
      AND (NEW.status <> 'enabling' OR expires_at > now())
  ) THEN
    RAISE EXCEPTION 'import: % needs a valid approval of its frozen request', NEW.status;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER import_inserted_only_unapproved BEFORE INSERT ON import
  FOR EACH ROW WHEN (NEW.status IN ('enabling', 'enabled')) EXECUTE FUNCTION import_enabled_only_approved();
CREATE TRIGGER import_enabled_only_approved BEFORE UPDATE ON import
  FOR EACH ROW WHEN (NEW.status IN ('enabling', 'enabled') AND NEW.status IS DISTINCT FROM OLD.status)
  EXECUTE FUNCTION import_enabled_only_approved();

-- ── requests to enable again: the same ────────────────────────────────────
CREATE UNIQUE INDEX enable_request_one_open_per_version ON enable_request (connection_id, key_name, key_version)
  WHERE status IN ('awaiting_review', 'enabling');

CREATE FUNCTION enable_request_immutable() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.requester_id, NEW.importer_id, NEW.connection_id, NEW.key_name, NEW.key_version, NEW.kid,
      NEW.frozen_request, NEW.frozen_sha256) IS DISTINCT FROM
     (OLD.id, OLD.requester_id, OLD.importer_id, OLD.connection_id, OLD.key_name, OLD.key_version, OLD.kid,
      OLD.frozen_request, OLD.frozen_sha256) THEN
    RAISE EXCEPTION 'enable_request: requester, importer, key and frozen request never change';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER enable_request_immutable BEFORE UPDATE ON enable_request
  FOR EACH ROW EXECUTE FUNCTION enable_request_immutable();

CREATE FUNCTION enable_request_only_approved() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM approval
    WHERE enable_request_id = NEW.id AND decision = 'approve' AND voided_at IS NULL AND frozen_sha256 = NEW.frozen_sha256
      AND (NEW.status <> 'enabling' OR expires_at > now())
  ) THEN
    RAISE EXCEPTION 'enable_request: % needs a valid approval of its frozen request', NEW.status;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER enable_request_inserted_only_unapproved BEFORE INSERT ON enable_request
  FOR EACH ROW WHEN (NEW.status IN ('enabling', 'enabled')) EXECUTE FUNCTION enable_request_only_approved();
CREATE TRIGGER enable_request_only_approved BEFORE UPDATE ON enable_request
  FOR EACH ROW WHEN (NEW.status IN ('enabling', 'enabled') AND NEW.status IS DISTINCT FROM OLD.status)
  EXECUTE FUNCTION enable_request_only_approved();

-- ── the record: nothing in it is ever taken back ──────────────────────────
CREATE FUNCTION refuse_change_of_record() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '%: % is refused, the record is append-only', TG_TABLE_NAME, TG_OP;
END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER approval_never_deleted BEFORE DELETE OR TRUNCATE ON approval
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER import_never_deleted BEFORE DELETE OR TRUNCATE ON import
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER enable_request_never_deleted BEFORE DELETE OR TRUNCATE ON enable_request
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER operation_never_deleted BEFORE DELETE OR TRUNCATE ON operation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
