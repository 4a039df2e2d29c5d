//! Prices, staff, money and shocks by step, as columns of a file: one provider over four months, worked out by hand.

use crate::support::{bits, outcome, pasture, setup, sixteen_runs, tariff, with};
use commonground::scenario::Scenario;
use commonground::scenario::explain::explain;
use serde_json::{Value, json};
use std::fs;

/// What stands beside the scenario.
const TABLE: &str = "month,price,hours,money,surge,below\n\
    1,1,10,10,0,1\n2,1.5,5,5,0.5,-2\n3,1.5,8,12,0.5,1\n4,2,10,10,0,1\n";

/// One provider that makes 10 units of care a month out of hours of staff, as need asks, for a price of 1 and at a cost of 0.2 each.
fn practice() -> Value {
    let herder = pasture()["providers"]["herder"].clone();
    let need = json!({ "level": 1, "trend": 0, "season": [], "noise": 0, "waits": 0, "induced": 0, "relief": 1 });
    let practice =
        with(&herder, [("/count", json!(1)), ("/size", json!(10)), ("/uses", json!({ "staff": 1 })), ("/need", need)]);
    let pool = |unit: &str, claim: f64| {
        json!({
            "unit": unit, "capacity": 10, "start": 1, "loses": { "claim": claim }, "rationing": { "proportional": {} },
            "growth": { "allocation": {
                "amount": 10, "growth_per_step": 0, "carry_over": 0, "overdraft": 0, "recovery": 0
            } },
            "collapse": 0, "refuge": 0
        })
    };
    with(
        &pasture(),
        [
            ("/time", json!({ "steps": 4, "unit": "month", "steps_per_year": 12 })),
            ("/pools/staff", pool("hours", 1.0)),
            ("/pools/money", pool("£m", 0.0)),
            ("/providers", json!({ "practice": practice })),
        ],
    )
}

fn column(name: &str) -> Value {
    json!({ "csv": { "file": "book.csv", "column": name } })
}

/// The practice with something else in some place, read from a folder with the table.
fn opened<const N: usize>(changes: [(&str, Value); N]) -> Result<Scenario, String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("book.csv"), TABLE).unwrap();
    let path = folder.path().join("practice.json");
    fs::write(&path, with(&practice(), changes).to_string()).unwrap();
    Scenario::open(&path).map_err(|faults| faults.to_string().split_whitespace().collect::<Vec<_>>().join(" "))
}

#[track_caller]
fn comes_to(scenario: &Scenario, key: &str, wanted: f64) {
    let found = outcome(&scenario.setup, &sixteen_runs(&scenario.setup), key).lane(3);
    assert!((found - wanted).abs() < 1e-9, "{key} is {found}, not {wanted}");
}

/// What is said of the one column among the sources: its place, file, name, rows and hash.
#[track_caller]
fn is_told(scenario: &Scenario, place: &str, name: &str) {
    let told: Vec<&String> = scenario.file.sources.iter().filter(|line| line.starts_with(place)).collect();
    let [line] = told[..] else { panic!("{:?}", scenario.file.sources) };
    assert!(line.contains(&format!("book.csv, column `{name}`, all 4 rows")) && line.contains("(SHA-256 "), "{line}");
    let text: Vec<String> = explain(scenario)
        .iter()
        .flat_map(|section| &section.facts)
        .map(commonground::scenario::explain::Fact::body)
        .collect();
    assert!(text.contains(line), "explain tells it, too");
    let again = Scenario::from_json("again", &scenario.resolved()).unwrap();
    assert_eq!(again.file, scenario.file, "what is resolved needs no file");
}

const PRICE: &str = "/providers/practice/payment/tariff/price";
const STAFF: &str = "/pools/staff/growth/allocation/amount";
const MONEY: &str = "/pools/money/growth/allocation/amount";

#[test]
fn a_price_by_step_is_a_payment_for_each_step_in_which_it_is_new() {
    let scenario = opened([(PRICE, column("price"))]).unwrap();
    // 10 · (1 + 1.5 + 1.5 + 2) is earned at a cost of 0.2 · 40.
    comes_to(&scenario, "margin", 52.0 / 60.0);
    is_told(&scenario, "providers.practice.payment.tariff.price", "price");
    let then = json!([{ "at": 1, "payment": tariff(1.5) }, { "at": 3, "payment": tariff(2.0) }]);
    let by_hand = opened([("/providers/practice/then", then)]).unwrap();
    assert_eq!(scenario.file.providers, by_hand.file.providers);
    let list = opened([(PRICE, json!([1, 1.5, 1.5, 2]))]).unwrap();
    assert_eq!(list.file.providers, by_hand.file.providers);
    // A payment that takes over ends the first, and its own series goes by the steps of the run.
    let later = with(&tariff(0.0), [("/tariff/price", column("price"))]);
    let later = opened([("/providers/practice/then", json!([{ "at": 2, "payment": later }]))]).unwrap();
    comes_to(&later, "margin", (10.0 * (1.0 + 1.0 + 1.5 + 2.0) - 8.0) / 55.0);
}

