-- What a search looks through, ready: making it of each row's name and tags took most of a search's time.
ALTER TABLE "key_record" ADD COLUMN     "search_text" TEXT NOT NULL DEFAULT '';

CREATE FUNCTION key_record_search_text() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.search_text := lower(NEW.name || ' ' || NEW.tags::text);
  RETURN NEW;
END $$;
CREATE TRIGGER key_record_search_text BEFORE INSERT OR UPDATE OF name, tags, search_text ON key_record
  FOR EACH ROW EXECUTE FUNCTION key_record_search_text();

UPDATE key_record SET search_text = '';
