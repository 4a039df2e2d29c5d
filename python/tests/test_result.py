"""Results: the same bytes as the command, the same tables in memory and from a folder."""

import filecmp
from pathlib import Path

import numpy
import pandas
import polars
import pyarrow
import pytest

import commonground as cg

PASTURES = ["pasture-fortress", "pasture-ostrom"]
TABLES = ["runs", "series", "years", "summary", "differences", "measures"]


@pytest.fixture(scope="module")
def result():
    return cg.compare(PASTURES, runs=50, seed=7)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_saved_folder_has_the_bytes_of_the_command(result, command, tmp_path):
    for extra, format in ([], "csv"), (["--format", "parquet"], "parquet"):
        theirs, ours = tmp_path / f"theirs-{format}", tmp_path / f"ours-{format}"
        command("compare", *PASTURES, "--runs", "50", "--seed", "7", *extra, "--out", str(theirs), "-q")
        result.save(ours, format=format)
        assert files(ours) == files(theirs)
        same, different, unread = filecmp.cmpfiles(ours, theirs, files(ours), shallow=False)
        assert (different, unread) == ([], []) and len(same) > 15


def test_a_place_that_was_changed_has_the_runs_of_the_command(command, tmp_path):
    place = cg.scenario("place-fortress").set("/providers/acute/motivation", 0.6)
    cg.run(place, runs=20).save(tmp_path / "ours")
    words = ["--set", "/providers/acute/motivation=0.6", "--runs", "20", "--out", "theirs", "-q"]
    command("run", "place-fortress", *words)
    assert (tmp_path / "ours" / "runs.csv").read_bytes() == (tmp_path / "theirs" / "runs.csv").read_bytes()
    # The folder says how to do it again, from the scenario that lies in it.
    command("run", str(tmp_path / "ours" / "scenarios" / "place-fortress.json"), "--runs", "20", "--out", "again", "-q")
    assert (tmp_path / "again" / "runs.csv").read_bytes() == (tmp_path / "theirs" / "runs.csv").read_bytes()


def test_a_folder_that_is_there_is_not_written_over(result, tmp_path):
    result.save(tmp_path / "taken")
    with pytest.raises(OSError, match="taken"):
        result.save(tmp_path / "taken")
    result.save(tmp_path / "taken", replace=True)


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_a_folder_gives_back_what_was_in_memory(result, tmp_path, format):
    loaded = cg.load(result.save(tmp_path / "out", format=format))
    assert (loaded.seed, loaded.count, loaded.failed_runs, loaded.arms) == (7, 50, 0, result.arms)
    for name in TABLES:
        pandas.testing.assert_frame_equal(loaded.table(name).to_pandas(), result.table(name).to_pandas())
    pandas.testing.assert_frame_equal(loaded.findings, result.findings)
    assert loaded.plot("stock").svg == result.plot("stock").svg
    assert sorted(files(loaded.save(tmp_path / "copy"))) == sorted(files(tmp_path / "out"))


def test_frames_are_what_pandas_reads_from_the_files(result, tmp_path):
    folder = result.save(tmp_path / "out")
    for name in TABLES:
        read = pandas.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values={})
        own = result.table(name).to_pandas()
        assert list(own.columns) == list(read.columns) and len(own) == len(read)
        for column in own.select_dtypes("number"):
            numpy.testing.assert_array_equal(own[column], pandas.to_numeric(read[column], errors="coerce"))


def test_polars_and_arrow_read_a_table_as_it_is(result):
    runs = result.runs
    for frame in polars.DataFrame(result.table("runs")), polars.from_arrow(pyarrow.table(result.table("runs"))):
        assert frame.columns == list(runs.columns) and frame.height == len(runs)
        assert frame["arm"].to_list() == runs["arm"].tolist()
        numpy.testing.assert_array_equal(frame["stock_mean"].to_numpy(), runs["stock_mean"])
        missing = int(runs["collapse_step"].isna().sum())
        assert frame["collapse_step"].null_count() == missing > 0


def test_findings_end_with_the_verdict(result):
    findings = result.findings
    assert set(findings["part"]) == {"finding", "verdict"}
    assert findings.iloc[-1]["part"] == "verdict" and len(findings.iloc[-1]["text"]) > 10
    assert "Pasture" in result._repr_html_()


def test_charts_are_svg_that_a_notebook_shows(result, tmp_path):
    assert {"stock", "survival", "tradeoff"} <= set(result.plots)
    for name, title in result.plots.items():
        chart = result.plot(name)
        assert chart._repr_svg_().startswith("<svg") and chart.title == title
    assert result.plot("tradeoff").save(tmp_path / "chart.svg").read_text().startswith("<svg")
    with pytest.raises(KeyError, match="there are stock"):
        result.plot("stok")
    with pytest.raises(ValueError, match="SVG"):
        result.plot("stock").save(tmp_path / "chart.png")


def test_what_cannot_be_asked_is_refused():
    for wrong in {"runs": 0}, {"threads": 0}, {"precision": 0}, {"runs": -1}:
        with pytest.raises(ValueError):
            cg.compare(PASTURES, **wrong)
    with pytest.raises(ValueError, match="same `time`"):
        cg.compare(["pasture-fortress", "place-fortress"], runs=4)
    with pytest.raises(ValueError, match="one scenario or more"):
        cg.compare([], runs=4)
    with pytest.raises(KeyError, match="there is no table `differences`"):
        cg.run("pasture-fortress", runs=4).differences
    with pytest.raises(OSError, match="manifest.json"):
        cg.load("nowhere")


def test_threads_and_a_planner_change_no_number():
    first = cg.compare(PASTURES, runs=40, threads=1).runs
    pandas.testing.assert_frame_equal(first, cg.compare(PASTURES, runs=40, threads=3).runs)
    plain = cg.compare(PASTURES, runs=40, planner=False).runs
    assert "welfare_share" in first and "welfare_share" not in plain
    pandas.testing.assert_frame_equal(first[plain.columns], plain)
