"""Scenarios: from the program, from a file, from a dict; and the same with other values."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Union

from . import _engine

Json = Any
"""What JSON can say: None, bool, int, float, str, list, dict; numbers of numpy too."""


class Scenario:
    """A scenario without faults, to be changed and run. Nothing changes it: :meth:`set` gives back another.

    Made by :func:`scenario`. It can be pickled, and so be sent to other processes.
    """

    __slots__ = ("_own",)

    def __init__(self, own: _engine.Scenario) -> None:
        self._own = own

    @property
    def name(self) -> str:
        """The name by which it was asked for; tables call its arm by the last part of it."""
        return self._own.name

    @property
    def title(self) -> str:
        """Its title."""
        return self._own.title

    @property
    def question(self) -> str:
        """What it asks."""
        return self._own.question

    @property
    def steps(self) -> int:
        """How many steps a run has."""
        return self._own.steps

    @property
    def unit(self) -> str:
        """What a step is: ``"month"``."""
        return self._own.unit

    @property
    def kinds(self) -> list[str]:
        """Kinds of provider, in the order of the file."""
        return self._own.kinds

    @property
    def pools(self) -> list[str]:
        """Pools, in the order of the file."""
        return self._own.pools

    def set(self, pointer: str | Mapping[str, Json], value: Json = None) -> Scenario:
        """The same scenario with another value at a JSON pointer to one that is there.

        ``*`` in a pointer stands for every name or item. Several values at once are given as a mapping, and checked once all
        are set. A file is not read again.

        >>> import commonground as cg
        >>> strict = cg.scenario("pasture-ostrom").set("/rules/graduated_sanctions/fine", 1.0)
        >>> strict.get("/rules/graduated_sanctions/fine")
        1.0
        >>> place = cg.scenario("place-fortress").set({"/providers/*/motivation": 0.6, "/time/steps": 24})
        >>> place.steps
        24

        Raises :class:`ScenarioError` with every fault: a pointer to nothing, a value that does not fit there.
        """
        changes = pointer if isinstance(pointer, Mapping) else {pointer: value}
        return Scenario(self._own.set([(at, _text(value)) for at, value in changes.items()]))

    def extended(self, changes: Mapping[str, Json]) -> Scenario:
        """The same scenario changed in places, as a file that ``extends`` it would: merged, and a field that is ``None`` taken away.

        >>> import commonground as cg
        >>> unwatched = cg.scenario("pasture-ostrom").extended({"rules": {"measures": None}})
        >>> unwatched.get("/rules/measures") is None
        True

        Raises :class:`ScenarioError`.
        """
        return Scenario(self._own.extended(_text(dict(changes))))

    def with_steps(self, steps: int) -> Scenario:
        """The same scenario, longer or shorter; payments that would take over after the end are left out.

        Raises :class:`ScenarioError`, such as where a column of need ends earlier.
        """
        return Scenario(self._own.with_steps(steps))

    def named(self, name: str) -> Scenario:
        """The same scenario under another name, by which tables tell its arm from others."""
        return Scenario(self._own.named(name))

    def get(self, pointer: str) -> Json:
        """What the scenario says at a JSON pointer; ``None`` where it says nothing."""
        text = self._own.get(pointer)
        return None if text is None else json.loads(text)

    def to_dict(self) -> dict[str, Json]:
        """The scenario as one file that extends nothing and reads no other file."""
        resolved: dict[str, Json] = json.loads(self._own.to_json())
        return resolved

    def explain(self) -> str:
        """What the scenario says, in plain English.

        >>> import commonground as cg
        >>> print(cg.scenario("pasture-fortress").explain().splitlines()[0])
        Pasture, every herder a fortress
        """
        lines = [self.title, self.question]
        for heading, paragraphs in self._own.explain():
            lines += ["", heading, *(f"- {paragraph}" for paragraph in paragraphs)]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Scenario {self.name}: {self.title}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.name, self._own.to_json())


AnyScenario = Union[Scenario, str, "os.PathLike[str]", Mapping[str, Json]]
"""What is taken for a scenario: one, a name or a path, or what a file would say."""


def scenario(source: AnyScenario, name: str = "scenario") -> Scenario:
    """A scenario by the name of a bundled one, by the path of a file, or from a dict that says what a file would.

    A dict may extend bundled scenarios and files; ``name`` is what tables and faults call it.

    >>> import commonground as cg
    >>> cg.scenario("place-fortress+2024+alliance").kinds[:2]
    ['acute', 'mental_health']
    >>> cg.scenario({"extends": "pasture-fortress", "title": "Dry pasture", "society": {"trust": 0.1}}, name="dry")
    <Scenario dry: Dry pasture>

    Raises :class:`ScenarioError` with every fault at once, each with its place, line and a way out.
    """
    if isinstance(source, Scenario):
        return source
    if isinstance(source, Mapping):
        return Scenario(_engine.Scenario.from_json(name, json.dumps(dict(source), default=_plain, indent=1)))
    return Scenario(_engine.Scenario.load(os.fspath(source)))


def scenarios() -> list[str]:
    """Names of the scenarios that come with the program.

    >>> import commonground as cg
    >>> cg.scenarios()[:3]
    ['pasture-owner', 'pasture-fortress', 'pasture-ostrom']
    """
    return _engine.bundled()[0]


def fragments() -> list[str]:
    """Names of the forms of governance and payments that are laid over a place: ``"place-fortress+alliance"``.

    >>> import commonground as cg
    >>> "alliance" in cg.fragments()
    True
    """
    return _engine.bundled()[1]


def _again(name: str, text: str) -> Scenario:
    return Scenario(_engine.Scenario.from_json(name, text))


def _text(value: Json) -> str:
    return json.dumps(value, default=_plain)


def _plain(value: Any) -> Json:
    """A number or an array of numpy as JSON has it."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{value!r} is nothing that a scenario can say")
