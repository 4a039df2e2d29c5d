#!/bin/bash
# A Slurm array: each task does one shard, on one core. Submit what is missing, as often as it takes:
#
#   sbatch --array=$(commonground status FOLDER) FOLDER/slurm.sh
#
# A shard that is there already is skipped, one that was cut off is done again. A cluster whose arrays are shorter than the
# list (scontrol show config | grep MaxArraySize) takes a fixed number of tasks instead, each with a fair share:
#
#   sbatch --array=1-500 --export=ALL,TASKS=500 FOLDER/slurm.sh
#
#SBATCH --job-name=commonground
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=01:00:00
#SBATCH --requeue
set -euo pipefail

shards="$SLURM_ARRAY_TASK_ID${TASKS:+/$TASKS}"
exec "${COMMONGROUND:-commonground}" work FOLDER "$shards" --threads 1 --quiet
