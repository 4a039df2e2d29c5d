"""How need moves: season, noise and growth, delayed discharge, and the effects the literature disputes."""

import math
from statistics import median, quantiles

from place_data.decomposition import Decomposition, persistence
from place_data.rows import derived, evidence, row
from place_data.sources import NationalCostCollection, mean, read_table
from place_data.spending import EMERGENCY, KINDS, spending_per_head

RAW = "nhsr_ae_attendances_by_org_month_2016_2019.csv, type 1"
VARIATION = "coefficient of variation"
INDEX = "index, mean 1"
CORRELATION = "correlation with the month before"
MONTHS = 36

OWNER_BY_KIND = {
    "community": "community_intermediate",
    "social_care": "social_care",
    "mental_health": "mental_health",
}

DISPUTED = {
    "sc_ae": "added visits per resident per year for £375 cut per person of 65 and over",
    "sc_adm": "incidence rate ratio per £1000 of social care, emergency admissions 65 and over",
    "acsc_beds": "pct, avoidable admissions, high against low bed availability",
    "acsc_cont": "pct, avoidable admissions, poorer continuity of general practice",
    "gp_access": "rate ratio, self-referred visits, most accessible fifth of practices",
    "comm_need": "pct, needs-adjusted community spending 2016/17 to 2022/23",
    "ceo_tenure": "years, median tenure of a chief executive",
}


def activity_rows(source):
    """Season, noise and trend of England, and the usual noise of a single trust."""
    costs = NationalCostCollection(source)
    trusts = type1_by_trust(read_table(source, "nhsr_ae_attendances_by_org_month_2016_2019.csv"))
    sums = [[sum(values) for values in zip(*month)] for month in zip(*trusts["all"])]
    national = Decomposition(priced(costs, sums))
    variation = national.coefficient_of_variation()
    return [
        row("england_trend_acute_need", 100 * national.trend, "pct per year", RAW, "derived"),
        row("england_noise_cv", variation, VARIATION, RAW, "derived"),
        row("england_noise_autocorrelation", national.autocorrelation(), CORRELATION, RAW, "derived"),
        row("england_season_high", max(national.season), INDEX, "england.csv, highest acute_need", "derived"),
        row("england_season_low", min(national.season), INDEX, "england.csv, lowest acute_need", "derived"),
        *noise_rows(costs, trusts),
    ]


def noise_rows(costs, trusts):
    """Noise of single trusts: the middle one, and the lowest and highest tenth."""
    complete = [Decomposition(priced(costs, months)) for months in trusts["complete"]]
    alike = [Decomposition(priced(costs, months)) for months in trusts["size_of_place"]]
    middle, low, high = spread(part.coefficient_of_variation() for part in alike)
    share = costs.spending_per_head(EMERGENCY) / costs.acute_per_head()
    every = f"{RAW}: median, low and high tenth of {len(complete)} trusts with 36 months of both"
    some = f"{RAW}: the same of {len(alike)} trusts with 5,000 to 9,000 attendances a month"
    correlations = spread(p.autocorrelation() for p in alike)
    lasting = "trust_noise_autocorrelation, and what the fit to 36 months takes away from it put back (README)"
    smooth = "emergency_share_of_acute × trust_noise_cv_size_of_place; the rest of acute need taken as smooth"
    return [
        derived("trust_noise_cv", spread(p.coefficient_of_variation() for p in complete), VARIATION, every),
        derived("trust_noise_cv_size_of_place", (middle, low, high), VARIATION, some),
        row("acute_noise_cv", share * middle, VARIATION, smooth, "assumed", share * low, share * high),
        derived("trust_noise_autocorrelation", correlations, CORRELATION, some),
        derived("trust_noise_persistence", tuple(persistence(c, MONTHS) for c in correlations), CORRELATION, lasting),
    ]


def spread(values):
    """The median, and the lowest and highest tenth."""
    values = sorted(values)
    tenths = quantiles(values, n=10)
    return median(values), tenths[0], tenths[-1]


def type1_by_trust(records):
    """Months of (attendances, admissions): of all trusts, the complete ones, and those of a place's size."""
    months = sorted({record["period"] for record in records})
    table = {}
    for record in records:
        if record["type"] == "1":
            table.setdefault(record["org_code"], {})[record["period"]] = (
                int(record["attendances"]),
                int(record["admissions"]),
            )
    every = [[trust.get(month, (0, 0)) for month in months] for trust in table.values()]
    complete = [trust for trust in every if all(a > 0 and d > 0 for a, d in trust)]
    size = [trust for trust in complete if 5000 <= mean(a for a, _ in trust) <= 9000]
    return {"all": every, "complete": complete, "size_of_place": size}


def priced(costs, months):
    """Cost of (attendances, admissions) month by month, £."""
    return [costs.attendance_cost() * a + costs.admission_cost() * d for a, d in months]


