//! The model: pools, providers, rules and the step. No files, no clock, no printing, no errors: only a checked
//! [`setup::Setup`] gets here, so a run cannot fail.

#![expect(clippy::inline_always, reason = "what is not inlined into the step keeps the baseline instruction set")]

mod appraising;
pub mod behaviour;
pub mod benchmark;
pub mod books;
pub mod dice;
mod drawing;
pub mod failure;
mod fortress;
pub mod lanes;
mod learning;
pub mod measure;
mod paying;
pub mod payment;
mod place;
pub mod pool;
pub mod prices;
pub mod production;
pub mod record;
mod recovery;
mod responding;
pub mod rule;
pub mod run;
pub mod setup;
pub mod shock;
pub mod simd;
pub mod society;
pub mod step;
pub mod upstream;
pub mod utility;
mod weighing;
mod welfare;
pub mod world;
