-- Asked of changes to keys one by one, and there is one at most.
CREATE INDEX audit_event_estate_made_idx ON audit_event (at) WHERE type = 'installation.estate-made';
