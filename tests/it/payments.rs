//! What payments do that look beyond a provider's own: gain shares, prime contracts, bonuses, changes of regime and a purse
//! that runs dry. Every answer is worked out by hand.

use crate::behaviour::{MARGIN, choice, close, end, majority, of};
use crate::support::{SEED, checked, learner, pasture, setup, sixteen_runs, walk, with};
use commonground::experiment::plan::Nobody;
use commonground::experiment::{self, Level, Options, Sink};
use commonground::model::measure::outcome_measures;
use commonground::model::record::Record;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::report::charts::figures;
use commonground::report::figure::Body;
use commonground::report::study::Study;
use commonground::scenario::Scenario;
use serde_json::{Value, json};
use std::io;

/// Two providers of a size of 64, each with need of just what level 1 delivers; effort costs as much as it yields, and no
/// pool stands in the way.
fn place(motivation: f64, payment: Value) -> Value {
    let need = json!({ "level": 1, "trend": 0, "season": [], "noise": 0, "waits": 0, "induced": 0, "relief": 1 });
    let kind = with(
        &pasture()["providers"]["herder"],
        [
            ("/uses", json!({})),
            ("/need", need),
            ("/count", json!(1)),
            ("/size", json!(64)),
            ("/levels", json!([0.5, 0.75, 1])),
            ("/cost/per_effort", json!(1)),
            ("/motivation", json!(motivation)),
            ("/behaviour", json!({ "best_response": {} })),
            ("/payment", payment),
        ],
    );
    let mut value = with(&pasture(), [("/time", json!({ "steps": 24, "unit": "month", "steps_per_year": 12 }))]);
    value["providers"] = json!({ "acute": kind, "community": kind });
    value
}

fn block(amount: f64) -> Value {
    json!({ "block": { "amount": amount, "change_per_year": 0 } })
}

/// A share of what two kinds save or overspend, each the same.
fn gain_share(part: f64) -> Value {
    json!({ "gain_share": {
        "amount": 1, "budget": 1, "gain": part, "loss": part, "corridor": 0, "counted_from": "budget", "gain_cap": 1,
        "loss_cap": 1, "change_per_year": 0
    } })
}

/// The level that `acute` ends up with.
fn level(value: &Value) -> f64 {
    end(value).providers[0].level.lane(3)
}

#[test]
fn what_one_saves_is_worth_to_it_its_own_part_of_it() {
    // A unit of effort costs 1 and is worth 1.1 in need met: it pays as long as less than 0.1 of the cost comes back.
    close(level(&place(1.1, block(1.0))), 1.0);
    close(level(&place(1.1, gain_share(0.08))), 1.0);
    close(level(&place(1.1, gain_share(0.12))), 0.5);
}

#[test]
fn what_the_place_saves_is_paid_out_to_all_in_their_parts() {
    let mut value = place(1.1, gain_share(0.3));
    value["providers"]["community"]["behaviour"] = json!({ "fixed": { "level": 0.75, "upstream": 0 } });
    value["providers"]["acute"]["behaviour"] = json!({ "fixed": { "level": 0.5, "upstream": 0 } });
    // Spent: 48 + 32 of 128; saved 48, of which each gets 0.3: 14.4, on top of 64.
    let world = end(&value);
    for state in &world.providers {
        close(state.income.lane(0) * 64.0, 78.4);
    }
}

#[test]
fn what_nobody_would_save_alone_all_save_together() {
    // Alone 0.08 of one's own cost comes back, bound together 0.08 of the cost of both: more than the 0.1 that effort is worth.
    let rule = choice(&json!([0.5, 1]), 1.0, &majority(), "equal");
    let level = |payment: Value| level(&with(&place(1.1, payment), [("/rules/collective_choice", rule.clone())]));
    close(level(block(1.0)), 1.0);
    close(level(gain_share(0.08)), 0.5);
    close(level(gain_share(0.04)), 1.0);
}

