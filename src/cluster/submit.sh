#!/usr/bin/env bash
# submit.sh -- sends to Slurm a job array for every claim that has networks to train, and a last job
# that makes the paper of the run store when all tasks of all arrays have ended well.
#
#   submit.sh SHARDS THREADS LOGS PAPER CLAIM...
#
# SHARDS tasks in an array, THREADS cores for a task, what the jobs print below LOGS; PAPER and each
# CLAIM are command lines.  With DRY in the environment nothing is sent: the commands are printed, as
# a script that would send the same.
set -euo pipefail

shards=$1 threads=$2 logs=$3 paper=$4
shift 4
dry=${DRY-}
sent=()

say() { [[ -n $dry ]] || echo "$1"; }

# Words as the shell reads them, with quotes only where it needs them.  A $ stays one: it names a job.
quoted() {
    local word line=
    for word; do
        [[ $word != *[!A-Za-z0-9_./:=,%@$+-]* ]] || word="'${word//\'/\'\\\'\'}'"
        line+=" $word"
    done
    echo "${line# }"
}

# submit NAME OPTION...: sets $job to the number of the job.
submit() {
    local name=$1
    shift
    # A task that is sent again adds to what it printed before.
    set -- sbatch --parsable --job-name="$name" --requeue --open-mode=append --cpus-per-task="$threads" "$@"
    if [[ -n $dry ]]; then
        echo "$name=\$($(quoted "$@"))"
        job=\$$name
    elif job=$("$@"); then
        job=${job%%;*}
        sent+=("$job")
    else
        ((${#sent[@]} == 0)) || echo "to take back what was sent: scancel ${sent[*]}" >&2
        exit 1
    fi
}

# sbatch does not make the directory, and a job without it fails.
if [[ -z $dry ]]; then mkdir -p "$logs"; else echo "mkdir -p $(quoted "$logs")"; fi

after=
for claim; do
    read -ra command <<<"$claim"
    left=$("${command[@]}" --estimate)
    [[ -n $left ]] || continue
    submit "$(basename "${command[0]}")" --array="1-$shards" --output="$logs/%x-%A-%a.txt" \
        src/cluster/array.sh "$shards" "${command[@]}"
    say "$left: job $job, $shards tasks"
    after+=:$job
done

# A paper that can no longer start does not stay in the queue.
submit paper ${after:+"--dependency=afterok$after" --kill-on-invalid-dep=yes} \
    --output="$logs/%x-%j.txt" --wrap="$paper"
say "paper: job $job${after:+, when all tasks have ended well}"
say "squeue --me shows how far they are, $logs what they print"
