//! `--against`: by how much each target of a match rules a scenario out, as `check` tells it and as reports carry it in a line.

use super::ending::Failure;
use super::{STORE, print};
use commonground::experiment::matching::{Held, Problem};
use commonground::report::matching::against::{line, notes, table};
use commonground::scenario::Scenario;

/// What scenarios are held against.
pub(super) struct Evidence {
    name: String,
    problem: Problem,
}

impl Evidence {
    /// Reads a match file.
    ///
    /// # Errors
    /// Every fault in it.
    pub(super) fn load(name: &str) -> Result<Self, Failure> {
        Ok(Self { name: name.to_owned(), problem: Problem::load(&STORE, name)? })
    }

    /// A line, a table by target and what they rest on.
    ///
    /// # Errors
    /// The scenario says none of the open numbers, or is impossible in an arm.
    pub(super) fn told(&self, scenario: &Scenario) -> Result<String, Failure> {
        let held = self.held(scenario)?;
        let mut text = vec![print::wrapped(&line(&self.problem, &held), ""), String::new()];
        text.push(table(&self.problem, &held).to_text(print::WIDTH));
        text.extend(notes(&self.problem, &held).iter().map(|note| print::wrapped(note, "")));
        Ok(print::letters(&text.join("\n")))
    }

    fn held(&self, scenario: &Scenario) -> Result<Held, Failure> {
        self.problem.hold(scenario)?.ok_or_else(|| {
            Failure::Request(format!(
                "--against: `{}` says none of the numbers that `{}` holds open, so nothing can be held against it",
                scenario.name, self.name
            ))
        })
    }
}

/// Writes among the sources of scenarios how they stand against the evidence, so that it goes where they go.
///
/// # Errors
/// As for [`Evidence`].
pub(super) fn mark(scenarios: &mut [Scenario], against: Option<&String>) -> Result<(), Failure> {
    let Some(name) = against else { return Ok(()) };
    let evidence = Evidence::load(name)?;
    for scenario in scenarios {
        let line = line(&evidence.problem, &evidence.held(scenario)?);
        scenario.file.sources.push(line);
    }
    Ok(())
}
