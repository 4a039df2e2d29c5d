//! What the arms come to at every point that a match leaves, and what that depends on: told beside recorded runs, which are of one point.

use crate::report::matching::over::{Account, findings};
use serde::Serialize;

/// What is said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// At how many points, and of which evidence.
    head: String,
    /// What was found, in sentences.
    findings: Vec<String>,
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
        Self { head, findings: findings(account) }
    }

    pub(super) fn head(&self) -> &str {
        &self.head
    }

    pub(super) fn findings(&self) -> &[String] {
        &self.findings
    }
}
