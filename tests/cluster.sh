#!/usr/bin/env bash
# samples/cluster, as far as it can be tried without a cluster: the scripts and manifests are read by their linters, and each
# way of sharing out the demo county gives the same PDFs, byte for byte, and the same list of reports as one process does.
# Usage: tests/cluster.sh JIBAO [PYTHON]     PYTHON has PyYAML, and hadolint beside it where it is installed
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
jibao=$(realpath "${1:?the binary}")
python=${2:-python3}
cluster=$PWD/samples/cluster
county=$PWD/samples/county
checker=$PWD/tests/cluster.py
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export JIBAO=$jibao

bash -n "$cluster"/*.sh
shellcheck "$cluster"/*.sh tests/*.sh
"$python" "$checker" check
hadolint=$(dirname "$(command -v "$python")")/hadolint
if [ -x "$hadolint" ]; then "$hadolint" "$cluster/Dockerfile"; fi
ldd "$jibao" | awk '{ print $1 }' | grep -Ev '^(linux-vdso|libc\.so|libm\.so|libgcc_s\.so|/lib.*/ld-linux)' &&
  { echo "the image lacks a library that the program needs"; exit 1; }

# The list of reports without what differs from run to run.
list() {
  "$python" -c 'import json, sys
whole = json.load(open(sys.argv[1]))
assert "shard" not in whole, "a share, and not the whole"
for report in whole["reports"]:
    del report["millis"]
json.dump(whole, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)' "$1"
}
# The folder of a run, whose files must equal those of the first one. All write to `out`: the list names the files.
same() {
  diff <(cd "$work/one/out" && sha256sum -- *.pdf) <(cd "$work/$1/out" && sha256sum -- *.pdf)
  diff <(list "$work/one/out/manifest.json") <(list "$work/$1/out/manifest.json")
  echo "$1: $(find "$work/$1/out" -name '*.pdf' | wc -l) reports, as one process makes them"
}
enter() { mkdir -p "$work/$1" && cd "$work/$1"; }

enter one
"$jibao" build -q "$county" -o out --manifest out/manifest.json

enter shards
"$cluster/shards.sh" 4 "$county" out 2>log || { cat log; exit 1; }
same shards
# The machinery for several machines, with this one as the only host.
enter hosts
"$cluster/shards.sh" 4 "$county" out : 2>log || { cat log; exit 1; }
same hosts

enter list
"$cluster/list.sh" 4 "$county" out 2>log || { cat log; exit 1; }
same list

# The array counts from 5, to see that the script does not care.
enter slurm
for task in 5 6 7 8; do
  env SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_MAX=8 SLURM_ARRAY_TASK_COUNT=4 SLURM_CPUS_PER_TASK=2 \
    INPUT="$county" OUTPUT=out "$cluster/slurm.sh" >>log 2>&1 || { cat log; exit 1; }
done
"$jibao" merge -q out/manifests/*.json -o out/manifest.json
same slurm

enter kubernetes
completions=$(sed -n 's/^  completions: //p' "$cluster/kubernetes.yaml")
for index in $(seq 0 $((completions - 1))); do
  mapfile -t arguments < <("$python" "$checker" arguments "$index" "$county" out)
  JOB_COMPLETION_INDEX=$index "$jibao" "${arguments[@]}" >>log 2>&1 || { cat log; exit 1; }
done
"$jibao" merge -q out/manifests/*.json -o out/manifest.json
same kubernetes

# A broken report: the others are printed, the list says which one failed, and the exit code is 1. The folder's name has a
# blank in it, as folders have.
enter broken
cp -r "$county" "all of it"
rm "all of it/finance/2023/figures.yaml"
for way in "shards.sh 3" "list.sh 5"; do
  # shellcheck disable=SC2086
  if "$cluster"/$way "all of it" "out ${way%%.*}" >log 2>&1; then code=0; else code=$?; fi
  [ "$code" -eq 1 ] || { cat log; echo "$way: exit code $code"; exit 1; }
  [ "$(find "out ${way%%.*}" -name '*.pdf' | wc -l)" -eq 24 ] || { echo "$way: not the 24 others"; exit 1; }
  list "out ${way%%.*}/manifest.json" | grep '"outcome": "failed"' >/dev/null
done
echo "broken: 24 of 25 reports, exit code 1"
