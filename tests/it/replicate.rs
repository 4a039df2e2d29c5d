//! Published results, reproduced by the engine: the fast ones whole, the parts that they need on other numbers than those
//! printed, and what ostracism does to each behaviour. The whole is `commonground replicate`, which CI users run themselves.

use crate::support::{outcome, pasture, setup, sixteen_runs, tariff, walk, with};
use commonground::experiment::replicate::Replication;
use commonground::model::look::Look;
use commonground::model::setup::Setup;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use serde_json::{Value, json};

fn reproduced(name: &str) {
    let found = Replication::named(name).unwrap().reproduce().unwrap_or_else(|faults| panic!("{faults}"));
    for check in &found.checks {
        assert!(check.passes(), "{name}, {}: {} is not {}", check.what, check.ours, check.published);
    }
}

#[test]
fn the_fishery_of_gordon_and_schaefer_is_reproduced() {
    reproduced("fishery");
}

#[test]
fn the_common_pool_game_of_the_laboratory_is_reproduced() {
    reproduced("laboratory");
}

/// The owners' fishery of the bundled scenario with other numbers.
fn owners<const N: usize>(settings: [(&str, Value); N]) -> Setup {
    Scenario::load(&BUNDLED, "replicate/fishery-owners").unwrap().with_all(&BUNDLED, settings).unwrap().setup
}

fn effort(world: &Look) -> f64 {
    world.providers.iter().map(|one| one.level.lane(0) * one.size).sum()
}

#[test]
fn owners_of_another_fishery_exert_what_its_own_closed_form_says() {
    // r = 0.05, K = 250, q = 0.0004, p = 3, c = 0.06: x_OA = c/pq = 50, E_OA = (r/q)(1 − 50/250) = 100.
    for count in [1, 3, 5] {
        let setup = owners([
            ("/providers/owner/count", json!(count)),
            ("/providers/owner/cost/per_effort", json!(0.06)),
            ("/providers/owner/payment/tariff/price", json!(3)),
            ("/pools/fish/capacity", json!(250)),
            ("/pools/fish/growth/logistic/rate", json!(0.05)),
            ("/pools/fish/production/schaefer/catchability", json!(0.0004)),
            ("/time/steps", json!(60)),
        ]);
        let wanted = 100.0 * f64::from(count) / (f64::from(count) + 1.0);
        let got = effort(&walk(&setup, |_, _, _| {}));
        assert!((got / wanted - 1.0).abs() < 1e-4, "{count} owners: {got} is not {wanted}");
    }
}

#[test]
fn owners_of_a_pool_fed_by_inflow_exert_what_the_first_order_condition_says() {
    // x = (√(s² + 4dc/K²) − s)/(2d/K²) with s = uE; each of N earns e (p q x(E) − c): the symmetric root, found by halving.
    let (inflow, loss, capacity, price, cost, count) = (6.0, 3.0, 80.0, 2.0, 0.05, 4.0);
    let (catch, used) = (0.004, 0.004);
    let stock = |effort: f64| {
        let square: f64 = loss / (capacity * capacity);
        ((used * effort * used * effort + 4.0 * square * inflow).sqrt() - used * effort) / (2.0 * square)
    };
    let marginal = |effort: f64| {
        let slope = (stock(effort + 1e-4) - stock(effort - 1e-4)) / 2e-4;
        price * catch * stock(effort) - cost + price * catch * slope * effort / count
    };
    let (mut low, mut high) = (1.0, 2000.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if marginal(middle) > 0.0 { low = middle } else { high = middle }
    }
    let setup = owners([
        ("/providers/owner/size", json!(low * 1.3)),
        ("/providers/owner/cost/per_effort", json!(cost)),
        ("/providers/owner/payment/tariff/price", json!(price)),
        ("/pools/fish/capacity", json!(capacity)),
        ("/pools/fish/growth", json!({ "inflow": { "amount": inflow, "loss": loss } })),
        ("/pools/fish/production/schaefer/catchability", json!(catch)),
        ("/pools/fish/loses", json!({ "effort": used })),
        ("/time/steps", json!(60)),
    ]);
    let got = effort(&walk(&setup, |_, _, _| {}));
    assert!((got / low - 1.0).abs() < 1e-3, "{got} is not {low}");
}

#[test]
fn myopic_owners_drive_the_fishery_to_open_access_where_farsighted_ones_leave_rent() {
    let stock = |foresight: &str| {
        let behaviour = json!({ "best_response": { "foresight": foresight } });
        let setup = owners([("/providers/owner/behaviour", behaviour), ("/time/steps", json!(400))]);
        outcome(&setup, &sixteen_runs(&setup), "stock_mean").lane(0)
    };
    // A myopic user works all it may while p q x > c, and not at all below: the stock hovers about open access, 20.
    assert!((stock("myopic") - 0.2).abs() < 0.03, "{}", stock("myopic"));
    assert!(stock("steady_state") > 0.33, "{}", stock("steady_state"));
}

