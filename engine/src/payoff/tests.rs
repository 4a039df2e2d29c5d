//! What a unit of need prevented is worth under each payment, against what was worked out by hand.

use super::{Earnings, Expected};
use crate::lanes::Lanes;
use crate::payment::Payment;
use crate::place::Work;
use crate::rows::Packing;
use crate::rule::{RuleSet, Sanctioning};
use crate::setup::{Cost, KindParts, Listing, Named, Parts, Setup};
use crate::upstream::Upstream;
use crate::world::World;
use serde_json::{Value, from_value, json};

/// One hospital without a pool in its way, with the cost, the motivation and the part of excess that can be charged of the English place.
fn hospital(payment: &Value) -> Setup {
    let need = crate::need::Need {
        expected: vec![0.0; 1].into(),
        noise: 0.0,
        persistence: 0.0,
        waits: 0.0,
        spills: Vec::new(),
        induced: 0.25,
        relief: 1.0,
        urgent: 0.0,
        substitute: None,
    };
    let kind = KindParts {
        name: "acute".into(),
        total_size: 1.0,
        behaviours: vec![(from_value(json!({ "fixed": { "level": 1, "upstream": 0 } })).expect("a behaviour"), 1)],
        plan: 1.0,
        start: 1.0,
        uses: Vec::new(),
        claimant: crate::pool::Claimant { priority: 0, strength: 1.0 },
        cost: Cost { per_effort: 0.4, fixed: 0.45, convex: 0.15, change_per_year: 0.0, scarcity: None },
        motivation: 0.8,
        worth: 1.0,
        norm: crate::society::Norm { weight: 0.0, breach: 0.0, imposed: 0.0 },
        sanctioning: Sanctioning::default(),
        partner: true,
        payment: Some(from_value::<Payment>(payment.clone()).expect("a payment")),
        then: Vec::new(),
        bonus: None,
        paid_from: None,
        paid_by: None,
        need: Some(need),
        prevents: Vec::new(),
        purse: None,
        spread: crate::spread::Spread::default(),
        reviews: None,
        levels: vec![1.0],
        upstream: vec![0.0],
    };
    let pool = from_value(json!({
        "unit": "units", "capacity": 1, "start": 1, "growth": { "logistic": { "rate": 1 } }, "loses": { "yield": 0 },
        "rationing": { "proportional": {} }, "collapse": 0, "refuge": 0
    }));
    let society = from_value(json!({
        "coverage": 0, "noise": 0, "lag": 0, "trust": 0.5, "trust_gain": 0, "trust_loss": 0, "resentment": 0,
        "tolerance": 0.1, "first_belief": 1, "fading": 0, "grievance": 0, "settling": 0, "risk_learning": 0
    }));
    Setup::new(Parts {
        steps: 1,
        warm_up: 0,
        steps_per_year: 1.0,
        pools: vec![Named { name: "staff".into(), part: pool.expect("a pool") }],
        kinds: vec![kind],
        society: society.expect("a society"),
        upstream: Some(Upstream { productivity: 1.0, decay: 0.1, most: 0.2, half: 1.0, delay: 0.0 }),
        outside: None,
        rules: RuleSet::default(),
        shocks: Vec::new(),
        listing: Listing { kinds: vec![0], pools: vec![0] },
    })
    .expect("parts that fit each other")
}

/// What the best level up to `most` is worth at the need that comes up if so much of 5/6 is prevented.
fn best(setup: &Setup, prevented: f64, most: f64) -> f64 {
    let world = World::begin(setup, 0, &Packing::Runs([0; 16]));
    let mut earnings = Earnings::now(setup, &world.place, 0, &world.kinds[0], 0);
    earnings.expect(Expected { need: Lanes::all(5.0 / 6.0 - prevented), prevented: Lanes::all(prevented) });
    let worth = |level: f64| {
        let work: Work = earnings.work(Lanes::all(level), Lanes::ZERO, Lanes::ONE);
        earnings.gain(&work, earnings.cost(work.effort), Lanes::ZERO, earnings.per_need()).lane(0)
    };
    let just = (5.0_f64 / 6.0 - prevented).min(most);
    let scan = (0..=100).map(|index| worth(most * f64::from(index) / 100.0)).fold(worth(just), f64::max);
    assert!(scan <= worth(just), "more or less than the need is worth more: {scan} against {}", worth(just));
    scan
}

