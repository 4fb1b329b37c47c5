#!/bin/bash
# Run once by the PostgreSQL image on an empty volume: the migrator owns the schema, the portal only its rows, the backup
# reads the log of changes.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres -v portal="$PORTAL_PASSWORD" -v migrator="$MIGRATOR_PASSWORD" -v replication="$REPLICATION_PASSWORD" <<'SQL'
CREATE ROLE ringportal_migrator LOGIN PASSWORD :'migrator';
CREATE ROLE ringportal_app LOGIN PASSWORD :'portal';
CREATE ROLE ringportal_backup LOGIN REPLICATION PASSWORD :'replication';
CREATE DATABASE ringportal OWNER ringportal_migrator;
SQL
# The image lets nobody stream the log from another machine.
echo "host replication ringportal_backup all scram-sha-256" >>"$PGDATA/pg_hba.conf"
