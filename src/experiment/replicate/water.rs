//! The differential equations of Tavoni, Schlüter & Levin 2012, solved apart from the engine: what it is held against.
//!
//! ```text
//! dR/dt = c − d (R/Rmax)² − qER          F = γE^αR^β          π = e(F/E − w)
//! U_d = π_d − ω(f)(π_d − π_c)/π_d        ω = h·exp(t·exp(g·f))
//! df/dt = rate · n/(n − 1) · f (1 − f)(U_c − U_d)/(|U_c| + |U_d|)
//! ```
//!
//! The share f that complies moves as copying by the proportional rule moves it on average: a user looks at another `rate`
//! times per unit of time and copies it with probability `(U_j − U_i)/(|U_i| + |U_j|)`.

/// Parameters, as printed in the model's public code unless a test says otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Water {
    /// c: inflow.
    pub(super) inflow: f64,
    /// d: loss of a full pool.
    pub(super) loss: f64,
    /// Rmax.
    pub(super) capacity: f64,
    /// q.
    pub(super) use_per_effort: f64,
    /// w.
    pub(super) cost: f64,
    /// α.
    pub(super) of_effort: f64,
    /// β.
    pub(super) of_stock: f64,
    /// γ.
    pub(super) scale: f64,
    /// h, t, g.
    pub(super) shunning: (f64, f64, f64),
    /// Effort of all if all comply.
    pub(super) effort: f64,
    /// n.
    pub(super) users: f64,
    /// μ: effort of whoever does not comply against one who does.
    pub(super) greed: f64,
}

/// The state: share that complies, and stock.
pub(super) type State = (f64, f64);

impl Water {
    /// The published parameters at a degree of greed μ.
    pub(super) const fn published(greed: f64) -> Self {
        Self {
            inflow: 50.0,
            loss: 50.0,
            capacity: 200.0,
            use_per_effort: 1.0,
            cost: 15.0,
            of_effort: 0.6,
            of_stock: 0.2,
            scale: 10.0,
            shunning: (0.34, -150.0, -10.0),
            effort: 0.483,
            users: 50.0,
            greed,
        }
    }

    /// The same water among so many users, each of whom has the smaller part of it: what shunning takes is scaled with it.
    pub(super) fn among(self, users: f64) -> Self {
        let (most, displacement, growth) = self.shunning;
        Self { users, shunning: (most * self.users / users, displacement, growth), ..self }
    }

    /// Effort of all where a share complies.
    fn effort(&self, complying: f64) -> f64 {
        self.effort * (complying + self.greed * (1.0 - complying))
    }

    /// The stock at rest where a share complies.
    pub(super) fn stock(&self, complying: f64) -> f64 {
        let used = self.use_per_effort * self.effort(complying);
        let square = self.loss / (self.capacity * self.capacity);
        ((used * used + 4.0 * square * self.inflow).sqrt() - used) / (2.0 * square)
    }

    /// Utilities of one who complies and one who does not.
    fn utilities(&self, (complying, stock): State) -> (f64, f64) {
        let effort = self.effort(complying);
        let yields = self.scale * effort.powf(self.of_effort - 1.0) * stock.powf(self.of_stock);
        let modest = self.effort / self.users * (yields - self.cost);
        let greedy = self.greed * modest;
        let (most, displacement, growth) = self.shunning;
        let force = most * (displacement * (growth * complying).exp()).exp();
        let loss = if greedy > modest { force * (greedy - modest) / greedy } else { 0.0 };
        (modest, greedy - loss)
    }

    /// Rates of change of the state.
    fn rates(&self, state: State, reviews: f64) -> State {
        let (complying, stock) = state;
        let (modest, greedy) = self.utilities(state);
        let copied = (modest - greedy) / (modest.abs() + greedy.abs());
        let full = stock / self.capacity;
        (
            reviews * self.users / (self.users - 1.0) * complying * (1.0 - complying) * copied,
            self.inflow - self.loss * full * full - self.use_per_effort * self.effort(complying) * stock,
        )
    }

    /// The state after a time, by Runge and Kutta's method of fourth order in steps of `step`.
    pub(super) fn after(&self, mut state: State, time: f64, step: f64, reviews: f64) -> State {
        let along = |(f, r): State, (df, dr): State, part: f64| (f + df * part, r + dr * part);
        for _ in 0..(time / step).round() as u64 {
            let first = self.rates(state, reviews);
            let second = self.rates(along(state, first, step / 2.0), reviews);
            let third = self.rates(along(state, second, step / 2.0), reviews);
            let fourth = self.rates(along(state, third, step), reviews);
            let mean = |of: fn(State) -> f64| (of(first) + 2.0 * of(second) + 2.0 * of(third) + of(fourth)) / 6.0;
            state = along(state, (mean(|rates| rates.0), mean(|rates| rates.1)), step);
        }
        state
    }

    /// How much better off one is who complies, with the stock at rest.
    pub(super) fn advantage(&self, complying: f64) -> f64 {
        let (modest, greedy) = self.utilities((complying, self.stock(complying)));
        modest - greedy
    }

    /// Shares from which nobody has reason to move, lowest first, with whether they draw others to them.
    pub(super) fn rests(&self) -> Vec<(f64, bool)> {
        const PARTS: u32 = 400;
        let at = |part: u32| f64::from(part) / f64::from(PARTS);
        let mut found = Vec::new();
        for part in 0..PARTS {
            let (mut low, mut high) = (at(part), at(part + 1));
            let rises = self.advantage(low) > 0.0;
            if rises == (self.advantage(high) > 0.0) {
                continue;
            }
            for _ in 0..60 {
                let middle = f64::midpoint(low, high);
                if (self.advantage(middle) > 0.0) == rises { low = middle } else { high = middle }
            }
            found.push((low, rises));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_equations_rest_where_the_targets_say() {
        for (greed, separatrix, stable) in [
            (1.8, 0.587, None),
            (2.2, 0.606, Some(0.908)),
            (2.8, 0.6256, Some(0.7577)),
            (3.4, 0.620, Some(0.697)),
            (3.78, 0.594, Some(0.693)),
        ] {
            let rests = Water::published(greed).rests();
            assert!((rests[0].0 - separatrix).abs() < 6e-4 && !rests[0].1, "μ {greed}: {rests:?}");
            assert_eq!(rests.len(), 1 + usize::from(stable.is_some()));
            if let Some(stable) = stable {
                assert!((rests[1].0 - stable).abs() < 6e-4, "μ {greed}: {rests:?}");
            }
        }
    }

    #[test]
    fn the_path_of_the_equations_ends_where_they_rest() {
        let water = Water::published(2.8);
        let (complying, stock) = water.after((0.9, water.stock(0.9)), 2000.0, 0.1, 1.0);
        let rest = water.rests()[1].0;
        assert!((complying - rest).abs() < 1e-6 && (stock - water.stock(rest)).abs() < 1e-4);
    }
}
