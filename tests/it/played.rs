//! What was played is a run of its own: a log of choices is run again to the same bits, and who did not play chooses for itself.

use crate::behaviour::{close, end};
use crate::support::{bits, checked, learner, pasture, setup, sixteen_runs, walk, with};
use serde_json::{Value, json};

const HERDERS: &str = "/providers/herder/behaviour";

fn behaves(behaviour: &Value) -> Value {
    with(&pasture(), [(HERDERS, behaviour.clone()), ("/time/steps", json!(40))])
}

/// What each of ten learners did in each step of run 0.
fn log(value: &Value) -> Vec<Vec<f64>> {
    let mut levels = vec![Vec::new(); 10];
    walk(&setup(value), |_, _, after| {
        for (own, seen) in levels.iter_mut().zip(&after.providers) {
            own.push(seen.level.lane(0));
        }
    });
    levels
}

#[test]
fn a_log_of_learners_plays_to_the_bits_of_the_run_that_it_was_written_down_from() {
    let learnt = behaves(&learner());
    let played = behaves(&json!({ "played": { "levels": log(&learnt) } }));
    let (first, again) = (end(&learnt), end(&played));
    assert_eq!(first.pools[0].stock.lane(0).to_bits(), again.pools[0].stock.lane(0).to_bits());
    // Other runs of the learners went another way, those of the log all the same.
    assert_ne!(first.pools[0].stock.lane(1), again.pools[0].stock.lane(1));
    assert_eq!(again.pools[0].stock.lane(0), again.pools[0].stock.lane(1));
}

#[test]
fn turns_that_somebody_plays_as_it_would_have_chosen_change_nothing_for_anybody() {
    let learnt = behaves(&learner());
    let mut levels: Vec<Vec<Option<f64>>> =
        log(&learnt)[..3].iter().map(|own| own.iter().copied().map(Some).collect()).collect();
    levels[1][7..30].fill(None);
    levels[2].truncate(12);
    let mixed = behaves(&json!({ "played": { "levels": levels, "otherwise": learner() } }));
    let lane = |value: &Value| end(value).providers.iter().map(|seen| seen.level.lane(0).to_bits()).collect::<Vec<_>>();
    assert_eq!(lane(&learnt), lane(&mixed));
}

#[test]
fn nobody_plays_is_the_behaviour_itself() {
    let nobody = behaves(&json!({ "played": { "levels": [[]], "otherwise": learner() } }));
    assert_eq!(bits(&sixteen_runs(&setup(&behaves(&learner())))), bits(&sixteen_runs(&setup(&nobody))));
}

#[test]
fn levels_count_in_the_unit_of_the_game_and_rules_take_off_what_was_ceded() {
    let quota =
        json!({ "strength": 1, "cost": { "money": 0, "attention": 0 }, "level": 1, "error": 0, "enforcement": 0.5 });
    let cows = |played: f64| {
        json!({ "played": {
            "unit": { "name": "cows", "at_level_1": 6 }, "levels": [[played]],
            "otherwise": { "fixed": { "level": 1, "upstream": 0 } }
        } })
    };
    let one = |behaviour: Value, rules: Value| {
        let value = with(&pasture(), [(HERDERS, behaviour), ("/time/steps", json!(1)), ("/rules", rules)]);
        end(&value).providers.iter().map(|seen| seen.level.lane(3)).collect::<Vec<f64>>()
    };
    let free = one(cows(9.0), json!({}));
    close(free[0], 1.5);
    close(free[1], 1.0);
    // Half of what is above level 1 is taken off: 1 + 0.5 · 0.5.
    close(one(cows(9.0), json!({ "quota": quota }))[0], 1.25);
}

#[test]
fn a_turn_that_is_missing_is_a_fault_with_its_place() {
    let fault =
        checked(&behaves(&json!({ "played": { "levels": [[1, 1], [1, null]] } }))).expect_err("turns are missing");
    assert!(fault.contains("providers.herder.behaviour") && fault.contains("provider 1 in step 3 of 40"), "{fault}");
    let fault =
        checked(&behaves(&json!({ "played": { "levels": [[-1]], "otherwise": learner() } }))).expect_err("below 0");
    assert!(fault.contains("levels.0.0") || fault.contains("levels[0][0]"), "{fault}");
}

#[test]
fn whether_runs_or_members_ride_in_the_lanes_a_log_is_read_alike() {
    use commonground::model::run::Workspace;
    use commonground::model::simd::InstructionSet;
    let turns: Vec<Vec<f64>> =
        (0..10).map(|herder| (0..20).map(|step| f64::from((herder * 7 + step) % 5) / 3.0).collect()).collect();
    let setup = setup(&behaves(&json!({ "played": { "levels": turns, "otherwise": learner() } })));
    let runs = std::array::from_fn(|lane| lane as u64);
    let record = |by_member| Workspace::packed(&setup, 1, by_member).run(&setup, runs, InstructionSet::best());
    assert_eq!(bits(&record(false)), bits(&record(true)));
}
