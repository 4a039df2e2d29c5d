//! What each rule does, in the smallest scenario that shows it, and how it can fail. Most answers are worked out by hand; where
//! users learn, two arms on the same draws must differ by a margin.

use crate::support::{free, learner, mean, outcome, pasture, setup, sixteen_runs, walk, with};
use commonground::model::look::Look;
use serde_json::{Value, json};

/// Rounding allowed where an answer was worked out by hand, as all are that `close` checks.
const BY_HAND: f64 = 1e-9;

/// By how much two arms must differ before one is said to do more, in units of planned effort or shares of stock.
pub(crate) const MARGIN: f64 = 0.1;

/// The last world of run 0 to 15.
pub(crate) fn end(value: &Value) -> Look {
    walk(&setup(value), |_, _, _| {})
}

pub(crate) fn stock(value: &Value) -> f64 {
    end(value).pools[0].stock.lane(0)
}

/// Mean of an outcome over sixteen runs.
pub(crate) fn of(value: &Value, key: &str) -> f64 {
    let setup = setup(value);
    mean(outcome(&setup, &sixteen_runs(&setup), key))
}

pub(crate) fn close(got: f64, wanted: f64) {
    assert!((got - wanted).abs() < BY_HAND, "{got} is not {wanted}");
}

/// Ten fixed users at this level. At level 1 the pasture settles at half of its capacity.
pub(crate) fn fixed(level: f64) -> Value {
    with(
        &pasture(),
        [
            ("/providers/herder/behaviour", json!({ "fixed": { "level": level, "upstream": 0 } })),
            ("/time/steps", json!(300)),
        ],
    )
}

/// Ten users who learn what pays, for a long time.
pub(crate) fn learners() -> Value {
    with(&pasture(), [("/providers/herder/behaviour", learner()), ("/time/steps", json!(200))])
}

fn boundary(shut_out: f64, counted: f64) -> Value {
    json!({ "strength": 1, "cost": free(), "shut_out": shut_out, "counted": counted })
}

fn measures(coverage: f64, gaming: f64, audience: &str) -> Value {
    json!({ "strength": 1, "cost": free(), "coverage": coverage, "noise": 0, "lag": 0, "gaming": gaming, "audience": audience })
}

fn quota(level: f64, error: f64, enforcement: f64) -> Value {
    json!({ "strength": 1, "cost": free(), "level": level, "error": error, "enforcement": enforcement })
}

fn sanctions(fine: f64, rise: f64, most: f64) -> Value {
    json!({ "strength": 1, "cost": free(), "fine": fine, "rise": rise, "most": most, "forgiven": 0 })
}

pub(crate) fn choice(totals: &Value, ceded: f64, decision: &Value, votes: &str) -> Value {
    json!({
        "strength": 1, "cost": free(), "interval": 10, "decision": decision, "votes": votes, "public_seats": 0,
        "ceded": ceded, "totals": totals, "upstream": [0], "sharing": ["plan"], "horizon": 200
    })
}

pub(crate) fn majority() -> Value {
    json!({ "majority": {} })
}

pub(crate) fn outsiders(effort: f64, entry: f64) -> Value {
    json!({ "pool": "pasture", "effort": effort, "limit": 300, "price": 1, "cost": 0.2, "entry": entry, "crossing": 0 })
}

#[test]
fn a_boundary_keeps_outsiders_out_and_leaks_as_far_as_it_is_open() {
    // 50 units of effort inside and 40 outside: stock 100 (1 − 0.9) = 10; shut, 50; half open, 30.
    let open = with(&fixed(1.0), [("/outside", outsiders(40.0, 0.0))]);
    for (shut_out, left) in [(0.0, 10.0), (0.5, 30.0), (1.0, 50.0)] {
        let stock = stock(&with(&open, [("/rules/boundary", boundary(shut_out, 1.0))]));
        assert!((stock - left).abs() < 1e-6, "{shut_out} shut out leaves {stock}, not {left}");
    }
    assert!((stock(&open) - 10.0).abs() < 1e-6);
}

