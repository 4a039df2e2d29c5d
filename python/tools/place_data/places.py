"""The monthly need of four places, the season of England, and the table of places."""

from dataclasses import dataclass

from place_data.decomposition import Decomposition
from place_data.sources import (
    NationalCostCollection,
    mean,
    read_table,
    registered_population,
    write_table,
)
from place_data.spending import spending_per_head

MONTHS = [f"{year}-{month:02}" for year in range(2016, 2020) for month in range(1, 13)][3:39]
DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

# The index of need that prices each kind of care in a real place. The last two are assumed: the
# published file has no index for social care or the voluntary sector.
INDEX_BY_KIND = {
    "acute": "idx_general_acute",
    "mental_health": "idx_mental_health",
    "community": "idx_community",
    "primary": "idx_primary_medical_care",
    "social_care": "idx_community",
    "voluntary": None,
}
INDICES = (
    "general_acute",
    "community",
    "mental_health",
    "health_inequalities",
    "primary_medical_care",
    "final_core",
)


@dataclass(frozen=True)
class Place:
    """A council, the acute trust whose emergency department serves it, and its output file."""

    file: str
    name: str
    trust_code: str
    trust_name: str
    council_code: str


PLACES = (
    Place("isle-of-wight.csv", "Isle of Wight", "R1F", "Isle of Wight NHS Trust", "E06000046"),
    Place("south-tyneside.csv", "South Tyneside", "RE9", "South Tyneside NHS Foundation Trust", "E08000023"),
    Place(
        "tameside.csv",
        "Tameside",
        "RMP",
        "Tameside and Glossop Integrated Care NHS Foundation Trust",
        "E08000008",
    ),
    Place("bradford.csv", "Bradford", "RAE", "Bradford Teaching Hospitals NHS Foundation Trust", "E08000032"),
)


@dataclass(frozen=True)
class Activity:
    """Emergency activity of 36 months: counts per month, and the index of acute need."""

    attendances: list
    attendances_type1: list
    admissions: list
    acute_need: list
    acute_need_all_types: list


def write_all(source, target):
    """Writes the seven files from the tables in the source folder."""
    costs = NationalCostCollection(source)
    rows = read_table(source, "nhsr_ae_attendances_by_org_month_2016_2019.csv")
    activities = {place: activity(rows, costs, place.trust_code) for place in PLACES}
    for place, figures in activities.items():
        write_place(target / place.file, figures)
    write_england(target / "england.csv", rows, costs)
    write_places(target / "places.csv", source, activities)
    write_councils(target / "councils.csv", source)


def activity(rows, costs, organisation):
    """Emergency activity of one organisation; a month without type 1 is a fault, not a zero."""
    mine = [row for row in rows if row["org_code"] == organisation]
    type1 = count(mine, "attendances", {"1"})
    if min(type1) == 0:
        raise ValueError(f"{organisation}: a month without type 1 attendances")
    attendances = count(mine, "attendances", {"1", "2", "other"})
    admissions = count(mine, "admissions", {"1", "2", "other"})
    return Activity(
        attendances,
        type1,
        admissions,
        need_index(costs, type1, admissions),
        need_index(costs, attendances, admissions),
    )


def count(rows, column, types):
    """Monthly sums of a column over the given types of department, in the order of MONTHS."""
    totals = dict.fromkeys(MONTHS, 0)
    for row in rows:
        if row["type"] in types:
            totals[row["period"][:7]] += int(row[column])
    return [totals[month] for month in MONTHS]


def need_index(costs, attendances, admissions):
    """Cost-weighted activity, divided by its mean over the months."""
    weights = costs.attendance_cost(), costs.admission_cost()
    priced = [weights[0] * a + weights[1] * d for a, d in zip(attendances, admissions)]
    level = mean(priced)
    return [value / level for value in priced]


def write_place(path, figures):
    """One row a month."""
    rows = zip(
        MONTHS,
        figures.attendances,
        figures.attendances_type1,
        figures.admissions,
        (f"{value:.6f}" for value in figures.acute_need),
        (f"{value:.6f}" for value in figures.acute_need_all_types),
    )
    write_table(
        path,
        ["month", "attendances", "attendances_type1", "admissions", "acute_need", "acute_need_all_types"],
        rows,
    )


