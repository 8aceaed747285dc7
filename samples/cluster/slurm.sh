#!/usr/bin/env bash
# Slurm 作业数组：数组有几个任务，就分成几份。
#
#   id=$(sbatch --parsable --export=ALL,INPUT=/data/county,OUTPUT=/data/out slurm.sh)
#   sbatch --dependency=afterany:$id --wrap 'jibao merge /data/out/manifests/*.json -o /data/out/manifest.json'
#
# 要分成八份，改 --array=0-7。没有通过的报告使那个任务的退出码成为 1，别的报告照样排印，所以合并用 afterany。
#SBATCH --job-name=jibao
#SBATCH --array=0-3
#SBATCH --cpus-per-task=2
#SBATCH --mem=1G
#SBATCH --time=01:00:00
#SBATCH --output=jibao-%A_%a.log
set -euo pipefail

: "${INPUT:?卷宗所在的文件夹}" "${OUTPUT:?PDF 写到哪里}"
mkdir -p "$OUTPUT/manifests"

# --shard auto 读 SLURM_ARRAY_TASK_ID、SLURM_ARRAY_TASK_MIN 和 SLURM_ARRAY_TASK_COUNT。
exec "${JIBAO:-jibao}" build "$INPUT" -o "$OUTPUT" -j "${SLURM_CPUS_PER_TASK:-1}" \
  --shard auto --manifest "$OUTPUT/manifests/$SLURM_ARRAY_TASK_ID.json"
