//! What need, upstream work, rationing, payments and shocks do, in the smallest scenario that shows it.

use crate::behaviour::{MARGIN, choice, close, end, fixed, learners, majority, of, outsiders, stock};
use crate::support::{learner, pasture, setup, tariff, walk, with};
use serde_json::{Value, json};

/// Two kinds with need and no pool in their way: `hospital` meets half of its need, `nursing` more than all of its own.
pub(crate) fn place() -> Value {
    let mut value = with(&pasture(), [("/time/steps", json!(12)), ("/time/steps_per_year", json!(12))]);
    let need = json!({ "level": 1, "trend": 0, "season": [], "noise": 0, "waits": 0, "induced": 0, "relief": 1 });
    let mut kind = with(&value["providers"]["herder"], [("/uses", json!({})), ("/need", need), ("/count", json!(2))]);
    value["providers"] = json!({});
    kind["behaviour"]["fixed"]["level"] = json!(0.5);
    value["providers"]["hospital"] = kind.clone();
    kind["behaviour"]["fixed"]["level"] = json!(2);
    value["providers"]["nursing"] = kind;
    value
}

#[test]
fn unmet_need_waits_and_falls_on_others_as_worked_out_by_hand() {
    let value = with(
        &place(),
        [
            ("/providers/hospital/need/waits", json!(0.4)),
            ("/providers/hospital/need/spills", json!({ "nursing": { "share": 0.5, "becomes": 0.6 } })),
            ("/time/steps", json!(3)),
        ],
    );
    let setup = setup(&value);
    let (mut unmet, mut received) = (Vec::new(), Vec::new());
    walk(&setup, |_, _, after| {
        unmet.push(after.providers[0].unmet.lane(0));
        received.push(after.providers[2].need_received.lane(0));
        close(after.providers[2].met.lane(0), after.providers[2].need_new.lane(0) + received[received.len() - 1]);
    });
    // Unmet: 1 − 0.5 = 0.5; 1.2 − 0.5 = 0.7; 1.28 − 0.5 = 0.78. Of it 0.4 waits, 0.5 · 0.6 arrives a step later, 0.1 is lost.
    for (got, wanted) in [(unmet, [0.5, 0.7, 0.78]), (received, [0.0, 0.15, 0.21])] {
        got.into_iter().zip(wanted).for_each(|(got, wanted)| close(got, wanted));
    }
    close(setup.kinds()[0].need.as_ref().expect("need").lost(), 0.1);
}

#[test]
fn upstream_work_lowers_need_across_the_place() {
    let idle = with(&place(), [("/upstream", json!({ "productivity": 1, "decay": 0.5, "most": 0.6, "half": 1 }))]);
    let working = with(&idle, [("/providers/nursing/behaviour/fixed/upstream", json!(0.5))]);
    // Half of `nursing`'s effort of 2 is 1 for each of half of all size: 0.5 a step, so the stock nears 0.5/0.5 = 1, relief 0.3.
    let working = with(&working, [("/time/steps", json!(80))]);
    close(end(&idle).providers[0].need_new.lane(0), 1.0);
    close(end(&working).providers[0].need_new.lane(0), 0.7);
}

/// Two kinds who each claim 10 a step of a pool that gains 10 a step.
fn queue(rationing: Value) -> Value {
    let mut value = with(
        &fixed(1.0),
        [
            ("/pools/pasture/capacity", json!(10)),
            ("/pools/pasture/growth", json!({ "inflow": { "amount": 10, "loss": 0 } })),
            ("/pools/pasture/loses", json!({ "claim": 1 })),
            ("/pools/pasture/rationing", rationing),
            ("/providers/herder/size", json!(10)),
            ("/time/steps", json!(20)),
        ],
    );
    value["pools"]["pasture"].as_object_mut().unwrap().remove("production");
    value["providers"]["ranch"] = value["providers"]["herder"].clone();
    value["providers"]["ranch"]["priority"] = json!(1);
    value["providers"]["herder"]["strength"] = json!(3);
    value
}

