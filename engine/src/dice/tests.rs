//! Draws against the public generator, word for word, and against uniform and independent ones.

use super::*;
use rand_chacha::rand_core::Rng;

const PURPOSES: [Purpose; 11] = [
    Purpose::Need,
    Purpose::Choice,
    Purpose::Audit,
    Purpose::Peer,
    Purpose::Mutation,
    Purpose::Shock,
    Purpose::Vote,
    Purpose::Quota,
    Purpose::Trust,
    Purpose::Revision,
    Purpose::Copy,
];

/// Sixteen different runs, among them the largest that fits.
fn runs() -> [u64; LANES] {
    std::array::from_fn(|lane| match lane {
        15 => (1 << 56) - 1,
        _ => (lane as u64) * 0x1_0000_0001,
    })
}

/// The draw at an address by the public generator alone.
fn reference(seed: u64, run: u64, purpose: u64, step: u32, member: usize) -> f64 {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream((purpose << 56) | run);
    let block = (u128::from(step / 4) << 20) | (member / 4) as u128;
    generator.set_word_pos(block * 16 + u128::from(step % 4) * 4 + (member % 4) as u128);
    (f64::from(generator.next_u32()) + 0.5) / 4_294_967_296.0
}

/// The draws of members that ride as rows, as a walk takes them.
fn draws(seed: u64, runs: [u64; LANES], purpose: Purpose, step: u32, members: usize) -> Vec<Lanes> {
    let (dice, luck) = (Dice::new(&Packing::Runs(runs)), Luck::of_place(seed));
    let mut kept = vec![[0; LANES]; members.div_ceil(BLOCK) * WORDS];
    let first = step / 4 * 4;
    let mut all = Vec::new();
    for now in first..=step {
        all = (0..members.div_ceil(BLOCK))
            .flat_map(|block| {
                let draws = dice.block(&luck, purpose, now, block, &mut kept);
                (0..BLOCK).map(move |row| draws.of(row))
            })
            .collect();
    }
    all.truncate(members);
    all
}

#[test]
fn every_draw_is_the_word_of_the_public_generator_at_its_address() {
    for purpose in PURPOSES {
        let number = purpose as u64;
        for (seed, step) in [(0, 0), (7, 1), (u64::MAX, 519), (1 << 40, u32::MAX)] {
            let draws = draws(seed, runs(), purpose, step, 37);
            for (member, draw) in draws.into_iter().enumerate() {
                let expected = runs().map(|run| reference(seed, run, number, step, member).to_bits());
                assert_eq!(draw.to_array().map(f64::to_bits), expected, "{purpose:?} {seed} {step} {member}");
            }
        }
    }
}

#[test]
fn one_draw_is_the_same_as_that_of_the_whole_row() {
    let (dice, luck) = (Dice::new(&Packing::Runs(runs())), Luck::of_place(5));
    for step in [12, 14] {
        let row = draws(5, runs(), Purpose::Audit, step, 600);
        for member in [0, 15, 16, 255, 256, 599] {
            assert_eq!(dice.uniform(&luck, Purpose::Audit, step, member), row[member]);
        }
    }
}

#[test]
fn members_that_ride_in_the_lanes_draw_what_they_draw_as_rows() {
    let (members, run) = (200, runs()[3]);
    let (dice, luck) = (Dice::new(&Packing::Members(run)), Luck::of_place(5));
    let rows = crate::rows::Rows::new(members, &Packing::Members(run));
    let mut kept = vec![[0; LANES]; rows.blocks() * WORDS];
    for step in 0..6 {
        let apart = draws(5, [run; LANES], Purpose::Need, step, members);
        let blocks: Vec<Draws> =
            (0..rows.blocks()).map(|block| dice.block(&luck, Purpose::Need, step, block, &mut kept)).collect();
        for (member, draw) in apart.iter().enumerate() {
            assert_eq!(rows.of(member, |row| blocks[row / BLOCK].of(row)), *draw, "step {step}, member {member}");
        }
    }
}

#[test]
fn names_have_lucks_of_their_own_and_no_name_that_of_the_seed() {
    let (dice, seed) = (Dice::new(&Packing::Runs(runs())), 9);
    let first = |name: &str| dice.uniform(&Luck::of(seed, name), Purpose::Need, 0, 0);
    assert_eq!(first(""), draws(seed, runs(), Purpose::Need, 0, 1)[0]);
    assert_ne!(first("acute"), first("acuta"));
    assert_ne!(first("acute"), first(""));
}

#[test]
fn run_numbers_count_modulo_two_to_the_fifty_sixth() {
    let high = runs().map(|run| run | 0xAB << 56);
    assert_eq!(draws(5, high, Purpose::Vote, 1, 3), draws(5, runs(), Purpose::Vote, 1, 3));
}

#[test]
fn the_smallest_and_the_largest_word_stay_inside_the_open_interval() {
    assert_eq!(unit_interval(&[0; LANES]), Lanes::all(2.0_f64.powi(-33)));
    assert_eq!(unit_interval(&[u32::MAX; LANES]), Lanes::all(1.0 - 2.0_f64.powi(-33)));
}

/// Pearson's statistic of counts that should be equal.
fn chi_squared(counts: &[u32]) -> f64 {
    let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
    counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum()
}

/// The 99.9 % quantile of χ² with 63 degrees of freedom.
const CHI_SQUARED_63: f64 = 103.442;

#[test]
fn draws_spread_evenly_over_the_unit_interval() {
    for stream in PURPOSES {
        let mut counts = [0; 64];
        for draw in draws(2024, runs(), stream, 3, 4000).into_iter().flat_map(Lanes::to_array) {
            counts[(draw * 64.0) as usize] += 1;
        }
        assert!(chi_squared(&counts) < CHI_SQUARED_63, "{stream:?}: {}", chi_squared(&counts));
    }
}

/// Counts of pairs of draws over an eight by eight board.
fn pairs(left: &[Lanes], right: &[Lanes]) -> [u32; 64] {
    let cell = |draw: f64| (draw * 8.0) as usize;
    let mut counts = [0; 64];
    for (left, right) in left.iter().zip(right) {
        for lane in 0..LANES {
            counts[cell(left.lane(lane)) * 8 + cell(right.lane(lane))] += 1;
        }
    }
    counts
}

#[test]
fn draws_at_neighbouring_addresses_are_independent() {
    let (these, next): ([u64; LANES], [u64; LANES]) =
        (std::array::from_fn(|lane| lane as u64), std::array::from_fn(|lane| lane as u64 + 1));
    let here = draws(2024, these, Purpose::Need, 3, 4000);
    let neighbours = [
        ("step", draws(2024, these, Purpose::Need, 4, 4000)),
        ("purpose", draws(2024, these, Purpose::Choice, 3, 4000)),
        ("run", draws(2024, next, Purpose::Need, 3, 4000)),
        ("seed", draws(2025, these, Purpose::Need, 3, 4000)),
        ("provider", here[1..].to_vec()),
    ];
    for (neighbour, there) in &neighbours {
        let statistic = chi_squared(&pairs(&here, there));
        assert!(statistic < CHI_SQUARED_63, "{neighbour}: {statistic}");
    }
}
