#!/bin/bash
# Run once by the PostgreSQL image on an empty volume: the migrator owns the schema, the portal only its rows.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres -v portal="$PORTAL_PASSWORD" -v migrator="$MIGRATOR_PASSWORD" <<'SQL'
CREATE ROLE ringportal_migrator LOGIN PASSWORD :'migrator';
CREATE ROLE ringportal_app LOGIN PASSWORD :'portal';
CREATE DATABASE ringportal OWNER ringportal_migrator;
SQL