#[test]
fn rationing_decides_who_goes_short_in_every_step_of_a_run() {
    for (rationing, herder, ranch) in [("proportional", 0.5, 0.5), ("priority", 1.0, 0.0), ("weight", 0.75, 0.25)] {
        let value = queue(json!({ rationing: {} }));
        close(of(&value, "yield.herder"), herder);
        close(of(&value, "yield.ranch"), ranch);
    }
}

#[test]
fn a_surge_raises_the_need_of_the_kinds_it_hits_for_as_long_as_it_lasts() {
    let surge = json!({ "need_surge": { "when": { "at": 3 }, "length": 2, "size": 0.5, "kinds": ["nursing"] } });
    walk(&setup(&with(&place(), [("/shocks/winter", surge)])), |step, _, after| {
        close(after.providers[0].need_new.lane(0), 1.0);
        close(after.providers[3].need_new.lane(0), if step == 3 || step == 4 { 1.5 } else { 1.0 });
    });
}

/// The place, paid out of an allotted sum of money.
fn budget(amount: f64) -> Value {
    with(
        &place(),
        [
            (
                "/pools/purse",
                json!({
                    "unit": "£m", "capacity": amount, "start": 1, "loses": { "claim": 0 }, "rationing": { "proportional": {} },
                    "collapse": 0, "refuge": 0, "growth": { "allocation": {
                        "amount": amount, "growth_per_step": 0, "carry_over": 0, "overdraft": 0, "recovery": 1
                    } }
                }),
            ),
            ("/providers/hospital/paid_from", json!("purse")),
            ("/providers/nursing/paid_from", json!("purse")),
        ],
    )
}

#[test]
fn a_purse_pays_all_in_full_or_each_in_proportion() {
    // Activity within need: 0.5 · 50 + 1 · 50 = 75, at a price of 1.
    for (amount, paid) in [(100.0, 75.0), (60.0, 60.0)] {
        let value = budget(amount);
        let position = setup(&value).kinds()[0].paid_from.expect("a purse");
        let world = end(&value);
        close(world.place.paid[position].lane(0), paid);
        close(world.providers[0].income.lane(0), 0.5 * paid / 75.0);
    }
}

#[test]
fn a_funding_cut_takes_its_share_of_the_allocation_while_it_lasts() {
    let cut = json!({ "funding_cut": { "when": { "at": 2 }, "length": 3, "size": 0.4, "pool": "purse" } });
    walk(&setup(&with(&budget(50.0), [("/shocks/austerity", cut)])), |step, before, _| {
        close(before.pools[1].stock.lane(0), if (3..6).contains(&step) { 30.0 } else { 50.0 });
    });
}

#[test]
fn a_loss_of_stock_takes_its_share_once() {
    let storm = json!({ "stock_loss": { "when": { "at": 4 }, "size": 0.25, "pool": "pasture" } });
    let still = with(
        &fixed(0.0),
        [("/pools/pasture/growth", json!({ "fixed": {} })), ("/shocks/storm", storm), ("/time/steps", json!(9))],
    );
    walk(&setup(&still), |step, _, after| close(after.pools[0].stock.lane(0), if step < 4 { 100.0 } else { 75.0 }));
}

#[test]
fn a_new_entrant_brings_its_effort_and_stays() {
    let entrant = json!({ "new_entrant": { "when": { "at": 5 }, "effort": 30 } });
    let value = with(&fixed(1.0), [("/outside", outsiders(0.0, 0.0)), ("/shocks/trawler", entrant)]);
    let value = with(&value, [("/outside/limit", json!(0))]);
    assert!((stock(&value) - 20.0).abs() < 1e-6, "50 + 30 units of effort leave 20, not {}", stock(&value));
}

/// Fixed users of twice their plan, bound in full at 0.8 by a decision every ten steps.
fn bound() -> Value {
    let rule = choice(&json!([0.8]), 1.0, &majority(), "equal");
    with(&fixed(2.0), [("/rules/collective_choice", rule), ("/time/steps", json!(30))])
}

