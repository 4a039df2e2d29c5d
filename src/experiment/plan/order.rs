//! The order of items: every cell once, then every cell once more.

/// Items of a grid in replicate-major order: all cells in the first replicate, then all in the second. Whenever the
/// experiment is cut short, all cells have been done as often, give or take one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplicateMajor {
    /// Number of cells: settings, subsets, designs.
    pub cells: u64,
    /// How often each cell is done.
    pub replicates: u64,
}

impl ReplicateMajor {
    /// Number of items; the largest number there is where the product is beyond it.
    pub fn items(&self) -> u64 {
        self.cells.saturating_mul(self.replicates)
    }

    /// Replicate and cell of an item, both from 0.
    pub fn place(&self, item: u64) -> (u64, u64) {
        let cells = self.cells.max(1);
        (item / cells, item % cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_has_its_turn_before_any_has_a_second() {
        let order = ReplicateMajor { cells: 3, replicates: 2 };
        let places: Vec<(u64, u64)> = (0..order.items()).map(|item| order.place(item)).collect();
        assert_eq!(places, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]);
    }
}
