#!/usr/bin/env bash
# Starts RingPortal with everything it needs: its own PostgreSQL, a simulator of Ring's cloud, and the portal.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. eng/machine.sh
. eng/run/data-folder.sh
. eng/run/services.sh

usage() {
  cat <<'TEXT'
Usage: ./run.sh [--reset] [--help]

Builds and starts RingPortal (http://localhost:5180) together with a simulator of
Ring's cloud (http://localhost:5190, its pictures at 5191), until Ctrl-C. Installs PostgreSQL when it is
missing and you are root. Data is kept from start to start.

  --reset   forget everything that earlier starts kept, then start
  --help    show this text

Data folder: Embedded__DataPath, else /var/lib/ringportal (root) or
${XDG_DATA_HOME:-~/.local/share}/ringportal (everybody else).
TEXT
}

reset=no
for argument in "$@"; do
  case $argument in
    --reset) reset=yes ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; die "Unknown option: $argument" ;;
  esac
done

need_dotnet
need_postgres
[ "$reset" = no ] || data_reset
data_prepare

say "Building (the first time takes a minute) ..."
build_log=$(mktemp)
for project in RingPortal.Simulator RingPortal.Web; do
  if ! dotnet build "$project" -c Release -v q -nologo </dev/null >"$build_log" 2>&1; then
    cat "$build_log" >&2
    rm -f "$build_log"
    die "The build failed; the lines above say why."
  fi
done
rm -f "$build_log"

trap services_stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
services_start
services_ready

cat <<TEXT

RingPortal is running.

  Ring simulator  $SIMULATOR_URL   start here: you are a Ring user with cameras
  Portal          $PORTAL_URL   what your customers see
  Operators       $PORTAL_URL/admin   sign in as $ADMIN_EMAIL, password: $ADMIN_PASSWORD (asks for an authenticator app)

1. Open the simulator, choose a person and press "Install".
2. Press "Sign in" there: the portal opens and takes you through linking.

Everything is kept in $DATA. Ctrl-C stops it.
TEXT

services_wait
