//! What the parts of a kind say of need that others share: what it prevents of theirs, and what it may refer to them.

use super::{KindParts, Parts};

impl KindParts {
    /// Shares of its need that it may refer to others, in ascending order: none but nothing where no other kind can meet any of it.
    pub(super) fn refers(&self) -> Vec<f64> {
        let form = self.need.as_ref().and_then(|need| need.substitute.as_ref());
        form.map_or_else(|| vec![0.0], |form| form.shares().collect())
    }

    /// What must hold among these parts, each with the field that is wrong where it does not, and what would be right.
    pub(super) fn shares_need_well(&self, all: &Parts) -> [(bool, &'static str, &'static str); 3] {
        let with_need = |position: usize| all.kinds.get(position).filter(|kind| kind.need.is_some());
        let prevents = self.prevents.iter().all(|part| with_need(part.of).is_some());
        let builds = self.prevents.is_empty() || all.upstream.is_some();
        let substitute = self.need.as_ref().and_then(|need| need.substitute.as_ref());
        let refers = substitute.is_none_or(|form| with_need(form.by).is_some_and(|by| by.name != self.name));
        [
            (prevents, "prevents", "only need of a kind that has need can be prevented"),
            (builds, "prevents", "without `upstream` in the scenario nothing is prevented"),
            (refers, "need.substitute", "need can only be referred to another kind that has need"),
        ]
    }
}
