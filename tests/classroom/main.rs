//! Tests of the classroom: the room as a machine, its log, and the room behind real sockets.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

mod games;
#[cfg(feature = "serve")]
mod killed;
mod room;
mod terminal;
#[cfg(feature = "serve")]
mod web;
