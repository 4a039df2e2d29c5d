"""Reads the tables of a result folder with pandas, Polars and DuckDB, and checks that all see the same numbers.

    pip install pandas pyarrow polars duckdb
    python read_results.py results/isle-of-wight-fortress-vs-isle-of-wight-place-based

Takes a folder in either format. It checks what docs/results.md promises: every column of every table is in the data
dictionary, the tables that the three libraries read are one, and the means of `runs` are those of `summary.csv`. Exits 1
with the first thing that does not hold.
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


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: python read_results.py FOLDER")
    folder = Path(sys.argv[1])
    manifest = json.loads((folder / "manifest.json").read_text())
    runs = one_of(folder, manifest, "runs")
    series = one_of(folder, manifest, "series")
    for table in (runs, series):
        check_dictionary(folder, table)
        frame = check_same(table)
        print(f"{table.name}: {len(frame)} rows, {len(frame.columns)} columns, the same in pandas, Polars and DuckDB")
    measures = check_means(folder, runs)
    print(f"{measures} means of {runs.name} are those of summary.csv")


def one_of(folder: Path, manifest: dict, stem: str) -> Path:
    """The table of that name that the manifest lists, CSV or Parquet."""
    names = [name for name in manifest["files"] if name in (f"{stem}.csv", f"{stem}.parquet")]
    if len(names) != 1:
        sys.exit(f"the manifest lists {names or 'nothing'} for {stem}")
    return folder / names[0]


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
    with open(folder / "data-dictionary.csv", newline="") as file:
        told = [row["column"] for row in csv.DictReader(file) if row["file"] == table.name]
    columns = duckdb.sql(f"select * from '{table}'").columns
    if told != columns:
        sys.exit(f"{table.name} has {columns} and the dictionary tells of {told}")


def check_means(folder: Path, runs: Path) -> int:
    """The means of every measure by arm, reckoned from the runs, are those of the summary; gives back how many."""
    frame = pandas.read_parquet(runs) if runs.suffix == ".parquet" else pandas.read_csv(runs)
    means = frame.drop(columns="run").groupby("arm").mean()
    summary = pandas.read_csv(folder / "summary.csv").dropna(subset=["mean"])
    for row in summary.itertuples():
        ours = means.loc[row.arm, row.measure]
        if not math.isclose(ours, row.mean, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            sys.exit(f"{row.measure} of {row.arm}: {ours} from the runs, {row.mean} in summary.csv")
    return len(summary)


if __name__ == "__main__":
    main()
