#!/usr/bin/env bash
# The demo county and its generator: samples/county is what the generator writes; a report does not depend on how many are
# made; and counties of other sizes have no finding either.
# Usage: tests/county.sh JIBAO
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
jibao=${1:?the binary}
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
make() { python3 tests/make_county.py "$@" 2>/dev/null; }

make --departments 5 --years 2019..2023 --seed 4 -o "$made/county"
diff -r samples/county "$made/county"

# Sixty departments on several processes; the first five of the same years on one.
make --departments 60 --years 2019..2023 -j 2 -o "$made/many"
for unit in samples/county/*/; do
  diff -r "$unit" "$made/many/$(basename "$unit")"
done
# One department alone; of other years, all but what looks across them is the same.
make --departments 1 --first 3 --years 2018..2022 -o "$made/one"
for file in scores.yaml sections/01-preamble.yaml sections/04-evaluation.yaml; do
  diff "samples/county/water/2021/$file" "$made/one/water/2021/$file"
done
diff samples/county/water/2021/figures.yaml "$made/one/water/2021/figures.yaml"

silent() {
  local said
  said=$("$jibao" check --deny-warnings --format short "$1") || true
  [ -z "$said" ] || { printf '%s: there are findings\n%s\n' "$1" "$said"; exit 1; }
}
silent "$made/many"
make --departments 200 --years 2023 -o "$made/200" && silent "$made/200"
make --departments 1000 --years 2022 --seed 11 -o "$made/1000" && silent "$made/1000"
make --departments 24 --years 2020..2021 --short -o "$made/short" && silent "$made/short"
make --departments 5 --years 2023 --rows 300 -o "$made/rows" && silent "$made/rows"
echo "samples/county is what the generator writes; five counties without a finding"
