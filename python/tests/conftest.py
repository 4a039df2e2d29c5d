"""What several tests need."""

import subprocess
import sysconfig
from pathlib import Path

import pytest


@pytest.fixture
def command(tmp_path):
    """The command of the wheel, run to its end in a folder of its own: exit code, results, words."""
    program = Path(sysconfig.get_path("scripts")) / "commonground"

    def run(*words, code=0):
        ended = subprocess.run([program, *words], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
        assert ended.returncode == code, ended.stderr
        return ended

    return run
