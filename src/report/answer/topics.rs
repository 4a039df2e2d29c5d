//! What an answer speaks of: the measures that may stand in its table, in the order in which people ask, and their short names.

use super::super::phrase::capitalised;
use super::super::study::{COLLAPSED, Study};
use super::numbers::Style;
use crate::model::measure::{Better, Measure, words};
use crate::model::pool::Growth;
use crate::model::setup::Setup;

/// A measure as a row or a column of the table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Topic {
    pub(super) key: String,
    pub(super) group: Group,
    /// As a row: "Need met".
    pub(super) label: String,
    /// As a column, over two lines: "Need" and "met".
    pub(super) head: [String; 2],
    /// In a sentence: "need met".
    pub(super) subject: String,
    pub(super) style: Style,
    /// Of columns that find no room, that with the highest goes first.
    pub(super) rank: u8,
    /// The key of the measure of which it says nearly the same.
    pub(super) repeats: Option<String>,
}

impl Topic {
    /// "rises", or of what stands in the plural "rise".
    pub(super) fn moves(&self, change: f64) -> &'static str {
        const MANY: [&str; 3] = ["providers ", "runs ", "users "];
        let many = MANY.iter().any(|start| self.subject.starts_with(start));
        match (change > 0.0, many) {
            (true, false) => "rises",
            (true, true) => "rise",
            (false, false) => "falls",
            (false, true) => "fall",
        }
    }

    /// What a negative margin is called: "the acute deficit"; `None` of any other measure.
    pub(super) fn deficit(&self) -> Option<String> {
        let kind = self.key.strip_prefix("margin")?;
        Some(
            kind.strip_prefix('.')
                .map_or_else(|| "the deficit".to_owned(), |kind| format!("the {} deficit", words(kind))),
        )
    }
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    People,
    Money,
    Pool,
    Trust,
    Whole,
}

impl Group {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::People => "People",
            Self::Money => "Money",
            Self::Pool => "Pool",
            Self::Trust => "Trust",
            Self::Whole => "Whole",
        }
    }

    /// For whom or what a design may be best.
    pub(super) fn whom(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Money => "money",
            Self::Pool => "the pool",
            Self::Trust => "trust",
            Self::Whole => "welfare",
        }
    }
}

/// The measure of what the payer pays; neither direction of it is better, as one side's cost is another's income.
pub(super) const PAYER: &str = "payer";

/// The measures of a study that may stand in a table.
pub(super) fn topics(study: &Study) -> Vec<Topic> {
    let mut list = Vec::new();
    people(&mut list);
    let main = main_kind(study);
    money(&mut list, main.as_deref(), study.unit());
    pool(&mut list, study);
    let (own, money_unit) = (study.measures(), money_unit(study));
    let found = |topic: Topic| {
        let measure = own.iter().find(|measure| measure.key == topic.key)?;
        Some(Topic { style: Style::of(measure, &money_unit), ..topic })
    };
    let mut list: Vec<Topic> = list.into_iter().filter_map(found).collect();
    let has = |key: &str| own.iter().any(|measure| measure.key == key);
    list.retain(|topic| match topic.key.as_str() {
        "yield" | "compliance" => !has("need_met"),
        "welfare" => !has("welfare_share"),
        _ => true,
    });
    list.sort_by_key(|topic| topic.group);
    list
}

fn topic(key: &str, group: Group, label: &str, head: [&str; 2], rank: u8) -> Topic {
    let subject = label.to_lowercase();
    let head = head.map(str::to_owned);
    Topic {
        key: key.to_owned(),
        group,
        label: label.to_owned(),
        head,
        subject,
        style: Style::Plain,
        rank,
        repeats: None,
    }
}

fn people(list: &mut Vec<Topic>) {
    let repeats = Some("need_met".to_owned());
    list.extend([
        topic("need_met", Group::People, "Need met", ["Need", "met"], 0),
        Topic { repeats, ..topic("lost", Group::People, "Need lost", ["Need", "lost"], 6) },
        Topic {
            subject: "yield per unit of effort".to_owned(),
            ..topic("yield", Group::People, "Yield per effort", ["Yield per", "effort"], 1)
        },
    ]);
}

fn money(list: &mut Vec<Topic>, main: Option<&str>, time: &str) {
    let mut all = topic("margin", Group::Money, "Margin", ["", "Margin"], 3);
    if let Some(kind) = main {
        let name = capitalised(&words(kind));
        let key = format!("margin.{kind}");
        all = topic("margin", Group::Money, "All margins", ["All", "margins"], 4);
        "the margin of all".clone_into(&mut all.subject);
        all.repeats = Some(key.clone());
        list.push(Topic {
            subject: format!("{} margin", words(kind)),
            ..topic(&key, Group::Money, &format!("{name} margin"), [&name, "margin"], 2)
        });
    }
    list.push(all);
    list.extend([
        Topic {
            subject: "providers in deficit".to_owned(),
            ..topic("in_deficit", Group::Money, "In deficit", ["In", "deficit"], 5)
        },
        Topic {
            subject: "what the payer pays".to_owned(),
            ..topic(PAYER, Group::Money, &format!("Payer, per {time}"), ["Payer", ""], 3)
        },
    ]);
}

