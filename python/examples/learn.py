"""A quick stand-in for the model, by scikit-learn: a forest that has learned from a table of points what is left of a pasture.

    pip install scikit-learn
"""

import numpy
import pandas
from sklearn.ensemble import RandomForestRegressor
from sklearn.inspection import permutation_importance
from sklearn.model_selection import train_test_split

import commonground as cg

PASTURE = cg.scenario("pasture-ostrom")
RANGES = {"/rules/graduated_sanctions/fine": (0.0, 1.0), "/society/patience": (0.5, 0.99), "/society/trust": (0.0, 1.0)}

chance = numpy.random.default_rng(1)
points = pandas.DataFrame({name: chance.uniform(*ends, 300) for name, ends in RANGES.items()})
left = [cg.simulate(PASTURE.set(point), runs=16)["stock_end"].mean() for point in points.to_dict("records")]
taught, asked, known, wanted = train_test_split(points, left, random_state=1)

forest = RandomForestRegressor(random_state=1).fit(taught, known)
print(f"{forest.score(asked, wanted):.0%} of the variance of points it has not seen is foretold")
importance = permutation_importance(forest, asked, wanted, random_state=1).importances_mean
print(pandas.Series(importance, RANGES).round(2).to_string())
assert forest.score(asked, wanted) > 0.5
