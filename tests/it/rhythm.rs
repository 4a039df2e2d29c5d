//! What moves from step to step: urgent need around the plan, plans that are reviewed now and then and move by little at a time,
//! and cost that rises where a pool is nearly all in use.

use crate::behaviour::{choice, close, end, fixed, majority, of, outsiders};
use crate::books::{assert_close, outside_effort};
use crate::circumstances::place;
use crate::support::{bits, changed, checked, learner, pasture, setup, sixteen_runs, tariff, walk, with};
use commonground::model::lanes::Lanes;
use commonground::model::look::Look;
use commonground::model::setup::Setup;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use serde_json::{Value, json};

/// What holds in every step of any scenario: no plan moves further than it can, and cost is what effort and scarcity make of it.
pub(crate) fn balance(setup: &Setup, before: &Look, after: &Look, at: &str) {
    for (was, is) in before.providers.iter().zip(&after.providers) {
        let kind = &setup.kinds()[is.kind];
        let at = format!("{at}, `{}`", kind.name);
        if let Some(reviews) = &kind.reviews {
            let moved = (is.plan - was.plan).abs().to_array().into_iter().fold(0.0, f64::max);
            assert!(moved <= reviews.most_change + 1e-12, "{at}: a plan moves by {moved}");
        }
        if kind.need.as_ref().is_none_or(|need| need.urgent == 0.0) && kind.purse.is_none() {
            assert_eq!(is.level, is.plan, "{at}: it does not do as it plans");
        }
        // Fixed cost that follows effort is in no look; what is spent of a purse balances with its cash.
        if kind.purse.is_some_and(|purse| purse.fixed_half_life.is_some()) {
            continue;
        }
        let effort = is.level * is.granted;
        let factor = kind.cost.scarcity.map_or(Lanes::ONE, |scarcity| {
            let occupancy = occupancy(setup, after, is.kind);
            Lanes::from_fn(|lane| 1.0 + scarcity.rise * (occupancy.lane(lane) - scarcity.above).max(0.0))
        });
        let index = after.place.kinds[is.kind].cost_index;
        let varies = effort * kind.cost.per_effort + effort * effort * kind.cost.convex;
        let spread = after.place.kinds[is.kind].spread.map_or(Lanes::ONE, |spread| spread.cost);
        let cost = (varies * factor + kind.cost.fixed) * index * spread;
        let scale = cost.abs().to_array().into_iter().fold(1.0, f64::max);
        assert_close(is.cost, cost, scale, &format!("{at}: cost"));
    }
}

/// Effort on the fullest of the pools that a kind uses, as a share of the most that it can bear.
fn occupancy(setup: &Setup, after: &Look, kind: usize) -> Lanes {
    let mut fullest = Lanes::ZERO;
    for uses in &setup.kinds()[kind].uses {
        let top: f64 = setup
            .kinds()
            .iter()
            .map(|kind| kind.levels.1.max(kind.plan) * kind.total_size * kind.uses_of(uses.pool).unwrap_or(0.0))
            .sum();
        let bears = setup.pools()[uses.pool].part.bears(top);
        if bears > 0.0 {
            let mut effort = outside_effort(setup, after, uses.pool);
            for one in &after.providers {
                effort += one.level * (one.size * setup.kinds()[one.kind].uses_of(uses.pool).unwrap_or(0.0));
            }
            fullest = fullest.max(effort * (1.0 / bears));
        }
    }
    fullest
}

/// A hospital that keeps to its plan of one, whose need rises by a fifth in the second step, and half of whose need is urgent.
fn surge() -> Value {
    with(
        &place(),
        [
            ("/providers/hospital/behaviour/fixed/level", json!(1)),
            ("/providers/hospital/need/urgent", json!(0.5)),
            (
                "/shocks/winter",
                json!({ "need_surge": { "when": { "at": 1 }, "length": 1, "size": 0.2, "kinds": ["hospital"] } }),
            ),
        ],
    )
}

/// Level of the hospital in each step.
fn levels(value: &Value) -> Vec<f64> {
    let mut levels = Vec::new();
    walk(&setup(value), |_, _, after| levels.push(after.providers[0].level.lane(0)));
    levels
}

