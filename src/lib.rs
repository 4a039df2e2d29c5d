//! commonground: shared pools under fortress incentives or shared governance.
//!
//! Providers of care, fishers or players draw on pools they share. A scenario file says what each finds worth doing, how it
//! is paid, what it sees and which rules bind it; the engine runs it many times under seeded chance and tells what happens to
//! the pool, the need and the money.
//!
//! What the size of the fine does to a pasture, 200 runs of each on the same luck (start from the [`prelude`]):
//!
//! ```
//! use commonground::prelude::*;
//!
//! let pasture = Scenario::bundled("pasture-ostrom")?;
//! for fine in [0.0, 0.1, 0.3, 1.0] {
//!     let governed = pasture.set("/rules/graduated_sanctions/fine", fine)?.run(Runs::of(200).seed(1));
//!     let stock = governed.outcome(Measure::STOCK_MEAN)?;
//!     let welfare = governed.outcome(Measure::WELFARE)?;
//!     println!("fine {fine}: mean stock {stock:.3}, welfare {welfare:.2}");
//! }
//! # Ok::<(), Faults>(())
//! ```
//!
//! What is asked for and cannot be comes back as [`Faults`](prelude::Faults), all of them at once, each with its place. Nothing is
//! read from a disk but by [`Scenario::open`](scenario::Scenario::open), and nothing is written to one but by
//! [`report`] and [`experiment::plan`].
//!
//! ```text
//! scenario file → Scenario (checked) → Setup → run → Record → Ensemble → Comparison → Report → terminal, files
//! ```
//!
//! Imports go down only: [`model`] ← [`scenario`] ← [`experiment`] ← [`report`] ← [`page`] ← `serve` ← [`cli`], and [`classroom`] between
//! [`scenario`] and [`cli`]; [`statistics`] knows no model. The [`prelude`] names what code starts from.

pub mod classroom;
pub mod cli;
pub mod disk;
pub mod experiment;
pub mod identity;
#[cfg(feature = "serve")]
pub mod net;
pub mod page;
pub mod plain;
pub mod prelude;
pub mod report;
pub mod scenario;
#[cfg(feature = "serve")]
pub mod serve;

// The command names the library as any other program does.
extern crate self as commonground;

pub use commonground_engine as model;
pub use commonground_statistics as statistics;
