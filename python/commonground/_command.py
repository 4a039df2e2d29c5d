"""The command ``commonground``, which ``pip`` puts beside the interpreter."""

from __future__ import annotations

import signal
import sys

from . import _engine


def main() -> int:
    """Does what was typed; gives back the exit code. The program listens for Ctrl-C itself, as it does without Python."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _engine.command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