/// At a need of 5/6 the last unit costs 0.4 + 2 · 0.15 · 5/6 = 0.65. With beds to spare a unit prevented saves that and loses what it
/// would have been paid: 1.11 under the tariff, −0.46; half of 1.11 under the blend, 0.095; nothing under a block or by head, 0.65. What it is
/// worth to whoever cares for its patients is the same, treated or never ill. With a queue of more than a tenth, what is done, paid
/// and spent stays the same, and 0.8 is gained.
#[test]
fn a_unit_of_need_prevented_is_worth_what_the_payment_makes_of_it() {
    let cases = [
        (json!({ "tariff": { "price": 1.11, "baseline": 1, "marginal_rate": 0.85, "change_per_year": 0 } }), -0.46),
        (json!({ "blended": { "price": 1.11, "variable": 0.5, "change_per_year": 0 } }), 0.095),
        (json!({ "block": { "amount": 1, "change_per_year": 0 } }), 0.65),
        (
            json!({ "capitation": {
                "amount": 1, "outcome_share": 0, "target": 0.95, "outcome": "own", "change_per_year": 0
            } }),
            0.65,
        ),
    ];
    for (payment, with_beds_to_spare) in cases {
        let setup = hospital(&payment);
        for (most, wanted) in [(1.0, with_beds_to_spare), (0.7, 0.8)] {
            let little = 1e-6;
            let worth = (best(&setup, little, most) - best(&setup, 0.0, most)) / little;
            assert!((worth - wanted).abs() < 1e-5, "{payment} up to {most}: {worth} and not {wanted}");
        }
    }
}

/// What the best level up to `most` is worth at a need of 5/6 if so much of it is referred, of which a unit counts so much.
fn best_if_referred(setup: &Setup, referred: f64, counts: f64, most: f64) -> f64 {
    let world = World::begin(setup, 0, &Packing::Runs([0; 16]));
    let mut earnings = Earnings::now(setup, &world.place, 0, &world.kinds[0], 0);
    let before = Expected { need: Lanes::all(5.0 / 6.0), prevented: Lanes::ZERO };
    earnings.expect(before.refer(Lanes::all(referred * 6.0 / 5.0), Lanes::all(counts)));
    let level = (5.0_f64 / 6.0 - referred).min(most);
    let work: Work = earnings.work(Lanes::all(level), Lanes::ZERO, Lanes::ONE);
    earnings.gain(&work, earnings.cost(work.effort), Lanes::ZERO, earnings.per_need()).lane(0)
}

/// With beds to spare C′/y′ − I′ − motivation (1 − k μ), with a queue motivation · k μ, at a last unit that costs 0.65: where half of what
/// is referred counts, 0.65 − 1.11 − 0.4 under the tariff and 0.65 − 0.4 under a block; 0.4 with a queue. Where nothing counts,
/// 0.65 − 0.8 under a block.
#[test]
fn a_unit_referred_is_worth_what_it_saves_less_what_it_earned_and_the_good_that_is_left_undone() {
    let tariff = json!({ "tariff": { "price": 1.11, "baseline": 1, "marginal_rate": 0.85, "change_per_year": 0 } });
    let block = json!({ "block": { "amount": 1, "change_per_year": 0 } });
    for (payment, counts, most, wanted) in
        [(&tariff, 0.5, 1.0, -0.86), (&block, 0.5, 1.0, 0.25), (&block, 0.0, 1.0, -0.15), (&tariff, 0.5, 0.7, 0.4)]
    {
        let (setup, little) = (hospital(payment), 1e-6);
        let none = best_if_referred(&setup, 0.0, counts, most);
        let worth = (best_if_referred(&setup, little, counts, most) - none) / little;
        assert!((worth - wanted).abs() < 1e-5, "{payment}, counting {counts}, up to {most}: {worth} and not {wanted}");
    }
}
