//! The answer of `principles`: what each rule is worth, on one screen.

mod findings;
mod grid;
mod verdict;

use super::super::answer::{
    Answer, FEWEST, Fact, Style, Verdict, counted_in_words, too_few, too_many_failures, unit_of_money,
};
use super::super::failed;
use super::super::phrase::{capitalised, counted, list, subject};
use super::{Account, Estimate, ranked};
use crate::experiment::failures::FailedRuns;
use crate::experiment::principles::Effects;
use crate::statistics::Tally;

/// The answer: the first measure in full, of further ones what each rule is worth.
pub(super) fn answer(account: &Account) -> Answer {
    let principles = account.principles;
    let what = match account.rules().len() {
        1 => "what its rule is worth".to_owned(),
        many => format!("what each of {} rules is worth", counted_in_words(many)),
    };
    let mut answer = Answer {
        title: format!("{}: {what}", account.scenario.file.title),
        measured: counted(principles.runs, "run"),
        ..Answer::default()
    };
    let failed: Vec<FailedRuns> = principles.failed(&account.scenario.setup).into_iter().collect();
    answer.findings = failed::sentences(&failed);
    let Some(view) = View::of(account) else {
        answer.verdict = Verdict::none(nothing(account));
        return answer;
    };
    (answer.narrow, answer.wide) = (grid::grid(&view, false), grid::grid(&view, true));
    answer.notes = view.notes();
    answer.findings.extend(findings::findings(&view));
    answer.verdict = match withheld(&view) {
        Some(reason) => Verdict::none(reason),
        None => Verdict::Given(verdict::lines(&view)),
    };
    answer
}

/// Why there is nothing to show.
fn nothing(account: &Account) -> String {
    let subjects: Vec<String> = account.principles.effects.iter().map(|effects| subject(&effects.measure)).collect();
    match account.principles.runs {
        0 => "no run was done, so there is nothing to report".to_owned(),
        _ => format!(
            "in no run has {} a value under every combination of the rules; ask about another measure, as --measure stock_end",
            list(&subjects)
        ),
    }
}

/// Rules as an answer sees them.
struct View<'a> {
    account: &'a Account<'a>,
    /// The measure that the answer is about.
    main: &'a Effects,
    style: Style,
    subject: String,
    /// Rules that change something, those that do most good first.
    rules: Vec<usize>,
    /// Rules without a difference that matters, alone, on average and last.
    idle: Vec<usize>,
    /// What all rules do together.
    together: Fact<'a>,
}

impl<'a> View<'a> {
    /// `None` where no run has a value of any measure.
    fn of(account: &'a Account<'a>) -> Option<Self> {
        let main = account.principles.effects.iter().find(|effects| effects.together.count() > 0)?;
        let style = Style::of(&main.measure, &unit_of_money(&account.scenario.setup));
        let together = change(account, main, &main.together)?;
        let all = ranked(main).into_iter().map(|(rule, _)| rule);
        let moves = |rule: &usize| {
            let numbers = [&main.shapley[*rule], &main.added[*rule], &main.removed[*rule]];
            numbers.into_iter().filter_map(|tally| change(account, main, tally)).any(|fact| fact.is_clear())
        };
        let (rules, idle): (Vec<usize>, Vec<usize>) = all.partition(moves);
        let (rules, idle) = if rules.is_empty() { (idle, rules) } else { (rules, idle) };
        Some(Self { account, main, style, subject: subject(&main.measure), rules, idle, together })
    }

    /// What a rule adds, on average over all orders in which the rules could be adopted.
    fn worth(&self, rule: usize) -> Option<Fact<'a>> {
        change(self.account, self.main, self.main.shapley.get(rule)?)
    }

    /// What a rule does without any other.
    fn alone(&self, rule: usize) -> Option<Fact<'a>> {
        change(self.account, self.main, self.main.added.get(rule)?)
    }

    /// "All three rules", "the rule".
    fn all_rules(&self) -> String {
        match self.account.rules().len() {
            1 => "the rule".to_owned(),
            many => format!("all {} rules", counted_in_words(many)),
        }
    }

    /// Pairs that clearly help or hinder each other by what matters, the strongest first.
    fn pairs(&self) -> Vec<((usize, usize), Estimate)> {
        let matters = |estimate: &Estimate| {
            let from = self.together.from;
            estimate.is_clear() && estimate.mean.abs() >= super::super::answer::matters(&self.main.measure, from)
        };
        let pairs = self.account.strongest(self.main).into_iter();
        pairs.filter(|(_, estimate)| self.account.principles.runs >= FEWEST && matters(estimate)).collect()
    }

    fn notes(&self) -> Vec<String> {
        if self.idle.is_empty() {
            return Vec::new();
        }
        let names: Vec<String> = self.idle.iter().map(|rule| self.account.rule(*rule)).collect();
        vec![format!("No clear difference that matters, alone or with others: {}.", list(&names))]
    }
}

/// What rules change in a measure, against none of them; `None` where no run has a value.
fn change<'a>(account: &Account, effects: &'a Effects, tally: &Tally) -> Option<Fact<'a>> {
    let estimate = Estimate::of(effects, tally)?;
    let from = effects.worth_of(0).and_then(Tally::mean).unwrap_or(0.0);
    let interval = estimate.interval.filter(|_| account.principles.runs >= FEWEST);
    Some(Fact::found(&effects.measure, (from, estimate.mean), interval))
}

/// The reason why there is no verdict; `None` where there is one.
fn withheld(view: &View) -> Option<String> {
    let principles = view.account.principles;
    let runs = principles.runs;
    if let Some(reason) = too_many_failures(principles.failures.runs, runs).or_else(|| too_few(runs, "")) {
        return Some(reason);
    }
    let rules = 0..view.account.rules().len();
    let differs = view.together.is_clear()
        || rules.clone().filter_map(|rule| view.worth(rule)).any(|fact| fact.is_clear())
        || rules.filter_map(|rule| view.alone(rule)).any(|fact| fact.is_clear());
    if differs {
        return None;
    }
    let level = view.style.level(view.together.from);
    let (subject, rules) = (&view.subject, view.all_rules());
    Some(match view.together.interval {
        Some(ends) if ends.low != 0.0 || ends.high != 0.0 => format!(
            "{subject} is {level} without and with {rules}, and no rule makes a clear difference that matters. The largest that \
             all could hide is {}; more runs would narrow it",
            view.style.sizes(&[ends.low.abs().max(ends.high.abs())])
        ),
        _ => format!(
            "{subject} is {level} in every run, whichever rules are in force. Another measure may show more, as --measure \
             trust_end"
        ),
    })
}

/// A rule at the start of a sentence or of a row.
fn named(account: &Account, rule: usize) -> String {
    capitalised(&account.rule(rule))
}
