"""Python's jsonschema: every bundled file fits the schema of its kind, and each of cases.json is let in or refused as it says."""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

ROOT = Path("../../scenarios")
KINDS = {"stress": "stress", "calibrations": "calibration", "evidence": "match"}


def read(file):
    return json.loads(Path(file).read_text(encoding="utf-8"))


def written(case):
    """The file that a pointer of a case changes, or a file of its own; without a value what is there goes."""
    document = case["own"] if "own" in case else read(ROOT / case["file"])
    if "at" not in case:
        return document
    *steps, last = case["at"].split("/")[1:]
    target = document
    for step in steps:
        target = target[int(step)] if isinstance(target, list) else target[step]
    if "value" in case:
        target[last] = case["value"]
    else:
        del target[last]
    return document


def main():
    schemas = {of: read(Path(sys.argv[1]) / f"{of}.json") for of in ["scenario", "stress", "calibration", "match"]}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    validators = {of: Draft202012Validator(schema) for of, schema in schemas.items()}
    wrong = []
    files = sorted(ROOT.rglob("*.json"))
    for file in files:
        name = file.relative_to(ROOT)
        of = KINDS.get(name.parts[0], "scenario")
        for error in list(validators[of].iter_errors(read(file)))[:3]:
            wrong.append(f"jsonschema refuses scenarios/{name}: {error.json_path} {error.message[:200]}")
    cases = read("cases.json")
    for fits, named in [(True, "fit"), (False, "refused")]:
        for case in cases[named]:
            if validators[case.get("of", "scenario")].is_valid(written(case)) != fits:
                wrong.append(f"jsonschema {'refuses' if fits else 'lets in'}: {case['what']}")
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    counts = f"{len(files)} bundled files, {len(cases['fit'])} cases that fit, {len(cases['refused'])} to be refused"
    print(f"jsonschema: {counts}; {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


main()
