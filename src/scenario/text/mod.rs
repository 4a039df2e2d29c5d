//! From text to a checked, typed scenario file: reading, `extends`, merging, and every fault at once with its place and line.
//!
//! The JSON Schema that schemars derives from the types is the one source of names, kinds and ranges: an editor
//! completes from it, and [`Document::parse`] walks the document against it before serde builds the type.
//!
//! ```text
//! Store → text → JSON value (+ lines) → merged along `extends` → walked against the schema → T
//! ```

mod branch;
mod document;
mod editors;
mod fault;
mod kept;
mod known;
mod limit;
mod locate;
mod merge;
mod path;
mod schema;
mod schema_walk;
mod shared;
mod source;
mod store;
mod suggest;
mod syntax;
mod unplain;
pub(super) mod words;

#[cfg(test)]
mod tests;

pub use document::Document;
pub use editors::schema;
pub use fault::{Fault, Faults, Position};
pub(super) use kept::{Keeping, Kept};
pub use path::{places, token};
pub use schema::{Form, derived};
pub use source::BUNDLES;
pub use store::{Address, Bundled, Disk, Store};
pub(super) use store::{Unread, decoded, unread};
pub use suggest::did_you_mean;
pub use words::counted;
