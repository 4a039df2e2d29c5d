"""Makes tests/data/prim_*.csv: cases and the boxes that the EMA Workbench finds in them, for the test that ours are the same.

Run with ema_workbench 2.5.3 (`pip install ema_workbench==2.5.3`) from the root of the repository:

    python python/tools/make_prim_reference.py

Cases fail where a shock is `cut` or `all`, its severity is one half or more and growth is above 0.6, and now and then elsewhere.
Severity has five levels, so that peels meet equal numbers. The second peel is so large that boxes are pasted onto afterwards.
"""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
from ema_workbench.analysis.prim import Prim

FOLDER = Path("tests/data")
CASES = 600
SHOCKS = ["all", "cut", "none", "surge"]
NUMBERS = ["growth", "trust", "renewal", "severity"]
SEED = 3
PEELS = [0.05, 0.2]


def cases():
    random = np.random.default_rng(SEED)
    table = pd.DataFrame({name: random.random(CASES) for name in NUMBERS[:3]})
    table["severity"] = random.integers(0, 5, CASES) / 4
    table["shock"] = random.choice(SHOCKS, CASES)
    inside = table["shock"].isin(["all", "cut"]) & (table["severity"] >= 0.5) & (table["growth"] > 0.6)
    fails = np.where(inside, random.random(CASES) < 0.9, random.random(CASES) < 0.08)
    return table, fails.astype(int)


def write(name, head, rows):
    with open(FOLDER / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def entry(limits, quasi_p, name):
    if name == "shock":
        p = quasi_p.get(name, [-1, -1])[0]
        return ["+".join(sorted(limits[name].iloc[0])), "" if p < 0 else repr(float(p))]
    ends = [repr(float(end)) for end in limits[name]]
    return ends + ["" if p < 0 else repr(float(p)) for p in quasi_p.get(name, [-1, -1])]


def main():
    table, fails = cases()
    write("prim_cases.csv", [*table.columns, "fails"], [[*row, fail] for row, fail in zip(table.values.tolist(), fails)])
    head = ["peel", "cases", "of_interest", "coverage", "density", "mass", "restricted"]
    for name in NUMBERS:
        head += [f"{name}_low", f"{name}_high", f"{name}_p_low", f"{name}_p_high"]
    head += ["shock", "shock_p"]
    rows = []
    for peel in PEELS:
        box = Prim(table, fails, threshold=0.1, peel_alpha=peel).find_box()
        for number, row in box.peeling_trajectory.iterrows():
            counts = [peel, int(row["n"]), int(row["k"])]
            counts += [repr(float(row[key])) for key in ["coverage", "density", "mass"]]
            counts.append(int(row["res_dim"]))
            for name in [*NUMBERS, "shock"]:
                counts += entry(box.box_lims[number], box.qp[number], name)
            rows.append(counts)
    write("prim_boxes.csv", head, rows)


if __name__ == "__main__":
    main()
