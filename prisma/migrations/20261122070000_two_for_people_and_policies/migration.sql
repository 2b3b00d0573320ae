-- The rules behind identity and four eyes that Prisma's schema can't say.

-- ── roles: an administrator is never custodian or approver ───────────────
-- Judged at COMMIT, so that a change may take one role and give the other in any order.
CREATE FUNCTION person_role_exclusive() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM person_role WHERE person_id = NEW.person_id AND role = 'administrator')
     AND EXISTS (SELECT FROM person_role WHERE person_id = NEW.person_id AND role IN ('custodian', 'approver')) THEN
    RAISE EXCEPTION 'person_role: an administrator is never custodian or approver';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER person_role_exclusive AFTER INSERT OR UPDATE ON person_role
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION person_role_exclusive();

-- ── proposals: two people, one frozen text, one end ───────────────────────
ALTER TABLE proposal
  ADD CONSTRAINT proposal_not_confirmed_by_proposer CHECK (status <> 'confirmed' OR decided_by_id <> proposer_id),
  ADD CONSTRAINT proposal_decided_when_not_waiting
    CHECK ((status = 'waiting') = (decided_at IS NULL) AND (status = 'waiting') = (decided_by_id IS NULL)),
  ADD CONSTRAINT proposal_not_confirmed_by_its_subject
    CHECK (status <> 'confirmed' OR decided_by_id <> subject_id);
CREATE UNIQUE INDEX proposal_one_waiting ON proposal (kind, subject_id) WHERE status = 'waiting';

CREATE FUNCTION proposal_immutable() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.status <> 'waiting' THEN
    RAISE EXCEPTION 'proposal: a decided one never changes';
  END IF;
  IF (NEW.id, NEW.kind, NEW.subject_id, NEW.proposer_id, NEW.reason, NEW.frozen_request, NEW.frozen_sha256, NEW.proposed_at, NEW.expires_at)
     IS DISTINCT FROM
     (OLD.id, OLD.kind, OLD.subject_id, OLD.proposer_id, OLD.reason, OLD.frozen_request, OLD.frozen_sha256, OLD.proposed_at, OLD.expires_at) THEN
    RAISE EXCEPTION 'proposal: who proposed what never changes';
  END IF;
  IF NEW.status = 'confirmed' AND NEW.expires_at <= now() THEN
    RAISE EXCEPTION 'proposal: it has lapsed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposal_immutable BEFORE UPDATE ON proposal
  FOR EACH ROW EXECUTE FUNCTION proposal_immutable();
CREATE TRIGGER proposal_never_deleted BEFORE DELETE OR TRUNCATE ON proposal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();
CREATE TRIGGER duty_acknowledgement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON duty_acknowledgement
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record();

-- ── approval policies ─────────────────────────────────────────────────────
ALTER TABLE connection ADD CONSTRAINT connection_approvals_required CHECK (approvals_required BETWEEN 1 AND 5);