#[test]
fn a_leaking_boundary_saves_nothing_where_others_come_while_it_pays() {
    let open = with(&fixed(0.2), [("/outside", outsiders(10.0, 0.01)), ("/time/steps", json!(5000))]);
    let leaking = end(&with(&open, [("/rules/boundary", boundary(0.5, 1.0))]));
    let open = end(&open);
    assert!((open.pools[0].stock.lane(0) - 20.0).abs() < 0.1);
    assert!((leaking.pools[0].stock.lane(0) - 20.0).abs() < 0.1, "rent is gone either way");
    assert!((leaking.place.outside.lane(0) / open.place.outside.lane(0) - 2.0).abs() < 0.01, "twice as many try");
}

#[test]
fn activity_that_does_not_count_to_the_place_is_neither_bound_nor_fined() {
    let bound = with(
        &fixed(2.0),
        [
            ("/rules/collective_choice", choice(&json!([1]), 1.0, &majority(), "equal")),
            ("/rules/measures", measures(1.0, 0.0, "monitor")),
            ("/rules/graduated_sanctions", sanctions(0.1, 0.0, 0.0)),
        ],
    );
    let crossed = end(&with(&bound, [("/rules/boundary", boundary(0.0, 0.0))]));
    close(crossed.providers[0].level.lane(0), 2.0);
    close(crossed.place.fines.lane(0), 0.0);
    close(end(&bound).providers[0].level.lane(0), 1.0);
}

#[test]
fn to_measure_alone_changes_nothing_that_selfish_users_do() {
    let bare = learners();
    let seen = with(&bare, [("/rules/measures", measures(1.0, 0.0, "public"))]);
    assert_eq!(of(&bare, "effort").to_bits(), of(&seen, "effort").to_bits());
    assert_eq!(of(&bare, "stock_mean").to_bits(), of(&seen, "stock_mean").to_bits());
}

#[test]
fn to_see_others_take_more_spreads_taking_more() {
    // Half take twice their plan; the other half do what they believe the rest to do, and believe what they see.
    let mixed = json!([
        { "share": 0.5, "as": { "fixed": { "level": 1.8, "upstream": 0 } } },
        { "share": 0.5, "as": { "conditional": { "slope": 1, "bias": 0, "belief_speed": 0.5 } } }
    ]);
    let unseen = with(&pasture(), [("/providers/herder/behaviour", mixed), ("/society/coverage", json!(0))]);
    let seen = with(&unseen, [("/rules/measures", measures(1.0, 0.0, "public"))]);
    let monitored = with(&unseen, [("/rules/measures", measures(1.0, 0.0, "monitor"))]);
    close(end(&unseen).providers[9].level.lane(0), 1.0);
    close(end(&monitored).providers[9].level.lane(0), 1.0);
    assert!(end(&seen).providers[9].level.lane(0) > 1.0 + 3.0 * MARGIN);
    assert!(of(&seen, "stock_mean") < of(&unseen, "stock_mean") - MARGIN);
}

#[test]
fn gaming_hides_a_part_of_the_excess_from_the_fine() {
    let fines = |gaming: f64| {
        let changes = [
            ("/rules/measures", measures(1.0, gaming, "monitor")),
            ("/rules/graduated_sanctions", sanctions(0.1, 0.0, 0.0)),
        ];
        end(&with(&fixed(2.0), changes)).place.fines.lane(0)
    };
    // One unit of excess for each of 50 units of size, at 0.1.
    close(fines(0.0), 5.0);
    close(fines(0.4), 3.0);
    close(fines(1.0), 0.0);
}

