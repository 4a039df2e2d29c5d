//! The charts of a stress test.

use super::super::figure::Figure;
use super::Account;

/// None yet.
pub fn figures(_: &Account) -> Vec<Figure> {
    Vec::new()
}
