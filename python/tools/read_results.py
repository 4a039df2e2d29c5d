"""Reads the tables of a result folder with pandas, Polars and DuckDB, and checks that all see the same numbers.

    pip install pandas pyarrow polars duckdb
    python read_results.py results/isle-of-wight-fortress-vs-isle-of-wight-place-based

Takes the folder of any experiment in either format. It checks what docs/results.md promises: every column of every table is in
the data dictionary, the tables that the three libraries read are one, and numbers that follow from each other across tables do:
the means of `runs` are those of `summary.csv`, Shapley values sum to what all rules together do, and the effects of a grid
are differences between its cells. Exits 1 with the first thing that does not hold.
"""

import csv
import json
import math
import sys
from pathlib import Path

import duckdb
import pandas
import polars

# Means are added up in another order here than in the program.
TOLERANCE = 1e-9
DICTIONARY = "data-dictionary.csv"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: python read_results.py FOLDER")
    folder = Path(sys.argv[1])
    names = json.loads((folder / "manifest.json").read_text())["files"]
    tables = [folder / name for name in names if name.endswith((".csv", ".parquet")) and name != DICTIONARY]
    if not tables:
        sys.exit("the manifest lists no table")
    frames = {}
    for table in tables:
        check_dictionary(folder, table)
        frame = frames[table.stem] = check_same(table)
        print(f"{table.name}: {len(frame)} rows, {len(frame.columns)} columns, the same in pandas, Polars and DuckDB")
    if "runs" in frames:
        print(f"{check_means(frames)} means of the runs are those of summary.csv")
    if "shapley" in frames:
        print(f"{check_shapley(frames)} sums of Shapley values are what all rules together do")
    if "effects" in frames and "difference" in frames["effects"]:
        print(f"{check_effects(frames)} effects are differences between cells")


def check_same(table: Path) -> pandas.DataFrame:
    """The table as pandas reads it, once the others have read the same."""
    is_parquet = table.suffix == ".parquet"
    ours = pandas.read_parquet(table) if is_parquet else pandas.read_csv(table)
    by_polars = polars.read_parquet(table) if is_parquet else polars.read_csv(table, infer_schema_length=None)
    by_duckdb = duckdb.sql(f"select * from '{table}'").pl()
    for name, theirs in (("Polars", by_polars), ("DuckDB", by_duckdb)):
        if list(theirs.columns) != list(ours.columns) or len(theirs) != len(ours):
            sys.exit(f"{table.name}: {name} reads another shape: {theirs.shape} against {ours.shape}")
        for column in ours.columns:
            for row, (a, b) in enumerate(zip(ours[column].tolist(), theirs[column].to_list())):
                if not same(a, b):
                    sys.exit(f"{table.name}: {name} reads {b!r} for {a!r} in row {row} of {column}")
    return ours


def same(a: object, b: object) -> bool:
    """Whether two fields are one; what is missing is NaN in pandas and None in the others."""
    missing = [value is None or (isinstance(value, float) and math.isnan(value)) for value in (a, b)]
    return all(missing) or (not any(missing) and a == b)


def check_dictionary(folder: Path, table: Path) -> None:
    """Every column of the table is in the dictionary, in its order."""
    with open(folder / DICTIONARY, newline="") as file:
        told = [row["column"] for row in csv.DictReader(file) if row["file"] == table.name]
    columns = duckdb.sql(f"select * from '{table}'").columns
    if told != columns:
        sys.exit(f"{table.name} has {columns} and the dictionary tells of {told}")


def check_means(frames: dict[str, pandas.DataFrame]) -> int:
    """The means of every measure by arm, reckoned from the runs, are those of the summary; gives back how many."""
    means = frames["runs"].drop(columns="run").groupby("arm").mean()
    summary = frames["summary"].dropna(subset=["mean"])
    for row in summary.itertuples():
        check_equal(f"{row.measure} of {row.arm}", means.loc[row.arm, row.measure], row.mean)
    return len(summary)


def check_shapley(frames: dict[str, pandas.DataFrame]) -> int:
    """The values of all rules sum to the worth of all of them less that of none; gives back for how many measures."""
    subsets = frames["subsets"].set_index(["measure", "size"])["mean"]
    values = frames["shapley"].groupby("measure")["value"].agg(["sum", "count"])
    for row in values.itertuples():
        check_equal(row.Index, row.sum, subsets[row.Index, row.count].item() - subsets[row.Index, 0].item())
    return len(values)


def check_effects(frames: dict[str, pandas.DataFrame]) -> int:
    """The effect of a number in a grid is the mean of the cells at its largest value less that at its smallest."""
    cells = frames["cells"]
    for row in frames["effects"].itertuples():
        means = cells.groupby(row.parameter)[f"{row.outcome}_mean"].mean()
        check_equal(f"{row.outcome} along {row.parameter}", means.iloc[-1] - means.iloc[0], row.difference)
    return len(frames["effects"])


def check_equal(what: str, ours: float, theirs: float) -> None:
    if not math.isclose(ours, theirs, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        sys.exit(f"{what}: {ours} reckoned, {theirs} in the folder")


if __name__ == "__main__":
    main()
