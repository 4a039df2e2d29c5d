"""Which numbers of a pasture decide how much grass is left: Sobol' indices by SALib over our model.

Every point meets the same sixteen runs of luck, so that the model is a function of its numbers and SALib need not know of chance.

    pip install SALib
"""

import numpy
from SALib.analyze import sobol
from SALib.sample import sobol as sample

import commonground as cg

PASTURE = cg.scenario("pasture-ostrom")
RANGES = {
    "/rules/graduated_sanctions/fine": [0.0, 1.0],
    "/rules/measures/coverage": [0.0, 1.0],
    "/society/patience": [0.5, 0.99],
}
PROBLEM = {"num_vars": len(RANGES), "names": list(RANGES), "bounds": list(RANGES.values())}


def left(point: numpy.ndarray) -> float:
    """What is left of the grass at the end, as a share of full: the mean of sixteen runs."""
    return float(cg.simulate(PASTURE.set(dict(zip(RANGES, point))), runs=16)["stock_end"].mean())


points = sample.sample(PROBLEM, 64, calc_second_order=False, seed=1)
indices = sobol.analyze(PROBLEM, numpy.array([left(point) for point in points]), calc_second_order=False, seed=1)
for name, first, total in zip(RANGES, indices["S1"], indices["ST"]):
    print(f"{name:32} alone {first:5.2f}   in all {total:5.2f}")
assert max(indices["ST"]) > 0.3 and sum(indices["S1"]) < 1.2
