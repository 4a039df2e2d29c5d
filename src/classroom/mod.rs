//! The classroom: a class whose groups share a meadow, or the staff and beds of a place ([`game`]). The room is a machine without socket
//! and clock ([`room`]); what is shared is a scenario of the engine in which seats are played ([`commons`]); what happens is kept in a
//! log ([`log`]), from which the room comes back, and from which every game can be run again ([`export`]).

pub mod commons;
pub mod debrief;
pub mod event;
pub mod export;
pub mod game;
pub mod group;
pub mod hands;
pub mod log;
mod meadow;
mod place;
pub mod prospects;
pub mod room;
pub mod settings;
pub mod table;
pub mod treatment;
pub mod view;
#[cfg(feature = "serve")]
pub mod web;
