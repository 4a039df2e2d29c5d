"""Who is counted, what is spent on them by kind of provider, and the beds they have."""

import math

from place_data.rows import evidence, row
from place_data.sources import (
    DEPARTMENTS_OF_AMBULANCE,
    DEPARTMENTS_OF_COMMUNITY,
    DEPARTMENTS_OF_MENTAL_HEALTH,
    NationalCostCollection,
    mean,
    read_table,
    registered_population,
)

PEOPLE = 300_000

KINDS = ("acute", "mental_health", "community", "primary", "social_care", "voluntary")

EMERGENCY = ("Emergency Care", "Non-Elective Inpatient - Long Stay", "Non-Elective Inpatient - Short Stay")

NCC = "ncc_2024_25_unit_costs_by_department.csv; derived_per_capita_activity_cost_2024_25.csv"

# Published by NHS England, not in the input folder, hence assumed: gross current expenditure of
# 2023/24, of the year before, and total expenditure of 2023/24.
SOCIAL_CARE_GBP = {"value": 27.06e9, "low": 23.69e9, "high": 32.01e9}
VOLUNTARY_PER_HEAD = {"value": 20.0, "low": 5.0, "high": 60.0}

ORIGIN = {
    "acute": f"{NCC}: all departments but mental health, community and ambulance; "
    "low without rehabilitation inpatients, high with ambulance",
    "mental_health": f"{NCC}: mental health contacts, provider spells, talking therapies",
    "community": f"{NCC}: community health service, community audiology, wheelchairs; "
    "high with rehabilitation inpatients",
    "primary": "evidence.csv alloc_pmc £180 per patient 2024/25 × patients_per_resident; "
    "low gp_payments_england_by_year.csv 22-23 × patients_per_resident",
    "social_care": "NHS England, Adult Social Care Activity and Finance Report 2023-24, table 1a: gross "
    "current £27.06bn (low 2022-23 £23.69bn, high total £32.01bn) / england_residents; "
    "not in the input folder",
    "voluntary": "no source; a small share, to be swept",
}

STATUS = {
    "acute": "derived",
    "mental_health": "derived",
    "community": "derived",
    "primary": "derived",
    "social_care": "assumed",
    "voluntary": "assumed",
}

TRUST_TYPES = {
    "acute": "Acute",
    "mental_health": "Mental Health",
    "community": "Community Provider Trust",
    "ambulance": "Ambulance",
}


def spending_per_head(source):
    """£ per resident and year by kind of provider, at 2024/25 prices where the source allows."""
    costs = NationalCostCollection(source)
    patients_per_resident = registered_population(source) / costs.residents()
    return {
        "acute": costs.acute_per_head(),
        "mental_health": costs.spending_per_head(DEPARTMENTS_OF_MENTAL_HEALTH),
        "community": costs.spending_per_head(DEPARTMENTS_OF_COMMUNITY),
        "primary": evidence(source)["alloc_pmc"]["value"] * patients_per_resident,
        "social_care": SOCIAL_CARE_GBP["value"] / costs.residents(),
        "voluntary": VOLUNTARY_PER_HEAD["value"],
    }


def spending_bounds(source):
    """Low and high £ per resident and year by kind, None where the source gives no range."""
    costs = NationalCostCollection(source)
    residents = costs.residents()
    patients_per_resident = registered_population(source) / residents
    spending = spending_per_head(source)
    rehabilitation = costs.per_head["Rehabilitation Inpatient"]
    ambulance = costs.spending_per_head(DEPARTMENTS_OF_AMBULANCE)
    practices = float(read_table(source, "gp_payments_england_by_year.csv")[-1]["pay_per_registered"])
    return {
        "acute": (spending["acute"] - rehabilitation, spending["acute"] + ambulance),
        "mental_health": (None, None),
        "community": (spending["community"], spending["community"] + rehabilitation),
        "primary": (practices * patients_per_resident, spending["primary"]),
        "social_care": (SOCIAL_CARE_GBP["low"] / residents, SOCIAL_CARE_GBP["high"] / residents),
        "voluntary": (VOLUNTARY_PER_HEAD["low"], VOLUNTARY_PER_HEAD["high"]),
    }


def population_rows(source):
    """Who is counted: residents, and patients on the lists of practices."""
    residents = NationalCostCollection(source).residents()
    patients = registered_population(source)
    lists = "nhse_need_weighted_population_place_utla_2024_25.csv, sum of registered_pop"
    return [
        row("place_population", PEOPLE, "residents", "size of the synthetic place", "assumed"),
        row(
            "england_residents",
            residents,
            "residents",
            f"{NCC}: total cost / sum of cost per head (ONS mid-2023)",
            "derived",
        ),
        row("england_registered", patients, "patients", lists, "data"),
        row(
            "patients_per_resident",
            patients / residents,
            "ratio",
            "england_registered / england_residents",
            "derived",
        ),
    ]