#[test]
fn urgent_need_moves_what_is_done_around_the_plan() {
    let levels = levels(&surge());
    // e_u is 0.5, then 0.5 · 1.2 = 0.6, then 0.5 again; ē_u is 0.5, 0.5, and 0.5 + 2/13 · 0.1; from then on it comes back.
    let usual = 0.5 + 0.1 * 2.0 / 13.0;
    for (level, wanted) in levels.iter().zip([1.0, 1.1, 1.0 + 0.5 - usual, 1.0 + (0.5 - usual) * 11.0 / 13.0]) {
        close(*level, wanted);
    }
}

#[test]
fn urgent_need_is_done_even_where_the_plan_is_less() {
    let little = with(&surge(), [("/providers/hospital/behaviour/fixed/level", json!(0.3))]);
    close(levels(&little)[0], 0.5);
    close(levels(&little)[1], 0.6);
}

#[test]
fn what_is_not_urgent_does_nothing_and_what_is_does_no_more_over_the_years() {
    let years = [("/time/steps", json!(600)), ("/providers/hospital/need/noise", json!(0.1))];
    let alive = with(&surge(), years.clone());
    let still = with(&alive, [("/providers/hospital/need/urgent", json!(0))]);
    let mean = |value: &Value| levels(value).iter().sum::<f64>() / 600.0;
    close(mean(&still), 1.0);
    assert!((mean(&alive) - 1.0).abs() < 0.005, "{}", mean(&alive));
}

#[test]
fn urgent_need_is_neither_bound_nor_counted_as_a_breach() {
    let bound = with(&surge(), [("/rules/collective_choice", choice(&json!([1]), 1.0, &majority(), "equal"))]);
    let mut seen = 0;
    walk(&setup(&bound), |step, _, after| {
        if step == 1 {
            close(after.providers[0].level.lane(0), 1.1);
            close(after.providers[0].excess.lane(0), 0.0);
            seen += 1;
        }
    });
    assert_eq!(seen, 1);
}

/// The pasture with herders who review their plans.
fn reviewed(value: &Value, chance: f64, most_change: f64) -> Value {
    with(value, [("/providers/herder/reviews", json!({ "chance": chance, "most_change": most_change }))])
}

/// One owner who takes what pays best now, up to three times its plan.
fn responders() -> Value {
    with(&pasture(), [("/providers/herder/behaviour", json!({ "best_response": {} })), ("/time/steps", json!(4))])
}

#[test]
fn a_plan_moves_towards_its_target_by_as_much_as_it_can() {
    let moved = levels(&reviewed(&responders(), 1.0, 0.2));
    // The best at a full pasture is the most, 3; the first step is as planned.
    for (level, wanted) in moved.iter().zip([1.0, 1.2, 1.4, 1.6]) {
        close(*level, wanted);
    }
    for level in levels(&reviewed(&responders(), 0.0, 0.2)) {
        close(level, 1.0);
    }
}

#[test]
fn plans_are_reviewed_as_often_as_is_said_and_each_provider_by_itself() {
    let value = with(&reviewed(&responders(), 0.25, 0.001), [("/time/steps", json!(200))]);
    let (mut reviews, mut together, mut asked) = (0.0, 0.0, 0.0);
    walk(&setup(&value), |step, before, after| {
        for lane in 0..16 {
            let moved = |one: usize| after.providers[one].level.lane(lane) != before.providers[one].level.lane(lane);
            if step > 0 {
                asked += 1.0;
                reviews += f64::from(u8::from(moved(0)));
                together += f64::from(u8::from(moved(0) && moved(1)));
            }
        }
    });
    // 0.25 and 0.0625 of 3184 draws: standard errors 0.008 and 0.004.
    assert!((reviews / asked - 0.25_f64).abs() < 0.03, "{}", reviews / asked);
    assert!((together / asked - 0.0625_f64).abs() < 0.02, "{}", together / asked);
}

#[test]
fn reviews_in_every_step_and_of_any_size_are_no_reviews() {
    let imitators = json!({ "imitator": {
        "rate": 0.3, "mutation": 0.1, "comparison": { "proportional": {} }, "peers": "kind"
    } });
    let matched = json!({ "conditional": { "slope": 0.8, "bias": 0.1, "belief_speed": 0.5 } });
    for behaviour in [learner(), json!({ "best_response": {} }), imitators, matched] {
        let value = with(
            &pasture(),
            [
                ("/providers/herder/behaviour", behaviour.clone()),
                ("/providers/herder/upstream", json!([0, 0.1])),
                ("/society/coverage", json!(1)),
            ],
        );
        let [without, with_all, with_some] = [value.clone(), reviewed(&value, 1.0, 10.0), reviewed(&value, 0.5, 0.1)]
            .map(|value| bits(&sixteen_runs(&setup(&value))));
        assert!(without == with_all, "{behaviour}");
        assert!(without != with_some, "{behaviour}");
    }
}

