//! How fast something may come: a store of tokens that fills by itself.

use std::time::Instant;

/// The store.
#[derive(Debug)]
pub(crate) struct Pace {
    tokens: f64,
    at: Instant,
    most: f64,
    rate: f64,
}

impl Pace {
    /// A full store of so many tokens that gains so many a second.
    pub(crate) fn new(most: f64, rate: f64) -> Self {
        Self { tokens: most, at: Instant::now(), most, rate }
    }

    /// Takes a token, if there is one.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        let filled = now.saturating_duration_since(self.at).as_secs_f64() * self.rate;
        self.tokens = (self.tokens + filled).min(self.most);
        self.at = now;
        let has = self.tokens >= 1.0;
        if has {
            self.tokens -= 1.0;
        }
        has
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn who_asks_too_fast_is_slowed_and_not_shut_out() {
        let mut pace = Pace::new(2.0, 10.0);
        let begun = pace.at;
        assert_eq!([0, 0, 0].map(|_| pace.take(begun)), [true, true, false]);
        // Twenty times a second, of which every second fits.
        let taken = (1..=20).filter(|ask| pace.take(begun + Duration::from_millis(50 * ask))).count();
        assert_eq!(taken, 10);
    }
}
