//! Tests of the whole: laws, theory, chance, behaviour and the order of the house.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]
#![expect(clippy::float_cmp, reason = "where a test asks for the very same number it means it")]

mod accounts;
mod answer;
mod behaviour;
mod books;
mod by_step;
mod calibrate;
mod cells;
mod chance;
mod charts;
mod circumstances;
mod cli;
mod columns;
mod commissioner;
mod commons;
mod data;
mod designs;
mod diff;
mod docs;
mod explain;
mod felt;
mod formulas;
mod fuzz;
mod interrupt;
mod kills;
mod laws;
mod level;
mod library;
mod matching;
mod measured;
mod measures;
mod money;
mod new_place;
mod numbers;
mod order;
mod over;
mod owners;
mod page;
mod patterns;
mod payments;
mod plan;
mod played;
mod presets;
mod prevention;
mod prim;
mod principles;
mod purse;
mod random;
mod referral;
mod replicate;
mod results;
mod rhythm;
mod rules;
mod safe;
mod salib;
#[cfg(feature = "serve")]
mod serve;
mod spread;
mod stress;
mod support;
mod theory;
mod tidy;
mod welfare;
mod widths;
