# Builds the tests and publishes the programs that proofs run, once. Sourced by eng/prove and test.sh.

PUBLISHED=artifacts/publish

# programs_sources [TEST...]: every file that a build reads, one a line; only those that pass find's tests, if any.
programs_sources() {
  find RingPortal.Web RingPortal.Data RingPortal.Simulator RingPortal.Tests migrations Directory.*.props global.json .editorconfig \
    \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f "$@" -print | sort
}

# Whether no source is newer than what was published, nor was one added or taken away since.
programs_are_fresh() {
  [ -f "$PUBLISHED/sources" ] && programs_sources | cmp -s - "$PUBLISHED/sources" && [ -z "$(programs_sources -newer "$PUBLISHED/sources")" ]
}

# publish_built CONFIGURATION: publishes what was built already.
publish_built() {
  dotnet publish RingPortal.Web -c "$1" --no-build -o "$PUBLISHED/portal" -v q -nologo \
    && dotnet publish RingPortal.Simulator -c "$1" --no-build -o "$PUBLISHED/simulator" -v q -nologo
}

programs_publish() {
  programs_are_fresh && return
  say "Building and publishing ..."
  local log sources
  log=$(mktemp)
  sources=$(programs_sources)
  if ! { dotnet build RingPortal.Tests -c Release -v q -nologo -clp:NoSummary && publish_built Release; } </dev/null >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    die "The build failed; the lines above say why."
  fi
  rm -f "$log"
  printf '%s\n' "$sources" >"$PUBLISHED/sources"
}
