//! The tidy tables of the rules: one observation a row, shares from 0 to 1.

use super::super::folder::{Column, Command, Field, OF_THE_MEASURE, TableFile};
use super::super::unit;
use super::{Account, Estimate};
use crate::experiment::mean_interval;
use crate::experiment::principles::Effects;
use crate::model::rule::RuleName;
use crate::statistics::Tally;
use std::io;

/// Every table; that of the combinations, which may be thousands, in the format asked for.
pub(super) fn tables(account: &Account, command: &Command) -> io::Result<Vec<TableFile>> {
    Ok(vec![shapley(account)?, interactions(account)?, subsets(account, command)?, best(account)?])
}

/// A row for each measure and rule. `first` and `last`: what the rule adds to none and to all the others.
fn shapley(account: &Account) -> io::Result<TableFile> {
    let mut columns = measure();
    columns.push(rule(account, "rule", "The rule"));
    columns.extend(estimate(
        account,
        ["value", "low", "high"],
        "Shapley value: what it adds, on average over all orders of adoption",
    ));
    columns.extend(estimate(account, ["first", "first_low", "first_high"], "What it adds to no rule at all"));
    columns.extend(estimate(account, ["last", "last_low", "last_high"], "What it adds to all the other rules"));
    columns.push(Column::number(
        "money_per_step",
        "the scenario's unit of money",
        "What it costs in a step, by the scenario",
    ));
    columns.push(Column::number("attention", "share", "Share of all working time that goes into it, by the scenario"));
    columns.extend(Column::runs());
    TableFile::short("shapley", columns, |rows| {
        for effects in &account.principles.effects {
            for (position, rule) in account.rules().iter().enumerate() {
                let value = &effects.shapley[position];
                let mut row = begin(effects).to_vec();
                row.push(Field::Text(rule.key()));
                for tally in [value, &effects.added[position], &effects.removed[position]] {
                    row.extend(fields(effects, tally));
                }
                row.push(Field::Number(Some(account.money_per_step(*rule))));
                row.push(Field::Number(account.price(*rule).map(|price| price.attention)));
                row.extend(counts(value));
                rows.add(&row)?;
            }
        }
        Ok(())
    })
}

/// A row for each measure and pair.
fn interactions(account: &Account) -> io::Result<TableFile> {
    let mut columns = measure();
    columns.extend([rule(account, "rule", "One rule"), rule(account, "other_rule", "The other rule")]);
    let meaning = "What the two add together beyond what each adds alone, on average over the sets of the others";
    columns.extend(estimate(account, ["interaction", "low", "high"], meaning));
    columns.extend(Column::runs());
    TableFile::short("interactions", columns, |rows| {
        for effects in &account.principles.effects {
            for ((one, other), tally) in account.principles.design.pairs().zip(&effects.interactions) {
                let mut row = begin(effects).to_vec();
                row.extend([one, other].map(|rule| Field::Text(account.rules()[rule].key())));
                row.extend(fields(effects, tally));
                row.extend(counts(tally));
                rows.add(&row)?;
            }
        }
        Ok(())
    })
}

/// A row for each measure and combination that was run in every run.
fn subsets(account: &Account, command: &Command) -> io::Result<TableFile> {
    let mut columns = measure();
    columns.extend([set(account, "rules", "The rules in force"), size()]);
    columns.extend(estimate(account, ["mean", "low", "high"], "Mean over the runs"));
    columns.extend(Column::runs());
    TableFile::new(command.format, "subsets", columns, |rows| {
        for effects in &account.principles.effects {
            for (coalition, tally) in account.principles.design.listed().into_iter().zip(&effects.worth) {
                let rules = keys(account, coalition);
                let mut row = begin(effects).to_vec();
                row.extend([Field::Text(&rules), Field::Count(u64::from(coalition.count_ones()))]);
                row.extend(levels(effects, tally));
                row.extend(counts(tally));
                rows.add(&row)?;
            }
        }
        Ok(())
    })
}

