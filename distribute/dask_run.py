#!/usr/bin/env python3
"""Does the shards of a commonground plan on a Dask cluster.

    commonground plan compare a.json b.json --runs 1000000 --out big
    python dask_run.py big                                    # on this machine
    python dask_run.py big --scheduler tcp://10.0.0.5:8786    # on any Dask cluster
    commonground merge big

The cluster may be a LocalCluster, SSHCluster, dask-jobqueue (Slurm, PBS, SGE), dask-kubernetes: whatever gives a scheduler's
address. Every worker needs the program and the folder under the same path (a shared file system), and one thread.

Dask only hands out numbers. What is done is on disk, and `commonground status` alone says what is missing, so that nothing is
lost with a worker or with the scheduler: the script asks, submits, and asks again until nothing is missing. Started again
after any accident it goes on where the last one stopped.

Needs: pip install dask distributed
"""

import argparse
import os
import subprocess
import sys

from distributed import Client, KilledWorker, LocalCluster, as_completed

INCOMPLETE = 3  # exit code of `commonground status`


def missing(program, folder):
    """Numbers of the shards that are missing or damaged."""
    status = subprocess.run([program, "status", folder, "--quiet"], stdout=subprocess.PIPE, text=True)
    if status.returncode not in (0, INCOMPLETE):
        sys.exit(status.returncode)  # it has said why on standard error
    numbers = []
    for piece in filter(None, status.stdout.strip().split(",")):
        first, _, last = piece.partition("-")
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers


def work(program, folder, shard):
    """Does one shard in a process of its own; runs on a worker."""
    done = subprocess.run(
        [program, "work", folder, str(shard), "--threads", "1", "--quiet"], stderr=subprocess.PIPE, text=True
    )
    if done.returncode != 0:
        raise RuntimeError(f"shard {shard} ended with {done.returncode}: {done.stderr.strip()}")
    return shard


def attempt(client, program, folder, shards):
    """Submits shards and waits for all; gives back what went wrong, by shard."""
    # Not pure: a shard that is submitted again is to be done again, whatever Dask remembers of it.
    tasks = {client.submit(work, program, folder, shard, pure=False, retries=2): shard for shard in shards}
    failures = {}
    for task in as_completed(tasks):
        if task.status == "finished":
            print(f"shard {tasks[task]} is done", file=sys.stderr)
            continue
        error = task.exception() if task.status == "error" else RuntimeError(f"the task was {task.status}")
        # A worker that dies takes the shards down that it had in hand, which need not be at fault.
        reason = "its workers died" if isinstance(error, KilledWorker) else str(error)
        failures[tasks[task]] = reason
        print(f"shard {tasks[task]}: {reason}", file=sys.stderr)
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="folder of the plan, under the same path for every worker")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask scheduler; without it this machine's cores")
    parser.add_argument("--program", default="commonground", help="the program's path on the workers")
    parser.add_argument("--attempts", type=int, default=5, help="in a row that may bring nothing new (default: 5)")
    arguments = parser.parse_args()
    arguments.folder = os.path.abspath(arguments.folder)  # workers may stand elsewhere

    shards = missing(arguments.program, arguments.folder)
    if not shards:
        return
    cluster = arguments.scheduler or LocalCluster(host="127.0.0.1", threads_per_worker=1, dashboard_address=None)
    with Client(cluster) as client:
        fruitless = 0
        while shards and fruitless < arguments.attempts:
            print(f"{len(shards)} shards are missing", file=sys.stderr)
            failures = attempt(client, arguments.program, arguments.folder, shards)
            left = missing(arguments.program, arguments.folder)
            fruitless = fruitless + 1 if left == shards else 0
            shards = left
    if shards:
        for shard, reason in failures.items():
            print(f"shard {shard}: {reason}", file=sys.stderr)
        sys.exit(INCOMPLETE)


if __name__ == "__main__":
    main()
