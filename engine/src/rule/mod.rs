//! Rules: the institutions of a place, each a switch with a strength, a cost and a placebo.
//!
//! A rule changes only information, payoffs, feasible actions, decision rights, costs or clocks. It never writes to need,
//! delivered care, stock, trust or an outcome. At strength 0 and cost 0 a run is bit for bit the run without the rule.
//!
//! To add a rule: one new file here, its lines in [`RuleSet`], [`RuleName`] and `RuleSet::get`, and a line in the stage
//! where it acts.

pub(crate) mod ballot;
mod boundary;
mod clock;
mod collective_choice;
mod dedicated_team;
mod external_authority;
mod graduated_sanctions;
mod in_force;
mod leadership;
mod measures;
mod mediation;
mod nested_groups;
mod ostracism;
mod partners;
mod peer_sanctions;
mod pooled_finance;
mod quota;
mod shared_vision;
mod shift;

pub use boundary::Boundary;
pub use clock::Clock;
pub(crate) use collective_choice::OptionOnTable;
pub use collective_choice::{CollectiveChoice, Decision, Sharing, Votes};
pub use dedicated_team::DedicatedTeam;
pub use external_authority::{ExternalAuthority, Intervention, Target};
pub use graduated_sanctions::{GraduatedSanctions, Offender};
pub use in_force::{InForce, Price, Rules, Switch, Terms};
pub use leadership::Leadership;
pub use measures::{Audience, Measures};
pub use mediation::Mediation;
pub use nested_groups::{Group, NestedGroups};
pub use ostracism::{Ostracism, Shunning};
pub use partners::Partners;
pub use peer_sanctions::{Against, Conduct, PeerSanctions, Peers, Reproof, Sanctioning, Spent};
pub use pooled_finance::{Membership, Parts, PooledFinance};
pub use quota::Quota;
pub use shared_vision::{Renewal, SharedVision};
pub(crate) use shift::PUT_TO_THE_VOTE;
pub use shift::Shifts;

use crate::english::Time;
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The rules of a place. Those left out do not exist there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// Clear boundaries: who may use the pool, and whose activity counts (King's Fund 1, Ostrom 1B).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boundary: Option<Boundary>,
    /// The right partners: who sits at the table (King's Fund 2, Ostrom 1A).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partners: Option<Partners>,
    /// A shared vision of what all will do (King's Fund 3, Ostrom 2A).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared_vision: Option<SharedVision>,
    /// One set of measures: what members see of the pool and of each other (King's Fund 10, Ostrom 4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measures: Option<Measures>,
    /// Groups within the place, with quotas and monitors of their own (King's Fund 9, Ostrom 8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nested_groups: Option<NestedGroups>,
    /// Leaders who give their time to the system (King's Fund 5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leadership: Option<Leadership>,
    /// The national level, which overrides, reorganises and sets targets (against Ostrom 7).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_authority: Option<ExternalAuthority>,
    /// A limit set from outside, from imperfect knowledge, and not revised (the state as the alternative).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<Quota>,
    /// Members decide together how much is used and by whom (King's Fund 4, Ostrom 3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collective_choice: Option<CollectiveChoice>,
    /// A team that carries out what was decided (King's Fund 8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dedicated_team: Option<DedicatedTeam>,
    /// Pooled results, and shared gains and losses (King's Fund 7, Ostrom 2B).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pooled_finance: Option<PooledFinance>,
    /// Fines that rise with repeated offences (King's Fund 6, Ostrom 5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graduated_sanctions: Option<GraduatedSanctions>,
    /// Disputes are heard early (King's Fund 6, Ostrom 6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mediation: Option<Mediation>,
    /// Those above the norm are shunned, the more the more keep to it (Tavoni, Schlüter & Levin 2012).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ostracism: Option<Ostracism>,
    /// Members spend money of their own to fine others (Ostrom, Walker & Gardner 1992).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer_sanctions: Option<PeerSanctions>,
}

/// The names of the rules, in the order in which they act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleName {
    /// See [`Boundary`].
    Boundary,
    /// See [`Partners`].
    Partners,
    /// See [`SharedVision`].
    SharedVision,
    /// See [`Measures`].
    Measures,
    /// See [`NestedGroups`].
    NestedGroups,
    /// See [`Leadership`].
    Leadership,
    /// See [`ExternalAuthority`].
    ExternalAuthority,
    /// See [`Quota`].
    Quota,
    /// See [`CollectiveChoice`].
    CollectiveChoice,
    /// See [`DedicatedTeam`].
    DedicatedTeam,
    /// See [`PooledFinance`].
    PooledFinance,
    /// See [`GraduatedSanctions`].
    GraduatedSanctions,
    /// See [`Mediation`].
    Mediation,
    /// See [`Ostracism`].
    Ostracism,
    /// See [`PeerSanctions`].
    PeerSanctions,
}

