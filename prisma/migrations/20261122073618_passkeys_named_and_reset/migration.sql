-- Lost passkeys are taken away by two administrators.
ALTER TYPE "ProposalKind" ADD VALUE 'reset_passkeys';

-- The step-up before a registration is for a passkey of this name.
ALTER TABLE "passkey_challenge" ADD COLUMN "name" TEXT;

-- A passkey stays whose it is and what it is; its counter never goes back, and a removed one never comes back.
CREATE FUNCTION passkey_stays_what_it_is() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.person_id, NEW.public_key, NEW.device_type, NEW.created_at)
     IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.public_key, OLD.device_type, OLD.created_at) THEN
    RAISE EXCEPTION 'passkey: whose it is and what it is never changes';
  END IF;
  IF OLD.removed_at IS NOT NULL THEN
    RAISE EXCEPTION 'passkey: it has been removed';
  END IF;
  IF NEW.counter < OLD.counter THEN
    RAISE EXCEPTION 'passkey: its counter never goes back';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER passkey_stays_what_it_is BEFORE UPDATE ON passkey
  FOR EACH ROW EXECUTE FUNCTION passkey_stays_what_it_is();
