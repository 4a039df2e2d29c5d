//! The charts of a calibration.

use super::Account;
use crate::report::figure::Figure;

/// The charts, in the order in which they are to be read.
pub fn figures(_: &Account) -> Vec<Figure> {
    Vec::new()
}
