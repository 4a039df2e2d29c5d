//! A sweep: what the size of the fine does to a pasture, on the same luck for each.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use commonground::prelude::*;

fn main() -> Result<(), Faults> {
    let pasture = Scenario::bundled("pasture-ostrom")?;
    for fine in [0.0, 0.1, 0.3, 1.0] {
        let governed = pasture.set("/rules/graduated_sanctions/fine", fine)?.run(Runs::of(200).seed(1));
        let stock = governed.outcome(Measure::STOCK_MEAN)?;
        let welfare = governed.outcome(Measure::WELFARE)?;
        println!("fine {fine}: mean stock {stock:.3}, welfare {welfare:.2}");
    }
    Ok(())
}