#[test]
fn an_agreement_moves_a_plan_no_faster_than_it_can_move() {
    let bound = with(
        &reviewed(&fixed(2.0), 0.0, 0.3),
        [("/time/steps", json!(5)), ("/rules/collective_choice", choice(&json!([1]), 1.0, &majority(), "equal"))],
    );
    for (level, wanted) in levels(&bound).iter().zip([1.7, 1.4, 1.1, 1.0, 1.0]) {
        close(*level, wanted);
    }
}

#[test]
fn learners_reach_what_pays_however_seldom_and_slowly_they_move() {
    // A price of 1 against a cost of 0.2 + 0.8·level: what pays best, 0.5, is between the listed levels 0 and 1.
    let value = with(
        &pasture(),
        [
            ("/time/steps", json!(200)),
            ("/pools/pasture/production", json!({ "saturating": { "half": 1e-9 } })),
            ("/pools/pasture/loses", json!({ "claim": 0 })),
            ("/providers/herder/levels", json!([0, 0.25, 0.5, 0.75, 1, 2])),
            ("/providers/herder/cost/convex", json!(0.8)),
            ("/providers/herder/behaviour", with(&learner(), [("/learner/choice_sharpness", json!(300))])),
            ("/providers/herder/payment", tariff(1.0)),
        ],
    );
    let slow = reviewed(&value, 0.3, 0.04);
    assert!(levels(&slow)[0] >= 0.96);
    let last = end(&slow).providers[0].level.to_array();
    assert!(last.iter().all(|level| (level - 0.5).abs() < 0.1), "{last:?}");
    let still = end(&reviewed(&value, 0.0, 0.04)).providers[0].level.lane(0);
    close(still, 1.0);
}

#[test]
fn scarce_staff_cost_more_by_what_all_do_together() {
    // r/q = 100 units of effort are the most that the pasture could bear; 50 are half of it, of which 0.4 is above a tenth.
    let scarce = json!({ "above": 0.1, "rise": 0.5 });
    let value = with(&fixed(1.0), [("/providers/herder/cost/scarcity", scarce), ("/time/steps", json!(1))]);
    let cost = end(&value).providers[0].cost.lane(0);
    assert!((cost - 0.2 * (1.0 + 0.5 * 0.4)).abs() < 1e-3, "{cost}");
    let outside = with(&value, [("/outside", outsiders(25.0, 0.0))]);
    let cost = end(&outside).providers[0].cost.lane(0);
    assert!((cost - 0.2 * (1.0 + 0.5 * 0.65)).abs() < 1e-3, "{cost}");
    close(end(&with(&value, [("/providers/herder/cost/scarcity/above", json!(0.6))])).providers[0].cost.lane(0), 0.2);
}

#[test]
fn who_finds_staff_dear_does_less() {
    let dear = |rise: f64| {
        let scarce = json!({ "above": 0.3, "rise": rise });
        of(&with(&responders(), [("/providers/herder/cost/scarcity", scarce), ("/time/steps", json!(30))]), "effort")
    };
    assert!(dear(4.0) < dear(0.0) - 0.1, "{} and {}", dear(4.0), dear(0.0));
    // Money that is allotted is never scarce in this sense.
    let faults = checked(&with(&pasture(), [("/providers/herder/cost/scarcity", json!({ "above": 0.3 }))]));
    assert!(faults.err().is_some_and(|faults| faults.contains("rise")));
}

/// Months over which English trusts were measured, and what a fit of a level, a trend and months of the year leaves free of them.
const MONTHS: usize = 36;
const FREE: f64 = 23.0;

/// What is left of the logarithm of a series less level, trend and month of the year, by least squares, as in the README of the data: in three
/// whole years the effects of the months are means, once the trend is taken off.
fn deseasonalised(series: &[f64]) -> Vec<f64> {
    let logs: Vec<f64> = series.iter().map(|value| value.ln()).collect();
    let year = |index: usize| (index / 12) as f64 - 1.0;
    // Between the same months of different years only the trend differs: Σ (year)(value) over Σ year², 24 of the 36 months count.
    let slope = logs.iter().enumerate().map(|(index, value)| year(index) * value).sum::<f64>() / 24.0;
    let month = |index: usize| (0..3).map(|year| logs[index % 12 + 12 * year]).sum::<f64>() / 3.0;
    (0..MONTHS).map(|index| logs[index] - month(index) - slope * year(index)).collect()
}

