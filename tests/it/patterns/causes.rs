//! Why patterns 1 and 5 fail: the same place with one thing changed at a time. Each test prints what `docs/patterns.md` tells,
//! and holds the sentences of that page that say what is a cause and what is not.

use super::course::{Course, Estimate};
use super::evidence::{change, cost, margin};
use crate::support::{setup, with};
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use serde_json::{Value, json};

/// Runs of each arm: enough for intervals of a quarter of a point.
const RUNS: usize = 512;

const KINDS: [&str; 6] = ["acute", "mental_health", "community", "primary", "social_care", "voluntary"];

/// A bundled scenario with all that it extends, as a file would say it.
fn file(name: &str) -> Value {
    let scenario = Scenario::load(&BUNDLED, name).unwrap_or_else(|faults| panic!("{faults}"));
    serde_json::from_str(&scenario.resolved()).unwrap()
}

/// So many years of a scenario file.
fn course(file: &Value, years: u32) -> Course {
    Course::of_runs(&setup(&with(file, [("/time/steps", json!(12 * years))])), RUNS)
}

/// A behaviour that does what pays best, in place of another.
fn best_response() -> Value {
    json!({ "best_response": { "foresight": "myopic", "between": false } })
}

/// The margin of the acute provider in the first year, and its change against another arm.
struct Margin {
    file: Value,
    without: Course,
}

impl Margin {
    /// Prints the margin under some changes of the file and gives back by how much it is higher, in points.
    fn under<const N: usize>(&self, name: &str, changes: [(&str, Value); N]) -> f64 {
        let arm = course(&with(&self.file, changes), 1);
        let of = |course: &Course| course.runs(Some("acute"), 0..1, margin).collect::<Vec<f64>>();
        let (with, without) = (of(&arm), of(&self.without));
        let gap = Estimate::between(with.iter().copied(), without.iter().copied());
        let level = Estimate::of(with.into_iter());
        println!("cause of 1, {name}: margin {}, change {}", level.percent(), gap.percent());
        gap.mean * 100.0
    }
}

/// Of the 6.9 points that the acute provider lacks, two fifths are the price and the deflator, which are felt by a provider that
/// keeps to its plan; the rest is what it does besides. Neither the pool of money nor the lower rate above the plan takes a part.
#[test]
fn the_acute_provider_of_pattern_1_loses_by_its_price_and_by_how_it_learns() {
    const PRICE: &str = "/providers/acute/payment/tariff/change_per_year";
    const COST: &str = "/providers/acute/cost/change_per_year";
    const LEVELS: &str = "/providers/acute/levels";
    const UPSTREAM: &str = "/providers/acute/upstream";
    const BEHAVIOUR: &str = "/providers/acute/behaviour";
    const FOREGONE: &str = "/providers/acute/behaviour/learner/foregone";
    const MOTIVATION: &str = "/providers/acute/motivation";
    let file = file("place-fortress");
    let margin = Margin { without: course(&file, 1), file };
    let (none, plan) = (json!([0]), json!([1]));
    let as_it_is = margin.under("as it is", []);
    let richer = [("/pools/money/capacity", json!(1000)), ("/pools/money/growth/allocation/amount", json!(1000))];
    let money = margin.under("a pool of money that is never short", richer);
    let rate =
        margin.under("the full price above the plan", [("/providers/acute/payment/tariff/marginal_rate", json!(1))]);
    let still = [(LEVELS, plan.clone()), (UPSTREAM, none.clone()), (PRICE, json!(0)), (COST, json!(0))];
    let steps = [
        margin.under("at plan, prices and costs stand still", still),
        margin.under("at plan", [(LEVELS, plan), (UPSTREAM, none.clone())]),
        margin.under(
            "what pays best, for nobody's sake",
            [(BEHAVIOUR, best_response()), (UPSTREAM, none.clone()), (MOTIVATION, json!(0))],
        ),
        margin.under("what is best, patients counted", [(BEHAVIOUR, best_response()), (UPSTREAM, none.clone())]),
        margin.under("learnt from all that might have been", [(FOREGONE, json!(1)), (UPSTREAM, none.clone())]),
        margin.under("no time for upstream work", [(UPSTREAM, none)]),
        as_it_is,
    ];
    assert!(money.abs() < 0.1 && rate.abs() < 0.1, "pool of money {money}, marginal rate {rate}");
    assert!(steps.is_sorted_by(|more, less| more >= less), "{steps:?}");
    assert!((3.0..5.0).contains(&steps[1]), "keeping to the plan brings {} points", steps[1]);
}

/// The contract's saving is the hospital's, which is no longer paid by the unit. Pooled results take more than half of it away:
/// what one's own effort costs is then borne by all. Among best responders nothing is left to save.
#[test]
fn the_contract_of_pattern_5_saves_by_the_hospitals_payment_and_loses_by_pooled_results() {
    let (fortress, contract) = (file("place-fortress"), file("place-fortress+quality-contract"));
    let base = course(&fortress, 4);
    let saved = |name: &str, file: &Value, against: &Course| {
        let arm = course(file, 4);
        let of = |kind| change(&arm, against, kind, 0..4, cost);
        let kinds = KINDS.map(|kind| format!("{kind} {:.1}", of(Some(kind)).mean * 100.0)).join(", ");
        println!("cause of 5, {name}: cost over four years {}, %; {kinds}", of(None).percent());
        of(None).mean * 100.0
    };
    let paid = |kinds: &[&str], rules: &Value| {
        let mut file = with(&fortress, [("/rules", rules.clone())]);
        for kind in kinds {
            file["providers"][kind]["payment"] = contract["providers"][kind]["payment"].clone();
        }
        file
    };
    let (no_rules, rules) = (json!({}), &contract["rules"]);
    let all = saved("the contract", &contract, &base);
    let acute = saved("the acute provider's payment alone", &paid(&KINDS[..1], &no_rules), &base);
    let others = saved("the others' payment alone", &paid(&KINDS[1..], &no_rules), &base);
    let pooled = saved("pooled results alone", &paid(&[], rules), &base);
    let no_bonus = KINDS.iter().fold(contract.clone(), |file, kind| {
        with(&file, [(&format!("/providers/{kind}/payment/capitation/outcome_share"), json!(0))])
    });
    saved("the contract without its part by outcomes", &no_bonus, &base);
    let everywhere = |file: &Value, field: &str, new: &Value| {
        KINDS
            .iter()
            .fold(file.clone(), |file, kind| with(&file, [(&format!("/providers/{kind}/{field}"), new.clone())]))
    };
    for level in [1.0, 0.9] {
        let fixed = everywhere(&contract, "behaviour", &json!({ "fixed": { "level": level, "upstream": 0 } }));
        saved(&format!("all at {level} of their plans"), &fixed, &base);
    }
    let best = everywhere(&fortress, "behaviour", &best_response());
    let base_of_best = course(&best, 4);
    let of_best = saved(
        "the contract among best responders",
        &everywhere(&contract, "behaviour", &best_response()),
        &base_of_best,
    );
    assert!(acute < -3.0 && acute < all - 1.0, "the acute provider's payment alone {acute}, all {all}");
    assert!(others.abs() < 0.3 && pooled > 1.0, "the others' payment {others}, pooled results {pooled}");
    assert!(of_best.abs() < 0.3, "among best responders {of_best}");
}
