"""Our model in the EMA Workbench, and that it sees what `commonground stress` does: a pasture under droughts, at the same points.

    pip install ema_workbench
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from ema_workbench import Model, RealParameter, ScalarOutcome, Scenario, SequentialEvaluator

import commonground as cg

PASTURE = cg.scenario("pasture-ostrom")
RATE = "/pools/pasture/growth/depensated/rate"
DROUGHT = {"dry": {"stock_loss": {"when": {"at": 20}, "size": 0, "pool": "pasture"}}}
STUDY = {
    "title": "A drought",
    "question": "Does the pasture outlast a drought?",
    "goals": {"lasts": {"label": "Pasture lasts", "measure": "collapsed", "level": {"at_most": 0}, "note": "assumed"}},
    "met_in": 0.5,
    "score": {"measure": "stock_mean", "note": "assumed"},
    "ladders": {
        "drought": {
            "label": "Drought",
            "steps": ["small", "large"],
            "shocks": DROUGHT,
            "sizes": {"/dry/stock_loss/size": [0.2, 0.7]},
            "note": "assumed",
        }
    },
    "parameters": {"rate": {"label": "Rate of growth", "pointers": [RATE], "range": {"between": [0.3, 0.7]}, "note": "assumed"}},
    "points": {"latin": 40},
}


def pasture(rate: float = 0.5, size: float = 0.0) -> dict[str, float]:
    """A future: how fast grass grows, and how much of it a drought takes."""
    dry = PASTURE.set(RATE, rate).extended({"shocks": DROUGHT}).set("/shocks/dry/stock_loss/size", size)
    runs = cg.simulate(dry, runs=64)
    return {"lasts": float(1 - runs["collapsed"].mean()), "score": float(runs["stock_mean"].mean())}


with tempfile.TemporaryDirectory() as folder:
    (Path(folder) / "study.json").write_text(json.dumps(STUDY))
    words = ["stress", "pasture-ostrom", "--shocks", "study.json", "--runs", "64", "--out", "out", "-q"]
    subprocess.run([sys.executable, "-m", "commonground", *words], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    futures = cg.load(Path(folder) / "out").table("futures").to_pandas()

sizes = [0.0, 0.2, 0.7]
numbers = zip(futures["parameter.rate"], futures["step"])
points = [Scenario(f"{row}", rate=rate, size=sizes[step]) for row, (rate, step) in enumerate(numbers)]
model = Model("pasture", function=pasture)
model.uncertainties = [RealParameter("rate", 0.3, 0.7), RealParameter("size", 0.0, 0.7)]
model.outcomes = [ScalarOutcome("lasts"), ScalarOutcome("score")]
with SequentialEvaluator(model) as evaluator:
    experiments, outcomes = evaluator.perform_experiments(points)

# The same futures, each with other luck there and here: the shares of futures that last agree, and so do the means.
last = futures["goal.lasts.met_in"] >= 0.5
apart = abs((outcomes["lasts"] >= 0.5).mean() - last.mean())
print(f"{len(futures)} futures: the pasture lasts in {last.mean():.0%} by `stress`, {(outcomes['lasts'] >= 0.5).mean():.0%} by the Workbench")
print(f"mean stock {futures['score'].mean():.3f} and {outcomes['score'].mean():.3f}")
assert apart < 0.05 and abs(futures["score"].mean() - outcomes["score"].mean()) < 0.01
