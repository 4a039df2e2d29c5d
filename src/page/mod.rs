//! The interactive page: one HTML file in which recorded runs are played and a few knobs are turned, and that asks for nothing.
//!
//! ```text
//! Cast (arms and what they are called) → Recording → Pairs → Verdicts → data as JSON, a still picture, the page
//! ```

pub(crate) mod assets;
mod cast;
mod data;
mod encode;
mod evidence;
mod facts;
mod html;
mod pairs;
mod still;
mod verdict;
mod words;

pub use cast::{Cast, FRONT};
pub use evidence::Evidence;
pub use verdict::{Line, Verdict};

use crate::experiment::recording::Recording;
use pairs::Pairs;

/// The most bytes of a page.
pub const MOST_BYTES: usize = 5_000_000;

/// A page with what it says at every setting.
#[derive(Clone, Debug)]
pub struct Page {
    /// The whole file.
    pub html: String,
    /// What it says at each setting, in the order of the settings.
    pub verdicts: Vec<Verdict>,
}

/// What is told of a setting.
struct Told {
    /// Position of the setting.
    point: usize,
    pairs: Pairs,
    verdict: Verdict,
}

impl Page {
    /// Makes the page of a recording of that cast at every setting.
    pub fn of(cast: &Cast, recording: &Recording) -> Self {
        let told = told(cast, recording);
        let data = data::json(cast, recording, &told);
        let home = recording.grid.home();
        let still = still::picture(cast, recording, home);
        let html = html::page(cast, recording, &told[home].verdict, &still, &data);
        Self { html, verdicts: told.into_iter().map(|told| told.verdict).collect() }
    }
}

/// What the script of a page needs of a recording of that cast, which need not have every setting.
#[cfg(feature = "serve")]
pub(crate) fn data_of(cast: &Cast, recording: &Recording) -> serde_json::Value {
    data::json(cast, recording, &told(cast, recording))
}

/// What is told of the settings that were recorded.
fn told(cast: &Cast, recording: &Recording) -> Vec<Told> {
    let told = |point: usize| {
        let pairs = Pairs::of(recording, point);
        Told { point, verdict: verdict::of(cast, recording, &pairs, point), pairs }
    };
    recording.settings().map(told).collect()
}
