//! The classroom: a class at meadows that its groups share. The room is a machine without socket and clock ([`room`]); the meadow is a
//! scenario of the engine in which seats are played ([`meadow`]); what happens is kept in a log ([`log`]), from which the room comes
//! back, and from which every game can be run again ([`export`]).

pub mod debrief;
pub mod event;
pub mod export;
pub mod group;
pub mod hands;
pub mod log;
pub mod meadow;
pub mod room;
pub mod settings;
pub mod treatment;
pub mod view;
#[cfg(feature = "serve")]
pub mod web;
