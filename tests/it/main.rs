//! Tests of the whole: laws, theory, chance, behaviour and the order of the house.

mod behaviour;
mod books;
mod chance;
mod circumstances;
mod cli;
mod laws;
mod random;
mod support;
mod theory;
mod tidy;