#[test]
fn staff_by_step_bounds_what_is_done() {
    let scenario = opened([(STAFF, column("hours"))]).unwrap();
    // Of 10 units of need a month 10, 5, 8 and 10 are met.
    comes_to(&scenario, "need_met", 33.0 / 40.0);
    is_told(&scenario, "pools.staff.growth.allocation.amount", "hours");
    let scaled = opened([(STAFF, with(&column("hours"), [("/times", json!(0.5))]))]).unwrap();
    // The first month is what the pool starts with.
    comes_to(&scaled, "need_met", (10.0 + 2.5 + 4.0 + 5.0) / 40.0);
}

#[test]
fn money_by_step_bounds_what_is_paid() {
    let scenario = opened([("/providers/practice/paid_from", json!("money")), (MONEY, column("money"))]).unwrap();
    // 10, 5, 10 and 10 of the 10 claimed are paid; the 2 that are over in the third month lapse.
    comes_to(&scenario, "margin", (35.0 - 8.0) / 35.0);
    is_told(&scenario, "pools.money.growth.allocation.amount", "money");
}

#[test]
fn a_shock_by_step_is_one_for_each_stretch_of_one_size() {
    let surge = |size: Value| json!({ "need_surge": { "size": size, "kinds": [] } });
    let scenario = opened([("/shocks/winter", surge(column("surge")))]).unwrap();
    // Need is 10, 15, 15 and 10, and 10 are met each month.
    comes_to(&scenario, "need_met", 40.0 / 50.0);
    is_told(&scenario, "shocks.winter.need_surge.size", "surge");
    let by_hand = json!({ "need_surge": { "when": { "at": 1 }, "length": 2, "size": 0.5, "kinds": [] } });
    let by_hand = opened([("/shocks/winter 1", by_hand)]).unwrap();
    assert_eq!(scenario.file.shocks, by_hand.file.shocks);
    let cut = json!({ "funding_cut": { "size": [0, 0.3, 0.2, 0], "pool": "staff" } });
    // What is cut in a month is missing from what is allotted for the next.
    comes_to(&opened([("/shocks/cut", cut)]).unwrap(), "need_met", (10.0 + 10.0 + 7.0 + 8.0) / 40.0);
}

#[test]
fn the_same_sum_in_each_step_is_that_sum_to_the_last_bit() {
    let listed =
        with(&practice(), [(STAFF, json!([10, 10, 10, 10])), ("/providers/practice/paid_from", json!("money"))]);
    let once = with(&practice(), [("/providers/practice/paid_from", json!("money"))]);
    assert_eq!(bits(&sixteen_runs(&setup(&listed))), bits(&sixteen_runs(&setup(&once))));
}

#[test]
fn faults_are_told_with_place_value_limit_and_way_out() {
    let refused = |steps: u32, (pointer, value): (&str, Value), place: &str, words: &str| {
        let faults = opened([("/time/steps", json!(steps)), (pointer, value)]).expect_err("this should be refused");
        assert!(faults.starts_with("1 fault") && faults.contains(place) && faults.contains(words), "{faults}");
    };
    let price = "providers.practice.payment.tariff.price.csv:";
    refused(4, (PRICE, column("prise")), price, "there is no column `prise`; did you mean `price`?");
    refused(4, (PRICE, column("below")), price, "`-2` is negative; a price cannot be");
    refused(
        6,
        (PRICE, column("price")),
        price,
        "column `price` has 4 values and the run 6 steps; lower `time.steps` or say",
    );
    refused(
        6,
        (STAFF, json!([10, 5])),
        "pools.staff.growth.allocation.amount:",
        "2 values for 6 steps; give one a step",
    );
    refused(4, (STAFF, column("below")), "pools.staff.growth.allocation.amount.csv:", "a sum cannot be");
    refused(4, (MONEY, json!({ "csv": { "file": "book.csv" }, "by": 2 })), "pools.money.growth", "unknown field `by`");
    let changing =
        json!({ "tariff": { "price": column("price"), "baseline": 9, "marginal_rate": 1, "change_per_year": 0.1 } });
    let place = "providers.practice.payment.tariff.change_per_year:";
    refused(4, ("/providers/practice/payment", changing), place, "`price` by step says itself how it changes; write 0");
    let cut = |more: Value| with(&more, [("/pool", json!("staff"))]);
    let far = cut(json!({ "size": column("price") }));
    refused(
        4,
        ("/shocks/cut/funding_cut", far),
        "shocks.cut.funding_cut.size.csv:",
        "comes to `1.5`, outside the range 0 to 1",
    );
    let twice = cut(json!({ "size": column("surge"), "when": { "at": 1 } }));
    refused(4, ("/shocks/cut/funding_cut", twice), "shocks.cut.funding_cut.when:", "leave `when` out");
}

#[test]
fn an_editor_knows_where_a_column_may_stand() {
    let schema = commonground::scenario::schema();
    for place in ["Tariff/properties/price", "NeedSurge/properties/size", "GainShare/properties/budget"] {
        let column = schema.pointer(&format!("/$defs/{place}/anyOf/2/$ref"));
        assert_eq!(column, Some(&json!("#/$defs/Column")), "{place}");
    }
    assert_eq!(schema.pointer("/$defs/Allotted/anyOf/2/$ref"), Some(&json!("#/$defs/Column")));
    assert_eq!(schema.pointer("/$defs/NeedSurge/then/required"), Some(&json!(["when", "length"])));
}