fn pool(list: &mut Vec<Topic>, study: &Study) {
    let name = pool_name(study);
    let fell = match mark(study) {
        Some(mark) => format!("Below {}", Style::Percent.level(mark)),
        None => "Collapsed".to_owned(),
    };
    let head = fell.split_once(' ').map_or(["", &fell], |(first, rest)| [first, rest]);
    let has_need = study.arms.iter().all(|arm| arm.setup.has_need());
    list.extend([
        Topic {
            subject: format!("runs in which the {name} {}", falls(study)),
            ..topic(COLLAPSED, Group::Pool, &fell, head, 1)
        },
        Topic {
            subject: format!("{name} left"),
            ..topic(
                "stock_end",
                Group::Pool,
                &format!("{} left", capitalised(&name)),
                [&capitalised(&name), "left"],
                if has_need { 7 } else { 0 },
            )
        },
        Topic {
            subject: "runs in which the prime contract fails".to_owned(),
            ..topic("contract_failed", Group::Money, "Contract fails", ["Contract", "fails"], 4)
        },
        Topic {
            subject: "runs that recover from the shock".to_owned(),
            ..topic("recovered", Group::Pool, "Recovered", ["Re-", "covered"], 6)
        },
        Topic { subject: "trust".to_owned(), ..topic("trust_end", Group::Trust, "Trust at the end", ["", "Trust"], 2) },
        Topic {
            subject: "users within their share".to_owned(),
            ..topic("compliance", Group::Trust, "Within their share", ["Within", "share"], 5)
        },
        Topic {
            subject: "welfare".to_owned(),
            ..topic("welfare_share", Group::Whole, "Welfare, of best", ["Welfare", "of best"], 3)
        },
        topic("welfare", Group::Whole, "Welfare per step", ["", "Welfare"], 3),
    ]);
    for one in list.iter_mut().filter(|topic| topic.key == "welfare") {
        one.label = format!("Welfare per {}", study.unit());
        one.subject = one.label.to_lowercase();
    }
}

/// The main pool's own name.
pub(super) fn pool_name(study: &Study) -> String {
    let Some(setup) = study.arms.first().map(|arm| &arm.setup) else { return "pool".to_owned() };
    setup.pools().get(setup.main_pool()).map_or_else(|| "pool".to_owned(), |pool| words(&pool.name))
}

/// The share of its capacity below which the main pool counts as collapsed, where it is the same with all designs.
pub(super) fn mark(study: &Study) -> Option<f64> {
    let first = study.pool(0)?.collapse;
    let alike =
        (0..study.arms.len()).all(|arm| study.pool(arm).is_some_and(|pool| pool.collapse.total_cmp(&first).is_eq()));
    (alike && first > 0.0).then_some(first)
}

/// What the main pool does that counts as collapsed: "falls below 25%".
pub(super) fn falls(study: &Study) -> String {
    mark(study).map_or_else(|| "collapses".to_owned(), |mark| format!("falls below {}", Style::Percent.level(mark)))
}

/// The kind of provider with the largest income in the first design, where there are several that are paid.
pub(super) fn main_kind(study: &Study) -> Option<String> {
    let summary = study.ensemble.arms.first()?;
    let paid = |measure: &&Measure| measure.key.starts_with("margin.") && measure.better != Better::Neither;
    let paid: Vec<&Measure> = study.measures().iter().filter(paid).collect();
    if paid.len() < 2 {
        return None;
    }
    let income = |kind: &str| -> f64 {
        let key = format!("income.{kind}");
        let Some(column) = summary.year_measures.iter().position(|measure| measure.key == key) else { return 0.0 };
        let years = summary.years.iter().skip(column).step_by(summary.year_measures.len().max(1));
        years.filter_map(|cell| cell.tally.mean()).sum()
    };
    let kinds = paid.iter().filter_map(|measure| measure.kind.clone());
    kinds
        .map(|kind| (income(&kind), kind))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, kind)| kind)
}

/// The unit of the scenario's money: that of a pool of money.
pub(super) fn money_unit(study: &Study) -> String {
    study.arms.first().map_or_else(String::new, |arm| unit_of_money(&arm.setup))
}

/// The unit of a place's money: that of a pool of money; empty where there is none.
pub(in crate::report) fn unit_of_money(setup: &Setup) -> String {
    let money = setup.pools().iter().find(|pool| matches!(pool.part.growth, Growth::Allocation(_)));
    money.map_or_else(String::new, |pool| pool.part.unit.clone())
}
