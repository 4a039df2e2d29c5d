//! The interactive page: one HTML file in which recorded runs are played and a few knobs are turned, and that asks for nothing.
//!
//! ```text
//! Cast (arms and what they are called) → Recording → Pairs → Verdicts → data as JSON, a still picture, the page
//! ```

mod assets;
mod cast;
mod data;
mod encode;
mod facts;
mod html;
mod pairs;
mod still;
mod verdict;
mod words;

pub use cast::{Cast, FRONT};
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

impl Page {
    /// Makes the page of a recording of that cast.
    pub fn of(cast: &Cast, recording: &Recording) -> Self {
        let pairs: Vec<Pairs> = (0..recording.points.len()).map(|point| Pairs::of(recording, point)).collect();
        let verdicts: Vec<Verdict> =
            (0..recording.points.len()).map(|point| verdict::of(cast, recording, &pairs, point)).collect();
        let data = data::json(cast, recording, &pairs, &verdicts);
        let home = recording.grid.home();
        let still = still::picture(cast, recording, home);
        Self { html: html::page(cast, recording, &verdicts[home], &still, &data), verdicts }
    }
}
