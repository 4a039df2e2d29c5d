//! Files read once and kept, so that a scenario can be changed without a disk.

use super::store::{Address, Bundled, Store};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

/// Files that were read before, and behind them those of the program.
#[derive(Debug, Clone)]
pub(in crate::scenario) struct Kept {
    files: BTreeMap<Address, Vec<u8>>,
    bundled: Bundled,
}

/// Reads from another store and keeps what comes from a disk.
pub(in crate::scenario) struct Keeping<'a> {
    store: &'a dyn Store,
    files: RefCell<BTreeMap<Address, Vec<u8>>>,
}

impl<'a> Keeping<'a> {
    pub(in crate::scenario) fn new(store: &'a dyn Store) -> Self {
        Self { store, files: RefCell::default() }
    }

    /// What was read, with the files of the program behind it.
    pub(in crate::scenario) fn kept(self, bundled: Bundled) -> Kept {
        Kept { files: self.files.into_inner(), bundled }
    }
}

impl Store for Keeping<'_> {
    fn read(&self, address: &Address) -> io::Result<Vec<u8>> {
        let bytes = self.store.read(address)?;
        self.files.borrow_mut().insert(address.clone(), bytes.clone());
        Ok(bytes)
    }

    fn neighbours(&self, address: &Address) -> Vec<String> {
        self.store.neighbours(address)
    }

    fn bundled(&self) -> Vec<&str> {
        self.store.bundled()
    }
}

impl Store for Kept {
    fn read(&self, address: &Address) -> io::Result<Vec<u8>> {
        self.files.get(address).map_or_else(|| self.bundled.read(address), |bytes| Ok(bytes.clone()))
    }

    fn neighbours(&self, address: &Address) -> Vec<String> {
        self.bundled.neighbours(address)
    }

    fn bundled(&self) -> Vec<&str> {
        self.bundled.bundled()
    }
}
