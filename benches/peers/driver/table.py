"""The table of what was measured, in Markdown, and the machine it was measured on."""
import datetime
import os
import platform
import re
import statistics
import subprocess

from .programs import ENGINE, HERE, NUMBA, PROGRAMS, RUST, SIZES, text


def number(value):
    """Three figures: 3.52, 16.4, 1,230."""
    return f"{value:,.2f}" if value < 9.995 else f"{value:,.1f}" if value < 99.95 else f"{value:,.0f}"


def times(rows, name, size):
    """Nanoseconds of all samples of a program at a size, and their ratios to plain Rust beside them."""
    if name == RUST:
        return [row["rust"] for row in rows if row["size"] == size], []
    own = [row for row in rows if row["size"] == size and row["program"] == name]
    return [row["ns"] for row in own], [row["ns"] / row["rust"] for row in own]


def cell(rows, name, size):
    ns, ratios = times(rows, name, size)
    if not ns:
        return "–"
    ratio = f" | {number(statistics.median(ratios))}" if ratios else " | 1"
    return f"{number(statistics.median(ns))} ({number(min(ns))}){ratio}"


def table(rows):
    """A row a program, fastest first; for each size the median and the lowest time, and the median ratio to plain Rust."""
    names = {row["program"] for row in rows} | {RUST}
    order = sorted(names, key=lambda name: statistics.median(times(rows, name, 0)[0]))
    heads = " | ".join(f"N = {n:,}, T = {t} | × plain Rust" for n, t in SIZES)
    lines = [f"| ns an agent-step, median (lowest) | {heads} |", "|---|" + "---:|---:|" * len(SIZES)]
    lines += ["| " + " | ".join([titled(name)] + [cell(rows, name, size) for size in range(len(SIZES))]) + " |" for name in order]
    return "\n".join(lines)


def titled(name):
    folder = {program.name: program.folder for program in PROGRAMS}.get(name, "rust")
    if name == ENGINE:
        return f"**{name}**"
    return f"{name} {version}" if (version := pinned(folder, name)) else name


def pinned(folder, name):
    """The version that a folder pins of the package it is named after."""
    for file, pattern in (("requirements.txt", rf"^{name}==(\S+)"), ("Cargo.toml", rf'^{name}\b.*"=([\d.]+)"')):
        path = os.path.join(HERE, folder, file)
        if found := re.search(pattern, text(path), re.M | re.I):
            return found.group(1)
    return ""


def against_numba(rows):
    """How many times as fast as Numba the engine is in the same sweep: median, lowest and highest at each size."""
    told = []
    for size, (n, _) in enumerate(SIZES):
        of = {name: {row["sweep"]: row["ns"] for row in rows if row["size"] == size and row["program"] == name} for name in (ENGINE, NUMBA)}
        ratios = [of[NUMBA][sweep] / own for sweep, own in of[ENGINE].items() if sweep in of[NUMBA]]
        if ratios:
            told.append(f"{statistics.median(ratios):.2f}× ({min(ratios):.2f} to {max(ratios):.2f}) at N = {n:,}")
    return f"In the same sweep the engine is {', '.join(told)} as fast as Numba." if told else ""


def machine(rows):
    """Processor, tools and how busy the machine was."""
    sets = sorted({row["instructions"] for row in rows if "instructions" in row})
    load = statistics.median(row["load"] for row in rows)
    tools = [first_line(["rustc", "--version"]), first_line(["cc", "--version"])]
    return (
        f"{datetime.date.today()}, {processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"engine with {' and '.join(sets) or 'no'} instructions; {'; '.join(filter(None, tools))}. "
        f"{most_samples(rows)} samples a program; load of the machine meanwhile {load:.1f}."
    )


def most_samples(rows):
    return 1 + max(row["sweep"] for row in rows)


def processor():
    about = text("/proc/cpuinfo")
    found = {key: re.search(rf"^{key}\s*: (.*)$", about, re.M) for key in ("model name", "cpu family", "model")}
    told = {key: value.group(1) for key, value in found.items() if value}
    if not told:
        return platform.processor() or platform.machine()
    return f"{told.get('model name', platform.machine())} (family {told.get('cpu family', '?')}, model {told.get('model', '?')})"


def first_line(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.partition("\n")[0]
    except OSError:
        return ""
