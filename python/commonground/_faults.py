"""What can be wrong with a scenario."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One fault of a scenario."""

    place: str
    """Where it is, as in ``providers.acute.motivation``; empty for the scenario as a whole."""
    problem: str
    """What is wrong: the value, the limit, and a way out."""
    file: str | None
    """The file in which it is written, where it has a line."""
    line: int | None
    """The line, from 1; ``None`` for what no file says, such as a value that :meth:`Scenario.set` has put there."""


class ScenarioError(ValueError):
    """A scenario that cannot be run. Carries every fault at once.

    >>> import commonground as cg
    >>> try:
    ...     cg.scenario({"extends": "pasture-ostrom", "time": {"steps": 0}, "society": {"trust": 2}})
    ... except cg.ScenarioError as error:
    ...     for fault in error.faults:
    ...         print(fault.place, "|", fault.problem)
    time.steps | `0` is outside the range 1 to 100000
    society.trust | `2` is outside the range 0 to 1
    """

    def __init__(self, message: str, file: str = "", faults: list[tuple[str, str, str | None, int | None]] = []) -> None:
        super().__init__(message, file, faults)
        self.message = message
        self.file = file
        """The scenario that was asked for."""
        self.faults = [Fault(*fault) for fault in faults]
        """Every fault, in the order of the scenario."""

    def __str__(self) -> str:
        return self.message
