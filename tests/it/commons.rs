//! Law 7: it is a commons. What ruins the pool is that many share it, not that they cannot see ahead.

use crate::behaviour::{choice, close, end, fixed, majority, of};
use crate::support::{learner, pasture, series, setup, sixteen_runs, with};
use commonground::prelude::{Runs, Scenario};
use serde_json::{Value, json};

/// Owners of the whole pasture together.
const OWNERS: [u32; 6] = [1, 2, 3, 6, 20, 60];
/// Growth rate of the pasture, and its stock under open access as a share of capacity, c/(pqK).
const RATE: f64 = 0.5;
const OPEN_ACCESS: f64 = 0.2;

/// The pasture of law 7 with so many owners, whose patience is δ a season.
fn owners(count: u32, patience: f64) -> Value {
    with(
        &pasture(),
        [
            ("/time/steps", json!(150)),
            ("/pools/pasture/growth/logistic/rate", json!(RATE)),
            ("/pools/pasture/collapse", json!(0)),
            ("/providers/herder/count", json!(count)),
            ("/providers/herder/size", json!(25)),
            ("/providers/herder/plan", json!(0.8)),
            ("/providers/herder/levels", json!({ "from": 0, "to": 3.2, "count": 9 })),
            ("/providers/herder/behaviour", json!({ "best_response": { "between": true } })),
            ("/society/patience", json!(patience)),
        ],
    )
}

/// The mean stock of the last third of the seasons, as a share of capacity: paths swing.
fn rest(value: &Value) -> f64 {
    let setup = setup(value);
    let stock = series(&setup, &sixteen_runs(&setup), "stock.pasture");
    let last = &stock[stock.len() * 2 / 3..];
    last.iter().sum::<f64>() / last.len() as f64
}

/// Where N owners with that patience rest: the positive root of r (1 + 1/N) x² + (i − a r − r/N) x − a i = 0, i = 1/δ − 1.
fn nash(count: u32, patience: f64) -> f64 {
    let (n, interest) = (f64::from(count), 1.0 / patience - 1.0);
    let (a, b, c) = (RATE * (1.0 + 1.0 / n), interest - OPEN_ACCESS * RATE - RATE / n, -OPEN_ACCESS * interest);
    (-b + (b * b - 4.0 * a * c).sqrt()) / (2.0 * a)
}

#[test]
fn best_responders_rest_where_the_theory_of_n_owners_says_at_any_patience() {
    for patience in [1.0, 0.95, 0.8] {
        for count in OWNERS {
            let (found, wanted) = (rest(&owners(count, patience)), nash(count, patience));
            let tolerance = if count == 60 { 0.02 } else { 0.01 };
            println!("{count} owners at {patience}: {found:.4}, theory {wanted:.4}");
            assert!((found - wanted).abs() <= tolerance, "{count} owners at {patience}: {found}, theory {wanted}");
        }
    }
}

#[test]
fn on_a_pasture_that_can_die_more_owners_leave_less() {
    // Numbers of law 7 at δ = 1, from Clark's rule for one owner and its like for several.
    let growth = json!({ "depensated": { "rate": RATE, "threshold": 0.2 } });
    let wanted = [0.733, 0.680, 0.657, 0.631, 0.610, 0.603];
    for (count, wanted) in OWNERS.into_iter().zip(wanted) {
        let value = with(&owners(count, 1.0), [("/pools/pasture/growth", growth.clone())]);
        let found = rest(&value);
        println!("{count} owners: {found:.4}, theory {wanted:.4}");
        assert!((found - wanted).abs() <= 0.01, "{count} owners: {found}, theory {wanted}");
    }
}

#[test]
fn one_owner_follows_clarks_rule_in_discrete_time() {
    // G′ − c′ G/(p − c) = i with c(x) = c/(q x): for logistic growth the root above with N = 1.
    for patience in [0.98, 0.9, 0.85] {
        let (found, wanted) = (rest(&owners(1, patience)), nash(1, patience));
        println!("one owner at {patience}: {found:.4}, theory {wanted:.4}");
        assert!((found - wanted).abs() <= 0.005 * wanted, "one owner at {patience}: {found}, theory {wanted}");
    }
}

#[test]
fn learners_keep_the_pool_alone_and_wear_it_down_together() {
    for patience in [1.0, 0.95] {
        let stocks = OWNERS.map(|count| {
            let changes = [
                ("/providers/herder/behaviour", learner()),
                ("/providers/herder/behaviour/learner/memory", json!(0.9)),
            ];
            rest(&with(&owners(count, patience), changes))
        });
        println!("{patience}: {stocks:?}");
        for (found, count) in stocks.into_iter().zip(OWNERS) {
            let nash = nash(count, patience);
            let tolerance = if count <= 6 { 0.06 } else { 0.15 };
            assert!((found - nash).abs() <= tolerance, "{count} learners at {patience}: {found}, Nash {nash}");
        }
    }
}

