"""How far a run is: shown in a notebook or in a terminal once it takes more than a moment."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from typing import Any, Optional, Union

Progress = Union[bool, None, Callable[[int, int], object]]
"""``None``: shown where somebody looks. ``True``, ``False``: shown, not shown. A function is called with the runs that are done and
the number of all, about twenty times a second; what it raises stops the run."""

Callback = Optional[Callable[[int, int], object]]

MOMENT = 0.5
"""Seconds before anything is shown."""
WIDTH = 30


def callback(progress: Progress) -> Callback:
    """What is called while runs go on."""
    if callable(progress):
        return progress
    if progress is False:
        return None
    notebook = _notebook()
    if notebook is not None:
        return _InNotebook(notebook)
    if progress or (progress is None and sys.stderr is not None and sys.stderr.isatty()):
        return _InTerminal()
    return None


def _notebook() -> Any:
    """What shows things in a notebook, where this is one."""
    return importlib.import_module("IPython.display") if "ipykernel" in sys.modules else None


class _InTerminal:
    """A line that is written over."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.is_shown = False

    def __call__(self, done: int, all: int) -> None:
        if done >= all or time.monotonic() - self.begun < MOMENT:
            if self.is_shown:
                sys.stderr.write("\r\x1b[K")
                self.is_shown = False
            return
        bar = "█" * (WIDTH * done // max(all, 1))
        sys.stderr.write(f"\r{bar:{WIDTH}} {done:,} of {all:,} runs")
        sys.stderr.flush()
        self.is_shown = True


class _InNotebook:
    """A bar that a notebook draws, and that is gone once the runs are done."""

    def __init__(self, notebook: Any) -> None:
        self.notebook = notebook
        self.begun = time.monotonic()
        self.handle: Any = None

    def __call__(self, done: int, all: int) -> None:
        if done >= all:
            if self.handle is not None:
                self.handle.update(self.notebook.HTML(""))
            return
        if time.monotonic() - self.begun < MOMENT:
            return
        bar = self.notebook.HTML(f'<progress value="{done}" max="{all}"></progress> {done:,} of {all:,} runs')
        if self.handle is None:
            self.handle = self.notebook.display(bar, display_id=True)
        else:
            self.handle.update(bar)
