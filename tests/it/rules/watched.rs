//! Watching, fining and forbidding: what measures let members know, how fines are forgiven and expected, what little a limit from
//! outside weighs on the conscience, and how fines among peers cost more than they save.

use super::{assert_numbers, each_step, rule};
use crate::behaviour::{close, end, fixed};
use crate::support::{setup, walk, with};
use serde_json::{Value, json};

fn measures(coverage: f64, noise: f64, lag: f64) -> Value {
    rule(&json!({ "coverage": coverage, "noise": noise, "lag": lag, "gaming": 0, "audience": "public" }))
}

fn sanctions(rise: f64, forgiven: f64) -> Value {
    rule(&json!({ "fine": 0.1, "rise": rise, "most": 10, "forgiven": forgiven }))
}

#[test]
fn measures_make_what_is_known_of_the_pool_more_exact_and_more_recent() {
    let bare =
        with(&fixed(1.0), [("/society/noise", json!(0.2)), ("/society/lag", json!(4)), ("/time/steps", json!(6))]);
    let measured = with(&bare, [("/rules/measures", measures(0.5, 0.05, 0.0))]);
    let known = |value: &Value| {
        let place = end(value).place;
        [place.coverage, place.noise, place.lag].map(|number| number.lane(3))
    };
    assert_numbers(&known(&bare), &[0.1, 0.2, 4.0]);
    assert_numbers(&known(&measured), &[0.5, 0.05, 0.0]);
    assert_numbers(&known(&with(&measured, [("/rules/measures/strength", json!(0.5))])), &[0.3, 0.125, 2.0]);
    // With fresh figures members see the stock as it is; with figures four steps old they go a fifth of the way each step.
    for (value, way) in [(&measured, 1.0), (&bare, 0.2)] {
        let mut expected = 100.0;
        walk(&setup(value), |_, before, after| {
            expected += (before.pools[0].stock.lane(3) - expected) * way;
            close(after.place.seen[0].lane(3), expected);
        });
    }
}

#[test]
fn offences_are_forgiven_in_time() {
    let fined = with(
        &fixed(2.0),
        [
            ("/society/coverage", json!(1)),
            ("/rules/graduated_sanctions", sanctions(1.0, 0.5)),
            ("/time/steps", json!(4)),
        ],
    );
    // One unit of excess of each of 50 at 0.1, and half of all offences forgiven after each step: 0, 1/2, 3/4, 7/8 count.
    assert_numbers(&each_step(&fined, |world| world.place.fines.lane(3)), &[5.0, 7.5, 8.75, 9.375]);
}

#[test]
fn the_risk_of_a_fine_is_learnt_from_being_checked() {
    let checked = |chance: f64| {
        let value = with(
            &fixed(2.0),
            [
                ("/rules/measures", measures(chance, 0.0, 0.0)),
                ("/rules/graduated_sanctions", sanctions(0.0, 0.0)),
                ("/time/steps", json!(3)),
            ],
        );
        each_step(&value, |world| world.providers[0].risk.lane(3))
    };
    // A fifth of the way in each step, from the tenth that is seen where nobody measures.
    assert_numbers(&checked(1.0), &[0.28, 0.424, 0.5392]);
    assert_numbers(&checked(0.0), &[0.08, 0.064, 0.0512]);
}

#[test]
fn a_limit_from_outside_has_little_moral_force() {
    let norm = |rules: Value| {
        let setup = setup(&with(
            &fixed(2.0),
            [
                ("/providers/herder/norm", json!({ "weight": 1, "imposed": 0.3 })),
                ("/rules", rules),
                ("/time/steps", json!(2)),
            ],
        ));
        let world = walk(&setup, |_, _, _| {});
        world.providers[0].norm.lane(3)
    };
    // A trust of one half and a weight of 1: in full for one's own plan, three tenths of it for a limit without a say.
    close(norm(json!({})), 0.5);
    close(norm(json!({ "quota": rule(&json!({ "level": 0.8, "error": 0, "enforcement": 0 })) })), 0.15);
}

#[test]
fn fines_that_peers_impose_on_each_other_cost_more_than_the_breach_that_they_end() {
    let behaviour = json!([
        { "share": 0.75, "as": { "fixed": { "level": 1, "upstream": 0 } } },
        { "share": 0.25, "as": { "conditional": { "slope": 0, "bias": 2, "belief_speed": 0, "gives_way": 0.18 } } }
    ]);
    let bare = with(
        &fixed(1.0),
        [
            ("/providers/herder/count", json!(4)),
            ("/providers/herder/behaviour", behaviour),
            ("/providers/herder/sanctioning", json!({ "spends": 0.1, "stray": 0.5, "revenge": 1 })),
            ("/society/coverage", json!(1)),
            ("/time/steps", json!(20)),
        ],
    );
    let peers = |chosen: f64| json!({ "against": "taking_more", "effect": 3, "most": 0.2, "chosen": chosen });
    let outcome = |value: &Value| {
        let mut margin = 0.0;
        let setup = setup(value);
        let end = walk(&setup, |_, _, after| {
            margin += after.providers.iter().map(|state| state.margin.lane(3)).sum::<f64>();
        });
        (end.providers[3].level.lane(3), margin)
    };
    let (level, margin) = outcome(&bare);
    close(level, 2.0);
    let of = |chosen: f64| outcome(&with(&bare, [("/rules/peer_sanctions", rule(&peers(chosen)))]));
    let ((imposed_level, imposed), (chosen_level, chosen)) = (of(0.0), of(1.0));
    assert!(imposed_level < 1.6 && chosen_level < 1.6, "the breach ends by half: {imposed_level}, {chosen_level}");
    assert!(imposed < margin, "imposed fines leave {imposed} of {margin}");
    assert!(imposed < chosen, "imposed fines leave {imposed}, chosen ones {chosen}");
}
