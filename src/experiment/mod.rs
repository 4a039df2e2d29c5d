//! Experiments: many seeded runs of one scenario or of several arms that meet the same luck.

mod ensemble;
pub mod plan;
mod summary;

pub use ensemble::{Ensemble, LEVEL, Options, Sink, Watcher, run};
pub use summary::{Cell, Summary};
