"""Makes the data of the place scenarios from published tables.

Usage: python3 python/tools/make_place_data.py INPUT_FOLDER OUTPUT_FOLDER

Reads the tables listed in scenarios/data/README.md and writes isle-of-wight.csv, south-tyneside.csv,
tameside.csv, bradford.csv, england.csv, places.csv, councils.csv and place-parameters.csv, and copies the three
tables that are used as they are. Standard library only.

Every row of place-parameters.csv names its source. Its status is `data` (as published), `derived`
(calculated here from published figures) or `assumed` (a judgement, or a figure from elsewhere).
"""

import shutil
import sys
from pathlib import Path

from place_data import need, payment, places, spending
from place_data.sources import write_table

COPIED = (
    "nhs_trust_sector_deficit_by_type_year.csv",
    "nhs_trust_income_share_balanced_panel.csv",
    "derived_delayed_discharge_share_by_owner.csv",
)


def main(arguments):
    """Reads both folders from the command line and writes every file."""
    if len(arguments) != 2:
        sys.exit(__doc__)
    source, target = (Path(argument) for argument in arguments)
    places.write_all(source, target)
    write_parameters(source, target / "place-parameters.csv")
    for name in COPIED:
        shutil.copyfile(source / name, target / name)


def write_parameters(source, path):
    """The numbers of the place scenarios, one row a number."""
    rows = [
        *spending.population_rows(source),
        *spending.spending_rows(source),
        *spending.bed_rows(source),
        *need.activity_rows(source),
        *need.growth_rows(source),
        *need.delay_rows(source),
        *need.evidence_rows(source),
        *payment.payment_rows(),
        *payment.governance_rows(source),
    ]
    write_table(path, ["name", "value", "low", "high", "unit", "source", "status"], rows)


if __name__ == "__main__":
    main(sys.argv[1:])
