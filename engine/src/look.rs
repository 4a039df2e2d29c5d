//! A look inside: sixteen runs step by step, with every provider laid open, for tests and for those who want to see how it comes
//! about. It takes its time; runs do not go through here.

use crate::behaviour::Behaviour;
use crate::clocks::Clocks;
use crate::lanes::Lanes;
use crate::payoff::{Deterrents, Earnings, Following, Foresight, agreed};
use crate::place::Place;
use crate::pool::PoolState;
use crate::rows::Packing;
use crate::rule::Rules;
use crate::setup::Setup;
use crate::simd::InstructionSet;
use crate::stage::stages;
use crate::step::{Moment, OwnRule, Stage};
use crate::world::{Columns, World};

/// What rides in the lanes, one step at a time.
#[derive(Clone, Debug)]
pub struct Stepper<'a> {
    setup: &'a Setup,
    stages: Vec<Stage>,
    clocks: Clocks,
    world: World,
    step: u32,
    instructions: InstructionSet,
}

/// A world laid open at the end of a step.
#[derive(Clone, Debug)]
pub struct Look {
    /// Every provider, kind by kind, kinds in the order of the setup: that of their names.
    pub providers: Vec<Seen>,
    /// The pools.
    pub pools: Vec<PoolState>,
    /// What all share besides the pools.
    pub place: Place,
}

/// One provider. Quantities of care and money are per unit of its size; what the scenario has no use for is nought.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Position of its kind.
    pub kind: usize,
    /// Its size, in units of effort.
    pub size: f64,
    /// Level of effort claimed.
    pub level: Lanes,
    /// The plan that it goes by, around which urgent need moves its level.
    pub plan: Lanes,
    /// Share of it meant for upstream work.
    pub upstream: Lanes,
    /// Position of the action taken.
    pub choice: Lanes,
    /// New need of this step, before what has been waiting.
    pub need_new: Lanes,
    /// Need that came over from other kinds.
    pub need_received: Lanes,
    /// Need to be met in this step: new, received from others, and what has been waiting, less what it refers.
    pub need: Lanes,
    /// Need that it refers to another kind.
    pub referred: Lanes,
    /// Need that was not met: it waits, falls on others or is lost.
    pub unmet: Lanes,
    /// Need that other kinds have let fall on it for the next step.
    pub arriving: Lanes,
    /// Share of its claim that the pools grant.
    pub granted: Lanes,
    /// Share of its income that the payer can pay.
    pub funded: Lanes,
    /// Yield delivered.
    pub delivered: Lanes,
    /// Need met.
    pub met: Lanes,
    /// Income of the step, with any bonus.
    pub income: Lanes,
    /// Bonus of the step.
    pub bonus: Lanes,
    /// Money that followed care to it in the step, less what it handed on: part of its income.
    pub followed: Lanes,
    /// Income of the step that the payer could not pay.
    pub unpaid: Lanes,
    /// Cost of effort of the step.
    pub cost: Lanes,
    /// Cash at the end of the step, below nought where it is overdrawn.
    pub cash: Lanes,
    /// Owed to suppliers at the end of the step.
    pub debt: Lanes,
    /// Paid by the lender in this step.
    pub lent: Lanes,
    /// The most effort that it can pay for in the next step.
    pub most: Lanes,
    /// Income less cost, levies and fines, with what pooling brought and its part of the fines of all.
    pub margin: Lanes,
    /// Level allotted: its plan, a quota or what was agreed.
    pub agreed: Lanes,
    /// Effort above the level allotted.
    pub excess: Lanes,
    /// Share of an excess that it has ceded the right to.
    pub bound: Lanes,
    /// Upstream share allotted.
    pub agreed_upstream: Lanes,
    /// Trust in the others, 0 to 1.
    pub trust: Lanes,
    /// Believed level of the others, in multiples of their plans, of a conditional cooperator.
    pub belief: Lanes,
    /// Perceived chance of being caught.
    pub risk: Lanes,
    /// Offences not yet forgiven.
    pub offences: Lanes,
    /// Fine of the step.
    pub fine: Lanes,
    /// Whether it was fined in this step: one or nought.
    pub fined: Lanes,
    /// What it expects each unit of effort in breach to cost it at the hands of its peers.
    pub reproach: Lanes,
    /// What its peers fined it in this step.
    pub peer_fine: Lanes,
    /// What it spent on fining its peers in this step.
    pub peer_spending: Lanes,
    /// How far it is in dispute with the others, 0 to 1.
    pub dispute: Lanes,
    /// What pooled finance brought it in this step, less what it gave up.
    pub settlement: Lanes,
    /// Utility of the step, where others look at it.
    pub utility: Lanes,
    /// Utility lost to the norm per unit of effort above what is allotted.
    pub norm: Lanes,
    /// Need met later that a unit of upstream effort brings back to it.
    pub upstream_return: Lanes,
}

