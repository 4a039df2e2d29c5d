//! The second ballot of a meeting: what is shifted from one kind to another, by whose votes, and the money that follows.

use crate::behaviour::{choice, close, end, majority};
use crate::circumstances::place;
use crate::referral::referring;
use crate::support::{checked, tariff, with};
use commonground::model::look::Look;
use serde_json::{Value, json};

/// A hospital that has three fifths of all size and four homes that share the rest, all at their plans, which just meet need. Each is paid
/// 1; a unit of effort costs the hospital 0.6 and a home 0.3, and a unit of need met counts 0.1.
fn town(decision: &Value, votes: &str, follows: f64) -> Value {
    let shifts = json!({ "sizes": [0.05, 0.1], "follows": follows });
    let rule = with(&choice(&json!([1]), 1.0, decision, votes), [("/shifts", shifts), ("/obliges", json!(true))]);
    let mut value = with(&place(), [("/rules/collective_choice", rule), ("/time/steps", json!(3))]);
    for (kind, count, size, cost) in [("hospital", 1, 60, 0.6), ("nursing", 4, 40, 0.3)] {
        let block = json!({ "block": { "amount": 1, "change_per_year": 0 } });
        let at = |field: &str| format!("/providers/{kind}/{field}");
        value = with(
            &value,
            [
                (at("count").as_str(), json!(count)),
                (at("size").as_str(), json!(size)),
                (at("behaviour/fixed/level").as_str(), json!(1)),
                (at("cost/per_effort").as_str(), json!(cost)),
                (at("motivation").as_str(), json!(0.1)),
                (at("payment").as_str(), block),
            ],
        );
    }
    value
}

/// Level and income of the hospital and of a home.
fn came_to(world: &Look) -> [f64; 4] {
    let (hospital, home) = (&world.providers[0], &world.providers[1]);
    [hospital.level, hospital.income, home.level, home.income].map(|lanes| lanes.lane(5))
}

fn assert_all(got: [f64; 4], wanted: [f64; 4]) {
    got.into_iter().zip(wanted).for_each(|(got, wanted)| close(got, wanted));
}

#[test]
fn votes_by_head_strip_the_large_and_votes_by_size_the_small() {
    // By head: a tenth of the hospital is 0.15 for each unit of the homes, which pays 1 and costs 0.3. Each is bound by the four votes of
    // five that are not its own; money moves in full.
    let by_head = came_to(&end(&town(&majority(), "equal", 1.0)));
    assert_all(by_head, [1.0 - 0.8 * 0.1, 0.9, 1.0 + 0.8 * 0.15, 1.15]);
    // By size the hospital has 60 votes of 100: a tenth of the homes is 1/15 for each unit of it, which pays 1 and costs 0.6.
    let by_size = came_to(&end(&town(&majority(), "by_size", 1.0)));
    assert_all(by_size, [1.0 + 0.4 / 15.0, 1.0 + 1.0 / 15.0, 1.0 - 0.9 * 0.1, 0.9]);
}

#[test]
fn where_all_must_agree_nothing_moves_without_money() {
    let unanimity = json!({ "unanimity": {} });
    // Whoever gives saves its cost and loses 0.1 a unit, whoever takes has the cost and nothing to meet.
    assert_all(came_to(&end(&town(&unanimity, "equal", 0.0))), [1.0; 4]);
    // At 0.4 a unit the hospital gains 0.6 − 0.1 − 0.4 and a home 0.4 − 0.3: all gain.
    let wanted = [1.0 - 0.8 * 0.1, 0.96, 1.0 + 0.8 * 0.15, 1.06];
    assert_all(came_to(&end(&town(&unanimity, "equal", 0.4))), wanted);
    // At 0.6 the hospital loses 0.1 for each unit and says no; by majority it is outvoted.
    assert_all(came_to(&end(&town(&unanimity, "equal", 0.6))), [1.0; 4]);
    close(came_to(&end(&town(&majority(), "equal", 0.6)))[1], 0.94);
}

#[test]
fn what_a_shift_moves_scales_with_its_rule_money_too() {
    let at = |changes: &[(&str, Value)]| {
        let mut value = town(&majority(), "equal", 1.0);
        for (field, new) in changes {
            value = with(&value, [(format!("/rules/collective_choice/{field}").as_str(), new.clone())]);
        }
        came_to(&end(&value))
    };
    // Half in force: half of the allotment moves, of which half of 0.8 binds, and half of the money.
    assert_all(at(&[("strength", json!(0.5))]), [1.0 - 0.4 * 0.05, 0.95, 1.0 + 0.4 * 0.075, 1.075]);
    // Talk: nothing has been ceded, and nothing moves.
    assert_all(at(&[("ceded", json!(0))]), [1.0; 4]);
    // Over: what had been decided moves nothing any more.
    assert_all(at(&[("until", json!(2))]), [1.0; 4]);
}

