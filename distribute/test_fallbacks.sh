#!/bin/bash
# Tries a plain fallback for real: xargs or GNU parallel over the shards, killed in the middle and started again. The merged
# files must be those of one go, byte by byte.
#
#   bash distribute/test_fallbacks.sh path/to/commonground xargs
#   bash distribute/test_fallbacks.sh path/to/commonground parallel
set -eu
program=$(realpath "$1")
case "$2" in
    xargs) engine=(xargs -P 2 -I{}) ;;
    parallel) engine=(parallel --will-cite -j 2) ;;
    *) echo "xargs or parallel?" >&2; exit 2 ;;
esac
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"

set -- pasture-fortress pasture-ostrom --runs 1200 --quiet
"$program" compare "$@" --out whole > whole.txt
"$program" plan compare "$@" --out plan --shards 24 > plan.txt

# `3-5` as 3 4 5, one a line.
numbers() {
    tr ',' '\n' | while IFS=- read -r first last; do seq "$first" "${last:-$first}"; done
}
parts() { find plan/parts -name '*.part' | wc -l; }

seq 0 23 | setsid "${engine[@]}" "$program" work plan {} --threads 1 --quiet &
while [ "$(parts)" -lt 7 ]; do sleep 0.02; done
kill -KILL -- "-$!"
wait "$!" || true
echo "killed after $(parts) parts; missing: $("$program" status plan --quiet || true)"
[ "$(parts)" -lt 24 ]

"$program" status plan --quiet > missing.txt || [ $? -eq 3 ]
numbers < missing.txt | "${engine[@]}" "$program" work plan {} --threads 1 --quiet
"$program" merge plan --quiet > merged.txt

digest() { (cd "$1" && find . -type f | sort | xargs sha256sum | sha256sum); }
echo "one go: $(digest whole)"
echo "merged: $(digest plan/results)"
[ "$(digest whole)" = "$(digest plan/results)" ]