impl Look {
    /// The members of a kind.
    pub fn members(&self, kind: usize) -> impl Iterator<Item = &Seen> {
        self.providers.iter().filter(move |seen| seen.kind == kind)
    }
}

impl<'a> Stepper<'a> {
    /// Before the first step.
    pub fn new(setup: &'a Setup, seed: u64, packing: &Packing, instructions: InstructionSet) -> Self {
        let world = World::begin(setup, seed, packing);
        Self { setup, stages: stages(setup), clocks: Clocks::new(setup), world, step: 0, instructions }
    }

    /// Does the next step; `false`, and nothing is done, after the last.
    pub fn pass(&mut self) -> bool {
        self.pass_by_stage(|_| ())
    }

    /// The same, and calls `done` with the name of each stage as soon as that is done: for whoever wants to know what each takes.
    pub fn pass_by_stage(&mut self, mut done: impl FnMut(&'static str)) -> bool {
        self.pass_under(&mut |_, stage, _| done(stage))
    }

    /// The same under a rule of one's own besides those of the scenario.
    pub fn pass_under(&mut self, rule: OwnRule<'_>) -> bool {
        let Self { setup, stages, clocks, world, step, instructions } = self;
        if *step >= setup.steps {
            return false;
        }
        let setup = clocks.set(setup, world, *step);
        Moment { setup, step: *step, instructions: *instructions }.pass_under(rule, stages, world);
        *step += 1;
        true
    }

    /// The rules as they are in force in the step that was last done.
    pub fn rules(&self) -> &Rules {
        self.clocks.now(self.setup).rules()
    }

    /// What all share besides the pools, as it is now.
    pub fn place(&self) -> &Place {
        &self.world.place
    }

    /// The pools, as they are now.
    pub fn pools(&self) -> &[PoolState] {
        &self.world.pools
    }

    /// What a level of effort would cost a member of a kind in conscience and in fines expected, as things stand now.
    pub fn deterred(&self, kind: usize, member: usize, level: f64) -> Lanes {
        let (setup, world) = (self.clocks.now(self.setup), &self.world);
        let own = &world.kinds[kind];
        own.rows.of(member, |row| Deterrents::now(setup, &world.place, kind, own, row).loss(Lanes::all(level)))
    }

    /// Everything as it is now, in the order of the providers.
    pub fn look(&self) -> Look {
        let (setup, world) = (self.clocks.now(self.setup), &self.world);
        let providers = (0..setup.kinds.len())
            .flat_map(|kind| (0..setup.kinds[kind].count).map(move |member| (kind, member)))
            .map(|(kind, member)| seen(setup, world, kind, member))
            .collect();
        Look { providers, pools: world.pools.clone(), place: world.place.clone() }
    }
}

fn seen(setup: &Setup, world: &World, index: usize, member: usize) -> Seen {
    let (kind, own, place) = (&setup.kinds[index], &world.kinds[index], &world.place);
    let common = &place.kinds[index];
    let of = |row: &dyn Fn(usize) -> Lanes| own.rows.of(member, row);
    let column = |column: &Option<Vec<Lanes>>| of(&|row| column.as_ref().map_or(Lanes::ZERO, |column| column[row]));
    let need = |part: &dyn Fn(&crate::need::Needs) -> Lanes| {
        of(&|row| own.needs.as_ref().map_or(Lanes::ZERO, |needs| part(&needs[row])))
    };
    let account = |part: &dyn Fn(&crate::world::Account) -> Lanes| {
        of(&|row| own.accounts.as_ref().map_or(Lanes::ZERO, |accounts| part(&accounts[row])))
    };
    let held = |part: &dyn Fn(&crate::purse::Held) -> Lanes| {
        of(&|row| own.purses.as_ref().map_or(Lanes::ZERO, |purses| part(&purses[row])))
    };
    let offender = |part: &dyn Fn(&crate::rule::Offender) -> Lanes| {
        of(&|row| own.offenders.as_ref().map_or(Lanes::ZERO, |offenders| part(&offenders[row])))
    };
    let peers = |part: &dyn Fn(&crate::rule::Peers) -> Lanes| {
        of(&|row| own.peers.as_ref().map_or(Lanes::ZERO, |peers| part(&peers[row])))
    };
    let mut earnings = Earnings::of_kind(setup, common, kind);
    earnings.need = need(&|needs| needs.need);
    let (level, upstream) = (of(&|row| own.conduct[row].level), column(&own.upstream));
    let work = earnings.work(level, upstream, earnings.yields);
    let allotted = of(&|row| agreed(place, index, own, row));
    let cost = match &own.accounts {
        Some(accounts) if own.purses.is_some() => of(&|row| accounts[row].cost),
        _ => earnings.cost(work.effort),
    };
    let plan = of(&|row| own.planned(row));
    let margin = of(&|row| own.margin(row));
    let margin = if own.accounts.is_some() { margin } else { margin - cost };
    Seen {
        kind: index,
        size: kind.size,
        level,
        plan,
        upstream,
        choice: of(&|row| own.conduct[row].position),
        need_new: need(&|needs| needs.new),
        need_received: common.received,
        need: earnings.need,
        referred: column(&own.referred),
        unmet: need(&|needs| needs.unmet),
        arriving: common.arriving,
        granted: common.granted,
        funded: common.funded,
        delivered: work.delivered,
        met: work.met,
        income: account(&|account| account.income),
        bonus: account(&|account| account.bonus),
        followed: match &own.accounts {
            Some(_) if setup.derived.money_follows => {
                Following::of(kind, common).referring(column(&own.referred)).money()
            }
            _ => Lanes::ZERO,
        },
        unpaid: account(&|account| account.unpaid),
        cost,
        cash: held(&|held| held.cash),
        debt: held(&|held| held.debt),
        lent: held(&|held| held.lent),
        most: held(&|held| held.most),
        margin: margin + place.dividend,
        agreed: allotted,
        excess: (plan - allotted).max(Lanes::ZERO),
        bound: common.bound,
        agreed_upstream: common.agreed_upstream,
        trust: if own.trust.is_some() { column(&own.trust) } else { Lanes::all(setup.society.trust) },
        belief: belief(setup, own, index, member),
        risk: offender(&|offender| offender.risk),
        offences: offender(&|offender| offender.offences),
        fine: offender(&|offender| offender.fine),
        fined: offender(&|offender| offender.fined),
        reproach: peers(&|peers| peers.reproach),
        peer_fine: peers(&|peers| peers.fine),
        peer_spending: peers(&|peers| peers.spending),
        dispute: column(&own.disputes),
        settlement: column(&own.settlements),
        utility: of(&|row| own.gained(row)),
        norm: of(&|row| Deterrents::now(setup, place, index, own, row).norm.unwrap_or(Lanes::ZERO)),
        upstream_return: Foresight::now(setup, place, index, need(&|needs| needs.new)).of(Lanes::ONE),
    }
}

/// What a conditional cooperator believes of the others; what all believe at first, of anybody else.
fn belief(setup: &Setup, own: &Columns, index: usize, member: usize) -> Lanes {
    let segments = setup.kinds[index].segments.iter().zip(&own.choosers);
    for (segment, chooser) in segments {
        if segment.members.contains(&member) && matches!(segment.behaviour, Behaviour::Conditional(_)) {
            let first = own.rows.row(segment.members.start);
            return own.rows.of(member, |row| chooser.beliefs[row - first]);
        }
    }
    Lanes::all(setup.society.first_belief)
}