def write_england(path, rows, costs):
    """Season of type 1 departments: whole months, and per day."""
    attendances = count(rows, "attendances", {"1"})
    admissions = count(rows, "admissions", {"1"})
    seasons = [
        Decomposition(s).season for s in (attendances, admissions, need_index(costs, attendances, admissions))
    ]
    january_first = [season[9:] + season[:9] for season in seasons]
    columns = january_first + [per_day(season) for season in january_first]
    header = ["month", "days", "attendances", "admissions", "acute_need"]
    header += ["attendances_per_day", "admissions_per_day", "acute_need_per_day"]
    table = [[m + 1, DAYS[m], *(f"{column[m]:.6f}" for column in columns)] for m in range(12)]
    write_table(path, header, table)


def per_day(season):
    """A season of monthly totals as one of daily means, again with mean 1."""
    daily = [value / days for value, days in zip(season, DAYS)]
    level = mean(daily)
    return [value / level for value in daily]


def write_places(path, source, activities):
    """One row a place: who it is, its need, its activity, its spending by kind."""
    councils = {
        r["utla_code"]: r for r in read_table(source, "nhse_need_weighted_population_place_utla_2024_25.csv")
    }
    residents_per_patient = NationalCostCollection(source).residents() / registered_population(source)
    spending = spending_per_head(source)
    records = [
        place_record(place, figures, councils[place.council_code], residents_per_patient, spending)
        for place, figures in activities.items()
    ]
    write_table(path, records[0].keys(), [record.values() for record in records])


def write_councils(path, source):
    """One row an upper-tier authority: who is on the lists of its practices, and its need."""
    councils = read_table(source, "nhse_need_weighted_population_place_utla_2024_25.csv")
    indices = ("general_acute", "community", "mental_health", "primary_medical_care")
    header = ["council_code", "council_name", "registered_population", *(f"need_{index}" for index in indices)]
    columns = ["utla_code", "utla_name", "registered_pop", *(f"idx_{index}" for index in indices)]
    write_table(path, header, [[row[column] for column in columns] for row in councils])


def place_record(place, figures, council, residents_per_patient, spending):
    """The columns of one place, in the order of the file."""
    registered = int(council["registered_pop"])
    used = round(registered * residents_per_patient)
    record = {
        "name": place.name,
        "trust_code": place.trust_code,
        "trust_name": place.trust_name,
        "council_code": place.council_code,
        "council_name": council["utla_name"],
        "registered_population": registered,
        "population_used": used,
    }
    record |= {f"need_{index}": council[f"idx_{index}"] for index in INDICES}
    record |= statistics(figures)
    for kind, column in INDEX_BY_KIND.items():
        index = float(council[column]) if column else 1.0
        record[f"{kind}_gbp_m_per_month"] = f"{spending[kind] * index * used / 12e6:.4f}"
    return record


def statistics(figures):
    """Level, trend and noise of the activity of one place."""
    need = Decomposition(figures.acute_need)
    attendances = Decomposition(figures.attendances_type1)
    admissions = Decomposition(figures.admissions)
    return {
        "mean_attendances": f"{mean(figures.attendances):.1f}",
        "mean_attendances_type1": f"{mean(figures.attendances_type1):.1f}",
        "mean_admissions": f"{mean(figures.admissions):.1f}",
        "noise_cv_acute_need": f"{need.coefficient_of_variation():.4f}",
        "noise_cv_attendances_type1": f"{attendances.coefficient_of_variation():.4f}",
        "noise_cv_admissions": f"{admissions.coefficient_of_variation():.4f}",
        "noise_autocorrelation_acute_need": f"{need.autocorrelation():.3f}",
        "trend_per_year_acute_need": f"{need.trend:.4f}",
        "trend_per_year_attendances_type1": f"{attendances.trend:.4f}",
        "trend_per_year_admissions": f"{admissions.trend:.4f}",
    }