fn levels(value: &Value) -> Vec<f64> {
    let mut levels = Vec::new();
    walk(&setup(value), |_, _, after| levels.push(after.providers[0].level.lane(0)));
    levels
}

#[test]
fn when_a_leader_leaves_what_was_agreed_lapses_until_the_next_meeting() {
    let levels = levels(&with(&bound(), [("/shocks/farewell", json!({ "leader_leaves": { "when": { "at": 13 } } }))]));
    for (step, level) in levels.into_iter().enumerate() {
        close(level, if (13..20).contains(&step) { 2.0 } else { 0.8 });
    }
}

#[test]
fn an_override_sets_a_share_of_the_agreement_aside_and_then_ends() {
    let shock = json!({ "national_override": { "when": { "at": 4 }, "length": 3, "size": 1 } });
    for (step, level) in levels(&with(&bound(), [("/shocks/target", shock)])).into_iter().enumerate() {
        close(level, if (4..7).contains(&step) { 2.0 } else { 0.8 });
    }
}

#[test]
fn a_reorganisation_takes_working_time_and_ends_what_was_agreed() {
    let shock = json!({ "reorganisation": { "when": { "at": 14 }, "length": 4, "size": 0.3 } });
    let value = with(&bound(), [("/shocks/merger", shock)]);
    walk(&setup(&value), |step, _, after| {
        close(after.place.kinds[0].attention.lane(0), if (14..18).contains(&step) { 0.7 } else { 1.0 });
        close(after.providers[0].level.lane(0), if (14..20).contains(&step) { 2.0 } else { 0.8 });
    });
}

#[test]
fn the_more_a_payment_rewards_activity_the_more_is_done() {
    let paid = |payment: Value| of(&with(&learners(), [("/providers/herder/payment", payment)]), "effort");
    let block = paid(json!({ "block": { "amount": 1, "change_per_year": 0 } }));
    let blended = paid(json!({ "blended": { "price": 1, "variable": 0.35, "change_per_year": 0 } }));
    let capped = paid(json!({ "tariff": { "price": 1, "baseline": 0.4, "marginal_rate": 0, "change_per_year": 0 } }));
    let full = paid(tariff(1.0));
    assert!(block + MARGIN < blended && blended + MARGIN < full, "block {block}, blended {blended}, tariff {full}");
    assert!(capped + MARGIN < full, "a tariff that pays nothing above a baseline: {capped}, without one {full}");
}

#[test]
fn capitation_meets_need_where_a_part_of_it_hangs_on_the_outcome() {
    let paid = |share: f64, whose: &str| {
        let payment = json!({ "capitation": {
            "amount": 1, "outcome_share": share, "outcome": whose, "target": 1, "change_per_year": 0
        } });
        of(
            &with(
                &place(),
                [
                    ("/providers/hospital/payment", payment),
                    ("/providers/hospital/behaviour", learner()),
                    ("/time/steps", json!(100)),
                ],
            ),
            "need_met.hospital",
        )
    };
    let (nothing, own, shared) = (paid(0.0, "own"), paid(0.9, "own"), paid(0.9, "place"));
    assert!(own > nothing + 5.0 * MARGIN, "with an outcome part {own}, without {nothing}");
    assert!(own > shared + MARGIN, "one's own outcome moves a provider more ({own}) than the place's ({shared})");
}

#[test]
fn a_deflator_eats_the_margin_year_by_year() {
    let margins = |change: f64| {
        let payment =
            json!({ "tariff": { "price": 1, "baseline": 10, "marginal_rate": 1, "change_per_year": change } });
        let value = with(&place(), [("/providers/nursing/payment", payment), ("/time/steps", json!(37))]);
        let world = end(&value);
        world.providers[2].margin.lane(0)
    };
    // Need of 1 met at a price of 1, at a cost of 0.2 for each of 2 units of effort: 0.6; after three years 0.962³ − 0.4.
    close(margins(0.0), 0.6);
    close(margins(-0.038), 0.962_f64.powi(3) - 0.4);
}