#[test]
fn sanctions_bite_nobody_where_nobody_watches_and_do_where_somebody_does() {
    let bare = with(&learners(), [("/society/coverage", json!(0))]);
    let fined = with(&bare, [("/rules/graduated_sanctions", sanctions(1.0, 0.5, 5.0))]);
    let watched = with(&fined, [("/rules/measures", measures(0.8, 0.0, "monitor"))]);
    assert_eq!(of(&bare, "effort").to_bits(), of(&fined, "effort").to_bits());
    let (before, after) = (of(&fined, "effort"), of(&watched, "effort"));
    assert!(after < before - 2.0 * MARGIN, "effort {before} falls to {after} only");
    assert!(of(&watched, "stock_mean") > of(&fined, "stock_mean") + MARGIN);
}

#[test]
fn fines_rise_with_each_offence_up_to_the_most_that_count() {
    let watched = with(
        &fixed(2.0),
        [
            ("/rules/measures", measures(1.0, 0.0, "monitor")),
            ("/rules/graduated_sanctions", sanctions(0.1, 1.0, 3.0)),
            ("/time/steps", json!(6)),
        ],
    );
    let mut fines = Vec::new();
    walk(&setup(&watched), |_, _, after| fines.push(after.place.fines.lane(4)));
    for (got, wanted) in fines.into_iter().zip([5.0, 10.0, 15.0, 20.0, 20.0, 20.0]) {
        close(got, wanted);
    }
}

#[test]
fn a_fine_under_a_limit_from_outside_is_resented_and_under_ones_own_is_not() {
    let watched = with(
        &fixed(2.0),
        [
            ("/society/resentment", json!(0.5)),
            ("/society/coverage", json!(0)),
            ("/rules/measures", measures(1.0, 0.0, "monitor")),
            ("/rules/graduated_sanctions", sanctions(0.1, 0.0, 0.0)),
            ("/time/steps", json!(3)),
        ],
    );
    let imposed = with(&watched, [("/rules/quota", quota(1.0, 0.0, 0.0))]);
    let agreed = with(&watched, [("/rules/collective_choice", choice(&json!([1]), 0.0, &majority(), "equal"))]);
    close(end(&imposed).providers[0].trust.lane(0), 0.5 * 0.125);
    close(end(&agreed).providers[0].trust.lane(0), 0.5);
}

#[test]
fn members_agree_on_what_serves_them_best_and_cede_what_binds_them() {
    // The most rent is at 40 units of effort, 0.8 of all plans. Each would do 1.4 times its plan.
    let totals = json!([0.2, 0.8, 1.4, 2.0]);
    for (ceded, level) in [(0.0, 1.4), (0.5, 1.1), (1.0, 0.8)] {
        let world =
            end(&with(&fixed(1.4), [("/rules/collective_choice", choice(&totals, ceded, &majority(), "equal"))]));
        close(world.place.decision.total.lane(0), 0.8);
        close(world.providers[0].level.lane(0), level);
    }
}

#[test]
fn a_talking_shop_changes_nothing_that_selfish_users_do() {
    let bare = learners();
    let talk = with(&bare, [("/rules/collective_choice", choice(&json!([0.4, 0.8, 1.2]), 0.0, &majority(), "equal"))]);
    let bound = with(&bare, [("/rules/collective_choice", choice(&json!([0.4, 0.8, 1.2]), 0.9, &majority(), "equal"))]);
    assert_eq!(of(&bare, "effort").to_bits(), of(&talk, "effort").to_bits());
    assert!(of(&bound, "stock_mean") > of(&talk, "stock_mean") + MARGIN);
}

/// Ten small users who care for the stock and one of another kind who likes effort whatever it yields.
pub(crate) fn divided(giant: f64) -> Value {
    // The pasture grows with its users, so that a unit of effort yields what it did.
    let larger = (50.0 + giant) / 50.0;
    let mut value = with(
        &fixed(2.0),
        [
            ("/pools/pasture/capacity", json!(100.0 * larger)),
            ("/pools/pasture/production/schaefer/catchability", json!(0.01 / larger)),
        ],
    );
    value["providers"]["ranch"] = value["providers"]["herder"].clone();
    value["providers"]["ranch"]["count"] = json!(1);
    value["providers"]["ranch"]["size"] = json!(giant);
    value["providers"]["ranch"]["cost"]["per_effort"] = json!(-3);
    value
}

