//! The rules in plain English at every setting, each sentence kept once.

use crate::experiment::recording::Recorded;
use crate::scenario::explain::explain;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Sentences, each once, in the order in which they are first said.
#[derive(Debug, Default)]
pub(super) struct Pool {
    texts: Vec<String>,
    known: BTreeMap<String, usize>,
}

impl Pool {
    fn position(&mut self, text: &str) -> usize {
        if let Some(position) = self.known.get(text) {
            return *position;
        }
        self.texts.push(text.to_owned());
        self.known.insert(text.to_owned(), self.texts.len() - 1);
        self.texts.len() - 1
    }

    /// What is said of a scenario: for each section its heading and its paragraphs, as positions.
    pub(super) fn told(&mut self, record: &Recorded) -> Value {
        let sections = explain(&record.scenario);
        let mut told = Vec::new();
        for section in &sections {
            let heading = self.position(section.heading);
            let facts: Vec<usize> = section.facts.iter().map(|fact| self.position(&fact.paragraph())).collect();
            told.push(json!([heading, facts]));
        }
        Value::from(told)
    }

    /// All sentences.
    pub(super) fn texts(self) -> Vec<String> {
        self.texts
    }
}
