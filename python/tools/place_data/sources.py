"""What both data scripts read: the published tables, and the decomposition of a monthly series.

Standard library only. Every file named here is described in scenarios/data/README.md.
"""

import csv
import math
from pathlib import Path

MONTHS_PER_YEAR = 12

DEPARTMENTS_OF_MENTAL_HEALTH = (
    "Mental Health Care Contact",
    "Mental Health Provider Spell",
    "NHS Talking Therapy Care Contact",
)
DEPARTMENTS_OF_COMMUNITY = (
    "Community Health Service",
    "Audiology Community Health Services",
    "Wheelchair Equipment",
)
DEPARTMENTS_OF_AMBULANCE = ("Ambulance", "Critical care transport")


def read_table(folder, name):
    """All rows of a CSV file as dictionaries by column name."""
    with open(Path(folder) / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def write_table(path, header, rows):
    """Writes rows below a header, with plain line ends."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def mean(values):
    """The arithmetic mean."""
    values = list(values)
    return math.fsum(values) / len(values)


class NationalCostCollection:
    """National Cost Collection 2024/25: cost, activity and cost per resident by department."""

    def __init__(self, folder):
        unit_costs = read_table(folder, "ncc_2024_25_unit_costs_by_department.csv")
        per_head = read_table(folder, "derived_per_capita_activity_cost_2024_25.csv")
        self.cost = {row["department_code"]: float(row["total_cost_gbp"]) for row in unit_costs}
        self.activity = {row["department_code"]: float(row["activity"]) for row in unit_costs}
        self.per_head = {row["department_code"]: float(row["cost_per_head_gbp"]) for row in per_head}

    def unit_cost(self, *departments):
        """£ per unit of activity, several departments weighted by their activity."""
        return math.fsum(self.cost[d] for d in departments) / math.fsum(self.activity[d] for d in departments)

    def attendance_cost(self):
        """£ per attendance in emergency care."""
        return self.unit_cost("Emergency Care")

    def admission_cost(self):
        """£ per non-elective admission, short and long stay weighted by activity."""
        return self.unit_cost("Non-Elective Inpatient - Long Stay", "Non-Elective Inpatient - Short Stay")

    def residents(self):
        """Residents of England that the published costs per head divide by."""
        return math.fsum(self.cost.values()) / math.fsum(self.per_head.values())

    def spending_per_head(self, departments):
        """£ per resident and year of the named departments."""
        return math.fsum(self.per_head[d] for d in departments)

    def acute_per_head(self):
        """£ per resident and year of all that is not mental health, community or ambulance."""
        elsewhere = DEPARTMENTS_OF_MENTAL_HEALTH + DEPARTMENTS_OF_COMMUNITY + DEPARTMENTS_OF_AMBULANCE
        return math.fsum(value for name, value in self.per_head.items() if name not in elsewhere)


def registered_population(folder):
    """Registered patients of England: the sum over the 153 upper-tier authorities."""
    rows = read_table(folder, "nhse_need_weighted_population_place_utla_2024_25.csv")
    return math.fsum(float(row["registered_pop"]) for row in rows)
