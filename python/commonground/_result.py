"""What many runs came to: tables, findings, charts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from . import _engine
from ._progress import Progress, callback
from ._scenario import AnyScenario, Scenario, scenario
from ._table import Table

if TYPE_CHECKING:
    import pandas


class Chart:
    """A chart as SVG. A notebook shows it."""

    __slots__ = ("name", "title", "svg")

    def __init__(self, name: str, title: str, svg: str) -> None:
        self.name = name
        self.title = title
        self.svg = svg

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the chart to a file that ends in ``.svg``; gives back its path."""
        target = Path(path)
        if target.suffix.lower() != ".svg":
            raise ValueError(f"a chart is written as SVG; give `{target.name}` the ending .svg")
        target.write_text(self.svg, encoding="utf-8")
        return target

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<Chart {self.name}: {self.title}>"


class Result:
    """What many runs of one scenario or several came to.

    Made by :func:`run` and :func:`compare`, or read from a folder by :func:`load`. Its tables are those of a result folder, column
    by column: shares from 0 to 1, money and care in the scenario's own units, one observation a row.
    """

    __slots__ = ("_own", "_folder")

    def __init__(self, own: _engine.Made | _engine.Found, folder: Path | None = None) -> None:
        self._own = own
        self._folder = folder

    @property
    def seed(self) -> int | None:
        """The seed of all chance."""
        return self._own.seed

    @property
    def count(self) -> int | None:
        """How many runs were done, of each arm."""
        return self._own.runs

    @property
    def failed_runs(self) -> int | None:
        """How many runs failed, since a number in them left the range that can be computed; they are in no mean."""
        return self._own.failed_runs

    @property
    def arms(self) -> dict[str, str]:
        """Short names of the arms, by which tables call them, and their titles. The first is what the others are compared with."""
        return dict(self._own.arms)

    @property
    def tables(self) -> list[str]:
        """Names of the tables, for :meth:`table`."""
        return self._own.tables()

    def table(self, name: str) -> Table:
        """A table by its name, for Polars and whatever else reads Arrow: ``polars.DataFrame(result.table("runs"))``.

        Raises :class:`KeyError` where there is none of that name; it says which there are.
        """
        table = self._own.table(name)
        if table is None:
            raise KeyError(f"there is no table `{name}`; there are {', '.join(self.tables)}")
        return Table(table)

    @property
    def runs(self) -> pandas.DataFrame:
        """A row for each run and arm: ``run`` (from 0), ``arm``, and a column for each measure of a whole run.

        Run 17 of one arm meets the same luck as run 17 of another. A measure that a run does not have is NaN, and so is every
        measure of a run that failed.

        >>> import commonground as cg
        >>> runs = cg.run("pasture-fortress", runs=32).runs
        >>> runs[["run", "arm"]].shape, bool(runs["stock_mean"].between(0, 1).all())
        ((32, 2), True)
        """
        return self.table("runs").to_pandas()

    @property
    def series(self) -> pandas.DataFrame:
        """A row for each arm, ``step`` (from 1) and ``measure``: mean and quantiles over the runs, in the unit of the measure."""
        return self.table("series").to_pandas()

    @property
    def years(self) -> pandas.DataFrame:
        """A row for each arm, year, kind of provider (empty: the whole place) and measure: mean with its 95% interval, quantiles."""
        return self.table("years").to_pandas()

    @property
    def summary(self) -> pandas.DataFrame:
        """A row for each arm and measure of a whole run: mean with its 95% interval (Wilson's of a chance), quantiles."""
        return self.table("summary").to_pandas()

    @property
    def differences(self) -> pandas.DataFrame:
        """A row for each further arm and measure: the difference from the first arm, run by run on the same luck.

        >>> import commonground as cg
        >>> pastures = cg.compare(["pasture-fortress", "pasture-ostrom"], runs=64)
        >>> gained = pastures.differences.set_index("measure")["difference"]["stock_mean"]
        >>> bool(gained > 0.1)
        True
        """
        return self.table("differences").to_pandas()

    @property
    def measures(self) -> pandas.DataFrame:
        """Every measure: its key, label, unit and sort, which direction is better, and how much of a difference matters."""
        return self.table("measures").to_pandas()

    @property
    def findings(self) -> pandas.DataFrame:
        """What was found, in words: ``part`` (finding or verdict), ``head`` (Better, Worse, …; of a verdict) and ``text``."""
        import pandas

        return pandas.DataFrame(self._own.findings(), columns=["part", "head", "text"])

    @property
    def plots(self) -> dict[str, str]:
        """Names of the charts, for :meth:`plot`, and the sentence that each shows."""
        return dict(self._own.charts())

    def plot(self, name: str) -> Chart:
        """A chart by its name; a notebook shows it.

        >>> import commonground as cg
        >>> cg.run("pasture-fortress", runs=32).plot("stock").svg[:4]
        '<svg'

        Raises :class:`KeyError` where there is none of that name; it says which there are.
        """
        charts = self.plots
        svg = self._own.chart(name)
        if svg is None:
            raise KeyError(f"there is no chart `{name}`; there are {', '.join(charts)}")
        return Chart(name, charts[name], svg)

    def save(self, folder: str | os.PathLike[str], *, replace: bool = False, format: Literal["csv", "parquet"] = "csv") -> Path:
        """Writes the folder that the command would, with the same bytes: tables, charts, scenarios and the page report.html.

        ``replace`` takes the place of results that are in the folder already. ``format`` is that of the long tables.

        Raises :class:`OSError` where the folder is taken or cannot be written to.
        """
        if format not in ("csv", "parquet"):
            raise ValueError(f"format: `{format}` is none of `csv`, `parquet`")
        target = Path(folder)
        if isinstance(self._own, _engine.Made):
            self._own.save(target, replace, format == "parquet")
        elif self._folder is not None:
            if replace or format != "csv":
                raise ValueError("what was read from a folder is only copied, as it is and to a new one")
            shutil.copytree(self._folder, target)
        return target

    def _repr_html_(self) -> str:
        import html

        findings = self.findings
        lines = [f"<b>{html.escape(' or '.join(self.arms.values()))}</b>, {self.count:,} runs, seed {self.seed}<ul>"]
        for head, text in zip(findings["head"], findings["text"]):
            head = f"<b>{html.escape(head)}:</b> " if head else ""
            lines.append(f"<li>{head}{html.escape(text)}</li>")
        return "".join(lines) + "</ul>"

    def __repr__(self) -> str:
        return f"<Result of {self.count} runs of {', '.join(self.arms) or 'an experiment'}, seed {self.seed}>"


