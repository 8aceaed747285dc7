#!/usr/bin/env bash
# 另一种分法：先列出全部报告，一行一份，由 GNU parallel 边做边分。各份报告大小悬殊、机器快慢不一时，比事先平分均匀。
#
# 用法：list.sh 每次几份 输入文件夹 输出文件夹
#   每次几份：一个 jibao 进程接连做几份。太少，每次都要重新读字体；太多，最后会有机器空等。20 到 200 都可以。
# 环境变量 JIBAO：jibao 的路径；JOBS：同时几个进程，不写则有几个处理器就几个。
# 退出码：同 shards.sh。
set -euo pipefail

if [ $# -lt 3 ]; then
  sed -n '4,5p' "$0" >&2
  exit 2
fi
each=$1 input=$2 output=$3
jibao=${JIBAO:-jibao}
parts=$output/manifests

mkdir -p "$parts"
rm -f "$parts"/*.json
# 两份报告会写成同一个文件名的，--list 就报错，一份也不做。
"$jibao" build "$input" -o "$output" --list >"$parts/list"

parallel --will-cite --quote --jobs "${JOBS:-100%}" -N "$each" --joblog "$parts/log" \
  "$jibao" build {} -o "$output" -j 1 --manifest "$parts/{#}.json" <"$parts/list" >/dev/null || true

worst=$(awk 'NR > 1 { code = $8 > 0 ? 2 : $7; if (code > worst) worst = code } END { print worst + 0 }' "$parts/log")
# 合并的退出码：0 或 1 是合成了，2 是合不成。
merged=0
"$jibao" merge "$parts"/*.json -o "$output/manifest.json" || merged=$?
# 这样分的清单不知道一共有几份：一行一份，数一数。
if [ "$(grep -c '"path":' "$output/manifest.json")" -ne "$(wc -l <"$parts/list")" ]; then
  echo "清单里的报告比列出的少" >&2
  merged=2
fi
exit $((merged > worst ? merged : worst))