#[test]
fn between_the_listed_levels_a_myopic_player_finds_the_token_and_a_half() {
    // Three players, u = 5(e − x) + x(23 − 0.25X): 8 · 9 / 4 = 18 tokens each; the list knows 10, 15, 20 and 25 only.
    let base = Scenario::load(&BUNDLED, "replicate/laboratory-game").unwrap();
    let game = base.with_all(
        &BUNDLED,
        [
            ("/providers/player/count", json!(3)),
            ("/providers/player/size", json!(3)),
            ("/providers/player/levels", json!([0, 5, 10, 15, 20, 25])),
            ("/providers/player/behaviour", json!({ "best_response": { "between": true } })),
        ],
    );
    let setup = game.unwrap().setup;
    let world = walk(&setup, |_, _, _| {});
    for state in &world.providers {
        assert!((state.level.lane(0) - 18.0).abs() < 1e-3, "{} tokens", state.level.lane(0));
    }
}

/// The water commons with so many of fifty users in the norm at the start, and another strength of ostracism.
fn water(complying: u32, strength: f64, steps: u32) -> Setup {
    let base = Scenario::load(&BUNDLED, "replicate/water-ostracism").unwrap();
    let settings = [
        ("/time/steps", json!(steps)),
        ("/providers/restrained/count", json!(complying)),
        ("/providers/restrained/size", json!(complying)),
        ("/providers/greedy/count", json!(50 - complying)),
        ("/providers/greedy/size", json!(50 - complying)),
        ("/rules/ostracism/strength", json!(strength)),
    ];
    base.with_all(&BUNDLED, settings).unwrap().setup
}

/// Users within the norm at the end, in each of sixteen runs.
fn keepers(setup: &Setup) -> Vec<usize> {
    let world = walk(setup, |_, _, _| {});
    let kept = |lane: usize| world.providers.iter().filter(|state| state.excess.lane(lane) == 0.0).count();
    (0..16).map(kept).collect()
}

#[test]
fn ostracism_holds_a_commons_above_its_separatrix_and_fails_below() {
    // At μ = 2.2 the separatrix is at 0.606 · 50 = 30.3 and the stable share at 0.908 · 50 = 45.4 users.
    let held = keepers(&water(38, 1.0, 6000));
    assert!(held.iter().all(|kept| (43..=47).contains(kept)), "{held:?}");
    assert_eq!(keepers(&water(24, 1.0, 6000)), [0; 16], "too few to shun anybody");
}

#[test]
fn without_ostracism_even_a_norm_that_almost_all_keep_to_is_lost() {
    assert_eq!(keepers(&water(48, 0.0, 6000)), [0; 16]);
}

/// Ten learners of two levels, 1 within the norm and 2 above it, on a pool that never gives out; all begin within it.
fn learners(most: f64, foregone: f64) -> Setup {
    let learner = json!({ "learner": {
        "memory": 0.9, "foregone": foregone, "cumulation": 0, "unplayed": "stay", "choice_sharpness": 8, "habit": 2
    } });
    let rule = json!({
        "strength": 1, "cost": { "money": 0, "attention": 0 }, "most": most, "displacement": -20, "growth": -8
    });
    let pool = with(&pasture(), [("/pools/pasture/growth", json!({ "fixed": {} })), ("/time/steps", json!(200))]);
    let pool =
        with(&pool, [("/pools/pasture/production", json!(null)), ("/pools/pasture/loses", json!({ "yield": 0 }))]);
    setup(&with(
        &pool,
        [
            ("/providers/herder/levels", json!([1, 2])),
            ("/providers/herder/payment", tariff(1.0)),
            ("/providers/herder/behaviour", learner),
            ("/society/coverage", json!(1)),
            ("/rules/ostracism", rule),
        ],
    ))
}

#[test]
fn learners_weigh_the_shunning_that_they_would_meet_above_the_norm() {
    // Two units earn 2 · 0.8 = 1.6 and one 0.8: half as much again is at stake, ω/2 against a gain of 0.8.
    let kept = |most: f64| keepers(&learners(most, 1.0)).iter().sum::<usize>();
    assert!(kept(0.0) < 20, "without shunning the gain is taken: {} of 160 keep to the norm", kept(0.0));
    assert!(kept(6.0) > 150, "with it all stay within the norm: {} of 160", kept(6.0));
}

#[test]
fn the_covenants_of_ostrom_walker_and_gardner_are_reproduced() {
    reproduced("covenants");
}

#[test]
fn public_goods_with_and_without_punishment_are_reproduced() {
    reproduced("public-goods");
}

/// Contributions after three rounds of best response, in another group than that printed.
fn given(count: u32, endowment: u32, per_head: f64) -> f64 {
    let base = Scenario::load(&BUNDLED, "replicate/public-good").unwrap();
    let others = base.with_all(
        &BUNDLED,
        [
            ("/time/steps", json!(3)),
            ("/providers/conditional/count", json!(count)),
            ("/providers/conditional/size", json!(count)),
            ("/providers/conditional/levels", json!({ "from": 0, "to": endowment, "count": endowment + 1 })),
            ("/providers/conditional/behaviour", json!({ "best_response": {} })),
            ("/providers/conditional/payment/public_good/per_head", json!(per_head)),
        ],
    );
    let setup = others.unwrap().setup;
    let world = walk(&setup, |_, _, _| {});
    let players = world.providers.iter().filter(|one| setup.kinds()[one.kind].name == "conditional");
    players.map(|one| one.delivered.lane(0)).sum()
}

#[test]
fn whoever_calculates_gives_nothing_where_a_token_brings_it_less_than_it_costs_and_all_where_more() {
    assert_eq!(given(7, 50, 0.75), 0.0);
    assert_eq!(given(7, 50, 1.2), 350.0);
}
