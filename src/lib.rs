//! commonground: shared pools under fortress incentives or shared governance.
//!
//! Providers of care, fishers or players draw on pools they share. A scenario file says what each finds worth doing, how it
//! is paid, what it sees and which rules bind it; the engine runs it many times under seeded chance and tells what becomes of
//! the pool, the need and the money.
//!
//! ```text
//! scenario file → Scenario (checked) → Setup → run → Record → Ensemble → Comparison → Report → terminal, files
//! ```
//!
//! Imports go down only: [`model`] ← [`scenario`] ← [`experiment`] ← [`report`] ← `cli`; [`statistics`] knows no model.

pub mod experiment;
pub mod prelude;
pub mod report;
pub mod scenario;

pub use commonground_engine as model;
pub use commonground_statistics as statistics;
