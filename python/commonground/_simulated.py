"""Runs as plain arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from . import _engine
from ._progress import Progress, callback
from ._result import check_counts
from ._scenario import AnyScenario, scenario

if TYPE_CHECKING:
    import numpy


class Simulated(Mapping[str, "numpy.typing.NDArray[numpy.float64]"]):
    """Arrays of float64 by the keys of their measures.

    Measures of the whole place, and of pools, stand here; those that each kind of provider has stand in :attr:`by_kind`, with the
    kinds as a last axis. A measure that a run does not have is NaN, and every number of a run that failed is infinite.
    """

    def __init__(self, arrays: list[tuple[str, str, str, bool, Any]], steps: list[int], kinds: list[str]) -> None:
        self._arrays = {key: array for key, _, _, is_by_kind, array in arrays if not is_by_kind}
        self.by_kind: dict[str, Any] = {key: array for key, _, _, is_by_kind, array in arrays if is_by_kind}
        """The measures that kinds of provider have, with the kinds as the last axis; NaN for a kind that has not that measure."""
        self.steps = steps
        """Along the second axis of series and years: the steps, from 1, at whose end they were taken. Empty for outcomes."""
        self.kinds = kinds
        """Along the last axis of :attr:`by_kind`: the kinds of provider, in the order of the file."""
        self.units = {key: unit for key, _, unit, _, _ in arrays}
        """The unit of each measure: share (from 0 to 1), steps, steps_of_need, or number in the scenario's own unit."""
        self.labels = {key: label for key, label, _, is_by_kind, _ in arrays if not is_by_kind}
        """What people call each measure of the whole place."""

    def __getitem__(self, key: str) -> Any:
        try:
            return self._arrays[key]
        except KeyError:
            beside = "; it is in `by_kind`" if key in self.by_kind else f"; there are {', '.join(self._arrays)}"
            raise KeyError(f"there is no measure `{key}` of the whole place{beside}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def __repr__(self) -> str:
        return f"<Simulated: {', '.join(self._arrays)}; by kind: {', '.join(self.by_kind)}>"


def simulate(
    source: AnyScenario,
    *,
    runs: int = 16,
    seed: int = 1,
    keep: Literal["outcomes", "years", "series"] = "outcomes",
    threads: int | None = None,
    progress: Progress = None,
) -> Simulated:
    """Runs a scenario and gives back every run as arrays, which are handed over without a copy: for loops over many scenarios.

    ``keep`` says what of: ``"outcomes"`` of whole runs, arrays of shape ``(runs,)``, by kind ``(runs, kinds)``; ``"years"``,
    ``(runs, years)`` and ``(runs, years, kinds)``; or ``"series"``, ``(runs, steps)``, of every step or of 240 evenly spaced ones of
    a longer run (the engine takes no measure by kind at each step). No planner is asked. Sixteen runs are worked out side by side,
    so that 16 cost what one does.

    >>> import commonground as cg
    >>> cg.simulate("place-fortress", runs=16, keep="series")["need_met"].shape
    (16, 120)
    >>> place = cg.simulate("place-fortress", runs=16, keep="years")
    >>> place["need_met"].shape, place.by_kind["need_met"].shape, place.kinds[0]
    ((16, 10), (16, 10, 6), 'acute')
    >>> float(cg.simulate("pasture-ostrom", runs=64)["collapsed"].mean()) < 0.1
    True

    Raises :class:`ScenarioError`, and :class:`ValueError` for numbers that cannot be.
    """
    check_counts(runs, threads)
    own = scenario(source)
    arrays, steps = _engine.simulate(own._own, runs, seed, keep, threads, callback(progress))
    return Simulated(arrays, steps, own.kinds)
