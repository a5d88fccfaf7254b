#!/usr/bin/env bash
# cluster.sh -- the quick paper on a Slurm cluster of two nodes, one of which dies in the middle.
#
# Controller, nodes and munge all run on this host, with key, sockets and logs in a scratch
# directory.  Where the system allows it they live in a process name space, which takes them all
# along however the test ends.

# Functions are passed to wait_for and trap, which shellcheck does not see.
# shellcheck disable=SC2317

for tool in sbatch slurmctld slurmd munged; do
    command -v $tool >/dev/null || { echo "$tool not found: run make deps-cluster" >&2 && exit 1; }
done

if [[ ${1-} != inside ]]; then
    name_space=(unshare --pid --fork --kill-child --mount-proc)
    signal=KILL # unshare ignores what is milder
    "${name_space[@]}" true 2>/dev/null || name_space=() signal=TERM
    outer=$(mktemp -d) || exit 1
    inner=
    leave() {
        if [[ -n $inner ]]; then
            kill -s "$signal" "$inner"
            wait "$inner"
        fi
        # The last process may be writing still.
        for _ in {1..100}; do
            rm -rf "$outer" && break
            sleep 0.1
        done
    } 2>/dev/null
    trap leave EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    TMPDIR=$outer "${name_space[@]}" "$0" inside &
    inner=$!
    wait "$inner"
    status=$?
    inner=
    exit "$status"
fi

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
if (($(id -u) != 0)); then
    skip 'the quick paper on a cluster' 'the daemons of Slurm want to be started by root'
    finish
fi

SHARDS=6
PATIENCE=600 # seconds, for whatever is waited for

# What a Slurm that runs this test has set.
for variable in $(compgen -e | grep -E '^(SLURM|SBATCH|SQUEUE|SINFO|SCONTROL)_'); do
    unset "$variable"
done
unset DRY
export SLURM_CONF=$scratch/slurm.conf
export MUNGE_SOCKET=$scratch/munge.socket

# ---- processes ----

# with_variable NAME=VALUE: the processes that were started with it
with_variable() { grep -lzsx "$1" /proc/[0-9]*/environ | cut -d / -f 3; }

parent() { sed -n 's/^PPid:\t//p' "/proc/$1/status"; }

# Not the clean_up of lib.sh alone: it does not know what the daemons have started.
trap 'status=$?; kill -KILL $(with_variable "SLURM_CONF=$SLURM_CONF") 2>/dev/null
    (exit $status); clean_up' EXIT

# wait_for WHAT COMMAND...: until the command succeeds
wait_for() {
    local what=$1 end=$((SECONDS + PATIENCE))
    shift
    until "$@" 2>/dev/null; do
        if ((SECONDS > end)); then
            fail "$what" "not after $PATIENCE seconds"$'\n'"$(sinfo -N; squeue; tail -n 5 "$scratch"/*.log)"
            finish
        fi
        sleep 0.05
    done
}

# ---- the cluster ----

free_port() {
    local port
    until port=$((20000 + RANDOM % 10000)) && ! (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo $port
}

start_munge() {
    head -c 128 /dev/urandom >"$scratch/munge.key"
    chmod 600 "$scratch/munge.key"
    # --force: the scratch directory is closed to others, which munged minds and this test does not.
    munged --foreground --force --key-file="$scratch/munge.key" --socket="$MUNGE_SOCKET" \
        --pid-file="$scratch/munged.pid" --seed-file="$scratch/munged.seed" \
        >"$scratch/munged.log" 2>&1 &
    disown
    PATIENCE=60 wait_for 'munge answers' munge -n -S "$MUNGE_SOCKET" -o /dev/null
}

configure_slurm() {
    local host
    host=$(uname -n)
    host=${host%%.*}
    mkdir "$scratch"/{state,spool-n1,spool-n2}
    cat >"$SLURM_CONF" <<EOF
ClusterName=loopback
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$MUNGE_SOCKET
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool-%n
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/slurmd-%n.pid
SlurmctldLogFile=$scratch/slurmctld.log
SlurmdLogFile=$scratch/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
SwitchType=switch/none
SlurmdTimeout=5
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=1
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port) CPUs=1
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port) CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES
EOF
}

nodes_idle() { (($(sinfo -h -N -t idle | wc -l) == 2)); }

start_slurm() {
    configure_slurm
    slurmctld -D -c >"$scratch/slurmctld.out" 2>&1 &
    slurmd -D -N n1 >"$scratch/slurmd-n1.out" 2>&1 &
    slurmd -D -N n2 >"$scratch/slurmd-n2.out" 2>&1 &
    n2=$!
    disown -a # or the shell would tell of their deaths
    PATIENCE=60 wait_for 'both nodes are idle' nodes_idle
}

# Slurm lets a job that it sends again wait for two minutes, to be sure that the node has forgotten it.
# Ten seconds are enough here.
shorten_waiting() {
    local job reason start
    squeue -h -r -t PENDING -o '%A %r %S' | while read -r job reason start; do
        [[ $reason == BeginTime ]] && (($(date -d "$start" +%s) > $(date +%s) + 60)) &&
            scontrol update jobid="$job" starttime=now+10
    done
}

queue_empty() {
    local jobs
    shorten_waiting
    jobs=$(squeue -h) && [[ -z $jobs ]]
}

# ---- the death of a node ----

# left_of SHARE STORE: the networks of compression that it has not trained
left_of() {
    "$program" --scale quick --runs-dir "$2" --shard "$1" --estimate |
        sed -n 's/^compression: \([0-9]*\) of .*/\1/p'
}

