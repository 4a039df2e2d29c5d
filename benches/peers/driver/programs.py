"""The programs that run the small commons: how each is set up and started, and how many runs a sample of it takes."""
import glob
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(HERE))
WORK = os.path.join(ROOT, "target", "peers")
ENGINE, RUST, NUMBA = "commonground", "plain Rust", "Numba"

# Users and steps.
SIZES = ((20, 520), (1_000, 520), (100_000, 100))


@dataclass(frozen=True)
class Program:
    """A program; `runs` are those of a sample at each size, and `checked` those by which its model is judged."""

    name: str
    folder: str
    set_up: object
    runs: tuple
    checked: int
    most_samples: int = 99


class Missing(Exception):
    """Why a program cannot be set up here."""


def quietly(command, **more):
    """Runs a command of the set-up; what it has to say goes to a log."""
    with open(os.path.join(WORK, "set-up.log"), "a", encoding="utf-8") as log:
        print("$", *command, file=log, flush=True)
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=log, text=True, check=False, **more)
        except OSError as fault:
            raise Missing(f"`{command[0]}` cannot be started: {fault.strerror}") from fault
    if done.returncode:
        raise Missing(f"`{' '.join(command[:4])} …` failed; see target/peers/set-up.log")
    return done.stdout


def tool(*names):
    """The first of these tools that is installed."""
    for name in names:
        if shutil.which(name):
            return name
    raise Missing(f"{' or '.join(names)} is not installed")


def cargo(folder):
    """Builds a crate of its own, outside the workspace, in release."""
    manifest = os.path.join(HERE, folder, "Cargo.toml")
    command = [tool("cargo"), "build", "--release", "--locked", "--manifest-path", manifest, "--target-dir", os.path.join(WORK, folder)]
    quietly(command)
    return [os.path.join(WORK, folder, "release", f"peer-{folder}")]


def engine(_):
    """Builds the engine as `cargo bench` does."""
    command = [tool("cargo"), "bench", "--no-run", "--bench", "peers", "--message-format=json"]
    said = quietly(command, cwd=ROOT)
    built = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    found = [line["executable"] for line in built if line.get("target", {}).get("name") == "peers" and line.get("executable")]
    if not found:
        raise Missing("`cargo bench --no-run --bench peers` built nothing")
    return [found[-1]]


def c(folder):
    """Compiles main.c for this processor."""
    binary = os.path.join(WORK, folder)
    quietly([tool("cc", "gcc", "clang"), "-O3", "-march=native", "-o", binary, os.path.join(HERE, folder, "main.c"), "-lm"])
    return [binary]


def python(folder):
    """Makes an environment of its own with the pinned packages."""
    home = os.path.join(WORK, f"python-{folder}")
    own, listed = os.path.join(home, "bin", "python"), os.path.join(home, "installed.txt")
    wanted = os.path.join(HERE, folder, "requirements.txt")
    if text(listed) != text(wanted):
        shutil.rmtree(home, ignore_errors=True)
        quietly([newest_python(), "-m", "venv", home])
        quietly([own, "-m", "pip", "install", "--quiet", "--requirement", wanted])
        shutil.copyfile(wanted, listed)
    return [own, os.path.join(HERE, folder, "main.py")]


def text(path):
    """What is in a file; nothing if it is not there."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def newest_python():
    """A Python of at least 3.12, which Mesa and NumPy ask for, on the path or where pyenv puts it."""
    candidates = [shutil.which(f"python3.{minor}") for minor in (14, 13, 12)] + [sys.executable]
    candidates += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.*/bin/python3")), reverse=True)
    ask = "import sys, venv; sys.exit(not ((3, 12) <= sys.version_info < (3, 15)))"
    for candidate in filter(None, candidates):
        if subprocess.run([candidate, "-c", ask], capture_output=True, check=False).returncode == 0:
            return candidate
    raise Missing("no Python from 3.12 to 3.14 is installed")


# The engine and the peer it is held against stand side by side.
PROGRAMS = (
    Program(ENGINE, "engine", engine, (4_000, 80, 16), 20_000),
    Program(NUMBA, "numba", python, (1_000, 20, 1), 20_000),
    Program("C", "c", c, (1_000, 20, 1), 20_000),
    Program("NumPy", "numpy", python, (1_000, 20, 1), 20_000),
    Program("krABMaga", "krabmaga", cargo, (200, 4, 1), 5_000),
    Program("Ixa", "ixa", cargo, (200, 4, 1), 5_000),
    Program("Mesa", "mesa", python, (20, 1, 1), 300, most_samples=2),
)
YARDSTICK = Program(RUST, "rust", cargo, (1_000, 20, 1), 20_000)
