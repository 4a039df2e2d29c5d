//! Tests of the whole: laws, theory, chance, behaviour and the order of the house.

mod behaviour;
mod chance;
mod cli;
mod circumstances;
mod laws;
mod random;
mod support;
mod theory;
mod tidy;
