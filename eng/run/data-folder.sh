# The folder that keeps what run.sh's services store. Sourced by run.sh.

MARKER=ringportal-data

if is_root; then default_data=/var/lib/ringportal; else default_data=${XDG_DATA_HOME:-$HOME/.local/share}/ringportal; fi
DATA=$(realpath -m "${Embedded__DataPath:-$default_data}")

# Whether the folder is one that run.sh, or a portal started without it, made.
data_is_ours() { [ -f "$DATA/$MARKER" ] || [ -f "$DATA/postgres/ringportal-cluster" ]; }

data_is_empty() { [ ! -e "$DATA" ] || [ -z "$(ls -A "$DATA")" ]; }

data_in_use() { [ -e "$DATA/postgres/lock" ] && ! flock --nonblock "$DATA/postgres/lock" true; }

data_check() {
  data_is_empty || data_is_ours || die "The folder $DATA holds files that RingPortal did not make; nothing in it was touched. Name another one with Embedded__DataPath."
  data_in_use && die "The data folder $DATA is in use by another portal (pid $(cat "$DATA/postgres/lock.pid" 2>/dev/null)). Stop it first."
  return 0
}

data_reset() {
  data_check
  data_is_empty || find "$DATA" -mindepth 1 -delete
  say "Forgot everything in $DATA."
}

data_prepare() {
  data_check
  mkdir -p "$DATA"
  # PostgreSQL's account passes through to its own folder; it may not look around.
  [ -f "$DATA/$MARKER" ] || chmod 711 "$DATA"
  say "RingPortal keeps its data here; run.sh --reset deletes it." >"$DATA/$MARKER"
  mkdir -p "$DATA/mail" "$DATA/simulator"
  chmod 700 "$DATA/mail" "$DATA/simulator"
  if [ ! -s "$DATA/admin-password" ]; then
    (umask 077 && printf '%s-aA1\n' "$(head -c 15 /dev/urandom | base64 | tr '+/' 'xy')" >"$DATA/admin-password")
  fi
  ADMIN_EMAIL=admin@example.com
  ADMIN_PASSWORD=$(cat "$DATA/admin-password")
}
