"""What a call costs: sixteen runs of a pasture and of a place, by the module and by the command. Prints the median and the shortest of many calls.

    python python/tools/measure.py
"""

import statistics
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import commonground as cg

COMMAND = Path(sysconfig.get_path("scripts")) / "commonground"


def taken(call: Callable[[int], object], times: int = 50) -> tuple[float, float]:
    """Seconds of a call, which is given another number each time, median and least; the first is not counted."""
    call(0)
    all = []
    for number in range(times):
        begun = time.perf_counter()
        call(number + 1)
        all.append(time.perf_counter() - begun)
    return statistics.median(all), min(all)


def command(name: str) -> Callable[[int], object]:
    def call(number: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            words = [COMMAND, "run", name, "--runs", "16", "--out", f"{folder}/out", "-q"]
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL)

    return call


def main() -> None:
    for name, pointer in (("pasture-ostrom", "/society/patience"), ("place-fortress", "/society/trust")):
        place = cg.scenario(name)
        value = lambda number: 0.4 + number / 1000
        calls: dict[str, tuple[Callable[[int], object], int]] = {
            "simulate": (lambda _: cg.simulate(place, runs=16), 50),
            "simulate, series": (lambda _: cg.simulate(place, runs=16, keep="series"), 50),
            "set": (lambda number: place.set(pointer, value(number)), 50),
            "set and simulate": (lambda number: cg.simulate(place.set(pointer, value(number)), runs=16), 50),
            "run, planner known": (lambda _: cg.run(place, runs=16), 50),
            "run, without planner": (lambda number: cg.run(place.set(pointer, value(number)), runs=16, planner=False), 50),
            "set and run, with planner": (lambda number: cg.run(place.set(pointer, value(number)), runs=16), 10),
            "load by name": (lambda _: cg.scenario(name), 10),
            "the command": (command(name), 5),
        }
        for what, (call, times) in calls.items():
            median, least = taken(call, times)
            print(f"{name:16} {what:26} {median * 1000:9.2f} ms, least {least * 1000:9.2f} ms", flush=True)


if __name__ == "__main__":
    main()
