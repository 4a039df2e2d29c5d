//! Draws against the public generator, word for word, and against uniform and independent ones.

use super::*;
use rand_chacha::rand_core::Rng;

const STREAMS: [Stream; 11] = [
    Stream::Need,
    Stream::Choice,
    Stream::Audit,
    Stream::Peer,
    Stream::Mutation,
    Stream::Shock,
    Stream::Vote,
    Stream::Quota,
    Stream::Trust,
    Stream::Revision,
    Stream::Copy,
];

/// Sixteen different runs, among them the largest that fits.
fn runs() -> [u64; LANES] {
    std::array::from_fn(|lane| match lane {
        15 => (1 << 56) - 1,
        _ => (lane as u64) * 0x1_0000_0001,
    })
}

/// The draw at an address by the public generator alone.
fn reference(seed: u64, run: u64, stream: u64, step: u32, provider: u32) -> f64 {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream((stream << 56) | run);
    let block = (u128::from(step) << 16) | u128::from(provider / 16);
    generator.set_word_pos(block * 16 + u128::from(provider % 16));
    (f64::from(generator.next_u32()) + 0.5) / 4_294_967_296.0
}

fn draws(dice: &Dice, stream: Stream, step: u32, providers: usize) -> Vec<Lanes> {
    let mut draws = vec![Lanes::ZERO; providers];
    dice.fill(stream, step, &mut draws);
    draws
}

#[test]
fn every_draw_is_the_word_of_the_public_generator_at_its_address() {
    for stream in STREAMS {
        let number = stream as u64;
        for (seed, step) in [(0, 0), (7, 1), (u64::MAX, 519), (1 << 40, u32::MAX)] {
            let draws = draws(&Dice::new(seed, runs()), stream, step, 37);
            for (provider, draw) in (0..).zip(draws) {
                let expected = runs().map(|run| reference(seed, run, number, step, provider).to_bits());
                assert_eq!(draw.to_array().map(f64::to_bits), expected, "{stream:?} {seed} {step} {provider}");
            }
        }
    }
}

#[test]
fn one_draw_is_the_same_as_that_of_the_whole_row() {
    for dice in [Dice::new(5, runs()), Dice::new(5, [9; LANES])] {
        let row = draws(&dice, Stream::Audit, 12, 600);
        for provider in [0, 15, 16, 255, 256, 599] {
            assert_eq!(dice.uniform(Stream::Audit, 12, provider as u32), row[provider]);
        }
    }
}

#[test]
fn a_run_that_fills_every_lane_draws_what_it_draws_in_company() {
    let shared = draws(&Dice::new(5, [runs()[3]; LANES]), Stream::Shock, 4, 300);
    let apart = draws(&Dice::new(5, runs()), Stream::Shock, 4, 300);
    for (shared, apart) in shared.iter().zip(&apart) {
        assert_eq!(*shared, Lanes::all(apart.lane(3)));
    }
}

#[test]
fn run_numbers_count_modulo_two_to_the_fifty_sixth() {
    let high = Dice::new(5, runs().map(|run| run | 0xAB << 56));
    assert_eq!(draws(&high, Stream::Vote, 1, 3), draws(&Dice::new(5, runs()), Stream::Vote, 1, 3));
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
    let dice = Dice::new(2024, runs());
    for stream in STREAMS {
        let mut counts = [0; 64];
        for draw in draws(&dice, stream, 3, 4000).into_iter().flat_map(Lanes::to_array) {
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
    let dice = Dice::new(2024, std::array::from_fn(|lane| lane as u64));
    let next_runs = Dice::new(2024, std::array::from_fn(|lane| lane as u64 + 1));
    let here = draws(&dice, Stream::Need, 3, 4000);
    let neighbours = [
        ("step", draws(&dice, Stream::Need, 4, 4000)),
        ("purpose", draws(&dice, Stream::Choice, 3, 4000)),
        ("run", draws(&next_runs, Stream::Need, 3, 4000)),
        ("seed", draws(&Dice::new(2025, std::array::from_fn(|lane| lane as u64)), Stream::Need, 3, 4000)),
        ("provider", here[1..].to_vec()),
    ];
    for (neighbour, there) in &neighbours {
        let statistic = chi_squared(&pairs(&here, there));
        assert!(statistic < CHI_SQUARED_63, "{neighbour}: {statistic}");
    }
}
