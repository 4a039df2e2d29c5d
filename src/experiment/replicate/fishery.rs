//! Gordon 1954 and Schaefer 1954: open access, greatest yield, greatest rent, and N owners in between.
//!
//! Published values are the closed forms of dx/dt = r x (1 − x/K) − q E x with price p and cost c per unit of effort:
//! open access x = c/(pq); greatest yield x = K/2; greatest rent x = (K + c/(pq))/2; N owners who each maximise their own
//! rent of the steady state, given the others' efforts, N/(N + 1) of the effort of open access and
//! rent / greatest rent = 4N/(N + 1)².

use super::settle::{End, end, scenario};
use super::{Chart, Check, Drawing, Form, Line, Plane, Replication, Reproduction, Status, Tolerance, Unit};
use crate::scenario::Scenario;
use crate::scenario::text::Faults;
use rayon::prelude::*;
use serde_json::json;

/// The entry of this result.
pub(super) const REPLICATION: Replication = Replication {
    name: "fishery",
    title: "Gordon–Schaefer fishery: open access, greatest yield and rent, N owners",
    source: "Gordon 1954; Schaefer 1954; Clark 1990",
    caveats: &["All values are computed from the published formulas; r = 1, K = 100, q = 0.01, p = 1, c = 0.2."],
    reproduce,
};

/// Capacity K, the stock of open access c/(pq), and its effort (r/q)(1 − c/(pqK)).
const CAPACITY: f64 = 100.0;
const OPEN_STOCK: f64 = 20.0;
const OPEN_EFFORT: f64 = 80.0;
/// Steps of the owners' scenario in a year: sums of a step are multiplied by it.
const OWNERS_STEPS: f64 = 10.0;
const OWNERS: [u32; 6] = [1, 2, 4, 8, 16, 64];
const OWNERS_FILE: &str = "replicate/fishery-owners";

/// The greatest rent a year: prK/4 (1 − c/(pqK))².
const GREATEST_RENT: f64 = 16.0;
/// Part of a steady state by which ours may differ, and of a share of rent.
const STEADY: Tolerance = Tolerance::Relative(0.005);
const RENT: Tolerance = Tolerance::Relative(0.01);

fn reproduce() -> Result<Reproduction, Faults> {
    let mut runs = vec![
        ("open-access".to_owned(), scenario("replicate/fishery-open-access", [])?),
        (
            "greatest-yield".to_owned(),
            scenario(
                OWNERS_FILE,
                [("/providers/owner/count", json!(1)), ("/providers/owner/cost/per_effort", json!(0))],
            )?,
        ),
    ];
    for count in OWNERS {
        runs.push((format!("owners-{count}"), scenario(OWNERS_FILE, [("/providers/owner/count", json!(count))])?));
    }
    let ends: Vec<End> = runs.par_iter().map(|(_, scenario)| end(&scenario.setup)).collect();
    let (open, most_yield, owners) = (ends[0], ends[1], &ends[2..]);
    let mut checks = open_access(open);
    checks.extend(greatest_yield(most_yield));
    checks.extend(owners.iter().zip(OWNERS).flat_map(|(end, count)| owned(*end, f64::from(count))));
    Ok(Reproduction { checks, charts: vec![shares(owners)], scenarios: named(runs) })
}

fn named(runs: Vec<(String, Scenario)>) -> Vec<(String, Scenario)> {
    runs.into_iter().map(|(name, scenario)| (format!("fishery-{name}"), scenario)).collect()
}

fn check(what: impl Into<String>, ours: f64, published: f64, tolerance: Tolerance) -> Check {
    Check { what: what.into(), ours, published, tolerance, unit: Unit::Number, status: Status::Computed }
}

fn open_access(end: End) -> Vec<Check> {
    // Boats from outside have no books of their own: their rent is catch less cost, p q E x − c E, a year.
    let rent = 0.01 * end.effort * end.stock - 0.2 * end.effort;
    vec![
        check("open access: stock", end.stock, OPEN_STOCK, Tolerance::Within(0.1)),
        check("open access: effort", end.effort, OPEN_EFFORT, STEADY),
        check("open access: rent", rent, 0.0, Tolerance::Within(0.01 * GREATEST_RENT)),
    ]
}

/// One owner to whom effort costs nothing looks for the greatest yield.
fn greatest_yield(end: End) -> Vec<Check> {
    let catch = end.delivered * OWNERS_STEPS;
    vec![
        check("greatest yield: stock", end.stock, CAPACITY / 2.0, STEADY),
        check("greatest yield: catch", catch, 25.0, STEADY),
        check("greatest yield: rent", catch - 0.2 * end.effort, 15.0, RENT),
    ]
}

fn owned(end: End, count: f64) -> Vec<Check> {
    let who = if count > 1.0 { format!("{count} owners") } else { "one owner (greatest rent)".to_owned() };
    let stock = CAPACITY - (CAPACITY - OPEN_STOCK) * count / (count + 1.0);
    vec![
        check(format!("{who}: stock"), end.stock, stock, STEADY),
        Check { unit: Unit::Share, ..check(format!("{who}: share of rent"), share(end), formula(count), RENT) },
    ]
}

fn share(end: End) -> f64 {
    end.rent * OWNERS_STEPS / GREATEST_RENT
}

/// Share of the greatest rent that N owners keep.
fn formula(count: f64) -> f64 {
    4.0 * count / ((count + 1.0) * (count + 1.0))
}

fn shares(owners: &[End]) -> Chart {
    let points = owners.iter().zip(OWNERS).map(|(end, count)| (f64::from(count), share(*end))).collect();
    let curve = (4..=256).map(|quarter| f64::from(quarter) / 4.0).map(|count| (count, formula(count))).collect();
    Chart {
        name: "fishery-rent",
        title: "The more owners a fishery has, the less of its rent is left".to_owned(),
        subtitle: "Share of the greatest rent in the steady state of a Gordon–Schaefer fishery".to_owned(),
        drawing: Drawing::Plane(Plane {
            x: ("owners", (0.0, 66.0)),
            y: ("share of the greatest rent", Unit::Share),
            lines: vec![
                Line { label: "4N/(N + 1)²".to_owned(), points: curve, form: Form::Joined },
                Line { label: "engine".to_owned(), points, form: Form::Single },
            ],
        }),
    }
}
