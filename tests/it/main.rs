//! Tests of the whole: laws, theory, chance, behaviour and the order of the house.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]
#![expect(clippy::float_cmp, reason = "where a test asks for the very same number it means it")]

mod accounts;
mod behaviour;
mod books;
mod calibrate;
mod cells;
mod chance;
mod charts;
mod circumstances;
mod cli;
mod columns;
mod commons;
mod explain;
mod felt;
mod formulas;
mod interrupt;
mod laws;
mod library;
mod measured;
mod measures;
mod numbers;
mod order;
mod patterns;
mod payments;
mod plan;
mod presets;
mod prevention;
mod prim;
mod principles;
mod random;
mod referral;
mod replicate;
mod results;
mod rhythm;
mod rules;
mod salib;
mod stress;
mod support;
mod theory;
mod tidy;
mod welfare;
