//! A real place from what is published of it: monthly emergency activity of its hospital, and the need and size of its population.
//! What cannot be known from those tables stays as in `place-fortress`, and says so.

mod activity;
mod people;

pub use activity::{Activity, activity};
pub use people::{Council, council};

use crate::model::english::number;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The scenario that a place is laid over: where it starts, its pools, its payments.
const BASE: &str = "place-fortress";
/// Need per unit of planned effort at the start, as in the base.
const START: f64 = 0.88;
/// Capacity against the sum of all plans, and the carry-over and overdraft of the place's money against its size: as in the base,
/// £62.75m for plans of £58.47m, £0.5m and £1m for £46.25m.
const CAPACITY: f64 = 62.75 / 58.47;
const CARRY_OVER: f64 = 0.5 / 46.25;
const OVERDRAFT: f64 = 1.0 / 46.25;
/// People to a network of general practices (NHS England: 30,000 to 50,000).
const NETWORK: f64 = 40_000.0;
/// Kinds whose care is paid for out of the place's money.
const OF_THE_NHS: [&str; 4] = ["acute", "mental_health", "community", "primary"];

/// A place that was made: a scenario, and the table of its need, to be written beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The scenario as JSON.
    pub scenario: String,
    /// The monthly need of its hospital as CSV.
    pub data: String,
    /// What a reader must know before using it.
    pub notes: Vec<String>,
}

/// A scenario from the activity of a hospital; `data` is the name that the table will have beside it.
pub fn place(name: &str, activity: &Activity, council: Option<&Council>, data: &str) -> Place {
    let mut sources = vec![format!(
        "Acute need: monthly type 1 A&E attendances and emergency admissions of {} from {} to {}, weighted by cost ({data})",
        activity.organisation,
        activity.first(),
        activity.last()
    )];
    let mut assumptions = vec![format!(
        "All acute need moves with emergency care; after {} the last twelve months repeat, growing by 3.3% a year; all of it against budgets and staff that grow by 1.3% a year (assumed)",
        activity.last()
    )];
    let mut notes = Vec::new();
    let mut fields = serde_json::Map::new();
    if let Some(council) = council {
        sources.push(format!(
            "Sizes: registered population of {} ({}) and its need indices 2024/25 (scenarios/data/councils.csv)",
            council.name,
            number(council.registered)
        ));
        assumptions.push("Money follows the council's population, acute need the trust's activity: patients who cross the border are not told apart".to_owned());
        fields.insert("pools".to_owned(), pools(council));
    } else {
        let told = "Sizes are those of a place of 300,000; name the council to have its own";
        assumptions.push(format!("{told} (assumed)"));
        notes.push(told.to_owned());
    }
    fields.insert("providers".to_owned(), providers(council, data));
    let mut scenario = json!({
        "extends": BASE,
        "title": format!("{name}, every provider a fortress"),
        "question": format!("What happens to staff and beds, to need and to money in {name} when each provider secures its own future?"),
        "notes": { "place": { "sources": sources, "assumptions": assumptions } },
    });
    if let Some(all) = scenario.as_object_mut() {
        all.append(&mut fields);
    }
    Place { scenario: format!("{scenario:#}\n"), data: table(activity), notes }
}

fn pools(council: &Council) -> Value {
    let all: f64 = council.sizes.iter().map(|(_, size)| size).sum();
    let money: f64 = council.sizes.iter().filter(|(kind, _)| OF_THE_NHS.contains(kind)).map(|(_, size)| size).sum();
    json!({
        "capacity": { "capacity": rounded(all * CAPACITY) },
        "money": {
            "capacity": rounded(money),
            "growth": { "allocation": {
                "amount": rounded(money),
                "carry_over": rounded(money * CARRY_OVER),
                "overdraft": rounded(money * OVERDRAFT),
            } },
        },
    })
}

fn providers(council: Option<&Council>, data: &str) -> Value {
    let mut all = serde_json::Map::new();
    for (kind, size) in council.into_iter().flat_map(|council| &council.sizes) {
        all.insert((*kind).to_owned(), json!({ "size": rounded(*size) }));
    }
    if let Some(council) = council {
        let networks = (council.residents / NETWORK).round().max(1.0);
        all["primary"]["count"] = json!(networks as u32);
    }
    let acute = all.entry("acute").or_insert_with(|| json!({}));
    acute["need"] = json!({
        "level": {
            "csv": { "file": data, "column": "acute_need" },
            "times": START,
            "then": { "repeat_last": 12, "growth": 0.033 },
        },
        "trend": -0.013,
        "season": [],
        "noise": 0.01,
    });
    Value::Object(all)
}

fn table(activity: &Activity) -> String {
    let mut text = "month,attendances_type1,admissions,acute_need\n".to_owned();
    for month in &activity.months {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{},{},{},{:.6}", month.name, month.attendances, month.admissions, month.need);
    }
    text
}

/// To the thousandth of £1m a month.
fn rounded(amount: f64) -> f64 {
    (amount * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::scenario::text::{Address, Store};
    use std::io;

    /// The table beside the scenario, and the program's own files.
    struct Beside(String);

    impl Store for Beside {
        fn read(&self, address: &Address) -> io::Result<Vec<u8>> {
            match address {
                Address::Disk(path) if path.ends_with("need.csv") => Ok(self.0.clone().into_bytes()),
                other => crate::scenario::bundled::BUNDLED.read(other),
            }
        }
        fn neighbours(&self, _: &Address) -> Vec<String> {
            Vec::new()
        }
        fn bundled(&self) -> Vec<&str> {
            crate::scenario::bundled::BUNDLED.bundled()
        }
    }

    fn published() -> String {
        let mut text = "Period,Org Code,A&E attendances Type 1,Emergency admissions via A&E - Type 1\n".to_owned();
        for month in 1..=14 {
            let (year, month) = if month > 12 { (2025, month - 12) } else { (2024, month) };
            let _ = writeln!(text, "{year}-{month:02}-01,R1F,\"{},000\",{}", 3 + month % 2, 800 + month);
            let _ = writeln!(text, "TOTAL,,9,9");
        }
        text
    }

    #[test]
    fn a_place_of_published_tables_is_a_scenario_without_faults() {
        let activity = activity(&[("a.csv".to_owned(), published())], "R1F").unwrap();
        let wight = council("Isle of Wight").unwrap();
        for council in [Some(&wight), None] {
            let made = place("Isle of Wight", &activity, council, "need.csv");
            let scenario = Scenario::from_text(&Beside(made.data.clone()), "mine.json", &made.scenario).unwrap();
            assert_eq!(scenario.setup.kinds().len(), 6);
            assert_eq!(made.notes.is_empty(), council.is_some());
        }
    }

    #[test]
    fn the_sizes_are_those_of_the_place_that_comes_with_the_program() {
        let wight = council("E06000046").unwrap();
        let size = |kind: &str| wight.sizes.iter().find(|(name, _)| *name == kind).unwrap().1;
        // scenarios/data/places.csv
        for (kind, expected) in
            [("acute", 18.4218), ("mental_health", 2.7046), ("primary", 2.5617), ("social_care", 8.6647)]
        {
            assert!((size(kind) - expected).abs() < 0.001, "{kind}: {}", size(kind));
        }
    }
}