def run(
    source: AnyScenario,
    *,
    runs: int = 1000,
    seed: int = 1,
    precision: float | None = None,
    threads: int | None = None,
    planner: bool = True,
    progress: Progress = None,
) -> Result:
    """Runs one scenario many times. The same as :func:`compare` with one scenario.

    >>> import commonground as cg
    >>> result = cg.run("pasture-fortress", runs=32, seed=7)
    >>> result
    <Result of 32 runs of pasture-fortress, seed 7>
    """
    return _conduct([scenario(source)], runs, seed, precision, threads, planner, progress)


def compare(
    sources: Iterable[AnyScenario],
    *,
    runs: int = 1000,
    seed: int = 1,
    precision: float | None = None,
    threads: int | None = None,
    planner: bool = True,
    progress: Progress = None,
) -> Result:
    """Runs several scenarios, eight at most, on the same luck: run 17 of one is to be compared with run 17 of another.

    The same scenarios, ``runs`` and ``seed`` give the same bits as the command, on any machine and any number of ``threads``
    (without a number, all cores). With ``precision`` it stops once the 95% interval of the main measure's difference is no wider,
    and ``runs`` are the most. ``planner=False`` does not look for the best plan that a planner could fix, which takes longer
    than a few runs; then nothing is measured against it (``welfare_share``, ``fortress_index``). Of a scenario that is run
    again it is found once.

    Other threads of Python go on meanwhile, and Ctrl-C stops. Raises :class:`ScenarioError`, and :class:`ValueError` where the
    scenarios have not the same time.
    """
    return _conduct([scenario(source) for source in sources], runs, seed, precision, threads, planner, progress)


def _conduct(
    arms: list[Scenario],
    runs: int,
    seed: int,
    precision: float | None,
    threads: int | None,
    planner: bool,
    progress: Progress,
) -> Result:
    check_counts(runs, threads)
    if precision is not None and not 0 < precision < float("inf"):
        raise ValueError(f"precision: a width above 0 is needed, not {precision}")
    own = [arm._own for arm in arms]
    return Result(_engine.compare(own, runs, seed, precision, threads, planner, callback(progress)))


def check_counts(runs: int, threads: int | None) -> None:
    """Numbers of runs and threads that can be."""
    if not 1 <= runs <= 1_000_000_000:
        raise ValueError(f"runs: a whole number from 1 to 1,000,000,000 is needed, not {runs}")
    if threads is not None and not 1 <= threads <= 1024:
        raise ValueError(f"threads: a whole number from 1 to 1,024 is needed, not {threads}")


def load(folder: str | os.PathLike[str]) -> Result:
    """What an experiment left in a folder: that of :meth:`Result.save`, or of any experiment of the command.

    Raises :class:`OSError` where there is no such folder, or no results in it.
    """
    path = Path(folder)
    return Result(_engine.Found.open(path), path)
