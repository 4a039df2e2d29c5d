//! Faults in what a file says of every pool or kind of provider, which come up once for each of them: told once, where it is said.

use super::fault::Fault;

/// Where a file says a thing once of all in a list by name, and how many there are in it.
pub(super) struct Shared {
    /// The place where it is said.
    pub(super) place: String,
    /// How many it is said of.
    pub(super) count: usize,
}

/// The faults, with one in place of those that all in a list have alike; `shared` says of a place where that would be.
pub(super) fn told_once(faults: Vec<Fault>, shared: impl Fn(&str) -> Option<Shared>) -> Vec<Fault> {
    let mut told: Vec<Fault> = Vec::with_capacity(faults.len());
    for fault in &faults {
        let of_all = shared(&fault.place).filter(|said| {
            let alike = |other: &&Fault| {
                other.problem == fault.problem
                    && other.position == fault.position
                    && shared(&other.place).is_some_and(|other| other.place == said.place)
            };
            said.count > 1 && faults.iter().filter(alike).count() == said.count
        });
        let fault = of_all.map_or_else(|| fault.clone(), |said| Fault { place: said.place, ..fault.clone() });
        if !told.contains(&fault) {
            told.push(fault);
        }
    }
    told
}
