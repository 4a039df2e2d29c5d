//! Pooled results: what each receives, what it moves, on whom the risk falls, and the ratchet.

use super::{assert_numbers, each_step, rule};
use crate::behaviour::{choice, close, end, majority};
use crate::circumstances::place;
use crate::support::{tariff, with};
use commonground::model::look::Look;
use serde_json::{Value, json};

/// Results are pooled, in full and for good where nothing else is said.
fn pooled(gain_share: f64, parts: &str) -> Value {
    rule(&json!({
        "pooled": 1, "gain_share": gain_share, "loss_share": 1, "parts": parts, "contract": 100, "rebasing": 0
    }))
}

/// Margins of a hospital, of a home, with what pooling brought them.
fn margins(world: &Look) -> [f64; 2] {
    [0, 2].map(|index: usize| world.providers[index].margin.lane(0))
}

#[test]
fn members_part_the_mean_of_their_results_and_the_payer_keeps_the_rest() {
    // A hospital earns 0.5 for a need of 0.5 met and spends 0.1; a home earns 1 and spends 0.4: on average 0.5.
    let under = |gain: f64, pooled_share: f64| {
        let rule = pooled(gain, "by_size");
        end(&with(&place(), [("/rules/pooled_finance", rule), ("/rules/pooled_finance/pooled", json!(pooled_share))]))
    };
    assert_numbers(&margins(&end(&place())), &[0.4, 0.6]);
    assert_numbers(&margins(&under(1.0, 1.0)), &[0.5, 0.5]);
    assert_numbers(&margins(&under(1.0, 0.5)), &[0.45, 0.55]);
    let shared = under(0.6, 1.0);
    assert_numbers(&margins(&shared), &[0.3, 0.3]);
    // 0.4 of 0.5 for each of 100 units of size goes to the payer.
    close(shared.place.pooling.returned.lane(0), 20.0);
}

#[test]
fn whoever_sits_half_at_the_table_pools_half() {
    // Homes are partners at half strength: they weigh half as much, so that the mean is (0.4 + 0.3)/1.5.
    let partners =
        json!({ "strength": 0.5, "cost": { "money": 0, "attention": 0 }, "kinds": ["hospital"], "delay_each": 0 });
    let world =
        end(&with(&place(), [("/rules/pooled_finance", pooled(1.0, "by_size")), ("/rules/partners", partners)]));
    let mean = 0.7 / 1.5;
    assert_numbers(&margins(&world), &[mean, 0.5 * mean + 0.3]);
    close(world.place.pooling.returned.lane(0), 0.0);
}

#[test]
fn what_ones_own_work_costs_is_borne_by_all_who_pool() {
    // A unit costs 0.1 more than it earns and is worth 0.05 in itself: not done alone, done where a quarter of its loss is one's own.
    let best = json!({ "best_response": { "foresight": "myopic", "between": false } });
    let value = with(
        &place(),
        [
            ("/providers/hospital/behaviour", best),
            ("/providers/hospital/payment", tariff(0.1)),
            ("/providers/hospital/motivation", json!(0.05)),
        ],
    );
    let together = with(&value, [("/rules/pooled_finance", pooled(1.0, "by_size"))]);
    close(end(&value).providers[0].level.lane(0), 0.0);
    close(end(&together).providers[0].level.lane(0), 1.0);
}

#[test]
fn members_who_pool_vote_for_what_serves_all() {
    // A level of 1 instead of 0.5 loses three hospitals 0.05 a unit of size and gains two homes of the same size in all 0.4.
    let vote = choice(&json!([0.5, 1]), 1.0, &majority(), "equal");
    let value = with(
        &place(),
        [
            ("/providers/hospital/count", json!(3)),
            ("/providers/hospital/payment", tariff(0.1)),
            ("/rules/collective_choice", vote),
            ("/time/steps", json!(1)),
        ],
    );
    let together = with(&value, [("/rules/pooled_finance", pooled(1.0, "by_size"))]);
    close(end(&value).place.decision.total.lane(0), 0.5);
    close(end(&together).place.decision.total.lane(0), 1.0);
}

#[test]
fn equal_parts_of_a_deficit_fall_on_those_who_cannot_carry_it() {
    let nothing = json!({ "block": { "amount": 0, "change_per_year": 0 } });
    let value = with(
        &place(),
        [
            ("/providers/hospital/payment", nothing.clone()),
            ("/providers/nursing/payment", nothing),
            ("/providers/hospital/size", json!(10)),
            ("/providers/nursing/size", json!(90)),
        ],
    );
    // Costs of 0.1 on a size of 10 and of 0.4 on 90 make 37 in all: 0.37 a unit by size, or 9.25 for each of four, of whom the
    // hospitals have a size of 5 and the homes one of 45.
    let under = |parts: &str| margins(&end(&with(&value, [("/rules/pooled_finance", pooled(1.0, parts))])));
    assert_numbers(&under("by_size"), &[-0.37, -0.37]);
    assert_numbers(&under("equal"), &[-9.25 / 5.0, -9.25 / 45.0]);
}

#[test]
fn a_saving_today_cuts_tomorrows_budget() {
    let value = |rebasing: f64| {
        with(
            &place(),
            [
                ("/rules/pooled_finance", pooled(1.0, "by_size")),
                ("/rules/pooled_finance/contract", json!(2)),
                ("/rules/pooled_finance/rebasing", json!(rebasing)),
                ("/time/steps", json!(6)),
            ],
        )
    };
    let margin = |world: &Look| margins(world)[0];
    // All work on as before and make 0.5 above costs; at each renewal the payer expects as much, or half of the way to it.
    assert_numbers(&each_step(&value(1.0), margin), &[0.5, 0.5, 0.0, 0.0, 0.0, 0.0]);
    assert_numbers(&each_step(&value(0.5), margin), &[0.5, 0.5, 0.25, 0.25, 0.125, 0.125]);
}

#[test]
fn whoever_is_no_better_off_after_pooling_is_not_shunned() {
    // Homes do twice their plan and earn 0.2 more than the hospitals, who keep to theirs.
    let ostracism = rule(&json!({ "most": 0.3, "displacement": -1, "growth": -1 }));
    let value = with(&place(), [("/rules/ostracism", ostracism), ("/society/coverage", json!(1))]);
    let together = with(&value, [("/rules/pooled_finance", pooled(1.0, "by_size"))]);
    let utility = |value: &Value| end(value).providers[2].utility.lane(0);
    assert!(utility(&value) < 0.6 - 0.01, "{} is not less than 0.6", utility(&value));
    // Rounding leaves the homes ahead of the hospitals by a hair.
    close(utility(&together), 0.5);
}