# Stops a program on n2 when some networks of its share are finished and some are not.  Sets $victim
# and $share.
caught() {
    local pid left
    for pid in $(with_variable SLURMD_NODENAME=n2); do
        [[ $(readlink "/proc/$pid/exe") == "$program" ]] || continue
        kill -STOP "$pid" || continue
        # The signal takes effect a little later.
        while [[ -d /proc/$pid ]] && ! grep -q '^State:.[TZ]' "/proc/$pid/status"; do :; done
        share=$(tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n '/^--shard$/{n;p}')
        left=$(left_of "$share" "$runs")
        if [[ -n $left ]] && ((left < $(left_of "$share" "$scratch/none"))); then
            victim=$pid
            return 0
        fi
        kill -CONT "$pid"
    done
    return 1
}

caught_or_late() {
    local jobs
    caught || { jobs=$(squeue -h -n compression) && [[ -z $jobs ]]; }
}

kill_n2() {
    local script step
    script=$(parent "$victim")
    step=$(parent "$script")
    must grep -qx slurmstepd "/proc/$step/comm"
    # Stopped first, none of them can tell of the end of another.
    kill -STOP "$n2" "$step" "$script"
    kill -KILL "$victim" "$script" "$step" "$n2"
}

n2_down() { [[ $(sinfo -h -N -n n2 -o %T) == down* ]]; }

# ---- the paper ----

need_paper
cluster=$scratch/cluster
program=$cluster/build/bin/compression
logs=$cluster/build/quick/slurm
runs=$cluster/build/quick/runs
expected=$top/tests/expected/quick/runs.sha256
# a line for each run, <identity>/<number>, and for each of its measurements, one deeper
networks=$(grep -c '^[^/]*/[^/]*$' "$expected")
measured=$(grep -c '^[^/]*/[^/]*/[^/]*$' "$expected")
must cp -a "$tree" "$cluster"
start_munge
start_slurm
pass 'a Slurm cluster of two nodes is up'

run in_dir "$cluster" make submit SCALE=quick SHARDS=$SHARDS
expect_status "make submit SCALE=quick SHARDS=$SHARDS sends the jobs" 0
array=$(squeue -h -n compression -o %F | sort -u)

victim=
wait_for 'node n2 is in the middle of a share' caught_or_late
if [[ -z $victim ]]; then
    fail 'node n2 dies in the middle of a share' 'no such moment was seen'
    finish
fi
before=$(find "$runs" -name '*.tsv' -printf '%p %i %T@\n' | sort)
kill_n2
pass "node n2 is killed in the middle of share $share, after $(wc -l <<<"$before") of $networks networks"
wait_for 'Slurm sees that n2 is down' n2_down
pass 'Slurm sees that n2 is down'

wait_for 'all jobs end' queue_empty
log=$logs/compression-$array-${share%/*}.txt
run grep ' starts on ' "$log"
expect_equal "share $share, begun on n2, is sent again and done on n1" "$(cat "$out")" \
    "share $share starts on n2, sent again 0 times
share $share starts on n1, sent again 1 times"
expect_equal "all $SHARDS shares are done" "$(cat "$logs"/compression-*.txt | grep -c ' is done$')" $SHARDS
expect_equal 'what was finished before is not trained again' "$before" \
    "$(find "$runs" -name '*.tsv' -printf '%p %i %T@\n' | sort | grep -Fxf <(echo "$before"))"
expect_equal "there are $networks records of runs" "$(records "$runs" | wc -l)" "$networks"
expect_equal "and $measured of measurements" "$(measurements "$runs" | wc -l)" "$measured"
expect "the records have the SHA-256 in ${expected#"$top/"}" \
    diff <("$paper/build/bin/records" "$runs") "$expected"
same_bytes 'the records are those of one machine without Slurm' "$runs" "$paper/build/quick/runs" \
    -x '*.tmp-*'
same_bytes 'the data files are those of one machine' \
    "$cluster/build/quick/data" "$paper/build/quick/data"
run grep -h ^compile "$logs"/paper-*.txt
expect_empty 'the last job compiles nothing' "$out"
same_bytes 'the paper of the last job is that of one machine' \
    "$cluster/build/quick/paper.pdf" "$paper/build/quick/paper.pdf"

run in_dir "$cluster" make submit SCALE=quick SHARDS=$SHARDS DRY=1
expect_equal 'with all networks in the store only the paper would be sent' \
    "$(grep -c sbatch "$out") $(grep -c '^paper=' "$out")" '1 1'

# ---- tasks that fail by themselves ----

# submit_failing NAME TIMES: a claim whose program fails so many times, and a paper after it
submit_failing() {
    local dir=$scratch/$1
    mkdir -p "$dir"
    cat >"$dir/$1" <<EOF
#!/usr/bin/env bash
[[ \$* != *--estimate* ]] || { echo '$1: 1 of 1 networks to train'; exit; }
echo attempt >>"$dir/attempts"
((\$(wc -l <"$dir/attempts") > $2)) || exit 1
EOF
    chmod +x "$dir/$1"
    must in_dir "$cluster" src/cluster/submit.sh 1 1 "$dir/logs" "touch $dir/paper" "$dir/$1"
}

submit_failing passing 1
submit_failing hopeless 1000
wait_for 'all jobs end' queue_empty
expect_equal 'a task that fails once is sent again' "$(wc -l <"$scratch/passing/attempts")" 2
expect 'the paper is made after it' test -e "$scratch/passing/paper"
expect_equal 'a task that always fails is sent again three times' \
    "$(wc -l <"$scratch/hopeless/attempts")" 4
expect 'no paper is made after it, and none waits' test ! -e "$scratch/hopeless/paper"

finish