impl RuleName {
    /// Every rule there is.
    pub const ALL: [Self; 15] = [
        Self::Boundary,
        Self::Partners,
        Self::SharedVision,
        Self::Measures,
        Self::NestedGroups,
        Self::Leadership,
        Self::ExternalAuthority,
        Self::Quota,
        Self::CollectiveChoice,
        Self::DedicatedTeam,
        Self::PooledFinance,
        Self::GraduatedSanctions,
        Self::Mediation,
        Self::Ostracism,
        Self::PeerSanctions,
    ];

    /// The key of the rule in a scenario file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Boundary => "boundary",
            Self::Partners => "partners",
            Self::SharedVision => "shared_vision",
            Self::Measures => "measures",
            Self::NestedGroups => "nested_groups",
            Self::Leadership => "leadership",
            Self::ExternalAuthority => "external_authority",
            Self::Quota => "quota",
            Self::CollectiveChoice => "collective_choice",
            Self::DedicatedTeam => "dedicated_team",
            Self::PooledFinance => "pooled_finance",
            Self::GraduatedSanctions => "graduated_sanctions",
            Self::Mediation => "mediation",
            Self::Ostracism => "ostracism",
            Self::PeerSanctions => "peer_sanctions",
        }
    }
}

/// What every rule can say of itself.
pub trait Rule {
    /// The terms on which it is in force.
    fn terms(&self) -> Terms<'_>;
    /// The principles it stands for.
    fn principle(&self) -> &'static str;
    /// What it means for those who live under it, in sentences of plain English, each of which stands by itself.
    fn describe(&self, time: &Time) -> Vec<String>;
    /// Whether it may take effort off what a provider wishes to exert, or add upstream work to it.
    fn binds(&self) -> bool {
        false
    }
}

/// Whether something begins with the first step, of which a file need not speak.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_first(step: &u32) -> bool {
    *step == 0
}

impl RuleSet {
    /// The rule of that name, if it is there.
    pub fn get(&self, name: RuleName) -> Option<&dyn Rule> {
        fn some<R: Rule>(rule: Option<&R>) -> Option<&dyn Rule> {
            rule.map(|rule| rule as &dyn Rule)
        }
        match name {
            RuleName::Boundary => some(self.boundary.as_ref()),
            RuleName::Partners => some(self.partners.as_ref()),
            RuleName::SharedVision => some(self.shared_vision.as_ref()),
            RuleName::Measures => some(self.measures.as_ref()),
            RuleName::NestedGroups => some(self.nested_groups.as_ref()),
            RuleName::Leadership => some(self.leadership.as_ref()),
            RuleName::ExternalAuthority => some(self.external_authority.as_ref()),
            RuleName::Quota => some(self.quota.as_ref()),
            RuleName::CollectiveChoice => some(self.collective_choice.as_ref()),
            RuleName::DedicatedTeam => some(self.dedicated_team.as_ref()),
            RuleName::PooledFinance => some(self.pooled_finance.as_ref()),
            RuleName::GraduatedSanctions => some(self.graduated_sanctions.as_ref()),
            RuleName::Mediation => some(self.mediation.as_ref()),
            RuleName::Ostracism => some(self.ostracism.as_ref()),
            RuleName::PeerSanctions => some(self.peer_sanctions.as_ref()),
        }
    }

    /// The rules that are there, with their names.
    pub fn present(&self) -> impl Iterator<Item = (RuleName, &dyn Rule)> {
        RuleName::ALL.into_iter().filter_map(|name| self.get(name).map(|rule| (name, rule)))
    }
}

/// By how much a provider exceeds what it is allotted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Breach {
    /// The level allotted.
    pub(crate) agreed: Lanes,
    /// Effort above it.
    pub(crate) excess: Lanes,
}

/// `from` at strength 0, `to` at strength 1. Exactly `from` at 0, so that a rule that is off is absent.
#[inline(always)]
pub(crate) fn blend(from: Lanes, to: Lanes, strength: Lanes) -> Lanes {
    from * (1.0 - strength) + to * strength
}