/// A row for each measure and size: the best combination, judged by runs that had no part in its choice. Gains are positive
/// where the set is better, whichever direction of the measure that is.
fn best(account: &Account) -> io::Result<TableFile> {
    let mut columns = measure();
    columns.extend([size(), set(account, "rules", "The best set of that size, chosen by the first half of the runs")]);
    columns.extend(estimate(account, ["mean", "low", "high"], "Mean of that set over the other half of the runs"));
    let gain =
        |of: [&str; 3], meaning: &str| estimate(account, of, &format!("{meaning}; positive is better for the place"));
    columns.extend(gain(["over_none", "over_none_low", "over_none_high"], "How much better it is than no rule"));
    columns.push(set(account, "next", "The next best set of that size"));
    columns.extend(gain(["over_next", "over_next_low", "over_next_high"], "How much better it is than the next"));
    columns.extend(gain(
        ["behind_best", "behind_best_low", "behind_best_high"],
        "How it stands to the best set of any size",
    ));
    columns.push(Column::count("runs", "runs", "Runs by which it is judged"));
    TableFile::short("best", columns, |rows| {
        for effects in &account.principles.effects {
            for best in &effects.best {
                let rules = keys(account, best.coalition);
                let next = best.next.map_or_else(String::new, |next| keys(account, next));
                let mut row = begin(effects).to_vec();
                row.extend([Field::Count(u64::from(best.size())), Field::Text(&rules)]);
                row.extend(levels(effects, &best.worth));
                row.extend(fields(effects, &best.over_none));
                row.push(Field::Text(&next));
                row.extend(fields(effects, &best.over_next));
                row.extend(fields(effects, &best.behind));
                row.push(Field::Count(best.worth.count()));
                rows.add(&row)?;
            }
        }
        Ok(())
    })
}

fn measure() -> Vec<Column> {
    Column::measure("Measure by which rules are judged").to_vec()
}

fn rule(account: &Account, name: &str, meaning: &str) -> Column {
    let keys: Vec<&str> = account.rules().iter().map(|rule| rule.key()).collect();
    Column::text(name, meaning).of(keys.join("; "))
}

fn set(account: &Account, name: &str, meaning: &str) -> Column {
    let Column { values, .. } = rule(account, name, meaning);
    Column::text(name, meaning).of(format!("rules joined by +, or empty for none: {values}"))
}

fn size() -> Column {
    Column::count("size", "rules", "Number of rules in the set")
}

fn estimate(account: &Account, names: [&str; 3], meaning: &str) -> [Column; 3] {
    Column::estimate(names, OF_THE_MEASURE, meaning, account.principles.level)
}

fn begin(effects: &Effects) -> [Field<'_>; 2] {
    [Field::Text(&effects.measure.key), Field::Text(unit::key(effects.measure.unit))]
}

fn keys(account: &Account, coalition: u32) -> String {
    let keys: Vec<&str> = account.principles.design.rules_in(coalition).map(RuleName::key).collect();
    keys.join("+")
}

/// Mean of a level of the measure and both ends of its interval.
fn levels<'a>(effects: &Effects, tally: &Tally) -> [Field<'a>; 3] {
    let [low, high] = Field::ends(mean_interval(tally, effects.measure.sort, effects.level));
    [Field::Number(tally.mean()), low, high]
}

/// Mean of what rules change and both ends of its interval.
fn fields<'a>(effects: &Effects, tally: &Tally) -> [Field<'a>; 3] {
    let estimate = Estimate::of(effects, tally);
    let [low, high] = Field::ends(estimate.and_then(|estimate| estimate.interval));
    [Field::Number(estimate.map(|estimate| estimate.mean)), low, high]
}

fn counts<'a>(tally: &Tally) -> [Field<'a>; 2] {
    [Field::Count(tally.count()), Field::Count(tally.missing())]
}