def spending_rows(source):
    """Spending per head, per month for the place, and as a share of the place's spending."""
    spending, bounds = spending_per_head(source), spending_bounds(source)
    total = math.fsum(spending.values())
    place = PEOPLE / 12e6
    rows = []
    for kind in KINDS:
        unit = "£ per resident per year"
        rows.append(row(f"spending_{kind}", spending[kind], unit, ORIGIN[kind], STATUS[kind], *bounds[kind]))
    for kind in KINDS:
        words = f"spending_{kind} × place_population / 12"
        low, high = (None if bound is None else bound * place for bound in bounds[kind])
        month = spending[kind] * place
        rows.append(row(f"place_month_{kind}", month, "£m per month", words, STATUS[kind], low, high))
    rows.append(row("place_month_total", total * place, "£m per month", "sum of the six above", "derived"))
    for kind in KINDS:
        words = f"spending_{kind} / sum of the six"
        unit = "share of the place's spending"
        rows.append(row(f"share_{kind}", spending[kind] / total, unit, words, STATUS[kind]))
    return rows + price_rows(source) + trust_share_rows(source)


def price_rows(source):
    """Unit costs, what is left out, and other accounts of the same spending."""
    costs = NationalCostCollection(source)
    practices = float(read_table(source, "gp_payments_england_by_year.csv")[-1]["pay_per_registered"])
    core = evidence(source)["alloc_head"]
    ambulance = costs.spending_per_head(DEPARTMENTS_OF_AMBULANCE)
    emergency = costs.spending_per_head(EMERGENCY) / costs.acute_per_head()
    outside = f"{NCC}: ambulance and critical care transport; in none of the six kinds"
    moved = f"{NCC}: emergency care and non-elective inpatients; season and noise of acute_need act on these"
    stays = f"{NCC}: non-elective long and short stay weighted by activity"
    patient = "£ per patient per year"
    return [
        row("spending_ambulance", ambulance, "£ per resident per year", outside, "derived"),
        row("gp_payments_per_patient", practices, patient, "gp_payments_england_by_year.csv 22-23", "data"),
        row("emergency_share_of_acute", emergency, "share of acute spending", moved, "derived"),
        row(
            "cost_of_attendance",
            costs.attendance_cost(),
            "£ per attendance",
            f"{NCC}: Emergency Care",
            "derived",
        ),
        row("cost_of_admission", costs.admission_cost(), "£ per admission", stays, "derived"),
        row(
            "core_allocation_per_patient",
            core["value"],
            patient,
            "evidence.csv alloc_head (2024/25)",
            "data",
            core["low"],
            core["high"],
        ),
    ]


def trust_share_rows(source):
    """Shares of NHS trusts' income in 2015, with their range over the years."""
    name = "nhs_trust_income_share_balanced_panel.csv"
    panel = read_table(source, name)
    rows = []
    for kind, column in TRUST_TYPES.items():
        shares = {record["fy_start"]: float(record[column]) for record in panel}
        low, high = min(shares.values()), max(shares.values())
        words = f"{name} 2015, range 2010 to 2018"
        rows.append(
            row(
                f"trust_income_share_{kind}",
                shares["2015"],
                "share of trusts' income",
                words,
                "data",
                low,
                high,
            )
        )
    return rows


def bed_rows(source):
    """Beds for general and acute care, and how full they are."""
    months = read_table(source, "ga_beds_england_monthly_2022on.csv")
    year = [record for record in months if "2024-04" <= record["date"] <= "2025-03-31"]
    available = mean(float(record["general_acute_beds_available"]) for record in year)
    occupied = mean(float(record["general_acute_beds_occupied"]) for record in year)
    per_head = 1000 / NationalCostCollection(source).residents()
    monthly = [float(record["occ"]) for record in months]
    beds = "ga_beds_england_monthly_2022on.csv, mean of April 2024 to March 2025"
    bagust = "evidence.csv bed_85 (Bagust, Place and Posnett 1999)"
    return [
        row("beds_per_1000", available * per_head, "beds per 1000 residents", beds, "derived"),
        row(
            "place_beds",
            available * per_head * PEOPLE / 1000,
            "beds",
            "beds_per_1000 × place_population / 1000",
            "derived",
        ),
        row(
            "occupancy_actual",
            occupied / available,
            "share",
            f"{beds}; range of all months from April 2022",
            "derived",
            min(monthly),
            max(monthly),
        ),
        row("occupancy_risk", 0.85, "share", f"{bagust}: risk can be discerned above", "data"),
        row("occupancy_crisis", 0.90, "share", f"{bagust}: regular crises above", "data"),
    ]
