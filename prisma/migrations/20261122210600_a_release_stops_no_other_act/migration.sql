-- A release changes nothing at the vault, and one whose end nobody can learn must not stop a stop. On its own, because a
-- value of an enum can't be used in the transaction that adds it.
DROP INDEX operation_one_open_per_key;
CREATE UNIQUE INDEX operation_one_open_per_key ON operation (connection_id, lower(key_name))
  WHERE status IN ('pending', 'indeterminate') AND kind <> 'release_key';
