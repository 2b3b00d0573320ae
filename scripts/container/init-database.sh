#!/bin/sh
# Run once by the PostgreSQL image on an empty data folder: the owner, who migrates, and the application's user, who reads
# and writes rows and can't change the audit log.
set -eu

owner=$(cat /run/secrets/database-owner-password)
application=$(cat /run/secrets/database-application-password)

psql --set ON_ERROR_STOP=1 --username postgres --set owner="$owner" --set application="$application" <<'SQL'
CREATE ROLE drawbridge_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner';
CREATE ROLE drawbridge_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'application';
CREATE DATABASE drawbridge OWNER drawbridge_owner;
REVOKE ALL ON DATABASE drawbridge FROM PUBLIC;
GRANT CONNECT ON DATABASE drawbridge TO drawbridge_app;
SQL
