//! The ends of the numbers: what is too large or too near to zero, and what stands where there is none.

/// What stands for a measure that a run does not have, such as the step of a collapse that never came. It is no number, with a
/// mark that no arithmetic makes.
pub const NO_VALUE: f64 = f64::from_bits(0x7ff8_0000_0000_0c0d);

/// What stands for every measure of a run that failed.
pub const FAILED: f64 = f64::INFINITY;

/// The largest size of a measure: beyond it squares and sums are about to leave the numbers.
pub const LARGEST: f64 = 1e150;

/// The least number of a scenario where zero would make no sense: a capacity, a size, a number of steps. What is divided by it
/// stays far from the ends of the numbers.
pub const LEAST: f64 = 1e-9;

/// The least size of any other number of a scenario that is not zero.
pub const NEAREST: f64 = 1e-30;
