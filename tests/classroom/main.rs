//! Tests of the classroom: the room as a machine, its log, and the room behind real sockets.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

mod games;
#[cfg(feature = "serve")]
mod killed;
#[cfg(feature = "serve")]
mod load;
mod log;
#[cfg(feature = "serve")]
mod page;
mod places;
mod room;
mod terminal;
#[cfg(feature = "serve")]
mod web;
