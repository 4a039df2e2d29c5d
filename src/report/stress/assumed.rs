//! What the study assumes, as a table: goals, ladders and ranges with where each comes from.

use super::super::table::{Entry, Table};
use super::{Account, conditions};
use crate::experiment::stress::file::Level;

/// A row for each goal, each ladder and each uncertain number, and one for the score.
pub(super) fn table(account: &Account) -> Table {
    let file = &account.futures.shocks.file;
    let mut rows = Vec::new();
    let mut add = |what: &str, name: &str, says: String, note: &str| {
        rows.push([what, name, &says, note].map(Entry::words).to_vec());
    };
    for goal in file.goals.values() {
        let level = match goal.level {
            Level::AtLeast(level) => format!("at least {level}"),
            Level::AtMost(level) => format!("at most {level}"),
        };
        let says = format!("{} {level}, in {} of the runs of a future", goal.measure, file.met_in);
        add("Goal", &goal.label, says, &goal.note);
    }
    add("Score", &account.futures.score.label, file.score.measure.clone(), &file.score.note);
    for ladder in file.ladders.values() {
        add("Shock", &ladder.label, ladder.steps.join(", "), &ladder.note);
    }
    for parameter in file.parameters.values() {
        let says = conditions::range(parameter);
        add("Uncertain", &parameter.label, says, &parameter.note);
    }
    let columns = ["What", "Name", "Level, steps or range", "Source, or assumed"].map(str::to_owned).to_vec();
    Table {
        title: "What the study says a good future is, what strikes, and what is uncertain".to_owned(),
        columns,
        rows,
    }
}