def growth_rows(source):
    """How fast need grows, by kind."""
    numbers = evidence(source)
    rows = [
        row_of_evidence(numbers, f"growth_{key}", key, "pct per year", "non-demographic only")
        for key in ("ndg_nel", "ndg_ae", "ndg_el")
    ]
    middle, low, high = (non_demographic(source, bound) for bound in ("value", "low", "high"))
    pressure, hospital = numbers["demand"]["value"], numbers["acute_growth"]["value"]
    blend = "the three rows above weighted by cost per head"
    acute = (
        "evidence.csv acute_growth (care provided 2010/11 to 2016/17); "
        "low growth_acute_non_demographic, high growth_pressure_total"
    )
    others = "no figure by kind in the sources: growth_pressure_total; the range is a judgement"
    rows += [
        row("growth_acute_non_demographic", middle, "pct per year", blend, "derived", low, high),
        row("growth_pressure_total", pressure, "pct per year, real", "evidence.csv demand", "data"),
        row("growth_acute", hospital, "pct per year", acute, "data", middle, pressure),
    ]
    kinds = (kind for kind in KINDS if kind != "acute")
    return rows + [row(f"growth_{k}", pressure, "pct per year", others, "assumed", 1.5, 4.5) for k in kinds]


def non_demographic(source, bound):
    """Non-demographic growth of acute care: the three published rates weighted by cost per head."""
    numbers, costs = evidence(source), NationalCostCollection(source)
    weights = {
        "ndg_nel": costs.spending_per_head(EMERGENCY[1:]),
        "ndg_ae": costs.spending_per_head(EMERGENCY[:1]),
        "ndg_el": costs.spending_per_head(("Elective Inpatients", "Daycase")),
    }
    total = math.fsum(weights.values())
    return math.fsum(weight * numbers[key][bound] for key, weight in weights.items()) / total


def delay_rows(source):
    """Delayed discharge, and who could act on it."""
    table = "derived_delayed_discharge_share_by_owner.csv"
    months = (
        "hf_delayed_discharge_national_2024_2025.csv, mean of April 2024 to March 2025; range of all months"
    )
    middle, low, high = delayed_bed_days(source)
    return [
        row("delayed_bed_days", middle, "share of bed days", months, "derived", low, high),
        *(
            row(
                f"delay_owner_{owner}",
                share,
                "share of delays",
                f"{table} (the grouping is a judgement)",
                "derived",
            )
            for owner, share in delay_owners(source).items()
        ),
        *spill_rows(source),
    ]


def delayed_bed_days(source):
    """Share of bed days lost to delays: mean of 2024/25, lowest and highest month."""
    records = read_table(source, "hf_delayed_discharge_national_2024_2025.csv")
    delays = [float(r["perc_bed_delays"]) / 100 for r in records if r["org_code"] == "National"]
    return mean(delays[:12]), min(delays), max(delays)


def delay_owners(source):
    """Share of delays by who could act on them."""
    records = read_table(source, "derived_delayed_discharge_share_by_owner.csv")
    return {record["owner"]: float(record["share"]) for record in records}


def spill_rows(source):
    """What others leave to the hospital, in £: averages, not responses."""
    costs, spending, owners = NationalCostCollection(source), spending_per_head(source), delay_owners(source)
    long_stay = costs.per_head["Non-Elective Inpatient - Long Stay"]
    rows = []
    for kind, owner in OWNER_BY_KIND.items():
        cost = owners[owner] * delayed_bed_days(source)[0] * long_stay
        priced_as = f"delay_owner_{owner} × delayed_bed_days × long-stay cost per head"
        average = (
            f"delay_cost_{kind} / spending_{kind}: an average; over the unmet share of need it is a spill"
        )
        rows += [
            row(f"delay_cost_{kind}", cost, "£ of acute cost per resident per year", priced_as, "derived"),
            row(
                f"delay_cost_per_pound_{kind}",
                cost / spending[kind],
                "£ of acute cost per £ spent",
                average,
                "derived",
            ),
        ]
    visits = evidence(source)["sc_ae"]["value"] / 375 * costs.attendance_cost()
    words = "evidence.csv sc_ae (0.09 visits for £375) × cost_of_attendance; low: sc_adm found none"
    return rows + [
        row(
            "spill_social_care_to_emergency",
            visits,
            "£ of attendances per £ cut",
            words,
            "derived",
            0,
            visits,
        )
    ]


def evidence_rows(source):
    """Effects on which the literature does not agree: sweep them over their range."""
    numbers = evidence(source)
    tenure = numbers["ceo_tenure"]["value"]
    half = "evidence.csv ceo_tenure: half have left after the median, at a constant hazard"
    leaves = 1 - 0.5 ** (1 / (12 * tenure))
    return [
        *(row_of_evidence(numbers, f"evidence_{key}", key, unit) for key, unit in DISPUTED.items()),
        row("leader_leaves", leaves, "probability per month", half, "derived"),
        row("merger_stall", 18, "months", "no source in the input folder", "assumed"),
    ]


def row_of_evidence(numbers, name, key, unit, remark=""):
    """A line taken over from evidence.csv."""
    words = f"evidence.csv {key}" + (f": {remark}" if remark else "")
    return row(name, numbers[key]["value"], unit, words, "data", numbers[key]["low"], numbers[key]["high"])
