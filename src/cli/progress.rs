//! How far an experiment is, and whether somebody has asked it to stop.

use super::ending::Failure;
use super::flags::Flags;
use super::{print, signals};
use commonground::experiment::Watcher;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Shows progress, as a bar in a terminal and as a line a minute elsewhere, and listens for Ctrl-C, TERM and HUP.
pub(super) struct Progress {
    bar: ProgressBar,
    lines: Option<Lines>,
}

/// A line now and then, for logs.
struct Lines {
    begun: Instant,
    next: Mutex<Instant>,
    every: Duration,
    all: u64,
    /// What is counted; nothing: only the share is told.
    noun: &'static str,
    /// Whether it ends at `all`, and not earlier.
    ends_there: bool,
}

/// With the time that is left; of an experiment that ends at a precision nobody knows it.
const KNOWN_END: &str = "{bar:30} {human_pos} of {human_len} runs, {eta} left";
const ITEMS: &str = "{bar:30} {percent}% done, {eta} left";
const OPEN_END: &str = "{spinner} {human_pos} runs of {human_len} at most, {elapsed} so far";

impl Progress {
    /// Begins to show and to listen. The first signal asks for a stop after the runs in hand, the second stops at once.
    ///
    /// # Errors
    /// The system does not let the program listen.
    pub(super) fn begin(flags: &Flags) -> Result<Self, Failure> {
        let ends_there = !flags.has_precision();
        let template = if ends_there { KNOWN_END } else { OPEN_END };
        Self::listening(flags.quiet, template, Lines::new(flags.runs(), " runs", ends_there))
    }

    /// The same over numbered pieces of work.
    ///
    /// # Errors
    /// As for [`Progress::begin`].
    pub(super) fn over_items(quiet: bool, items: u64) -> Result<Self, Failure> {
        Self::listening(quiet, ITEMS, Lines::new(items, "", true))
    }

    fn listening(quiet: bool, template: &str, lines: Lines) -> Result<Self, Failure> {
        let is_terminal = io::stderr().is_terminal();
        let bar = if quiet || !is_terminal { ProgressBar::hidden() } else { ProgressBar::new(lines.all) };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = bar.with_style(style);
        let shown = bar.clone();
        signals::listen(move || {
            shown.suspend(|| print::say("Stopping after the runs in hand; Ctrl-C again stops at once."));
        })?;
        Ok(Self { bar, lines: (!quiet && !is_terminal).then_some(lines) })
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watcher for Progress {
    fn done(&self, count: u64) {
        self.bar.set_position(count);
        if let Some(line) = self.lines.as_ref().and_then(|lines| lines.due(count, Instant::now())) {
            print::say(&line);
        }
    }

    fn stop(&self) -> bool {
        signals::is_asked()
    }
}

impl Lines {
    fn new(all: u64, noun: &'static str, ends_there: bool) -> Self {
        let (begun, every) = (Instant::now(), interval());
        Self { begun, next: Mutex::new(begun + every), every, all, noun, ends_there }
    }

    /// The line that is due now; none if the last was a short time ago.
    fn due(&self, count: u64, now: Instant) -> Option<String> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if now < *next {
            return None;
        }
        *next = now + self.every;
        let so_far = now.duration_since(self.begun);
        let share = 100.0 * count as f64 / self.all.max(1) as f64;
        let counted = match self.noun {
            "" => format!("{share:.0}% done"),
            noun if self.ends_there => format!("{count} of {}{noun}", self.all),
            noun => format!("{count}{noun} of {} at most", self.all),
        };
        let left = so_far.as_secs_f64() * (100.0 / share - 1.0);
        Some(match Duration::try_from_secs_f64(left) {
            Ok(left) if self.ends_there => format!("{counted}, about {} left", rough(left)),
            _ => format!("{counted}, {} so far", rough(so_far)),
        })
    }
}

/// "40 seconds", "12 minutes", "3 hours".
fn rough(time: Duration) -> String {
    let seconds = time.as_secs();
    let (count, noun) = match seconds {
        0..=89 => (seconds, "second"),
        90..=5399 => ((seconds + 30) / 60, "minute"),
        _ => ((seconds + 1800) / 3600, "hour"),
    };
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A minute between two lines. In debug builds a test may ask for less.
fn interval() -> Duration {
    let asked = if cfg!(debug_assertions) { std::env::var("COMMONGROUND_LINE_EVERY").ok() } else { None };
    asked.and_then(|text| text.parse().ok()).map_or(Duration::from_mins(1), Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_due_once_a_minute_and_tells_how_much_is_left() {
        let lines = Lines { every: Duration::from_mins(1), ..Lines::new(1000, " runs", true) };
        let after = |seconds| lines.begun + Duration::from_secs(seconds);
        *lines.next.lock().unwrap() = after(60);
        assert_eq!(lines.due(10, after(59)), None);
        assert_eq!(lines.due(250, after(60)).as_deref(), Some("250 of 1000 runs, about 3 minutes left"));
        assert_eq!(lines.due(300, after(80)), None);
        assert_eq!(lines.due(500, after(125)).as_deref(), Some("500 of 1000 runs, about 2 minutes left"));
        assert_eq!(lines.due(0, after(200)).as_deref(), Some("0 of 1000 runs, 3 minutes so far"));
        let open = Lines { ends_there: false, ..lines };
        assert_eq!(
            open.due(500, open.begun + Duration::from_mins(5)).as_deref(),
            Some("500 runs of 1000 at most, 5 minutes so far")
        );
    }
}
