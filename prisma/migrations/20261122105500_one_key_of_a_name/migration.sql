-- A KEK's name is its own. Only one act on a key is open at a time, but one that began and ended between another's look at
-- the vault and its intent left no trace that the second would have met: it made a second version.
ALTER TABLE kek ADD COLUMN name_held boolean NOT NULL DEFAULT true;

-- Where that has happened, or a purged name was made anew: the newest one holds the name, and none is taken back.
UPDATE kek SET name_held = false
WHERE created_by_id IS NOT NULL AND EXISTS (
  SELECT FROM kek newer
  WHERE newer.connection_id = kek.connection_id AND lower(newer.name) = lower(kek.name)
    AND newer.created_by_id IS NOT NULL AND newer.status IN ('creating', 'active', 'retired_disabled')
    AND (newer.created_at, newer.id) > (kek.created_at, kek.id)
);

-- Not of KEKs found in a vault (a name there may have several versions), nor of those that are not in a vault any more.
CREATE UNIQUE INDEX kek_one_made_of_a_name ON kek (connection_id, lower(name))
  WHERE name_held AND created_by_id IS NOT NULL AND status IN ('creating', 'active', 'retired_disabled');

-- Asked by every import and every new KEK: what made versions of this name. A vault's names know no case.
CREATE INDEX operation_made_versions ON operation (connection_id, lower(key_name))
  WHERE kind IN ('create_kek', 'import_key');
