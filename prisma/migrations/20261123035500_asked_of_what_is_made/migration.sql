-- Who made a version decides nothing about it, and an import is enabled by its own review alone. Both are known once the act
-- that made the version has its outcome: a request from before that would be a way around.
CREATE FUNCTION enable_request_of_what_is_made() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM operation
     WHERE connection_id = NEW.connection_id AND lower(key_name) = lower(NEW.key_name)
       AND kind IN ('create_kek', 'create_key', 'import_key') AND status IN ('pending', 'indeterminate')) THEN
    RAISE EXCEPTION 'enable_request: a version of this name is just being made';
  END IF;
  IF EXISTS (SELECT FROM import
     WHERE connection_id = NEW.connection_id AND lower(key_name) = lower(NEW.key_name) AND key_version = NEW.key_version
       AND (importer_id IS DISTINCT FROM NEW.importer_id OR (NEW.act = 'enable' AND status <> 'enabled'))) THEN
    RAISE EXCEPTION 'enable_request: an import is named by its importer, and enabled by its own review first';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER enable_request_of_what_is_made BEFORE INSERT ON enable_request
  FOR EACH ROW EXECUTE FUNCTION enable_request_of_what_is_made();
