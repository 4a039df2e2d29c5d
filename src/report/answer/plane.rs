//! What is traded for what: many designs as dots, the main measure across and what is left of the pool upwards.

use serde::{Deserialize, Serialize};

use super::super::figure::{self, Axis, Body, Figure, Panel, Points};
use super::super::phrase::{capitalised, list};
use super::super::study::Study;
use super::numbers::Style;
use super::topics::{Topic, pool_name};
use super::view::View;
use crate::experiment::Level;
use crate::statistics::Interval;

/// Designs in the plane of two measures, both in per cent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plane {
    /// What it shows, as a sentence.
    pub title: String,
    /// The same in numbers, for whoever cannot see it.
    pub description: String,
    /// The measure across.
    pub across: String,
    /// The measure upwards.
    pub upwards: String,
    /// The level upwards of the best fixed plan.
    pub plan: Option<f64>,
    /// The level of intervals.
    pub level: Level,
    /// What a filled dot means; empty where all are filled.
    pub filled_means: String,
    /// One a design.
    pub dots: Vec<Dot>,
}

/// A design in the plane.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dot {
    /// Its name, with a number that matters beside it.
    pub label: String,
    /// Mean across, and both ends of its interval.
    pub x: [f64; 3],
    /// Mean upwards, and both ends of its interval.
    pub y: [f64; 3],
    /// Whether it is in surplus.
    pub filled: bool,
}

/// Fewer designs need no plane beside their table.
const FEWEST: usize = 3;

impl Plane {
    /// The plane of a study of two designs or more; `None` where not all have both measures.
    pub fn of(study: &Study) -> Option<Self> {
        if study.arms.len() > 1 { drawn(&View::of(study)) } else { None }
    }

    /// The plane as a chart, each design as a dot between the ends of its intervals.
    pub fn figure(&self) -> Figure {
        let share = |[mean, low, high]: [f64; 3]| (mean / 100.0, Some((low / 100.0, high / 100.0)));
        let dots = self.dots.iter().map(|dot| {
            let ((x, across), (y, up)) = (share(dot.x), share(dot.y));
            figure::Dot { label: dot.label.clone(), x, y, across, up }
        });
        let panel = Panel {
            title: String::new(),
            x: Axis::percent(format!("{} (%)", self.across)),
            y: Axis::percent(format!("{} (%)", self.upwards)),
            dots: dots.collect(),
            joined: false,
            marks: Vec::new(),
        };
        Figure {
            name: "tradeoff".to_owned(),
            title: self.title.clone(),
            subtitle: self.description.clone(),
            note: format!("Means over the runs with {} intervals; a number beside a name is its margin.", self.level),
            body: Body::Points(Points { panels: vec![panel] }),
        }
    }
}

/// The plane of a study of three designs or more; `None` where not all have both measures.
pub(super) fn plane(view: &View) -> Option<Plane> {
    if view.designs() < FEWEST { None } else { drawn(view) }
}

fn drawn(view: &View) -> Option<Plane> {
    let across = ["need_met", "welfare_share"].iter().find_map(|key| view.topic(key))?;
    let upwards = view.topic("stock_end")?;
    let margin = view.topics.iter().find(|topic| topic.key.starts_with("margin"));
    let dots: Option<Vec<Dot>> = view.order.iter().map(|design| dot(view, *design, across, upwards, margin)).collect();
    let dots = dots?;
    let plan = view.measure("stock_end").and_then(|measure| measure.level).map(|level| level * 100.0);
    let has_both = dots.iter().any(|dot| dot.filled) && dots.iter().any(|dot| !dot.filled);
    let filled = margin.filter(|_| has_both).map(|margin| format!("Filled: {} of 0 or more.", margin.subject));
    let pool = pool_name(&view.study);
    Some(Plane {
        title: format!("{} against what is left of the {pool}", capitalised(&across.subject)),
        description: told(view, across, upwards),
        across: capitalised(&across.label),
        upwards: format!("{} left at the end", capitalised(&pool)),
        plan,
        level: view.study.level(),
        filled_means: filled.unwrap_or_default(),
        dots,
    })
}

fn dot(view: &View, design: usize, across: &Topic, upwards: &Topic, margin: Option<&Topic>) -> Option<Dot> {
    let percent = |topic: &Topic| {
        let estimate = view.study.estimate(design, &topic.key)?;
        let Interval { low, high } = estimate.interval.unwrap_or(Interval { low: estimate.mean, high: estimate.mean });
        Some([estimate.mean * 100.0, low * 100.0, high * 100.0])
    };
    let own = margin.and_then(|margin| view.mean(design, &margin.key).map(|mean| (mean, margin.style.change(mean))));
    let name = view.names.name(design);
    let (label, filled) = match own {
        Some((mean, text)) => (format!("{name} {text}%"), mean >= 0.0),
        None => (name.to_owned(), true),
    };
    Some(Dot { label, x: percent(across)?, y: percent(upwards)?, filled })
}

/// Every dot in numbers.
fn told(view: &View, across: &Topic, upwards: &Topic) -> String {
    let each = view.order.iter().filter_map(|design| {
        let level = |topic: &Topic| view.mean(*design, &topic.key).map(|mean| Style::Percent.cell(mean));
        Some(format!("{} {} and {}", view.names.name(*design), level(across)?, level(upwards)?))
    });
    format!("{} and {}: {}.", capitalised(&across.subject), upwards.subject, list(&each.collect::<Vec<_>>()))
}