#[test]
fn one_veto_is_enough_for_gridlock() {
    let totals = json!([0.2, 0.8, 1.4, 2.0]);
    let under = |decision: &Value| {
        end(&with(&divided(5.0), [("/rules/collective_choice", choice(&totals, 1.0, decision, "equal"))]))
    };
    let (majority, unanimity) = (under(&majority()), under(&json!({ "unanimity": {} })));
    close(majority.providers[0].level.lane(0), 0.8);
    assert!(unanimity.place.decided.lane(0) < 0.0, "nothing is ever decided");
    close(unanimity.providers[0].level.lane(0), 2.0);
    let most = under(&json!({ "supermajority": { "share": 0.8 } }));
    close(most.providers[0].level.lane(0), 0.8);
}

#[test]
fn votes_by_size_hand_the_place_to_its_largest_member() {
    let totals = json!([0.2, 0.8, 1.4, 2.0]);
    let under = |decision: &Value, votes: &str| {
        let rule = choice(&totals, 1.0, decision, votes);
        end(&with(&divided(200.0), [("/rules/collective_choice", rule)])).place.decision.total.lane(0)
    };
    close(under(&majority(), "equal"), 0.8);
    close(under(&majority(), "by_size"), 2.0);
    close(under(&json!({ "one_decider": { "kind": "ranch" } }), "equal"), 2.0);
    close(under(&json!({ "one_decider": { "kind": "herder" } }), "by_size"), 0.8);
}

#[test]
fn a_quota_holds_what_it_enforces_and_is_wrong_after_a_change() {
    let held = with(&fixed(2.0), [("/rules/quota", quota(0.8, 0.0, 1.0))]);
    assert!((stock(&held) - 60.0).abs() < 1e-6);
    let half = with(&fixed(2.0), [("/rules/quota", quota(0.8, 0.0, 0.5))]);
    close(end(&half).providers[0].level.lane(0), 1.4);
    // From step 50 on the pasture grows at 0.35 of its rate: 40 units of effort are then more than it can ever bear.
    let cut = json!({ "funding_cut": { "when": { "at": 50 }, "length": 1000, "size": 0.65, "pool": "pasture" } });
    let changed = with(&held, [("/shocks/drought", cut)]);
    assert!(stock(&changed) < 1.0, "the quota goes on as before while the pasture dies: {}", stock(&changed));
    close(end(&changed).providers[0].level.lane(0), 0.8);
}

#[test]
fn an_authority_that_knows_little_sets_a_quota_that_differs_from_run_to_run() {
    let spread = |error: f64| {
        let world = end(&with(&fixed(2.0), [("/rules/quota", quota(0.8, error, 1.0))]));
        let levels = world.providers[0].level.to_array();
        levels.iter().copied().fold(0.0, f64::max) - levels.iter().copied().fold(9.0, f64::min)
    };
    assert!(spread(0.0) == 0.0);
    assert!(spread(0.3) > 3.0 * MARGIN);
}

#[test]
fn the_money_and_time_of_a_rule_are_felt_by_those_who_pay_for_it() {
    let dear = json!({ "money": 10, "attention": 0.2 });
    let bare = fixed(1.0);
    let ruled = with(&bare, [("/rules/measures", measures(0.0, 0.0, "monitor")), ("/rules/measures/cost", dear)]);
    let (before, after) = (end(&bare), end(&ruled));
    close(after.place.kinds[0].attention.lane(0), 0.8);
    close(after.providers[0].delivered.lane(0), 0.8 * before.providers[0].delivered.lane(0));
    // 10 shared out by size over 50: 0.2 less for each, and 0.2 of the income is gone with the time.
    let margin = |_: &Value, world: &Look| world.providers[0].margin.lane(0);
    let lost = margin(&bare, &before) - margin(&ruled, &after);
    close(lost, 0.2 + 0.2 * before.providers[0].income.lane(0));
}
