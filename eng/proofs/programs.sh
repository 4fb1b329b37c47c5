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

PUBLISHED_BEFORE=artifacts/publish-before

# programs_publish_before: the portal as it was before the newest migration, built from the history.
programs_publish_before() {
  local newest before tree log
  newest=$(git ls-files 'migrations/Versions/*_*.cs' | grep -v Designer | sort | tail -n 1)
  before=$(git log --diff-filter=A --format=%H -1 -- "$newest")^
  before=$(git rev-parse --verify --quiet "$before") || die "The history does not reach back before $newest."
  [ "$(cat "$PUBLISHED_BEFORE/commit" 2>/dev/null)" != "$before" ] || return 0
  say "Building the version before $(basename "$newest" .cs) ..."
  rm -rf "$PUBLISHED_BEFORE"
  mkdir -p "$PUBLISHED_BEFORE"
  tree=$(mktemp -d)
  log=$(mktemp)
  git archive "$before" | tar -x -C "$tree"
  if ! dotnet publish "$tree/RingPortal.Web" -c Release -o "$PUBLISHED_BEFORE/portal" -v q -nologo </dev/null >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    die "The build failed; the lines above say why."
  fi
  rm -rf "$tree" "$log"
  printf '%s\n' "$before" >"$PUBLISHED_BEFORE/commit"
}
