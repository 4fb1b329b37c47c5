# Runs and times the steps of test.sh and counts tests. Sourced by test.sh.

passed=0
failed=0
skipped=0
broken=no
times=()

# step NAME COMMAND...: a step that everything after it needs.
step() {
  local name=$1 started=$SECONDS
  shift
  say "== $name"
  if ! "$@" </dev/null; then
    broken=yes
    say "The step '$name' failed."
    finish
  fi
  times+=("$name $((SECONDS - started)) s")
}

# tier NAME FILTER [may-be-empty]: one group of tests. A tier that ends without results breaks the run, and so does
# one without tests, unless it may be empty: a filter that no test answers to would hide all of them.
tier() {
  local name=$1 filter=$2 empty=${3:-no} started=$SECONDS code=0
  local trx="$PWD/$results/${name// /-}.trx"
  say "== tests: $name"
  dotnet test RingPortal.Tests -c "$configuration" --no-build --nologo --filter "$filter" \
    --logger "trx;LogFileName=$trx" --logger "console;verbosity=minimal" --blame-hang-timeout 10m --results-directory "$results" </dev/null || code=$?
  times+=("$name $((SECONDS - started)) s")
  if [ ! -f "$trx" ]; then
    say "(no tests in this tier)"
    [ "$code" -eq 0 ] && [ "$empty" = may-be-empty ] || broken=yes
    return
  fi
  local counters
  counters=$(grep -o '<Counters [^>]*>' "$trx" | head -n 1)
  local total executed good
  total=$(count total "$counters")
  executed=$(count executed "$counters")
  if [ "$total" -eq 0 ] && [ "$empty" != may-be-empty ]; then broken=yes; fi
  good=$(count passed "$counters")
  passed=$((passed + good))
  failed=$((failed + executed - good))
  skipped=$((skipped + total - executed))
  # A crashed or hung test process fails the run even when every finished test passed.
  if [ "$code" -ne 0 ] && [ "$executed" -eq "$good" ]; then broken=yes; fi
}

count() { printf '%s' "$2" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | grep . || printf 0; }

# Prints seconds and the closing line, and ends.
finish() {
  say ""
  say "seconds: $(printf '%s, ' "${times[@]}" | sed 's/, $//')"
  [ "$broken" = no ] || say "The run broke off before its end; see above."
  say "$passed passed, $failed failed, $skipped skipped"
  [ "$broken" = no ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit $?
}
