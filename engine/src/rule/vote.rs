//! The vote at a meeting, one run at a time: the median voter's proposal against what stands. Source: Black 1948.

use super::ballot::{favourite, support, weighted_median};
use super::collective_choice::{CollectiveChoice, Decision, OptionOnTable, Sharing, Votes};
use super::meeting::Valuation;
use crate::setup::Setup;
use crate::world::World;

/// A meeting that has weighed its options and now counts.
pub(super) struct Vote<'a> {
    pub(super) rule: &'a CollectiveChoice,
    pub(super) setup: &'a Setup,
    pub(super) world: &'a World,
    pub(super) options: &'a [OptionOnTable],
    pub(super) values: &'a Valuation,
}

impl Vote<'_> {
    /// The option that is carried against what stands in one lane, if any.
    pub(super) fn carried(&self, lane: usize) -> Option<usize> {
        if let Decision::OneDecider { kind } = &self.rule.decision {
            return self.decided_by(kind, lane);
        }
        let weights = self.weights(lane)?;
        let proposed = self.proposed(&weights, lane)?;
        let present = self.standing_option(lane);
        let worth = |voter: usize, option: usize| self.values.worth(voter, option, lane);
        let ballots =
            weights.iter().enumerate().map(|(voter, weight)| (worth(voter, proposed), worth(voter, present), *weight));
        (support(ballots) >= self.threshold()).then_some(proposed)
    }

    /// What one member decides alone; nothing where it has no seat at the table.
    fn decided_by(&self, kind: &str, lane: usize) -> Option<usize> {
        let decider = self.setup.providers.iter().position(|provider| self.setup.kind(provider).name == kind)?;
        let seat = self.world.place.inside[self.setup.providers[decider].kind].lane(lane);
        (seat > 0.0).then(|| self.values.favourite(decider, lane))
    }

    /// Shares of the votes, the public's last; `None` if nobody is at the table.
    fn weights(&self, lane: usize) -> Option<Vec<f64>> {
        let public = self.rule.public_seats;
        let members = self.setup.providers.iter().map(|provider| {
            let seat = self.world.place.inside[provider.kind].lane(lane);
            match self.rule.votes {
                Votes::Equal => seat,
                Votes::BySize => seat * provider.size,
            }
        });
        let total: f64 = members.clone().sum();
        (total > 0.0).then(|| members.map(|weight| weight / total * (1.0 - public)).chain([public]).collect())
    }

    /// The median voter's total and upstream share, and the sharing with most votes.
    #[expect(clippy::float_cmp, reason = "medians are taken from the options themselves, to the bit")]
    fn proposed(&self, weights: &[f64], lane: usize) -> Option<usize> {
        let favourites: Vec<&OptionOnTable> =
            (0..weights.len()).map(|voter| &self.options[self.values.favourite(voter, lane)]).collect();
        let median = |of: &dyn Fn(&OptionOnTable) -> f64| {
            let mut ballots: Vec<(f64, f64)> =
                favourites.iter().zip(weights).map(|(option, weight)| (of(option), *weight)).collect();
            weighted_median(&mut ballots)
        };
        let (total, upstream) = (median(&|option| option.total), median(&|option| option.upstream));
        let by_need = median(&|option| if option.sharing == Sharing::Need { 1.0 } else { 0.0 }) > 0.5;
        self.options.iter().position(|option| {
            option.total == total && option.upstream == upstream && (option.sharing == Sharing::Need) == by_need
        })
    }

    /// What stands: the option decided last, or before that the one nearest to what all do now.
    fn standing_option(&self, lane: usize) -> usize {
        let Self { setup, world, options, .. } = *self;
        let decided = world.place.decided.lane(lane);
        if decided >= 0.0 {
            return decided as usize;
        }
        let (mut level, mut plan) = (0.0, 0.0);
        for (provider, state) in setup.providers.iter().zip(&world.providers) {
            level += state.level.lane(lane) * provider.size;
            plan += setup.kind(provider).plan * provider.size;
        }
        let now = if plan > 0.0 { level / plan } else { 0.0 };
        favourite(options.iter().map(|option| -libm::fabs(option.total - now) - option.upstream))
    }

    /// Share of the votes that a change needs.
    fn threshold(&self) -> f64 {
        /// So that rounding in a sum of weights does not deny a change that all support.
        const ROUNDING: f64 = 1e-9;
        match self.rule.decision {
            Decision::Majority {} | Decision::OneDecider { .. } => 0.5 - ROUNDING,
            Decision::Supermajority { share } => share - ROUNDING,
            Decision::Unanimity {} => 1.0 - ROUNDING,
        }
    }
}
