"""A result folder in pandas, Polars and by name: all see the same numbers.

    pip install polars
"""

import tempfile
from pathlib import Path

import pandas
import polars

import commonground as cg

with tempfile.TemporaryDirectory() as place:
    folder = cg.compare(["pasture-fortress", "pasture-ostrom"], runs=200).save(Path(place) / "pastures", format="parquet")
    loaded = cg.load(folder)
    print(loaded.findings["text"].to_string(index=False))

    runs = loaded.runs.pivot(index="run", columns="arm", values="stock_end")
    by_pandas = (runs["pasture-ostrom"] - runs["pasture-fortress"]).mean()

    frame = polars.DataFrame(loaded.table("runs")).pivot("arm", index="run", values="stock_end")
    by_polars = frame.select((polars.col("pasture-ostrom") - polars.col("pasture-fortress")).mean()).item()

    told = pandas.read_csv(folder / "differences.csv").set_index("measure")["difference"]["stock_end"]
    print(f"more grass at the end: {by_pandas:.4f} by pandas, {by_polars:.4f} by Polars, {told:.4f} in differences.csv")
    assert abs(by_pandas - told) < 1e-12 and abs(by_polars - told) < 1e-12
