# The list of proofs: id, property and target, separated by tabs. Sourced by eng/prove.

CATALOGUE=eng/proofs/catalogue.tsv

catalogue_rows() { grep -v '^#' "$CATALOGUE"; }

catalogue_ids() { catalogue_rows | cut -f1; }

catalogue_has() { catalogue_ids | grep -qx -- "$1"; }

catalogue_list() { catalogue_rows | awk -F '\t' '{ printf "  %-6s %s\n", $1, $2 }'; }
