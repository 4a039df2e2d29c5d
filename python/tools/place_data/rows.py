"""One line of place-parameters.csv, and the numbers of evidence.csv."""

from place_data.sources import read_table


def row(name, value, unit, source, status, low=None, high=None):
    """One line of the file; an absent bound is left empty."""
    return [name, figure(value), figure(low), figure(high), unit, source, status]


def derived(name, figures, unit, source):
    """A derived line from its middle, low and high."""
    middle, low, high = figures
    return row(name, middle, unit, source, "derived", low, high)


def figure(value):
    """Six significant digits; nothing for an absent number."""
    return "" if value is None else f"{value:.6g}"


def evidence(source):
    """The evidence table by identifier, with its three numbers read."""
    table = {}
    for record in read_table(source, "evidence.csv"):
        numbers = {
            key: float(record[column]) if record[column] else None
            for key, column in (("value", "value"), ("low", "lo"), ("high", "hi"))
        }
        table[record["id"]] = numbers
    return table
