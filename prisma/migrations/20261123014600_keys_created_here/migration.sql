-- A key that is created here is a version of its name like one that is imported. On its own, because a value of an enum
-- can't be used in the transaction that adds it.
DROP INDEX operation_made_versions;
CREATE INDEX operation_made_versions ON operation (connection_id, lower(key_name))
  WHERE kind IN ('create_kek', 'create_key', 'import_key');

-- Its policy is first seen because it was given here.
ALTER TABLE policy_snapshot
  DROP CONSTRAINT policy_snapshot_seen_by_known,
  ADD CONSTRAINT policy_snapshot_seen_by_known CHECK (seen_by IN ('read', 'own-change', 'own-import', 'own-creation'));
