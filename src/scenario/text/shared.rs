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
    let of_all: Vec<Option<(Fault, usize)>> = faults
        .iter()
        .map(|fault| {
            let said = shared(&fault.place).filter(|said| said.count > 1)?;
            Some((Fault { place: said.place, ..fault.clone() }, said.count))
        })
        .collect();
    let mut told: Vec<Fault> = Vec::with_capacity(faults.len());
    for (fault, once) in faults.into_iter().zip(&of_all) {
        let are_all =
            |said: &&(Fault, usize)| of_all.iter().flatten().filter(|other| other.0 == said.0).count() == said.1;
        match once.as_ref().filter(are_all) {
            Some((once, _)) if told.contains(once) => {}
            Some((once, _)) => told.push(once.clone()),
            None => told.push(fault),
        }
    }
    told
}