#[test]
fn placebos_move_what_nobody_has_a_say_in() {
    let income = |decision: Value| {
        let value = with(&town(&decision, "equal", 1.0), [("/rules/collective_choice/decision", decision)]);
        end(&value).providers[0].income.to_array()
    };
    assert!(income(json!({ "as_we_are": {} })).iter().all(|income| *income == 1.0), "all go on as they are");
    // Of five that the lot may fall on, none or a shift of 0.05 or 0.1 either way: 40 or 60 hundredths of effort each.
    let by_lot = income(json!({ "lot": {} }));
    let may_be = [1.0, 0.95, 0.9, 1.0 + 0.05 * 2.0 / 3.0, 1.0 + 0.1 * 2.0 / 3.0];
    assert!(by_lot.iter().all(|income| may_be.iter().any(|may_be| (income - may_be).abs() < 1e-9)), "{by_lot:?}");
    assert!(by_lot.iter().any(|income| *income != by_lot[0]), "the lot falls otherwise in other runs: {by_lot:?}");
    // All need is met as it is, so the public wants nothing moved.
    assert!(income(json!({ "outsider": {} })).iter().all(|income| *income == 1.0), "an outsider sees nothing to gain");
    // One decider: a home takes a tenth of the hospital.
    close(income(json!({ "one_decider": { "kind": "nursing" } }))[0], 0.9);
}

#[test]
fn who_has_no_seat_neither_gives_nor_takes() {
    let partners =
        json!({ "strength": 1, "cost": { "money": 0, "attention": 0 }, "kinds": ["nursing"], "delay_each": 0 });
    let value = with(&town(&majority(), "equal", 1.0), [("/rules/partners", partners)]);
    assert_all(came_to(&end(&value)), [1.0; 4]);
}

#[test]
fn need_that_can_be_met_there_goes_with_a_shift() {
    // The hospital refers nothing by itself; half of its need could be met by the home with half the effort. A tenth is shifted.
    let rule = with(
        &choice(&json!([1]), 1.0, &json!({ "one_decider": { "kind": "nursing" } }), "equal"),
        [("/shifts", json!({ "sizes": [0.1], "follows": 1 })), ("/obliges", json!(true)), ("/interval", json!(100))],
    );
    let value = with(
        &referring(),
        [
            ("/rules/collective_choice", rule),
            ("/time/steps", json!(2)),
            ("/providers/hospital/need/substitute/refer", json!([0])),
            ("/providers/hospital/need/waits", json!(0)),
            ("/providers/hospital/behaviour/fixed/level", json!(1)),
            ("/providers/nursing/behaviour/fixed/level", json!(1)),
            ("/providers/nursing/count", json!(1)),
        ],
    );
    let world = end(&value);
    let (hospital, home) = (&world.providers[0], &world.providers[2]);
    // The home decides alone, so that it is not bound by itself and stays at 1; two hospitals are.
    close(hospital.agreed.lane(0), 0.9);
    close(hospital.level.lane(0), 0.9);
    close(hospital.referred.lane(0), 0.1);
    close(home.agreed.lane(0), 1.0 + 0.5 * 0.1);
    close(home.need_received.lane(0), 0.05);
    // 0.9 met at a price of 1; a tenth is billed and handed on.
    close(hospital.income.lane(0), 0.9);
    close(home.income.lane(0), 1.0 + 0.1);
    // What already follows the referral is not paid twice.
    let both = end(&with(&value, [("/providers/hospital/need/substitute/follows", json!(1))]));
    close(both.providers[2].income.lane(0), 1.0 + 0.1);
    let half = end(&with(&value, [("/providers/hospital/need/substitute/follows", json!(0.5))]));
    close(half.providers[2].income.lane(0), 1.0 + 0.1);
}

#[test]
fn money_follows_a_referral_and_the_payer_pays_what_is_handed_on() {
    let incomes = |payment: &Value, follows: f64, keeps: f64| {
        let value = with(
            &referring(),
            [
                ("/time/steps", json!(1)),
                ("/providers/hospital/payment", payment.clone()),
                ("/providers/hospital/need/substitute/follows", json!(follows)),
                ("/providers/hospital/need/substitute/keeps", json!(keeps)),
            ],
        );
        let world = end(&value);
        [0, 2].map(|index: usize| world.providers[index].income.lane(0))
    };
    let block = json!({ "block": { "amount": 1, "change_per_year": 0 } });
    // A fifth of a need of 1 is referred. By the unit the hospital is paid for 0.5 that it meets, and for what follows, which it hands on.
    for (payment, follows, keeps, wanted) in [
        (tariff(1.0), 0.0, 0.0, [0.5, 1.0]),
        (tariff(1.0), 0.5, 0.0, [0.5, 1.1]),
        (tariff(1.0), 0.5, 0.5, [0.6, 1.1]),
        (block.clone(), 0.5, 0.0, [0.9, 1.1]),
        (block, 0.0, 1.0, [1.0, 1.0]),
    ] {
        let got = incomes(&payment, follows, keeps);
        got.into_iter().zip(wanted).for_each(|(got, wanted)| close(got, wanted));
    }
}

#[test]
fn no_more_follows_and_stays_than_is_paid() {
    let more = with(
        &referring(),
        [
            ("/providers/hospital/need/substitute/follows", json!(0.7)),
            ("/providers/hospital/need/substitute/keeps", json!(0.7)),
        ],
    );
    let told = checked(&more).err().unwrap_or_default();
    assert!(told.contains("`follows` and `keeps` together are 1.4; 1 is all that is paid"), "{told}");
}
