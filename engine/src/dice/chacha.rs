//! The `ChaCha` block function with 8 rounds, for sixteen blocks side by side.
//!
//! Source: Bernstein, D. J. (2008). `ChaCha`, a variant of Salsa20. *Workshop Record of SASC 2008*;
//! with a 64-bit block counter and a 64-bit nonce, as there and as in `rand_chacha`.

use crate::lanes::LANES;

/// Words in one block.
pub(super) const WORDS: usize = 16;

/// The eight words of a key.
pub(super) type Key = [u32; 8];

/// Sixteen blocks: for each of the sixteen words, its value in each lane.
pub(super) type Block = [[u32; LANES]; WORDS];

/// The words of a key, which is written in bytes from the least significant upwards.
pub(super) fn key(bytes: [u8; 32]) -> Key {
    let (words, _) = bytes.as_chunks::<4>();
    std::array::from_fn(|word| u32::from_le_bytes(words[word]))
}

/// The blocks at sixteen places, each given by the two words of its counter and the two of its stream.
///
/// The long loop over the lanes is the outer one and has no loop within: only so does the compiler
/// turn it into vector code.
#[inline(always)]
pub(super) fn blocks(key: &Key, places: &[[u32; LANES]; 4]) -> Block {
    /// "expand 32-byte k"
    const CONSTANT: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];
    let [c0, c1, c2, c3] = CONSTANT;
    let [k0, k1, k2, k3, k4, k5, k6, k7] = *key;
    let mut output = [[0; LANES]; WORDS];
    for lane in 0..LANES {
        let [p0, p1, p2, p3] = [places[0][lane], places[1][lane], places[2][lane], places[3][lane]];
        let input = [c0, c1, c2, c3, k0, k1, k2, k3, k4, k5, k6, k7, p0, p1, p2, p3];
        let state = double_round(double_round(double_round(double_round(input))));
        for word in 0..WORDS {
            output[word][lane] = state[word].wrapping_add(input[word]);
        }
    }
    output
}

/// Two rounds: the columns of the four by four state, then its diagonals.
#[inline(always)]
fn double_round(mut state: [u32; WORDS]) -> [u32; WORDS] {
    quarter_round(&mut state, 0, 4, 8, 12);
    quarter_round(&mut state, 1, 5, 9, 13);
    quarter_round(&mut state, 2, 6, 10, 14);
    quarter_round(&mut state, 3, 7, 11, 15);
    quarter_round(&mut state, 0, 5, 10, 15);
    quarter_round(&mut state, 1, 6, 11, 12);
    quarter_round(&mut state, 2, 7, 8, 13);
    quarter_round(&mut state, 3, 4, 9, 14);
    state
}

/// The quarter round of four words of the state.
#[inline(always)]
fn quarter_round(state: &mut [u32; WORDS], a: usize, b: usize, c: usize, d: usize) {
    state[a] = state[a].wrapping_add(state[b]);
    state[d] = (state[d] ^ state[a]).rotate_left(16);
    state[c] = state[c].wrapping_add(state[d]);
    state[b] = (state[b] ^ state[c]).rotate_left(12);
    state[a] = state[a].wrapping_add(state[b]);
    state[d] = (state[d] ^ state[a]).rotate_left(8);
    state[c] = state[c].wrapping_add(state[d]);
    state[b] = (state[b] ^ state[c]).rotate_left(7);
}
