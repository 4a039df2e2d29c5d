"""Makes tests/data/salib_*.csv: samples, outputs and sensitivity indices by SALib, for the test that ours agree on the same sample.

Run with SALib 1.6.0 and numpy (`pip install SALib==1.6.0`) from the root of the repository:

    python python/tools/make_salib_reference.py

The function is Ishigami's (a = 7, b = 0.1) on the unit cube. Sobol' indices are of 128 rows of Saltelli's design without second
order, Morris's effects of 20 trajectories on 4 levels.
"""

import csv
from pathlib import Path

import numpy as np
from SALib.analyze import morris as morris_analysis
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

FOLDER = Path("tests/data")
PROBLEM = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[0, 1]] * 3}
SEED = 1


def ishigami(points):
    x = 2 * np.pi * points - np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def write(name, head, rows):
    with open(FOLDER / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def sample(name, points):
    outputs = ishigami(points)
    write(name, PROBLEM["names"] + ["y"], [[repr(float(v)) for v in (*x, y)] for x, y in zip(points, outputs)])
    return outputs


def main():
    points = sobol_sample.sample(PROBLEM, 128, calc_second_order=False, seed=SEED)
    outputs = sample("salib_sobol_sample.csv", points)
    found = sobol_analysis.analyze(PROBLEM, outputs, calc_second_order=False, num_resamples=1000, seed=SEED)
    columns = ["S1", "S1_conf", "ST", "ST_conf"]
    rows = zip(PROBLEM["names"], *(found[column].tolist() for column in columns))
    write("salib_sobol_indices.csv", ["name", *columns], rows)

    points = morris_sample.sample(PROBLEM, 20, num_levels=4, seed=SEED)
    outputs = sample("salib_morris_sample.csv", points)
    found = morris_analysis.analyze(PROBLEM, points, outputs, num_resamples=1000, num_levels=4, seed=SEED)
    columns = ["mu", "mu_star", "sigma", "mu_star_conf"]
    rows = zip(PROBLEM["names"], *(np.asarray(found[column]).tolist() for column in columns))
    write("salib_morris_effects.csv", ["name", *columns], rows)


if __name__ == "__main__":
    main()
