//! Clocks of rules: how strongly each rule acts in a step, worked out in one place before anything else happens in it.
//!
//! *Mechanism*: a rule is there from its step `from` until its step `until`. Rules that a pool pays for are paid first, from what is in
//! the pool at the start of the step; where that is less than they cost, each is paid, costs working time and acts in that
//! proportion. What the members pay for themselves is always paid. Where the society needs T steps to build up what it does
//! together (`build_up` in [`crate::society::Society`], *assumed*, one number for all rules of a place), the share of its strength
//! with which a rule acts moves by at most 1/T a step towards the share of it that is there and paid:
//!
//! `p(t) = p(t−1) + max(−1/T, min(1/T, τ(t) − p(t−1)))`, τ = paid / cost while it is there and 0 else, p before the first step 0;
//! without T, `p = τ`. What the rule does is then done at strength × p: all that an agreement moves, its money too.
//!
//! The stages see nothing of it: they are handed a setup of which the rules have the switches of the step.

use crate::lanes::{Lanes, select};
use crate::place::Place;
use crate::pool::PoolState;
use crate::rule::{Rules, Switch};
use crate::setup::Setup;
use crate::world::World;

/// The rules of a run as they are in force in the step under way.
#[derive(Clone, Debug)]
pub(crate) struct Clocks {
    /// Nothing where no rule ever changes: then the setup says all.
    running: Option<Box<Running>>,
}

/// What changes from step to step.
#[derive(Clone, Debug)]
struct Running {
    /// The setup with the switches of the step.
    setup: Setup,
    /// Share of its strength with which each rule acts, in the order of the switches.
    practice: Vec<Lanes>,
}

impl Clocks {
    /// Those of a setup; none where all its rules are the same in every step.
    pub(crate) fn new(setup: &Setup) -> Self {
        let running = setup.rules.vary(&setup.society).then(|| {
            let practice = vec![Lanes::ZERO; setup.rules.switches().len()];
            Box::new(Running { setup: setup.clone(), practice })
        });
        Self { running }
    }

    /// Back to before the first step.
    pub(crate) fn begin_again(&mut self) {
        if let Some(running) = &mut self.running {
            running.practice.fill(Lanes::ZERO);
        }
    }

    /// Pays for the rules of a step and sets how strongly each acts in it; what the step goes by is returned.
    pub(crate) fn set<'a>(&'a mut self, setup: &'a Setup, world: &mut World, step: u32) -> &'a Setup {
        let Some(running) = &mut self.running else { return setup };
        let rules = &mut running.setup.rules;
        due(rules, &setup.rules, step);
        pay(rules, setup, &mut world.place, &mut world.pools, step);
        let build_up = setup.society.build_up;
        let most = Lanes::all(if build_up > 1.0 { 1.0 / build_up } else { 1.0 });
        let whole = setup.rules.switches();
        for ((now, practice), whole) in rules.switches_mut().iter_mut().zip(&mut running.practice).zip(whole) {
            // Until here the strength is the share of the rule that is there and paid.
            let change = (now.strength - *practice).max(-most).min(most);
            *practice = if build_up > 1.0 { *practice + change } else { now.strength };
            now.strength = whole.strength * *practice;
        }
        &running.setup
    }

    /// What the step that was last set goes by.
    pub(crate) fn now<'a>(&'a self, setup: &'a Setup) -> &'a Setup {
        self.running.as_ref().map_or(setup, |running| &running.setup)
    }
}

/// What each rule costs in a step, and in place of a strength the share of it that is there: all or nothing.
fn due(rules: &mut Rules, whole: &Rules, step: u32) {
    for (now, whole) in rules.switches_mut().iter_mut().zip(whole.switches()) {
        *now = if whole.clock.covers(step) {
            Switch { strength: Lanes::ONE, ..*whole }
        } else {
            Switch { strength: Lanes::ZERO, money: Lanes::ZERO, attention: Lanes::ZERO, ..*whole }
        };
    }
}

/// Pays for what pools are to pay, so far as they can, and cuts the rest.
fn pay(rules: &mut Rules, setup: &Setup, place: &mut Place, pools: &mut [PoolState], step: u32) {
    place.spent_on_rules.fill(Lanes::ZERO);
    for switch in rules.switches() {
        spend(place, switch.from, switch.money);
    }
    if let Some(rule) = rules.dedicated_team() {
        let (money, _) = rule.growth(setup.years(rule.age(step).unwrap_or(0)));
        spend(place, rule.switch.from, money);
    }
    for (index, (pool, state)) in setup.pools.iter().zip(pools).enumerate() {
        let claimed = place.spent_on_rules[index];
        let paid = claimed.min(pool.part.available(state));
        let costs = claimed.greater(Lanes::ZERO);
        let share = select(costs, paid / select(costs, claimed, Lanes::ONE), Lanes::ONE);
        state.drawn += paid;
        place.spent_on_rules[index] = paid;
        for switch in rules.switches_mut().iter_mut().filter(|switch| switch.from == Some(index)) {
            let share = select(switch.money.greater(Lanes::ZERO), share, Lanes::ONE);
            switch.strength *= share;
            switch.money *= share;
            switch.attention *= share;
        }
    }
}

fn spend(place: &mut Place, from: Option<usize>, money: Lanes) {
    if let Some(pool) = from {
        place.spent_on_rules[pool] += money;
    }
}
