-- Asked in the transaction of every approval: whether another act on the key has ended since the vault was read.
CREATE INDEX operation_of_key ON operation (connection_id, lower(key_name));
