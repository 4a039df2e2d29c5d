//! Money that follows care from the provider that was paid for it to the one that does it instead: when it is referred
//! ([`crate::substitute`]), and when members have agreed on a shift ([`crate::rule::Shifts`]).
//!
//! For z units referred with `follows` f and `keeps` g, and x units shifted of which the share f′ follows,
//!
//! ```text
//! income of the giver = I(billed + (f + g) z + f′ x) − v (f z + f′ x)        I its payment, v what it pays for a unit of the plan
//! income of the taker = its own + v (f z + f′ x)
//! ```
//!
//! so that the payer goes on paying the share f of what it would save, and the giver loses for each unit referred
//! `(1 − f − g) m + f v`, m its marginal income: its price less what it keeps under a tariff (m = v), nothing but what it hands on under a
//! sum (m = 0). What the payer cannot pay does not follow. At f = g = 0 nothing happens. Source of the form: *assumed*.

use crate::lanes::Lanes;
use crate::place::Common;
use crate::setup::Kind;

/// Money that follows care from or to one provider, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Following {
    /// Units shifted away by agreement for which money follows.
    pub(crate) agreed: Lanes,
    /// What has come in and, by agreement, gone out.
    pub(crate) moved: Lanes,
    /// Units referred.
    pub(crate) referred: Lanes,
    /// What a unit of care brings with it.
    unit: Lanes,
    /// Shares of that which follow what is referred, and which stay.
    follows: f64,
    keeps: f64,
}

impl Following {
    /// That of any member of a kind, before it refers anything.
    #[inline(always)]
    pub(crate) fn of(kind: &Kind, common: &Common) -> Self {
        let (follows, keeps) = kind.substitute().map_or((0.0, 0.0), |form| (form.follows, form.keeps));
        Self {
            agreed: common.shifted,
            moved: common.moved,
            referred: Lanes::ZERO,
            unit: unit(kind, common),
            follows,
            keeps,
        }
    }

    /// The same where so much is referred.
    #[inline(always)]
    pub(crate) fn referring(self, referred: Lanes) -> Self {
        Self { referred, ..self }
    }

    /// Units that are paid as if they had been met here.
    #[inline(always)]
    pub(crate) fn billed(&self) -> Lanes {
        self.agreed + self.referred * (self.follows + self.keeps)
    }

    /// Money that has come in, less what has gone out.
    #[inline(always)]
    pub(crate) fn money(&self) -> Lanes {
        self.moved - self.handed()
    }

    /// What is handed on for what is referred.
    #[inline(always)]
    pub(crate) fn handed(&self) -> Lanes {
        self.referred * self.follows * self.unit
    }
}

/// What a kind is paid for a unit of planned care in this step, so far as its payer can pay.
#[inline(always)]
pub(crate) fn unit(kind: &Kind, common: &Common) -> Lanes {
    let payment = kind.payment_in(common.regime);
    let paid = payment.map_or(0.0, |payment| payment.per_unit(kind.plan));
    let mut unit = common.funded * (paid * common.price_index);
    if let Some((payment, contract)) = payment.zip(common.contract)
        && payment.rates(kind.plan).0 > 0.0
    {
        unit *= contract;
    }
    common.spread.map_or(unit, |spread| unit * spread.income)
}