#[test]
fn an_agreement_that_obliges_binds_from_both_sides_and_nobody_by_itself() {
    let under = |level: f64, users: u32, obliges: bool| {
        let rule = with(&choice(&json!([0.8]), 1.0, &majority(), "equal"), [("/obliges", json!(obliges))]);
        let value =
            with(&fixed(level), [("/rules/collective_choice", rule), ("/providers/herder/count", json!(users))]);
        end(&value).providers[0].level.lane(0)
    };
    // Of ten votes nine are those of others: nine tenths of the way to 0.8, from above and from below.
    close(under(1.4, 10, true), 1.4 - 0.9 * 0.6);
    close(under(0.4, 10, true), 0.4 + 0.9 * 0.4);
    close(under(0.4, 10, false), 0.4);
    close(under(1.4, 10, false), 0.8);
    close(under(1.4, 1, true), 1.4);
}

#[test]
fn members_foresee_between_the_stocks_of_a_table() {
    // A unit of effort yields the share of the pool that is full, for good, costs 0.42 and is paid 1: members want the most above
    // that and the least below it. Sixty-four stocks are foreseen: 26.2 parts of 63 are 0.416, 26.8 are 0.425.
    let decided = |parts: f64| {
        let rule = with(&choice(&json!([0.5, 1.5]), 1.0, &majority(), "equal"), [("/interval", json!(1))]);
        let changes = [
            ("/time/steps", json!(2)),
            ("/society/patience", json!(0.9)),
            ("/pools/pasture/growth", json!({ "fixed": {} })),
            ("/pools/pasture/loses", json!({ "yield": 0 })),
            ("/pools/pasture/start", json!(parts / 63.0)),
            ("/providers/herder/cost/per_effort", json!(0.42)),
            ("/rules/collective_choice", rule),
        ];
        end(&with(&fixed(3.0), changes)).place.decision.total.lane(0)
    };
    assert_eq!([26.2, 26.8].map(decided), [0.5, 1.5]);
}

/// The mean of an outcome over 200 runs of a bundled scenario with that many herders.
fn bundled(name: &str, herders: u32, key: &str) -> f64 {
    let scenario = Scenario::bundled(name).and_then(|scenario| scenario.set("/providers/herder/count", herders));
    let outcomes = scenario.unwrap_or_else(|faults| panic!("{faults}")).run(Runs::of(200).seed(1));
    outcomes.outcome(key).ok().and_then(|measured| measured.mean()).expect("the mean of 200 runs")
}

#[test]
fn the_bundled_pasture_is_ruined_by_number_and_not_by_short_sight() {
    let stock = |name: &str, herders: u32| bundled(name, herders, "stock_mean");
    let (owner, six, governed) = (stock("pasture-owner", 1), stock("pasture-fortress", 6), stock("pasture-ostrom", 6));
    println!("owner {owner:.3}, six {six:.3}, six who govern themselves {governed:.3}");
    assert!(owner > 0.55, "one owner keeps the grass: {owner}");
    assert!(six < 0.25, "six ruin it: {six}");
    assert!(governed > six + 0.2, "six who agree keep more: {governed}, without {six}");
    let by_owners: Vec<f64> = [1, 2, 3, 6, 12].map(|herders| stock("pasture-fortress", herders)).to_vec();
    assert!(by_owners.windows(2).all(|two| two[1] < two[0] + 0.01), "more owners, less grass: {by_owners:?}");
}

#[test]
fn an_owner_who_meets_with_itself_gains_nothing() {
    for key in ["stock_mean", "effort"] {
        let (alone, meets) = (bundled("pasture-owner", 1, key), bundled("pasture-ostrom", 1, key));
        assert!((alone - meets).abs() < 0.02, "{key}: {alone} alone, {meets} with meetings");
    }
    let (alone, meets) = (bundled("pasture-owner", 1, "welfare"), bundled("pasture-ostrom", 1, "welfare"));
    assert!(meets <= alone, "meetings cost: {meets}, alone {alone}");
}

#[test]
fn without_patience_one_owner_ruins_the_pasture_too() {
    let value = with(&owners(1, 0.0), [("/providers/herder/behaviour", learner())]);
    let patient = with(&owners(1, 0.95), [("/providers/herder/behaviour", learner())]);
    assert!(of(&value, "stock_mean") + 0.2 < of(&patient, "stock_mean"));
}
