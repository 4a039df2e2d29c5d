"""What providers are paid by, and what governing costs."""

import math

from place_data.rows import derived, evidence, row
from place_data.sources import NationalCostCollection, read_table, registered_population
from place_data.spending import KINDS, PEOPLE, spending_per_head

STP = (
    "BMA press release June 2017 (evidence.csv stp_team_lo); nhse_need_weighted_population_icb_2024_25.csv: "
    "five footprints pooled, lowest and highest; new posts only, so a lower bound"
)

# Salaries of new posts per year in the five footprints the press release names, £m, with the
# board that covers the same area today.
TEAMS = {"QK1": 0.673, "QUE": 0.893, "QHG": 0.920, "QMJ": 0.974, "QMF": 2.3}

TABLE = "payment_parameters.csv"

# Name, value, unit, source, status, low, high.
PAYMENT = (
    (
        "preset_2015_deflator",
        3.8,
        "pct per year",
        f"{TABLE} tariff efficiency requirement 2015/16",
        "data",
    ),
    (
        "preset_2015_marginal_rate",
        0.70,
        "share of tariff",
        f"{TABLE} marginal_rate_emergency, range 0.30 (2010/11 to 2014/15) to 0.70",
        "data",
        0.30,
        0.70,
    ),
    ("preset_2015_quality_share", 0.025, "share of contract value", f"{TABLE} cquin 2016/17", "data"),
    (
        "preset_2015_control_total_share",
        0.70,
        "share of the fund",
        f"{TABLE} stf, own control total, all or nothing",
        "data",
    ),
    ("preset_2015_waiting_share", 0.30, "share of the fund", f"{TABLE} stf, waiting times", "data"),
    (
        "preset_2024_deflator",
        1.1,
        "pct per year",
        f"{TABLE} payment_scheme efficiency factor 2023/24",
        "data",
    ),
    (
        "preset_2024_uplift",
        2.9,
        "pct per year",
        f"{TABLE} payment_scheme inflation cost uplift 2023/24",
        "data",
    ),
    (
        "preset_2024_emergency_variable",
        0.20,
        "share of tariff",
        f"{TABLE} blended_emergency 2019/20; low: block for emergency care",
        "data",
        0,
        0.20,
    ),
    (
        "preset_2024_elective_variable",
        1.00,
        "share of unit price",
        f"{TABLE} aligned_payment_incentive 2023/25; low 2022/23 (general knowledge)",
        "data",
        0.75,
        1.00,
    ),
    (
        "preset_2024_quality_share",
        0.0125,
        "share of contract value",
        f"{TABLE} cquin from April 2019",
        "data",
    ),
    ("general_practice_outcome_share", 0.0751, "share of payments", f"{TABLE} qof 2022/23", "data"),
    (
        "gain_share",
        0.50,
        "share of saving",
        f"{TABLE} mssp_track1plus maximum; range over tracks (general knowledge at both ends)",
        "data",
        0.40,
        0.75,
    ),
    (
        "loss_share",
        0.30,
        "share of overspend",
        f"{TABLE} mssp_track1plus; high mssp_enhanced (general knowledge)",
        "data",
        0.30,
        0.75,
    ),
    (
        "gain_share_corridor",
        0.02,
        "share of benchmark",
        f"{TABLE} mssp_track1 minimum savings rate 0.020 to 0.039 (general knowledge)",
        "assumed",
        0.02,
        0.039,
    ),
    (
        "gain_share_cap",
        0.10,
        "share of benchmark",
        f"{TABLE} mssp_track1 savings cap; high mssp_enhanced (general knowledge)",
        "assumed",
        0.10,
        0.20,
    ),
    ("contract_years", 5, "years", f"{TABLE} aqc, strategic_contract 5 to 10", "data", 5, 10),
    (
        "capitation_quality_bonus",
        0.10,
        "share of global budget",
        f"{TABLE} aqc, up to (general knowledge)",
        "assumed",
        0,
        0.10,
    ),
    ("prime_underpricing", 0.21, "share of first-year price", "evidence.csv uniting_ask", "data"),
)


def payment_rows():
    """Values of the two payment presets, as in payment_parameters.csv."""
    return [row(*line) for line in PAYMENT]


def governance_rows(source):
    """What governing costs, in the prices of its own year, never brought to 2024/25."""
    patients = registered_population(source) / NationalCostCollection(source).residents()
    health = math.fsum(spending_per_head(source)[kind] for kind in KINDS[:4])
    share = evidence(source)["admin_share"]["value"] / 100
    commissioner = evidence(source)["ccg_admin"]["value"]
    monthly = commissioner * patients / 12
    year = "£ per resident per month, 2013/14"
    upper = (
        "administration_share × place_month of acute, mental health, community and primary; an upper bound"
    )
    return [
        *team_rows(source, patients),
        row(
            "commissioner_per_head",
            commissioner,
            "£ per patient per year, 2013/14",
            "evidence.csv ccg_admin",
            "data",
        ),
        row(
            "commissioner_per_head_month",
            monthly,
            year,
            "commissioner_per_head × patients_per_resident / 12",
            "derived",
        ),
        row(
            "place_month_commissioner",
            monthly * PEOPLE / 1e6,
            "£m per month, 2013/14",
            "commissioner_per_head_month × place_population",
            "derived",
        ),
        row(
            "administration_share",
            share,
            "share of health spending",
            "evidence.csv admin_share (very crude)",
            "data",
        ),
        row("place_month_administration", share * health * PEOPLE / 12e6, "£m per month", upper, "derived"),
    ]


def team_rows(source, patients):
    """A dedicated team: salaries of new posts in five footprints, per head of their patients."""
    table = "nhse_need_weighted_population_icb_2024_25.csv"
    boards = {record["ICS22"]: float(record["registered_pop"]) for record in read_table(source, table)}
    each = [1e6 * pay / boards[code] for code, pay in TEAMS.items()]
    pooled = 1e6 * math.fsum(TEAMS.values()) / math.fsum(boards[code] for code in TEAMS)
    figures = pooled, min(each), max(each)
    head = [value * patients / 12 for value in figures]
    place = [value * PEOPLE / 1e6 for value in head]
    today = f"{table} QK1 (2024/25 lists for a team of 2017)"
    return [
        row(
            "team_per_footprint",
            TEAMS["QK1"],
            "£m per year, 2017",
            "evidence.csv stp_team_lo",
            "data",
            TEAMS["QK1"],
            TEAMS["QMF"],
        ),
        row("team_footprint_population", boards["QK1"], "patients", today, "data"),
        derived("team_per_head", figures, "£ per patient per year, 2017", STP),
        derived(
            "team_per_head_month",
            head,
            "£ per resident per month, 2017",
            "team_per_head × patients_per_resident / 12",
        ),
        derived("place_month_team", place, "£m per month, 2017", "team_per_head_month × place_population"),
    ]
