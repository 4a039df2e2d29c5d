"""While it runs: other threads go on, Ctrl-C stops it, progress is told."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import commonground as cg


def test_other_threads_go_on_meanwhile():
    counted = 0
    ended = threading.Event()

    def count():
        nonlocal counted
        while not ended.is_set():
            counted += 1
            time.sleep(0.001)

    other = threading.Thread(target=count)
    other.start()
    begun = time.monotonic()
    cg.simulate("place-fortress", runs=3000, threads=1)
    took = time.monotonic() - begun
    ended.set()
    other.join()
    assert took > 0.1 and counted > 20, (took, counted)


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
@pytest.mark.parametrize("call", ["compare(['place-fortress', 'place-based']", "simulate('place-fortress'"])
def test_control_c_stops_it(call):
    code = f"import commonground as cg, sys; print('ready', flush=True); cg.{call}, runs=3_000_000)"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, words = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in words and process.returncode != 0, words
    assert time.monotonic() - begun < 30


def test_progress_is_told_and_what_it_raises_stops_the_run():
    told = []
    cg.simulate("place-fortress", runs=2000, progress=lambda done, all: told.append((done, all)))
    assert told[-1] == (2000, 2000) and told == sorted(told)

    def stop(done, all):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        cg.compare(["place-fortress", "place-based"], runs=1_000_000, progress=stop)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_runs_too():
    cg.simulate("pasture-fortress", runs=64)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        means = pool.apply_async(mean, ("pasture-fortress",)).get(timeout=60)
    assert means == mean("pasture-fortress")


def mean(name):
    return float(cg.simulate(name, runs=64)["stock_mean"].mean())
