//! The engine of commonground: pools, providers, rules and the step. No files, no clock, no printing, no errors in a run: only a
//! checked [`setup::Setup`] gets here, so a run cannot fail.
//!
//! The rooms, floor by floor, lowest first; imports go down, or along a floor:
//!
//! ```text
//! limits lanes simd dice rows english        numbers, chance, what rides in the lanes, words
//! place                                      what all providers share
//! pool production payment need upstream outside society prices behaviour rule shock
//!                                            the parts: parameters, formulas, words
//! yardstick                                  what runs are measured against
//! setup                                      the parts together, checked
//! world                                      their columns
//! payoff demand                              what an action is worth, and who wants how much
//! step stage                                 walks and what couples them
//! measure record welfare recovery fortress weighing
//!                                            what is taken down
//! benchmark run failure look                 the planner; runs
//! ```

#![expect(clippy::inline_always, reason = "what is not inlined into the step keeps the baseline instruction set")]

pub mod behaviour;
pub mod benchmark;
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
pub mod record;
mod recovery;
pub mod rows;
pub mod rule;
pub mod run;
pub mod setup;
pub mod shock;
pub mod simd;
pub mod society;
pub mod stage;
pub mod step;
pub mod upstream;
mod weighing;
mod welfare;
mod world;
pub mod yardstick;
