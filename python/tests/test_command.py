"""The command of the wheel."""

import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

import commonground as cg


def test_it_is_the_same_program(command):
    assert command("--version").stdout.startswith(f"commonground {cg.__version__}")
    assert "Examples:" in command("compare", "--help").stdout
    assert "did you mean" in command("run", "pasture-ostorm", code=2).stderr


def test_it_runs_as_a_module_too():
    ended = subprocess.run([sys.executable, "-m", "commonground", "scenarios"], capture_output=True, text=True, encoding="utf-8")
    assert ended.returncode == 0 and "pasture-ostrom" in ended.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_control_c_keeps_what_is_done(tmp_path):
    program = Path(sysconfig.get_path("scripts")) / "commonground"
    words = ["run", "place-fortress", "--runs", "5000000", "--out", "out", "-q"]
    process = subprocess.Popen([program, *words], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    while not list((tmp_path / "out").glob(".commonground-*")):
        time.sleep(0.05)
        assert process.poll() is None
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=120)
    assert process.returncode == 130, words
    assert cg.load(tmp_path / "out").count > 0
