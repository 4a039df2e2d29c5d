//! The best constant plan: a level for each kind and a share of upstream work, the same in every step.
//!
//! Found by a pattern search after Hooke & Jeeves 1961 with sixteen points side by side on each line: first one multiple of
//! everybody's plan, then by turns the multiple, each kind, the upstream share and the way that the last round went, on ever
//! shorter lines. Many kinds are moved by groups of such as give about as much for their cost, so that the search takes time in proportion to
//! the kinds. It draws no chance, so that a scenario has one benchmark. Nothing proves that it is the best of all plans:
//! it is the best that such a search finds, and never worse than the best common multiple.

use super::planned::{Course, Planned};
use crate::lanes::{LANES, Lanes};
use crate::setup::Kind;
use crate::yardstick::Plan;

/// Lines on which one multiple of everybody's plan is looked for, each at the best of the last and shorter.
const ZOOMS: usize = 6;
/// The most rounds by kind.
const MOST_ROUNDS: usize = 20;
/// The fewest rounds by kind.
const FEWEST_ROUNDS: usize = 4;
/// Steps that the rounds may take together; a long run with many kinds has fewer rounds.
const STEPS: usize = 40_000;
/// The most kinds, or groups of them, that are moved one by one.
const MOST_MOVED: usize = 24;
/// First reach of the lines, in multiples of the plan (of the greatest share, for upstream work).
const REACH: f64 = 0.25;
/// How much shorter the lines of a round are than those of the round before.
const SHORTER: f64 = 0.7;

impl Plan {
    /// Looks for the best plan of a place.
    pub(super) fn best(planned: &Planned) -> Self {
        let mut search = Search::new(planned);
        search.common_multiple();
        search.by_kind();
        search.found()
    }
}

/// A point is a level for each kind, in multiples of its plan, and last the upstream share.
struct Search<'a> {
    planned: &'a Planned,
    highest: Vec<f64>,
    best: Vec<f64>,
    welfare: f64,
    stock_end: f64,
    stock_mean: f64,
}

impl<'a> Search<'a> {
    fn new(planned: &'a Planned) -> Self {
        let setup = &planned.setup;
        let mut highest: Vec<f64> =
            setup.kinds.iter().zip(&planned.most).map(|(kind, most)| most / kind.plan).collect();
        highest.push(match setup.upstream {
            Some(_) => planned.most_upstream.iter().fold(0.0, |most, share| most.max(*share)),
            None => 0.0,
        });
        let best = vec![0.0; highest.len()];
        Self { planned, highest, best, welfare: f64::NEG_INFINITY, stock_end: f64::NAN, stock_mean: f64::NAN }
    }

    fn kinds(&self) -> usize {
        self.planned.setup.kinds.len()
    }

    /// The direction in which all kinds change alike.
    fn together(&self) -> Vec<f64> {
        let mut direction = vec![1.0; self.kinds()];
        direction.push(0.0);
        direction
    }

    fn common_multiple(&mut self) {
        let top = self.highest[..self.kinds()].iter().fold(0.0, |most: f64, highest| most.max(*highest));
        let (mut centre, mut reach) = (0.5 * top, 0.5 * top);
        for _ in 0..ZOOMS {
            let from: Vec<f64> = self.together().iter().map(|part| part * centre).collect();
            if let Some(along) = self.line(&from, &self.together(), reach) {
                centre += along;
            }
            reach *= 2.0 / (LANES - 1) as f64;
        }
    }

    fn by_kind(&mut self) {
        let upstream = self.highest[self.kinds()];
        if self.kinds() == 1 && upstream == 0.0 {
            return;
        }
        let mut directions = vec![self.together()];
        directions.extend(self.groups().iter().map(|kinds| self.direction(kinds, 1.0)));
        if upstream > 0.0 {
            directions.push(self.direction(&[self.kinds()], upstream));
        }
        let of_a_round = self.planned.setup.steps as usize * (directions.len() + 1);
        let mut reach = REACH;
        for _ in 0..(STEPS / of_a_round).clamp(FEWEST_ROUNDS, MOST_ROUNDS) {
            let before = self.best.clone();
            for direction in &directions {
                self.line(&self.best.clone(), direction, reach);
            }
            let way: Vec<f64> = self.best.iter().zip(&before).map(|(now, then)| now - then).collect();
            if way.iter().any(|part| *part != 0.0) {
                self.line(&self.best.clone(), &way, 2.0);
            }
            reach *= SHORTER;
        }
    }

    /// The way on which these parts of a point change by so much.
    fn direction(&self, parts: &[usize], by: f64) -> Vec<f64> {
        let mut direction = vec![0.0; self.highest.len()];
        for part in parts {
            direction[*part] = by;
        }
        direction
    }

    /// Kinds that are moved together: each by itself, or where they are many, those that give about as much for what they cost.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut kinds: Vec<usize> = (0..self.kinds()).filter(|kind| self.highest[*kind] > 0.0).collect();
        let most_in_one = kinds.len().div_ceil(MOST_MOVED).max(1);
        if most_in_one > 1 {
            let gives = |kind: &usize| {
                let Kind { worth, plan, cost, .. } = &self.planned.setup.kinds[*kind];
                worth * plan / cost.of(Lanes::all(*plan), 1.0, Lanes::ONE).lane(0).max(f64::MIN_POSITIVE)
            };
            kinds.sort_by(|a, b| gives(a).total_cmp(&gives(b)));
        }
        kinds.chunks(most_in_one).map(<[usize]>::to_vec).collect()
    }

    /// Tries sixteen points at even distances on a line through `from`, up to `reach` times `direction` either way. Where one
    /// is better than all before, it becomes the best; how far along the line it lies.
    fn line(&mut self, from: &[f64], direction: &[f64], reach: f64) -> Option<f64> {
        let half = (LANES - 1) as f64 * 0.5;
        let along = |lane: usize| reach * (lane as f64 - half) / half;
        let points: Vec<Lanes> = (0..from.len())
            .map(|part| {
                let of_lane = |lane: usize| from[part] + direction[part] * along(lane);
                Lanes::from_fn(of_lane).max(Lanes::ZERO).min(self.highest[part])
            })
            .collect();
        let (welfare, stock, world) = self.planned.pursue(&self.course(&points), self.planned.setup.warm_up, |_| {});
        let mut better = None;
        for lane in 0..LANES {
            if welfare.lane(lane) > self.welfare {
                self.welfare = welfare.lane(lane);
                better = Some(lane);
            }
        }
        let lane = better?;
        let setup = &self.planned.setup;
        self.best = points.iter().map(|part| part.lane(lane)).collect();
        let capacity = setup.pools[setup.main_pool()].part.capacity;
        self.stock_end = world.pools[setup.main_pool()].stock.lane(lane) / capacity;
        self.stock_mean = stock.lane(lane) / capacity;
        Some(along(lane))
    }

    fn course(&self, points: &[Lanes]) -> Course {
        let (levels, upstream) = points.split_at(self.kinds());
        Course {
            levels: levels.iter().zip(&self.planned.setup.kinds).map(|(level, kind)| *level * kind.plan).collect(),
            upstream: self.planned.most_upstream.iter().map(|most| upstream[0].min(*most)).collect(),
        }
    }

    fn found(mut self) -> Plan {
        let upstream = self.best.pop().unwrap_or_default();
        let Self { best: levels, welfare, stock_end, stock_mean, .. } = self;
        Plan { levels, upstream, welfare, stock_end, stock_mean }
    }
}
