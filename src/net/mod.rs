//! What the servers of this program share: a socket with an end, who may ask, and how fast.

mod guard;
mod pace;
mod server;

pub use guard::{Hosts, guarded};
pub(crate) use pace::Pace;
pub(crate) use server::LONGEST_REQUEST;
pub use server::{Server, Stop};
