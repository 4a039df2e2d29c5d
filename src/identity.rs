//! Which program this is: its version, and what it was built from. Two builds with other sources are other programs, whose
//! parts are never put together.

/// The version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Hashes of all sources that decide results: those of the model, of the statistics, and of scenarios and experiments. They
/// are the same for a checkout and an archive of it, and for a debug and a release build.
pub const SOURCES: &str = env!("COMMONGROUND_SOURCES");

/// Version, commit and sources, as `--version` tells them, a line each.
pub(crate) fn told(commit: Option<&str>) -> String {
    let commit = commit.filter(|commit| !commit.is_empty()).unwrap_or("unknown");
    format!("{VERSION}\ncommit {commit}\nsources {SOURCES}")
}
