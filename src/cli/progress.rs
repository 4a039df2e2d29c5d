//! How far an experiment is, and whether somebody has asked it to stop.

use super::ending::Failure;
use super::flags::Flags;
use super::print;
use commonground::experiment::Watcher;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Shows progress in a terminal and listens for Ctrl-C.
pub(super) struct Progress {
    bar: ProgressBar,
    stop: Arc<AtomicBool>,
}

/// With the time that is left; of an experiment that ends at a precision nobody knows it.
const KNOWN_END: &str = "{bar:30} {human_pos} of {human_len} runs, {eta} left";
const ITEMS: &str = "{bar:30} {percent}% done, {eta} left";
const OPEN_END: &str = "{spinner} {human_pos} runs of {human_len} at most, {elapsed} so far";

impl Progress {
    /// Begins to show and to listen. The first Ctrl-C asks for a stop after the runs in hand, the second stops at once.
    ///
    /// # Errors
    /// The system does not let the program listen.
    pub(super) fn begin(flags: &Flags) -> Result<Self, Failure> {
        Self::listening(bar(flags))
    }

    /// The same over numbered pieces of work.
    ///
    /// # Errors
    /// As for [`Progress::begin`].
    pub(super) fn over_items(quiet: bool, items: u64) -> Result<Self, Failure> {
        if quiet {
            return Self::listening(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template(ITEMS).unwrap_or_else(|_| ProgressStyle::default_bar());
        Self::listening(ProgressBar::new(items).with_style(style))
    }

    fn listening(bar: ProgressBar) -> Result<Self, Failure> {
        let progress = Self { bar, stop: Arc::new(AtomicBool::new(false)) };
        let (bar, stop) = (progress.bar.clone(), Arc::clone(&progress.stop));
        let listen = move || {
            if stop.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
            bar.suspend(|| print::say("Stopping after the runs in hand; Ctrl-C again stops at once."));
        };
        ctrlc::set_handler(listen)
            .map_err(|error| Failure::Request(format!("the program cannot listen for Ctrl-C: {error}")))?;
        Ok(progress)
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Draws to standard error, and only if that is a terminal.
fn bar(flags: &Flags) -> ProgressBar {
    if flags.quiet {
        return ProgressBar::hidden();
    }
    let template = if flags.precision.is_some() { OPEN_END } else { KNOWN_END };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(flags.runs()).with_style(style)
}

impl Watcher for Progress {
    fn done(&self, runs: u64) {
        self.bar.set_position(runs);
    }

    fn stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
