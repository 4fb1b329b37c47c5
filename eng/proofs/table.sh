# Writes docs/proofs.md: the last verdict of every proof. Sourced by eng/prove.

TABLE=docs/proofs.md

# Rows of the table as it stands: what was not run now keeps its row.
table_row() { [ -f "$TABLE" ] && grep -m 1 "^| $1 |" "$TABLE"; }

commit_id() { printf '%s%s' "$(git rev-parse --short=10 HEAD)" "$(git diff --quiet HEAD -- . ":!$TABLE" || printf '+')"; }

machine_shape() {
  local cpu memory
  cpu=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
  memory=$(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo)
  printf '%s cores (%s), %s, Linux %s, .NET %s, %s' "$(nproc)" "${cpu:-unknown}" "$memory" "$(uname -r | cut -d- -f1)" \
    "$(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \(10\.[0-9.]*\).*/\1/p' | tail -n 1)" "$(postgres_version)"
}

postgres_version() {
  local folder
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) ${PATH//:/ }; do
    [ -x "$folder/postgres" ] && "$folder/postgres" --version | sed 's/^postgres (PostgreSQL) \([0-9.]*\).*/PostgreSQL \1/' && return
  done
}

table_write() {
  local id property target row new
  new=$(mktemp)
  {
    cat <<TEXT
# Proofs

What \`eng/prove all\` last measured. A proof runs the published portal as two or more processes on a PostgreSQL cluster
of its own (fsync and synchronous commit on), with the sender, the database and the disturbances on the same machine.
Counts (lost, doubled, refused) are absolutes; times belong to the machine: $(machine_shape).
A \`+\` after the commit means that the working tree differed from it.

| id | property | target | measured | verdict | commit |
| --- | --- | --- | --- | --- | --- |
TEXT
    while IFS=$'\t' read -r id property target; do
      if [ -f "$PROOFS/$id/verdict.tsv" ]; then
        row=$(awk -F '\t' -v property="$property" -v target="$target" -v commit="$(commit_id)" '
          { gsub(/\|/, "/", $3); printf "| %s | %s | %s | %s | %s | %s |", $1, property, target, $3, $2, commit }' "$PROOFS/$id/verdict.tsv")
        rm -f "$PROOFS/$id/verdict.tsv"
        printf '%s\n' "$row"
      else
        table_row "$id"
      fi
    done < <(catalogue_rows)
  } >"$new"
  mkdir -p "$(dirname "$TABLE")"
  cat "$new" >"$TABLE"
  rm -f "$new"
}
