"""Runs the programs: whether they run the same model, and how long they take, each beside plain Rust."""
import json
import math
import os
import subprocess

from .programs import PROGRAMS, SIZES, YARDSTICK, Missing

# One thread everywhere.
ENVIRONMENT = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", NUMBA_NUM_THREADS="1")
MEANS = ("stock", "harvest", "greedy")

# A mean may be this many standard errors from that of plain Rust: of three means of seven programs one in 10,000 is by chance.
MOST_ERRORS = 4.5
# The engine feels an audit a step later, which `scenarios/commons-mini.json` tells, so that its means may be off by this share besides.
ENGINE_SHARE = 0.002


def sample(command, size, runs, seed):
    """One line of a program, with its nanoseconds of processor time an agent-step."""
    n, t = size
    done = subprocess.run(command + [str(n), str(t), str(runs), str(seed)], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        raise Missing(f"it failed at N = {n:,}: {(done.stderr.strip().splitlines() or ['no output'])[-1]}")
    found = json.loads(lines[-1])
    found["ns"] = found["cpu"] * 1e9 / (n * t * found["runs"])
    return found


def off(found, reference, share):
    """How far each mean is from the reference, in standard errors, beyond a share of it that is allowed."""
    errors = {}
    for mean in MEANS:
        error = reference[mean + "_sd"] * math.sqrt(1 / found["runs"] + 1 / reference["runs"])
        beyond = max(0.0, abs(found[mean] - reference[mean]) - share * abs(reference[mean]))
        errors[mean] = math.copysign(beyond / error, found[mean] - reference[mean])
    return errors


def validate(commands, say):
    """Which programs do not run the model of plain Rust: name and by how much."""
    reference = sample(commands[YARDSTICK.name], SIZES[0], YARDSTICK.checked, 1)
    wrong = {}
    for program in PROGRAMS:
        if program.name not in commands:
            continue
        share = ENGINE_SHARE if program.folder == "engine" else 0.0
        found = sample(commands[program.name], SIZES[0], program.checked, 50_000_001)
        errors = off(found, reference, share)
        told = ", ".join(f"{mean} {found[mean]:.5f} ({errors[mean]:+.1f})" for mean in MEANS)
        say(f"  {program.name:14} {found['runs']:6,} runs: {told}")
        if max(map(abs, errors.values())) > MOST_ERRORS:
            wrong[program.name] = f"it does not run the same model: {told} standard errors from plain Rust"
    return wrong


def sweeps(commands, samples, say):
    """Rows `program, size, ns, rust`: each sample with that of plain Rust just before it; `sweep` tells which were taken together."""
    rows = []
    for size, (n, t) in enumerate(SIZES):
        for sweep in range(samples):
            for program in PROGRAMS:
                if program.name not in commands or sweep >= program.most_samples:
                    continue
                seed = 1 + sweep
                rust = sample(commands[YARDSTICK.name], (n, t), YARDSTICK.runs[size], seed)
                own = sample(commands[program.name], (n, t), program.runs[size], seed)
                rows.append(dict(program=program.name, size=size, sweep=sweep, ns=own["ns"], rust=rust["ns"], load=os.getloadavg()[0]))
                if "instructions" in own:
                    rows[-1]["instructions"] = own["instructions"]
        say(f"  N = {n:,}: {samples} sweeps, load {os.getloadavg()[0]:.1f}")
    return rows
