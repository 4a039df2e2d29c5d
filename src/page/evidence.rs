//! What the arms come to at every point that a match leaves, and what that depends on: told beside recorded runs, which are of one point.

use crate::report::answer::{Line, Verdict};
use crate::report::matching::over::{Account, answer};
use serde::Serialize;

/// What is said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// At how many points, and of which evidence.
    pub(super) head: String,
    /// The rows of the verdict; none where it is withheld, which the findings then say first.
    pub(super) verdict: Vec<Line>,
    /// What was found besides, in sentences.
    pub(super) findings: Vec<String>,
}

impl Evidence {
    /// Tells a comparison over an ensemble.
    pub fn of(account: &Account) -> Self {
        let (points, runs) = (account.over.points.len(), account.over.runs);
        let sets = if points == 1 { "the one set".to_owned() } else { format!("each of {points} sets") };
        let head = format!(
            "The runs on this page are of one set of numbers, and nobody knows them all. Here each design has {runs} runs at {sets} of numbers \
             that the evidence of “{}” leaves open, on the same luck.",
            account.kept.title
        );
        let answer = answer(account);
        let (verdict, withheld) = match answer.verdict {
            Verdict::Given(lines) => (lines, None),
            Verdict::Withheld(reason) => (Vec::new(), Some(reason)),
        };
        Self { head, verdict, findings: withheld.into_iter().chain(answer.findings).collect() }
    }
}
