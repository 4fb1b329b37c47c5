# Starts, watches and stops the simulator and the portal. Sourced by run.sh.

PORTAL_URL=http://localhost:5180
SIMULATOR_URL=http://localhost:5190
SIMULATOR_MEDIA_URL=http://localhost:5191
SIMULATOR_PID=
PORTAL_PID=

# The credentials are the simulator's own; they open nothing outside of this machine.
services_start() {
  Simulator__Urls=$SIMULATOR_URL Simulator__MediaUrl=$SIMULATOR_MEDIA_URL Simulator__PortalUrl=$PORTAL_URL \
    Simulator__DataPath=$DATA/simulator Simulator__MailFolder=$DATA/mail \
    start RingPortal.Simulator
  SIMULATOR_PID=$!
  ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS=$PORTAL_URL Embedded__DataPath=$DATA \
    Ring__ClientId=ringportal-dev-client Ring__ClientSecret=dev-client-secret-5c1f8e42 \
    Ring__HmacKey=ZGV2LWhtYWMta2V5LWZvci1sb2NhbC1zaW11bGF0b3I= \
    Ring__ApiBaseUrl=$SIMULATOR_URL Ring__OAuthTokenUrl=$SIMULATOR_URL/oauth/token \
    Logging__LogLevel__Default=Warning Smtp__Folder=$DATA/mail Admin__Email=$ADMIN_EMAIL Admin__Password=$ADMIN_PASSWORD \
    start RingPortal.Web
  PORTAL_PID=$!
}

start() {
  local project=$1
  (cd "$project" && exec dotnet "bin/Release/net10.0/$project.dll" </dev/null) &
}

# answers URL PATH: whether the server says 200. Without curl, which a fresh machine may lack.
answers() {
  local port=${1##*:} status=
  {
    exec 3<>"/dev/tcp/localhost/$port" || return 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\n\r\n' "$2" "$port" >&3
    read -r -t 5 _ status _ <&3 || true
    exec 3>&-
  } 2>/dev/null
  [ "${status:-}" = 200 ]
}

alive() { kill -0 "$1" 2>/dev/null; }

services_ready() {
  local second
  for second in $(seq 120); do
    alive "$SIMULATOR_PID" || die "The simulator ended; the lines above say why."
    alive "$PORTAL_PID" || die "The portal ended; the lines above say why."
    answers "$SIMULATOR_URL" / && answers "$PORTAL_URL" /health/ready && return
    sleep 0.5
  done
  die "The portal did not become ready within a minute; the lines above say why."
}

services_wait() {
  wait -n "$SIMULATOR_PID" "$PORTAL_PID" || true
  alive "$PORTAL_PID" && die "The simulator ended, so everything is stopped."
  die "The portal ended, so everything is stopped."
}

# The portal first: it still speaks to Ring while it ends, and PostgreSQL ends with it.
services_stop() {
  local pid
  trap '' INT TERM HUP
  for pid in $PORTAL_PID $SIMULATOR_PID; do
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}
