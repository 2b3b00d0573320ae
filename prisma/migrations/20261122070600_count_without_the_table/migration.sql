-- How many keys there are is asked with every page of the inventory: answered from this index alone.
CREATE INDEX key_record_present_idx ON key_record (connection_id) WHERE purged_at IS NULL;
