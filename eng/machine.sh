# What run.sh and test.sh need on a machine, and how it gets there. Sourced, not run.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

is_root() { [ "$(id -u)" -eq 0 ]; }

# apt_install SECONDS PACKAGE...: as root on Debian and Ubuntu, within a bound.
apt_install() {
  local limit=$1
  shift
  say "Installing $* ..."
  local log
  log=$(mktemp)
  if ! { timeout "$limit" apt-get update -q && DEBIAN_FRONTEND=noninteractive timeout "$limit" apt-get install -y -q --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

need_dotnet() {
  local step="Install it (https://dotnet.microsoft.com/download/dotnet/10.0; Ubuntu: apt-get install dotnet-sdk-10.0) and run this again."
  command -v dotnet >/dev/null || die "The .NET 10 SDK is not installed. $step"
  dotnet --list-sdks | grep -q '^10\.' || die "The .NET SDK is installed, but not version 10. $step"
}

has_postgres() {
  local folder
  for folder in /usr/lib/postgresql/*/bin ${PATH//:/ }; do
    [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] && return 0
  done
  return 1
}

need_postgres() {
  has_postgres && return
  local step="Install them (Debian, Ubuntu: apt-get install postgresql) and run this again."
  is_root && command -v apt-get >/dev/null || die "PostgreSQL's server programs are not installed. $step"
  # Debian's package would make and start a cluster of its own; the portal starts a private one.
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common
    say 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
  apt_install 300 postgresql || die "PostgreSQL could not be installed. $step"
  has_postgres || die "PostgreSQL was installed, but its server programs were not found. $step"
}

has_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

need_chromium() {
  has_chromium && return
  local step="Install it (Debian: apt-get install chromium) and run this again."
  is_root && command -v apt-get >/dev/null || die "Chromium is not installed. $step"
  # The fonts are only recommended by the package; pages of the simulator use what the machine has.
  apt_install 600 chromium fonts-liberation || die "Chromium could not be installed. $step"
  has_chromium || die "Chromium was installed, but was not found. $step"
}

faketime_library() { find /usr/lib /usr/local/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1; }

# Proofs of other hours run the portal and PostgreSQL under it.
need_faketime() {
  [ -n "$(faketime_library)" ] && return
  local step="Install it (Debian: apt-get install faketime) and run this again."
  is_root && command -v apt-get >/dev/null || die "faketime is not installed. $step"
  apt_install 300 faketime || die "faketime could not be installed. $step"
  [ -n "$(faketime_library)" ] || die "faketime was installed, but its library was not found. $step"
}

# postgres_program NAME: the path of one of PostgreSQL's programs, the newest version's.
postgres_program() {
  local folder
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) ${PATH//:/ }; do
    if [ -x "$folder/$1" ]; then
      printf '%s' "$folder/$1"
      return
    fi
  done
  die "PostgreSQL's program $1 is not installed (Debian, Ubuntu: apt-get install postgresql)."
}

# apt_install_stopped SECONDS PACKAGE...: packages of services that are to be started by tests only.
apt_install_stopped() {
  local policy=/usr/sbin/policy-rc.d made=no code=0
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    made=yes
  fi
  apt_install "$@" || code=$?
  [ "$made" = no ] || rm -f "$policy"
  return "$code"
}

# Tests of deploy/ run what production runs.
need_nginx() {
  command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] && return
  local step="Install it (Debian, Ubuntu: apt-get install nginx) and run this again."
  is_root && command -v apt-get >/dev/null || { say "nginx is not installed; the tests of deploy/nginx will fail. $step" >&2; return; }
  apt_install_stopped 300 nginx || say "nginx could not be installed; the tests of deploy/nginx will fail. $step" >&2
}

need_promtool() {
  command -v promtool >/dev/null && return
  local step="Install it (Debian, Ubuntu: apt-get install prometheus) and run this again."
  is_root && command -v apt-get >/dev/null || { say "promtool is not installed; the tests of deploy/prometheus will fail. $step" >&2; return; }
  apt_install_stopped 300 prometheus || say "promtool could not be installed; the tests of deploy/prometheus will fail. $step" >&2
}
