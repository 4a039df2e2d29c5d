//! The arithmetic of [`Lanes`]: `+ - * /` between two of them or with a plain number on either
//! side, and their assigning forms.

use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use super::Lanes;

/// Writes out one operator for the three pairs of operands and for both assigning forms.
macro_rules! operator {
    ($operator:ident, $method:ident, $assign:ident, $assign_method:ident, $symbol:tt) => {
        impl $operator for Lanes {
            type Output = Self;

            #[inline(always)]
            fn $method(self, right: Self) -> Self {
                self.zip(right, |left, right| left $symbol right)
            }
        }

        impl $operator<f64> for Lanes {
            type Output = Self;

            #[inline(always)]
            fn $method(self, right: f64) -> Self {
                self $symbol Self::all(right)
            }
        }

        impl $operator<Lanes> for f64 {
            type Output = Lanes;

            #[inline(always)]
            fn $method(self, right: Lanes) -> Lanes {
                Lanes::all(self) $symbol right
            }
        }

        impl $assign for Lanes {
            #[inline(always)]
            fn $assign_method(&mut self, right: Self) {
                *self = *self $symbol right;
            }
        }

        impl $assign<f64> for Lanes {
            #[inline(always)]
            fn $assign_method(&mut self, right: f64) {
                *self = *self $symbol Self::all(right);
            }
        }
    };
}

operator!(Add, add, AddAssign, add_assign, +);
operator!(Sub, sub, SubAssign, sub_assign, -);
operator!(Mul, mul, MulAssign, mul_assign, *);
operator!(Div, div, DivAssign, div_assign, /);

impl Neg for Lanes {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        Self::from_fn(|lane| -self.0[lane])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_agree_with_those_of_plain_numbers() {
        let (left, right) = (Lanes::from_fn(|lane| lane as f64 * 0.3), Lanes::from_fn(|lane| 1.7 - lane as f64));
        for lane in 0..super::super::LANES {
            let (x, y) = (left.lane(lane), right.lane(lane));
            let same = |ours: Lanes, plain: f64| assert_eq!(ours.lane(lane).to_bits(), plain.to_bits());
            same(left + right, x + y);
            same(left - right, x - y);
            same(left * right, x * y);
            same(left / right, x / y);
            same(-left, -x);
            same(left - 0.1, x - 0.1);
            same(0.1 - left, 0.1 - x);
            same(0.1 / right, 0.1 / y);
        }
    }

    #[test]
    fn assigning_forms_change_the_left_operand() {
        let mut value = Lanes::all(2.0);
        value += Lanes::ONE;
        value *= 4.0;
        value -= Lanes::all(2.0);
        value /= 5.0;
        assert_eq!(value, Lanes::all(2.0));
    }
}
