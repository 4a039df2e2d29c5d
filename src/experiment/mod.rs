//! Experiments: many seeded runs of one scenario or of several arms that meet the same luck.

pub mod cells;
mod ensemble;
pub mod principles;
pub mod replicate;
pub mod field;
pub mod sensitivity;
mod summary;
pub mod sweep;
pub mod target;
pub mod vary;

pub use ensemble::{Ensemble, LEVEL, Options, Sink, Watcher, run};
pub use summary::{Cell, Summary};
