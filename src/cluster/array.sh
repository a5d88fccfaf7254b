#!/usr/bin/env bash
# array.sh -- what one task of a job array does: train its share of the networks of a claim.
#
#   array.sh SHARDS COMMAND...
#
# Slurm itself sends the task of a dead node again (sbatch --requeue), but not one that ends with an
# error.  Its reason may pass, as a full disk or a lost file system does, so array.sh sends it again,
# MOST times; after that it has failed, and the job that waits for it goes from the queue.  A task
# that is sent again trains only what is still missing.
set -euo pipefail

MOST=3

# Not SLURM_ARRAY_TASK_COUNT: it is smaller when some tasks are sent again by hand.
share=$SLURM_ARRAY_TASK_ID/$1
shift
# Slurm does not set it at first.
sent=${SLURM_RESTART_COUNT:-0}
echo "share $share starts on $SLURMD_NODENAME, sent again $sent times"

status=0
"$@" --shard "$share" || status=$?

case $status in
0)
    echo "share $share is done"
    ;;
2 | 130 | 143)
    # A wrong call stays wrong, and what was cancelled or ran out of time is not to come back.
    echo "share $share ended with status $status" >&2
    ;;
132)
    echo "share $share: $SLURMD_NODENAME lacks instructions the programs were built for:" \
        "make submit OPT='-O3 -march=x86-64-v3'" >&2
    ;;
*)
    if ((sent < MOST)); then
        echo "share $share failed with status $status: it is sent again" >&2
        scontrol requeue "$SLURM_JOB_ID"
    else
        echo "share $share failed with status $status: it is not sent again" >&2
    fi
    ;;
esac
exit "$status"
