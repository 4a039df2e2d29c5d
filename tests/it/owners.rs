//! Law 7 over what is bundled: the pasture at any patience, and an English place in one hand and in several.
//!
//! A place is put in the hands of N owners by joining its kinds to one: all sizes, all needs and one budget, which is a fixed sum per
//! unit of size whatever N is, so that no owner is paid by another. An owner values care as the public does, so that owner and planner
//! are judged by the same worth.

use crate::support::{mean, outcome, setup, sixteen_runs, with};
use commonground::model::benchmark::Planned;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use serde_json::{Value, json};
use std::sync::Arc;

/// Owners of the whole.
const OWNERS: [u32; 6] = [1, 2, 3, 6, 20, 60];

fn file(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The bundled pasture in so many hands.
fn pasture(owners: u32, patience: f64) -> Value {
    with(
        &file(include_str!("../../scenarios/pasture-fortress.json")),
        [("/providers/herder/count", json!(owners)), ("/society/patience", json!(patience))],
    )
}

/// The bundled English place in so many hands, at so many times its renewal of staff and beds.
fn place(owners: u32, renewal: f64) -> Value {
    let whole = file(include_str!("../../scenarios/place-fortress.json"));
    let mut value = whole.clone();
    let mut owner = whole["providers"]["acute"].clone();
    let size: f64 = whole["providers"].as_object().unwrap().values().filter_map(|kind| kind["size"].as_f64()).sum();
    owner["count"] = json!(owners);
    owner["size"] = json!(size);
    owner["motivation"] = owner["worth"].clone();
    owner["upstream"] = json!([0]);
    owner["levels"] = json!({ "from": 0, "to": 1.5, "count": 16 });
    owner["behaviour"] = json!({ "best_response": { "between": true } });
    owner["payment"] = json!({ "block": { "amount": 1, "change_per_year": 0 } });
    owner["need"]["season"] = json!([]);
    owner["need"]["noise"] = json!(0);
    owner["need"]["spills"] = json!({});
    value["providers"] = json!({ "owner": owner });
    with(
        &value,
        [
            ("/time/steps", json!(240)),
            ("/society/patience", json!(0.95)),
            ("/pools/capacity/growth/logistic/rate", json!(0.05 * renewal)),
            ("/upstream", Value::Null),
        ],
    )
}

/// Without the parts that a file leaves out.
fn without_nulls(mut value: Value) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|_, field| !field.is_null());
        fields.values_mut().for_each(|field| *field = without_nulls(field.take()));
    }
    value
}

/// What the owners leave of the pool on the mean, and their welfare against that of the planner's best.
fn came_to(value: Value) -> [f64; 2] {
    let setup: Setup = setup(&without_nulls(value));
    let benchmark = Planned::new(&setup, InstructionSet::best()).benchmark();
    let setup = setup.with_benchmark(Arc::new(benchmark));
    let record = sixteen_runs(&setup);
    ["stock_mean", "welfare_share"].map(|key| mean(outcome(&setup, &record, key)))
}

#[test]
fn on_the_bundled_pasture_more_owners_leave_less_at_any_patience() {
    for patience in [0.95, 0.9, 0.8] {
        let found = OWNERS.map(|owners| came_to(pasture(owners, patience)));
        println!("{patience}: {found:.3?}");
        // What is learnt differs by a point or two from run to run.
        assert!(
            found.windows(2).all(|two| two[1][0] < two[0][0] + 0.02),
            "more owners, less grass at {patience}: {found:?}"
        );
        assert!(found[3][0] + 0.2 < found[0][0], "six owners leave much less than one at {patience}: {found:?}");
        // The pasture can die, so that 85% is asked of one owner where it looks as far ahead as four seasons of growth.
        if 1.0 / patience - 1.0 <= 0.5 / 4.0 {
            assert!(found[0][1] >= 0.85, "one owner reaches {} of the planner at {patience}", found[0][1]);
        }
    }
}

#[test]
fn an_english_place_is_used_harder_the_more_owners_share_it() {
    for renewal in [1.0, 0.75] {
        let found = OWNERS.map(|owners| came_to(place(owners, renewal)));
        println!("renewal × {renewal}: {found:.3?}");
        assert!(found.windows(2).all(|two| two[1][0] <= two[0][0] + 0.01), "more owners, less capacity: {found:?}");
        assert!(found.windows(2).all(|two| two[1][1] <= two[0][1] + 0.01), "more owners, less welfare: {found:?}");
        assert!(found[0][1] >= 0.85, "one owner reaches {} of the planner", found[0][1]);
    }
}
