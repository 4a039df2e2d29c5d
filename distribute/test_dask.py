#!/usr/bin/env python3
"""Tries dask_run.py for real: two workers on loopback, one killed in the middle, then the scheduler killed and all resumed.

    python distribute/test_dask.py path/to/commonground

The merged files must be those of one go, byte by byte. Needs dask and distributed; takes a few seconds. It opens ports on
127.0.0.1 only and ends every process that it started.
"""

import hashlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
ARMS = ["pasture-fortress", "pasture-ostrom", "--runs", "1200", "--quiet"]
SHARDS = 24


def digest(folder):
    """Hash of all result files but the manifest, which tells the command line."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    joined = b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)
    return len(files), hashlib.sha256(joined).hexdigest()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, allowed_failures=3):
        self.address = f"tcp://127.0.0.1:{free_port()}"
        port = self.address.rsplit(":", 1)[1]
        # With none allowed, a shard whose worker is killed fails with KilledWorker.
        os.environ["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = str(allowed_failures)
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", port, "--dashboard-address", "127.0.0.1:0")
        self.workers = [self.worker(), self.worker()]

    @staticmethod
    def start(*arguments):
        return subprocess.Popen([sys.executable, "-m", "dask", *arguments], stderr=subprocess.DEVNULL)

    def worker(self):
        # Without the last flag a listener opens on all interfaces.
        return self.start(
            "worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--dashboard-address", "127.0.0.1:0"
        )

    def end(self):
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


def parts(folder):
    return len(list((folder / "parts").glob("*.part")))


def wait_for(parts_wanted, folder, driver):
    while parts(folder) < parts_wanted and driver.poll() is None:
        time.sleep(0.01)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        run = lambda *words: subprocess.run([program, *words], cwd=place, check=True, stdout=subprocess.DEVNULL)
        run("compare", *ARMS, "--out", "whole")
        run("plan", "compare", *ARMS, "--out", "plan", "--shards", str(SHARDS))
        plan = place / "plan"
        driver = lambda cluster: subprocess.Popen(
            [sys.executable, str(HERE / "dask_run.py"), str(plan), "--scheduler", cluster.address, "--program", program]
        )

        cluster = Cluster(allowed_failures=0)
        try:
            first = driver(cluster)
            wait_for(3, plan, first)
            cluster.workers[0].kill()
            print(f"a worker was killed after {parts(plan)} parts")
            cluster.workers.append(cluster.worker())
            wait_for(10, plan, first)
            cluster.scheduler.kill()
            first.kill()
            first.wait()
            print(f"the scheduler was killed after {parts(plan)} parts")
        finally:
            cluster.end()
        assert parts(plan) < SHARDS, "the cluster was too quick for a kill in the middle"

        cluster = Cluster()
        try:
            assert driver(cluster).wait() == 0
        finally:
            cluster.end()
        run("merge", "plan", "--quiet")
        whole, merged = digest(place / "whole"), digest(plan / "results")
        print(f"one go: {whole}\nmerged: {merged}")
        assert whole == merged, "the results differ"


if __name__ == "__main__":
    main()
