#!/usr/bin/env bash
# 用 GNU parallel 把一棵卷宗树平分成几份，一起排印，再把各份的清单合成一份。
#
# 用法：shards.sh 份数 输入文件夹 输出文件夹 [主机,主机,…]
#   不写主机：几份都在本机，各占一部分处理器。
#   写了主机：经 ssh 分给这些机器，每台同时做一份；输入和输出在各台机器上要是同一个路径（共享文件系统），也都要有 jibao。
# 环境变量 JIBAO：jibao 的路径，不写则在 PATH 里找。
# 退出码：0 全部完成；1 有报告没有通过（其余照样排印，清单里有）；2 用法不对或写不进去。
set -euo pipefail

if [ $# -lt 3 ]; then
  sed -n '4,6p' "$0" >&2
  exit 2
fi
shards=$1 input=$2 output=$3 hosts=${4:-}
jibao=${JIBAO:-jibao}
parts=$output/manifests

mkdir -p "$parts"
rm -f "$parts"/*.json
if [ -n "$hosts" ]; then
  spread=(--sshlogin "$hosts" --jobs 1 --workdir "$PWD")
  threads=0 # 那台机器的全部处理器
else
  spread=(--jobs "$shards")
  threads=$(($(nproc) / shards))
  [ "$threads" -gt 0 ] || threads=1
fi

# 一份没有通过，别的照做。各份的退出码在 log 里；发现写在标准错误，每份报告的一行不要。
seq "$shards" | parallel --will-cite --quote "${spread[@]}" --joblog "$parts/log" \
  "$jibao" build "$input" -o "$output" -j "$threads" --shard "{}/$shards" --manifest "$parts/{}.json" >/dev/null || true

worst=$(awk 'NR > 1 { code = $8 > 0 ? 2 : $7; if (code > worst) worst = code } END { print worst + 0 }' "$parts/log")
# 合并的退出码：0 或 1 是合成了，2 是缺了哪一份。
merged=0
"$jibao" merge "$parts"/*.json -o "$output/manifest.json" || merged=$?
exit $((merged > worst ? merged : worst))
