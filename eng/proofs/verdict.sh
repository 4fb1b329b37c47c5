# Runs proofs and says what came of them. Sourced by eng/prove.

passed=0
failed=0
PROOFS=artifacts/proofs

# prove_full ID: one proof in a test process of its own.
prove_full() {
  local id=$1 results=$PROOFS/$1
  mkdir -p "$results"
  rm -f "$results/figure.txt" "$results/result.trx"
  run_tests "Proof=$id&Tier=FullProof" "$results"
  verdict "$id" "$results/result.trx" "\\.${id}Proof\\."
  printf '%s\t%s\t%s\n' "$id" "$VERDICT" "$MEASURED" >"$results/verdict.tsv"
}

# prove_short [ID...]: all short forms in one test process, on one cluster and one pair of portals.
prove_short() {
  local results=$PROOFS/short id filter='Tier=Proof'
  mkdir -p "$results"
  rm -f "$results/result.trx"
  if [ $# -gt 0 ]; then
    filter="Tier=Proof&($(printf 'Proof=%s|' "$@" | sed 's/|$//'))"
  fi
  for id in $(catalogue_ids); do rm -f "$PROOFS/$id/figure.txt"; done
  run_tests "$filter" "$results"
  for id in $(short_ids "$results/result.trx"); do
    verdict "$id" "$results/result.trx" "\\.${id}ShortProof\\."
  done
}

# run_tests FILTER FOLDER
run_tests() {
  dotnet test RingPortal.Tests -c Release --no-build --nologo --filter "$1" --blame-hang-timeout 45m \
    --logger "trx;LogFileName=$PWD/$2/result.trx" --results-directory "$2" </dev/null >"$2/test.txt" 2>&1 || true
}

short_ids() {
  [ -f "$1" ] || return 0
  grep -o 'testName="[^"]*' "$1" | sed -n 's/.*\.\([A-Z]*[0-9]*\)ShortProof\..*/\1/p' | sort -uV
}

# verdict ID TRX PATTERN: prints the line, counts it, and leaves VERDICT and MEASURED. The tests are those whose name
# fits the pattern.
verdict() {
  local id=$1 trx=$2 pattern=$3 good=0 bad=0
  if [ -f "$trx" ]; then
    good=$(grep -o '<UnitTestResult [^>]*>' "$trx" | grep "testName=\"[^\"]*$pattern" | grep -c 'outcome="Passed"')
    bad=$(grep -o '<UnitTestResult [^>]*>' "$trx" | grep "testName=\"[^\"]*$pattern" | grep -vc 'outcome="Passed"')
  fi
  if [ "$good" -gt 0 ] && [ "$bad" -eq 0 ]; then
    VERDICT=PASS
    MEASURED=$(paste -sd ';' "$PROOFS/$id/figure.txt" 2>/dev/null | sed 's/;/; /g; s/;  /; /g')
    passed=$((passed + 1))
  else
    VERDICT=FAIL
    MEASURED=$(reason "$trx" "$pattern")
    failed=$((failed + 1))
  fi
  say "$id $VERDICT $MEASURED"
}

# reason TRX PATTERN: the first line of what the first failed test said.
reason() {
  local said=
  [ -f "$1" ] && said=$(awk -v pattern="testName=\"[^\"]*$2" '
    /<UnitTestResult / { ours = ($0 ~ pattern) && ($0 !~ /outcome="Passed"/) }
    ours && /<Message>/ { sub(/.*<Message>/, ""); sub(/<\/Message>.*/, ""); print; exit }' "$1" |
    sed 's/&#xD;//g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g')
  printf '%s' "${said:-no result; see the end of $(dirname "$1")/test.txt}"
}