/// Spread of a deseasonalised series and its correlation with the month before.
fn liveliness(series: &[f64]) -> [f64; 2] {
    let noise = deseasonalised(series);
    let squares: f64 = noise.iter().map(|noise| noise * noise).sum();
    let products: f64 = noise.windows(2).map(|two| two[0] * two[1]).sum();
    [(squares / FREE).sqrt(), products / squares]
}

/// Median over runs and over three spans of three years of the spread of a hospital's monthly care and of its lag-one correlation.
fn hospital(setup: &Setup) -> [f64; 2] {
    let mut care = vec![Vec::new(); 16];
    walk(setup, |_, _, after| {
        let acute = &after.providers[0];
        (0..16).for_each(|run: usize| care[run].push(acute.delivered.lane(run)));
    });
    let spans = care.iter().flat_map(|care| care.chunks_exact(MONTHS));
    let found: Vec<[f64; 2]> = spans.map(liveliness).collect();
    [0, 1].map(|which| {
        let mut all: Vec<f64> = found.iter().map(|found| found[which]).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    })
}

/// With these learning parameters of all kinds.
fn learning(name: &str, parameters: &Value) -> Setup {
    let scenario = Scenario::load(&BUNDLED, name).unwrap_or_else(|faults| panic!("{faults}"));
    changed(&scenario.setup, |parts| {
        for (behaviour, _) in parts.kinds.iter_mut().flat_map(|kind| &mut kind.behaviours) {
            let mut value = serde_json::to_value(&*behaviour).expect("a behaviour is a value");
            for (key, new) in parameters.as_object().into_iter().flatten() {
                value["learner"][key] = new.clone();
            }
            *behaviour = serde_json::from_value(value).expect("a learner");
        }
    })
}

#[test]
fn a_hospital_is_alive_and_steady_as_english_ones_are_however_it_learns() {
    // 59 English trusts: a spread of 2.6 to 6.8%, and a correlation of 0.5 with the month before.
    let ways = [
        json!({}),
        json!({ "choice_sharpness": 15 }),
        json!({ "memory": 0.5 }),
        json!({ "foregone": 1 }),
        json!({ "foregone": 1, "choice_sharpness": 60 }),
    ];
    for way in ways {
        let [spread, lag] = hospital(&learning("place-fortress+living-hospital", &way));
        println!("{way}: spread {:.2}%, lag-one correlation {lag:.2}", 100.0 * spread);
        assert!((0.026..=0.068).contains(&spread), "{way}: spread {spread}");
        assert!((0.3..=0.7).contains(&lag), "{way}: lag-one correlation {lag}");
    }
}

#[test]
fn without_the_fragment_a_hospital_is_frozen_or_jumps() {
    for way in [json!({}), json!({ "choice_sharpness": 15 }), json!({ "choice_sharpness": 75 })] {
        let [spread, lag] = hospital(&learning("place-fortress", &way));
        println!("{way}: spread {:.2}%, lag-one correlation {lag:.2}", 100.0 * spread);
        assert!(!(0.026..=0.068).contains(&spread) || !(0.3..=0.7).contains(&lag), "{way}: {spread} and {lag}");
    }
}

/// How much less a hospital does over the years under a fixed budget than under a tariff, as a share.
fn effect_of_a_fixed_budget(fragment: &str, way: &Value) -> f64 {
    let care = |place: &str| {
        let mut care = 0.0;
        walk(&learning(&format!("{place}{fragment}"), way), |_, _, after| {
            care += after.providers[0].delivered.to_array().iter().sum::<f64>();
        });
        care
    };
    care("place-block") / care("place-fortress") - 1.0
}

#[test]
fn what_a_fixed_budget_does_to_a_living_hospital_does_not_hang_on_how_sharply_it_chooses() {
    let span = |fragment: &str| {
        let effects = [15, 50, 150]
            .map(|sharpness| effect_of_a_fixed_budget(fragment, &json!({ "choice_sharpness": sharpness })));
        println!("{fragment}: {effects:?}");
        effects.iter().copied().fold(f64::MIN, f64::max) - effects.iter().copied().fold(f64::MAX, f64::min)
    };
    let (alive, before) = (span("+living-hospital"), span(""));
    assert!(alive < 0.02, "{alive}");
    assert!(before > 0.05, "without the fragment it hangs on that: {before}");
}
