-- A vault's names know no case: one open act per key, however its name was typed.
DROP INDEX operation_one_open_per_key;
CREATE UNIQUE INDEX operation_one_open_per_key ON operation (connection_id, lower(key_name))
  WHERE status IN ('pending', 'indeterminate');
