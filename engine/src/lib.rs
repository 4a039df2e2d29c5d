//! The engine of commonground: pools, providers, rules and the step. No files, no clock, no printing, no errors in a run: only a
//! checked [`setup::Setup`] gets here, so a run cannot fail.
//!
//! Ten fishers on one stock, who fish as they have planned, sixteen runs side by side. Parts are written as in a scenario file, and
//! the stock settles where Gordon and Schaefer say, at K (1 − q E / r):
//!
//! ```
//! use commonground_engine::behaviour::Behaviour;
//! use commonground_engine::look::Stepper;
//! use commonground_engine::pool::Claimant;
//! use commonground_engine::rows::Packing;
//! use commonground_engine::rule::{RuleSet, Sanctioning};
//! use commonground_engine::setup::{Cost, KindParts, Listing, Named, Parts, Setup, Use};
//! use commonground_engine::simd::InstructionSet;
//! use commonground_engine::society::Norm;
//! use serde_json::{from_value, json};
//!
//! let sea = from_value(json!({
//!     "unit": "tonnes", "capacity": 100, "start": 1, "growth": { "logistic": { "rate": 1 } },
//!     "production": { "schaefer": { "catchability": 0.01 } }, "loses": { "yield": 1 },
//!     "rationing": { "proportional": {} }, "collapse": 0.2, "refuge": 0
//! }))?;
//! let as_planned: Behaviour = from_value(json!({ "fixed": { "level": 1, "upstream": 0 } }))?;
//! let fishers = KindParts {
//!     name: "fisher".into(),
//!     total_size: 50.0,
//!     behaviours: vec![(as_planned, 10)],
//!     plan: 1.0,
//!     start: 1.0,
//!     uses: vec![Use { pool: 0, amount: 1.0 }],
//!     claimant: Claimant { priority: 0, strength: 1.0 },
//!     cost: Cost { per_effort: 0.2, fixed: 0.0, convex: 0.0, change_per_year: 0.0, scarcity: None },
//!     motivation: 0.0,
//!     worth: 1.0,
//!     reviews: None,
//!     norm: Norm { weight: 0.0, breach: 0.0, imposed: 0.0 },
//!     sanctioning: Sanctioning::default(),
//!     partner: true,
//!     payment: None,
//!     purse: None,
//!     then: Vec::new(),
//!     bonus: None,
//!     paid_from: None,
//!     paid_by: None,
//!     need: None,
//!     prevents: Vec::new(),
//!     spread: Default::default(),
//!     levels: vec![0.0, 1.0, 2.0],
//!     upstream: vec![0.0],
//! };
//! let society = from_value(json!({
//!     "coverage": 0, "noise": 0, "lag": 0, "trust": 0.5, "trust_gain": 0, "trust_loss": 0, "resentment": 0, "tolerance": 0.1,
//!     "first_belief": 1, "fading": 0, "grievance": 0, "settling": 0, "risk_learning": 0
//! }))?;
//! let parts = Parts {
//!     steps: 200,
//!     warm_up: 0,
//!     steps_per_year: 1.0,
//!     pools: vec![Named { name: "sea".into(), part: sea }],
//!     kinds: vec![fishers],
//!     society,
//!     upstream: None,
//!     outside: None,
//!     rules: RuleSet::default(),
//!     shocks: Vec::new(),
//!     listing: Listing { kinds: vec![0], pools: vec![0] },
//! };
//! let setup = Setup::new(parts).expect("parts that fit each other");
//! let runs = Packing::Runs(std::array::from_fn(|lane| lane as u64));
//! let mut stepper = Stepper::new(&setup, 1, &runs, InstructionSet::best());
//! while stepper.pass() {}
//! assert!((stepper.pools()[0].stock.lane(0) - 50.0).abs() < 1e-9);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! The rooms, floor by floor, lowest first; imports go down, or along a floor:
//!
//! ```text
//! limits lanes simd dice rows english        numbers, chance, what rides in the lanes, words
//! place prospects spread                     what all providers share, what they foresee, how places differ
//! pool commissioner production payment purse need urgent upstream substitute outside society prices scarcity
//! behaviour reviews rule shock
//!                                            the parts: parameters, formulas, words
//! yardstick                                  what runs are measured against
//! setup                                      the parts together, checked
//! world                                      their columns
//! clocks                                     how strongly each rule acts in a step
//! payoff demand                              what an action is worth, and who wants how much
//! step stage                                 walks and what couples them
//! measure record welfare recovery fortress weighing
//!                                            what is taken down
//! benchmark run failure look                 the planner; runs
//! ```

#![expect(clippy::inline_always, reason = "what is not inlined into the step keeps the baseline instruction set")]

pub mod behaviour;
pub mod benchmark;
mod clocks;
pub mod commissioner;
mod demand;
pub mod dice;
pub mod english;
pub mod failure;
mod fortress;
pub mod lanes;
pub mod limits;
pub mod look;
pub mod measure;
pub mod need;
pub mod outside;
pub mod payment;
mod payoff;
pub mod place;
pub mod pool;
pub mod prices;
pub mod production;
pub mod prospects;
pub mod purse;
pub mod record;
mod recovery;
pub mod reviews;
pub mod rows;
pub mod rule;
pub mod run;
pub mod scarcity;
pub mod setup;
pub mod shock;
pub mod simd;
pub mod society;
pub mod spread;
pub mod stage;
pub mod step;
pub mod substitute;
pub mod upstream;
mod urgent;
mod weighing;
mod welfare;
mod world;
pub mod yardstick;
