//! The interactive page live, from a server on this machine: any scenario, any value, and runs as they are asked for.
//!
//! ```text
//! net::Server (socket) → net::guarded (who may ask) → app (routes) → Question → Desk (whose turn, cancelled when) → Prepared → answer as JSON
//! ```
//!
//! Whoever asks is held to [`limits`], reads no file of the machine, and is told every fault of a scenario at once. Pages from
//! elsewhere cannot ask: see [`crate::net`].

mod answer;
mod app;
mod assets;
mod desk;
mod hand;
pub mod limits;
mod numbers;
mod prepare;
mod question;
mod refusal;
mod shell;

pub use app::{Live, app};
