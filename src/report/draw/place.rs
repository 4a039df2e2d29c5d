//! Labels beside the ends of lines, moved apart where they would overlap and no further.

/// A label wants its middle at `wish` and needs `height`, both in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wish {
    pub(super) wish: f64,
    pub(super) height: f64,
}

/// Labels that touch and move as one.
struct Block {
    members: Vec<usize>,
    /// Sum over members of where the top of the block would stand if the member had its wish.
    tops: f64,
    height: f64,
}

impl Block {
    fn top(&self, low: f64, high: f64) -> f64 {
        let mean = self.tops / self.members.len() as f64;
        mean.min(high - self.height).max(low)
    }
}

/// The middle of every label, in the order of the wishes, between `low` and `high`: the least moves, in squares, that keep
/// the labels apart and in order (pool adjacent violators).
pub(super) fn apart(wishes: &[Wish], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].wish.total_cmp(&wishes[*b].wish));
    let mut blocks: Vec<Block> = Vec::new();
    for index in order {
        let Wish { wish, height } = wishes[index];
        let mut block = Block { members: vec![index], tops: wish - height / 2.0, height };
        while let Some(above) = blocks.pop_if(|above| above.top(low, high) + above.height > block.top(low, high)) {
            block = merged(above, block);
        }
        blocks.push(block);
    }
    let mut middles = vec![0.0; wishes.len()];
    for block in blocks {
        let mut top = block.top(low, high);
        for index in block.members {
            middles[index] = top + wishes[index].height / 2.0;
            top += wishes[index].height;
        }
    }
    middles
}

fn merged(mut above: Block, below: Block) -> Block {
    above.tops += below.tops - above.height * below.members.len() as f64;
    above.height += below.height;
    above.members.extend(below.members);
    above
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(middles: &[f64]) -> Vec<Wish> {
        middles.iter().map(|&wish| Wish { wish, height: 20.0 }).collect()
    }

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(apart(&wishes(&[100.0, 50.0]), 0.0, 200.0), [100.0, 50.0]);
    }

    #[test]
    fn labels_that_meet_move_apart_evenly() {
        assert_eq!(apart(&wishes(&[100.0, 100.0]), 0.0, 200.0), [90.0, 110.0]);
    }

    #[test]
    fn labels_stay_inside() {
        assert_eq!(apart(&wishes(&[199.0, 200.0, 5.0]), 0.0, 200.0), [170.0, 190.0, 10.0]);
    }
}
