//! The tables of the rules: what each is worth, which pairs interact, the best set of each size, and what each costs.

use super::super::phrase::{capitalised, counted, subject};
use super::super::study::Change;
use super::super::table::{Entry, Table};
use super::super::unit::{of_differences, with};
use super::findings::verb;
use super::{Account, Estimate, ranked};
use crate::experiment::principles::{Best, Effects};
use crate::model::measure::Better;
use crate::statistics::Tally;

/// For each measure the values of the rules, the best sets, the interactions of pairs, and what the rules cost.
pub fn tables(account: &Account) -> Vec<Table> {
    told(account).flat_map(|effects| of_measure(account, effects)).collect()
}

/// The measures that have a value in some run.
fn told<'a>(account: &Account<'a>) -> impl Iterator<Item = &'a Effects> {
    account.principles.effects.iter().filter(|effects| effects.together.count() > 0)
}

fn of_measure(account: &Account, effects: &Effects) -> Vec<Table> {
    let mut tables = vec![values(account, effects)];
    tables.extend((!effects.best.is_empty()).then(|| best(account, effects)));
    tables.extend((!effects.interactions.is_empty()).then(|| pairs(account, effects)));
    tables.extend((effects.better() != Better::Neither).then(|| costs(account, effects)));
    tables
}

fn values(account: &Account, effects: &Effects) -> Table {
    let title = format!(
        "What each rule adds to {}{}: on average over all orders of adoption (Shapley value) with its {} interval, first \
         of all rules, and last, {}",
        subject(&effects.measure),
        unit(account, effects),
        effects.level,
        counted(account.principles.runs, "run")
    );
    let mut rows = Vec::new();
    for (rule, estimate) in ranked(effects) {
        let mut row = vec![Entry::words(capitalised(&account.rule(rule)))];
        row.extend(with_interval(account, effects, &estimate));
        row.push(mean(account, effects, &effects.added[rule]));
        row.push(mean(account, effects, &effects.removed[rule]));
        rows.push(row);
    }
    if let Some(together) = Estimate::of(effects, &effects.together) {
        let mut row = vec![Entry::words("All together")];
        row.extend(with_interval(account, effects, &together));
        row.extend([Entry::missing(), Entry::missing()]);
        rows.push(row);
    }
    table(title, &["Rule", "Value", "Low", "High", "First", "Last"], rows)
}

fn best(account: &Account, effects: &Effects) -> Table {
    let judged = effects.best.first().map_or(0, |best| best.worth.count());
    let title = format!(
        "The best set of each size for {}{}, chosen by the runs before and judged by the last {}: how much better than \
         none, and than the next set of its size",
        subject(&effects.measure),
        unit(account, effects),
        counted(judged, "run")
    );
    let gain = |tally: &Tally| mean(account, effects, tally);
    let row = |best: &Best| {
        let sure = Estimate::of(effects, &best.over_next).filter(|_| best.next.is_some());
        let sure = sure.map_or("–", |lead| match lead.change {
            Change::Higher => "yes",
            Change::Lower => "no: worse",
            Change::Same | Change::Unclear => "no",
        });
        vec![
            Entry::number(best.size().to_string(), f64::from(best.size())),
            Entry::words(account.set(best.coalition)),
            gain(&best.over_none),
            if best.next.is_some() { gain(&best.over_next) } else { Entry::missing() },
            Entry::words(sure),
        ]
    };
    table(title, &["Rules", "Best set", "Over none", "Over next", "Surely"], effects.best.iter().map(row).collect())
}

/// Pairs that are listed; more are in the file.
const MOST_PAIRS: usize = 12;

fn pairs(account: &Account, effects: &Effects) -> Table {
    let title = format!(
        "How much more each of two rules adds to {}{} where the other is there (interaction index), the strongest first",
        subject(&effects.measure),
        unit(account, effects)
    );
    let row = |(pair, estimate): &((usize, usize), Estimate)| {
        let mut row = vec![Entry::words(capitalised(&account.pair(*pair)))];
        row.extend(with_interval(account, effects, estimate));
        row.push(Entry::words(if estimate.is_clear() { verb(effects, estimate) } else { "unclear" }));
        row
    };
    let rows = account.strongest(effects).iter().take(MOST_PAIRS).map(row).collect();
    table(title, &["Pair", "Interaction", "Low", "High", "Reading"], rows)
}

fn costs(account: &Account, effects: &Effects) -> Table {
    let title = format!(
        "What each rule costs by its price, and its value for {}{} per unit of money a year",
        subject(&effects.measure),
        unit(account, effects)
    );
    let row = |(rule, estimate): &(usize, Estimate)| {
        let name = account.rules()[*rule];
        let money = account.money_a_year(name);
        let attention = account.price(name).map_or(0.0, |price| price.attention);
        let worth = match (estimate.interval, money > 0.0) {
            (Some(interval), true) => {
                let per_money = Estimate {
                    mean: estimate.mean / money,
                    interval: Some(crate::statistics::Interval {
                        low: interval.low / money,
                        high: interval.high / money,
                    }),
                    change: estimate.change,
                };
                Entry::number(account.numerals(effects, &per_money).signed(per_money.mean), per_money.mean)
            }
            _ => Entry::missing(),
        };
        vec![
            Entry::words(capitalised(&account.rule(*rule))),
            Entry::number(plain(money), money),
            Entry::number(percent(attention), attention),
            worth,
        ]
    };
    let rows = ranked(effects).iter().map(row).collect();
    table(title, &["Rule", "Money a year", "Working time", "Value per money"], rows)
}

/// A sum of money with as many digits as it needs, to a thousandth.
pub(super) fn plain(money: f64) -> String {
    let rounded = (money * 1000.0).round() / 1000.0;
    if rounded == 0.0 && money > 0.0 { "less than 0.001".to_owned() } else { rounded.to_string() }
}

/// A small share: "0.4%".
pub(super) fn percent(share: f64) -> String {
    format!("{}%", (share * 1e4).round() / 100.0)
}

/// The unit of differences: " (points)".
fn unit(account: &Account, effects: &Effects) -> String {
    with("", of_differences(effects.measure.unit, &account.scenario.file.time.unit))
}

fn with_interval(account: &Account, effects: &Effects, estimate: &Estimate) -> [Entry; 3] {
    let numerals = account.numerals(effects, estimate);
    let number = |value: f64| Entry::number(numerals.signed(value), value);
    let ends = estimate.interval.map(|interval| [number(interval.low), number(interval.high)]);
    let [low, high] = ends.unwrap_or_else(|| [Entry::missing(), Entry::missing()]);
    [number(estimate.mean), low, high]
}

fn mean(account: &Account, effects: &Effects, tally: &Tally) -> Entry {
    Estimate::of(effects, tally).map_or_else(Entry::missing, |estimate| {
        Entry::number(account.numerals(effects, &estimate).signed(estimate.mean), estimate.mean)
    })
}

fn table(title: String, columns: &[&str], rows: Vec<Vec<Entry>>) -> Table {
    Table { title, columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}
