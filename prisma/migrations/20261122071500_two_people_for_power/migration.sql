-- A person of this installation sets their own password, by an invitation that two made.
ALTER TYPE "ProposalKind" ADD VALUE 'renew_invitation';

CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "token_sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "voided_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "invitation_token_sha256_key" ON "invitation"("token_sha256");
CREATE UNIQUE INDEX "invitation_proposal_id_key" ON "invitation"("proposal_id");
CREATE INDEX "invitation_person_id_idx" ON "invitation"("person_id");
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_person_id_fkey"
  FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_proposal_id_fkey"
  FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION invitation_used_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.used_at IS NOT NULL OR OLD.voided_at IS NOT NULL THEN
    RAISE EXCEPTION 'invitation: it has been used or taken back';
  END IF;
  IF (NEW.id, NEW.person_id, NEW.proposal_id, NEW.token_sha256, NEW.created_at, NEW.expires_at)
     IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.proposal_id, OLD.token_sha256, OLD.created_at, OLD.expires_at) THEN
    RAISE EXCEPTION 'invitation: it never changes';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER invitation_used_once BEFORE UPDATE ON invitation
  FOR EACH ROW EXECUTE FUNCTION invitation_used_once();

-- ── proposals begin as such ───────────────────────────────────────────────
CREATE FUNCTION proposal_begins_waiting() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.status <> 'waiting' THEN
    RAISE EXCEPTION 'proposal: it begins by waiting';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposal_begins_waiting BEFORE INSERT ON proposal
  FOR EACH ROW EXECUTE FUNCTION proposal_begins_waiting();

-- ── what takes two is changed by a proposal that this very transaction confirmed ──
-- The confirmed row's xmin is the transaction that confirmed it: no setting that a caller could make up. A proposal is
-- confirmed once (proposal_immutable), so it carries one change, and that change is compared with its frozen text.
CREATE FUNCTION confirmed_now(kinds text[], subject uuid) RETURNS jsonb LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT frozen_request::jsonb -> 'after' FROM proposal
  WHERE subject_id = subject AND kind::text = ANY (kinds) AND status = 'confirmed'
    AND xmin = pg_current_xact_id()::xid
$$;

-- The very first people of an installation have nobody to confirm them: until a first one is told by the audit log, which
-- can't be cut back.
CREATE FUNCTION nobody_was_created_before() RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM audit_event WHERE type = 'person.created' AND xmin <> pg_current_xact_id()::xid)
$$;
CREATE INDEX audit_event_person_created ON audit_event (id) WHERE type = 'person.created';

-- Roles. Judged at COMMIT. Two other ways lead to them: the very first people, and the claims of an identity provider, which
-- are its word at every sign-in.
CREATE FUNCTION person_role_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  who uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.person_id ELSE NEW.person_id END;
  settled jsonb;
  held jsonb;
BEGIN
  IF EXISTS (SELECT FROM person WHERE id = who AND roles_from = 'claims' AND issuer <> 'local') THEN
    RETURN NULL;
  END IF;
  settled := confirmed_now(ARRAY['create_person', 'change_roles'], who) -> 'roles';
  IF settled IS NULL THEN
    IF nobody_was_created_before() THEN
      RETURN NULL;
    END IF;
    RAISE EXCEPTION 'person_role: roles change by a proposal that somebody else confirmed';
  END IF;
  SELECT coalesce(jsonb_agg(role::text), '[]') INTO held FROM person_role WHERE person_id = who;
  IF NOT (held @> settled AND settled @> held) THEN
    RAISE EXCEPTION 'person_role: these are not the roles that were confirmed';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER person_role_by_two AFTER INSERT OR UPDATE OR DELETE ON person_role
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION person_role_by_two();

CREATE FUNCTION person_enabled_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF confirmed_now(ARRAY['enable_person'], NEW.id) IS NULL AND NOT nobody_was_created_before() THEN
    RAISE EXCEPTION 'person: somebody is enabled again by a proposal that somebody else confirmed';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER person_enabled_by_two AFTER UPDATE ON person
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS NULL)
  EXECUTE FUNCTION person_enabled_by_two();

-- Who somebody is never changes.
CREATE FUNCTION person_identity_fixed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'person: issuer and subject never change';
END $$;
CREATE TRIGGER person_identity_fixed BEFORE UPDATE ON person
  FOR EACH ROW WHEN ((NEW.id, NEW.issuer, NEW.subject) IS DISTINCT FROM (OLD.id, OLD.issuer, OLD.subject))
  EXECUTE FUNCTION person_identity_fixed();

CREATE FUNCTION connection_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  settled jsonb := confirmed_now(ARRAY['change_connection'], NEW.id);
  held jsonb;
BEGIN
  SELECT jsonb_build_object('name', name, 'url', url, 'environment', environment, 'credential', credential)
    INTO held FROM connection WHERE id = NEW.id;
  IF settled IS NULL OR settled <> held THEN
    RAISE EXCEPTION 'connection: name, URL, environment and credential change by a proposal that somebody else confirmed';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER connection_by_two AFTER UPDATE ON connection
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((NEW.name, NEW.url, NEW.environment, NEW.credential) IS DISTINCT FROM (OLD.name, OLD.url, OLD.environment, OLD.credential))
  EXECUTE FUNCTION connection_by_two();

CREATE FUNCTION connection_kind_fixed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'connection: its kind never changes';
END $$;
CREATE TRIGGER connection_kind_fixed BEFORE UPDATE ON connection
  FOR EACH ROW WHEN (NEW.kind IS DISTINCT FROM OLD.kind) EXECUTE FUNCTION connection_kind_fixed();