/// A lead provider of 64 that holds the budget of the place and pays `community`.
pub(crate) fn prime(budget: f64) -> Value {
    let contract = json!({ "prime": {
        "budget": budget, "reserve": 1.6, "fallback": block(1.25), "change_per_year": 0
    } });
    let fixed = json!({ "fixed": { "level": 1, "upstream": 0 } });
    with(
        &place(0.0, block(1.0)),
        [
            ("/providers/acute/payment", contract),
            ("/providers/acute/behaviour", fixed.clone()),
            ("/providers/community/behaviour", fixed),
            ("/providers/community/paid_by", json!("acute")),
        ],
    )
}

#[test]
fn a_prime_contract_priced_a_fifth_too_low_fails_within_a_year_and_one_priced_right_does_not() {
    // 20% of 128 is lost a step, 1.6 · 0.8 · 128 = 6.4 such losses are in reserve: it is gone with the seventh.
    close(of(&prime(0.8), "contract_failed"), 1.0);
    close(of(&prime(0.8), "contract_failed_step"), 7.0);
    close(of(&prime(1.0), "contract_failed"), 0.0);
    assert!(of(&prime(1.0), "contract_failed_step").is_nan());
}

/// Takes runs that nobody keeps.
struct Nowhere;

impl Sink for Nowhere {
    fn batch(&mut self, _: u64, _: &[Record], _: usize) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_chart_of_failed_contracts_rises_with_the_step_of_failure_for_each_arm_with_a_prime() {
    let values = [prime(0.8), place(1.0, block(1.0)), prime(1.0)];
    let arms: Vec<Scenario> = values.iter().map(|value| checked(value).unwrap()).collect();
    let setups: Vec<&Setup> = arms.iter().map(|arm| &arm.setup).collect();
    let options =
        Options { seed: SEED, runs: 20, precision: None, level: Level::USUAL, instructions: InstructionSet::best() };
    let ensemble = experiment::run(&setups, options, &mut Nowhere, &Nobody).unwrap();
    let figures = figures(&Study { arms: &arms, ensemble: &ensemble });
    let chart = figures.iter().find(|figure| figure.name == "contract").unwrap();
    assert!(chart.title.starts_with("The prime contract failed in 100% of runs"), "{}", chart.title);
    let Body::Survival(survival) = &chart.body else { panic!("{chart:?}") };
    let [failing, standing] = &survival.curves[..] else { panic!("an arm without a prime has no curve") };
    assert_eq!((failing.arm, standing.arm), (0, 2), "each keeps its colour");
    // It fails with the seventh of 24 steps, in every run.
    let expected: Vec<f64> = (0..=24).map(|step| f64::from(u8::from(step >= 7))).collect();
    assert_eq!(failing.share, expected);
    assert!(standing.share.iter().all(|share| *share == 0.0) && standing.high.iter().skip(1).all(|high| *high > 0.1));
}

#[test]
fn the_holder_keeps_what_is_left_and_after_the_failure_all_are_paid_from_outside() {
    // Of 0.8 · 128 = 102.4 community gets 64. Then the holder falls back on 1.25.
    walk(&setup(&prime(0.8)), |step, _, after| {
        let holder = if step < 7 { 38.4 / 64.0 } else { 1.25 };
        close(after.providers[0].income.lane(2), holder);
        close(after.providers[1].income.lane(2), 1.0);
    });
}

#[test]
fn before_a_later_prime_contract_the_others_are_paid_from_outside() {
    let mut value = with(&prime(0.9), [("/time/steps", json!(8))]);
    let contract = value["providers"]["acute"]["payment"].take();
    value["providers"]["acute"]["payment"] = block(1.5);
    value["providers"]["acute"]["then"] = json!([{ "at": 4, "payment": contract }]);
    walk(&setup(&value), |step, _, after| {
        // 0.9 · 128 − 64 = 51.2.
        close(after.providers[0].income.lane(2), if step < 4 { 1.5 } else { 0.8 });
        close(after.providers[1].income.lane(2), 1.0);
    });
}

/// A bonus of 0.1 for a balance of a quarter of income.
fn bonus(balance: &str) -> Value {
    json!({ "amount": 0.1, "balance": balance, "target": 0.25 })
}

#[test]
fn a_bonus_on_ones_own_balance_is_worked_for_and_one_on_the_places_only_where_that_can_be_reached() {
    // Effort is worth 1.05 and costs 1. A quarter of income is left at level 0.75: 0.1 won for 0.0125 forgone.
    let base = place(1.05, block(1.0));
    close(level(&base), 1.0);
    close(level(&with(&base, [("/providers/acute/bonus", bonus("own"))])), 0.75);
    let beside = |other: f64| {
        let fixed = json!({ "fixed": { "level": other, "upstream": 0 } });
        with(&base, [("/providers/acute/bonus", bonus("place")), ("/providers/community/behaviour", fixed)])
    };
    // The place reaches a quarter with 1.5 of effort between both.
    close(level(&beside(1.0)), 0.5);
    close(level(&beside(0.75)), 0.75);
    close(level(&beside(0.5)), 1.0);
    close(of(&beside(0.5), "bonus.acute"), 1.0);
}

#[test]
fn a_bonus_comes_on_top_and_is_part_of_the_margin() {
    let part = json!({ "share": 0.3, "of": "own", "target": 1 });
    let mut value = with(&place(0.0, block(1.0)), [("/providers/acute/bonus", bonus("own"))]);
    value["providers"]["acute"]["bonus"]["need_met"] = part;
    value["providers"]["acute"]["behaviour"] = json!({ "fixed": { "level": 0.75, "upstream": 0 } });
    // 70% for the balance, 30% · 0.75 for need met: 0.0925.
    let world = end(&value);
    close(world.providers[0].income.lane(1), 1.0925);
    close(world.providers[0].margin.lane(1), 0.3425);
    close(of(&value, "bonus.acute"), 0.925);
}

#[test]
fn a_later_payment_takes_over_at_its_step_with_prices_of_that_step() {
    let first = json!({ "block": { "amount": 1, "change_per_year": -0.5 } });
    let later = json!([
        { "at": 2, "payment": { "tariff": { "price": 2, "baseline": 10, "marginal_rate": 1, "change_per_year": -0.25 } } },
        { "at": 5, "payment": block(3.0) }
    ]);
    let mut value = with(&place(0.0, first), [("/providers/acute/then", later), ("/time/steps_per_year", json!(1))]);
    value["providers"]["acute"]["behaviour"] = json!({ "fixed": { "level": 0.5, "upstream": 0 } });
    let mut incomes = Vec::new();
    walk(&setup(&value), |_, _, after| incomes.push(after.providers[0].income.lane(0)));
    for (got, wanted) in incomes.into_iter().zip([1.0, 0.5, 1.0, 0.75, 0.5625, 3.0, 3.0]) {
        close(got, wanted);
    }
}

#[test]
fn learners_turn_to_what_the_payment_in_force_rewards() {
    // Under the block idleness pays; under the tariff, which pays 1.5 for what costs 1, work does.
    let tariff = json!({ "tariff": { "price": 1.5, "baseline": 10, "marginal_rate": 1, "change_per_year": 0 } });
    let value = with(
        &place(0.0, block(1.0)),
        [
            ("/providers/acute/then", json!([{ "at": 12, "payment": tariff }])),
            ("/providers/acute/behaviour", learner()),
        ],
    );
    let mut levels = [0.0, 0.0];
    walk(&setup(&value), |step, _, after| {
        let mean = after.providers[0].level.to_array().iter().sum::<f64>() / 16.0;
        levels[usize::from(step >= 12)] += if step % 12 >= 4 { mean / 8.0 } else { 0.0 };
    });
    assert!(levels[1] - levels[0] > MARGIN, "{levels:?}");
}

#[test]
fn a_purse_is_overdrawn_to_its_limit_and_then_those_last_in_the_queue_go_short() {
    let money = json!({
        "unit": "£m", "capacity": 100, "start": 1, "loses": { "claim": 0 }, "rationing": { "priority": {} }, "collapse": 0,
        "refuge": 0, "growth": { "allocation": {
            "amount": 100, "growth_per_step": 0, "carry_over": 0, "overdraft": 50, "recovery": 0
        } }
    });
    let value = with(
        &place(0.0, block(55.0 / 64.0)),
        [
            ("/pools/money", money),
            ("/providers/acute/paid_from", json!("money")),
            ("/providers/community/paid_from", json!("money")),
            ("/providers/community/priority", json!(1)),
            ("/time/steps", json!(10)),
        ],
    );
    // 110 claimed of 100: 10 more is owed each step up to 50; in the five steps after that community is 10 short.
    close(of(&value, "overdrawn.money"), 0.5);
    close(of(&value, "unpaid.acute"), 0.0);
    close(of(&value, "unpaid.community"), 50.0 / 550.0);
}

#[test]
fn a_fault_in_who_pays_whom_says_what_to_do() {
    let acute = "/providers/acute";
    let contract = &prime(1.0)["providers"]["acute"]["payment"];
    let faults = [
        (
            prime(1.0),
            "/providers/community/paid_by",
            json!("acut"),
            "there is no kind of provider `acut`; did you mean `acute`?",
        ),
        (
            prime(1.0),
            "/providers/acute/paid_by",
            json!("acute"),
            "providers.acute.paid_by: it cannot be paid by itself",
        ),
        (
            prime(1.0),
            "/providers/acute/paid_by",
            json!("community"),
            "`acute` holds a `prime` contract itself and cannot be paid",
        ),
        (prime(1.0), "/providers/community/paid_from", json!("pasture"), "take away `paid_from` or `paid_by`"),
        (prime(1.0), "/providers/community/payment", contract.clone(), "a second `prime` contract"),
        (prime(1.0), "/providers/acute/count", json!(2), "2 providers cannot hold one budget"),
        (prime(1.0), "/providers/acute/payment", block(1.0), "`acute` holds no budget: its `payment` is not `prime`"),
        (place(0.0, block(1.0)), "/providers/acute/payment", contract.clone(), "a `prime` contract with nobody to pay"),
        (place(0.0, gain_share(0.6)), acute, Value::Null, "the parts in a gain sum to 1.2; 1 is all there is to share"),
        (place(0.0, gain_share(0.2)), "/providers/acute/payment/gain_share/budget", json!(2), "a place has one budget"),
        (
            place(0.0, block(1.0)),
            "/providers/acute/then",
            json!([{ "at": 99, "payment": block(1.0) }]),
            "step 99 never comes",
        ),
        (
            place(0.0, block(1.0)),
            "/providers/acute/then",
            json!([{ "at": 5, "payment": block(1.0) }, { "at": 5, "payment": block(2.0) }]),
            "providers.acute.then[1].at: step 5 does not come after step 5",
        ),
    ];
    for (base, pointer, new, message) in faults {
        let value = if new.is_null() { base } else { with(&base, [(pointer, new)]) };
        let told = checked(&value).expect_err(message);
        assert!(told.contains(message), "no `{message}` in:\n{told}");
    }
    let mut unpaid = with(&place(0.0, block(1.0)), [("/providers/acute/bonus", bonus("own"))]);
    unpaid["providers"]["acute"].as_object_mut().unwrap().remove("payment");
    assert!(
        checked(&unpaid).unwrap_err().contains("providers.acute.bonus: there is nothing to pay: `payment` is missing")
    );
}

#[test]
fn every_measure_of_money_has_its_number() {
    let value = with(&prime(0.8), [("/providers/acute/bonus", bonus("own"))]);
    let setup = setup(&value);
    assert_eq!(outcome_measures(&setup).len(), sixteen_runs(&setup).outcomes.len());
}
