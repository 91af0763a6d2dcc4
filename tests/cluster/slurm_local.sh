#!/usr/bin/env bash
# A Slurm of virtual nodes on this machine, for tests: all of its daemons, states and logs belong to one folder, and it
# listens on the loopback alone. It needs no root and no munge: whoever starts it is the only user.
#
#   slurm_local.sh start FOLDER NODES     until the nodes are idle; then SLURM_CONF=FOLDER/slurm.conf finds it
#   slurm_local.sh kill-node FOLDER NAME  end a node and all that runs on it, as a power cut would
#   slurm_local.sh stop FOLDER            end every process of it
#
# Nodes are called as the folder says (names), so that no other Slurm has the same.
set -u
PATH=$PATH:/usr/sbin # the daemons lie there, which a user need not have in the path

write_conf() { # FOLDER NODES
    local folder=$1 nodes=$2 host port=$((20000 + $$ % 2000 * 16)) me prefix=d$$n
    host=$(hostname -s) me=$(id -un)
    printf "$prefix%d\n" $(seq "$nodes") >"$folder/names"
    cat >"$folder/slurm.conf" <<END
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$me
SlurmdUser=$me
AuthType=auth/none
CredType=cred/none
# How long a task that was put back waits before it begins.
AuthInfo=cred_expire=5
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
SlurmdTimeout=5
KillWait=5
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=100000
# Nodes are as they are called here, whatever this machine has.
SlurmdParameters=config_overrides
NodeName=${prefix}[1-$nodes] NodeHostname=$host NodeAddr=127.0.0.1 Port=[$((port + 1))-$((port + nodes))] CPUs=1 RealMemory=600 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
}

start() { # FOLDER NODES
    local folder=$1 name i
    mkdir -p "$folder/state" || return 1
    write_conf "$folder" "$2"
    export SLURM_CONF=$folder/slurm.conf
    slurmctld -f "$SLURM_CONF" || return 1
    while read -r name; do
        mkdir -p "$folder/$name"
        slurmd -f "$SLURM_CONF" -N "$name" || return 1
    done <"$folder/names"
    for ((i = 0; i < 100; i++)); do
        [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | wc -l)" != "$2" ] || return 0
        sleep 0.2
    done
    echo "no idle nodes after 20 s: see $folder/*.log" >&2
    return 1
}

# The processes that run for the node: those of jobs have its name among their variables, and above a job is the
# daemon that would tell of its end.
of_node() { # NAME
    local process parent
    for process in /proc/[0-9]*; do
        { tr '\0' '\n' <"$process/environ" | grep -qx "SLURMD_NODENAME=$1"; } 2>/dev/null || continue
        parent=$(awk '/^PPid:/ {print $2}' "$process/status" 2>/dev/null)
        [ "$(cat "/proc/${parent:-0}/comm" 2>/dev/null)" != slurmstepd ] || echo "daemon $parent"
        echo "job ${process#/proc/}"
    done
}

kill_node() { # FOLDER NAME
    kill -9 "$(cat "$1/$2.pid")"
    # The daemon before its job, or it would tell of the job's end.
    of_node "$2" | sort -u | while read -r _ process; do kill -9 "$process" 2>/dev/null; done
    return 0
}

stop() { # FOLDER
    local name pid
    [ -e "$1/names" ] || return 0
    while read -r name; do
        [ ! -e "$1/$name.pid" ] || kill_node "$1" "$name" 2>/dev/null
    done <"$1/names"
    pid=$(cat "$1/slurmctld.pid" 2>/dev/null) && kill -9 "$pid" 2>/dev/null
    return 0
}

case ${1:-} in
start) start "$2" "$3" ;;
kill-node) kill_node "$2" "$3" ;;
stop) stop "$2" ;;
*)
    echo "slurm_local.sh: start FOLDER NODES, kill-node FOLDER NAME or stop FOLDER" >&2
    exit 2
    ;;
esac
