//! What a page may ask for at most. Beyond it one is told what the limit is, and nothing is run.

use std::time::Duration;

/// Bytes of a question, dropped files included.
pub const MOST_BYTES: usize = 1_000_000;
/// Scenarios side by side.
pub const MOST_ARMS: usize = 6;
/// Values that are set by hand.
pub const MOST_VALUES: usize = 50;
/// Bytes of the name of a page, a scenario, a knob or a stop.
pub const LONGEST_NAME: usize = 200;
/// Runs of each arm at a setting.
pub const MOST_RUNS: u64 = 1000;
/// … and at least, since fewer tell nothing.
pub const LEAST_RUNS: u64 = 20;
/// The greatest seed, the greatest whole number that a browser keeps.
pub const MOST_SEED: u64 = (1 << 53) - 1;
/// Providers of an arm.
pub const MOST_PROVIDERS: u64 = 20_000;
/// Steps of an arm.
pub const MOST_STEPS: u64 = 10_000;
/// Providers × steps × runs of an arm at a setting: a hundred times a place of 18 providers over ten years, 200 runs.
pub const MOST_WORK: u64 = 50_000_000;
/// Time that a question may take.
pub const LONGEST_WORK: Duration = Duration::from_mins(2);
/// Questions that are worked on at a time, on all cores together.
pub const AT_WORK: usize = 2;
/// Questions that wait or are worked on.
pub const MOST_QUESTIONS: usize = 32;
/// Questions a second, of all pages together, over some time …
pub const RATE: u32 = 20;
/// … and at once.
pub const BURST: u32 = 60;
/// Open connections.
pub const MOST_CONNECTIONS: usize = 512;
