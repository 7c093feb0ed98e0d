//! The file of weights, and looking features up in it.
//!
//! The file: `ZJLEARN2`; the number of features (4 bytes, little-endian like all that follows); the worth of one unit of each
//! column, the start of each practice's three scores, and of the last two columns (8-byte floats); the number of steps (1 byte), each a least
//! score (8-byte float) with its chance in a hundred (1 byte); the features in order (4 bytes each); their weights (a
//! signed byte for each column). Made by `examples/train_detector`.

use super::concepts::Concepts;
use super::{ANY, COLUMNS, FIRST, MEANING, RULED_OUT, TAUGHT, grams};

const MAGIC: &[u8] = b"ZJLEARN2";
const NONE: u32 = u32::MAX;
/// Columns as they lie in memory, a whole number of eights, so that they are added side by side.
const LANES: usize = COLUMNS.next_multiple_of(8);

/// Weights by feature.
pub(super) struct Table {
    /// Places of a hash table: the feature, and the row of its weights.
    places: Vec<(u32, u32)>,
    weights: Vec<[i8; LANES]>,
    units: [f64; COLUMNS],
    /// What each practice starts from: spoken of, asserted in one step, asserted at all.
    starts: [[f64; 3]; TAUGHT.len()],
    /// What the two columns of any practice start from.
    any: [f64; 2],
    /// The column that is asked first, again and close together.
    first: Vec<i8>,
    /// Least scores with their chances, in order.
    steps: Vec<(f64, u8)>,
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], String> {
        let (part, rest) = self.0.split_at_checked(n).ok_or("weights: cut short")?;
        self.0 = rest;
        Ok(part)
    }

    fn count(&mut self) -> Result<u32, String> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().map_err(|_| "weights: a number")?))
    }

    fn float(&mut self) -> Result<f64, String> {
        Ok(f64::from_le_bytes(self.take(8)?.try_into().map_err(|_| "weights: a float")?))
    }
}

impl Table {
    /// Reads a file of weights.
    pub(super) fn read(bytes: &[u8]) -> Result<Table, String> {
        let mut rest = Rest(bytes.strip_prefix(MAGIC).ok_or("weights: no file of weights")?);
        let features = rest.count()? as usize;
        let (mut units, mut starts) = ([0.0; COLUMNS], [[0.0; 3]; TAUGHT.len()]);
        let mut any = [0.0; 2];
        for float in units.iter_mut().chain(starts.iter_mut().flatten()).chain(&mut any) {
            *float = rest.float()?;
        }
        let mut steps = Vec::new();
        for _ in 0..rest.take(1)?[0] {
            let least = rest.float()?;
            steps.push((least, rest.take(1)?[0]));
        }
        let keys = rest.take(features.checked_mul(4).ok_or("weights: too many")?)?;
        let (weights, left) = rest.0.as_chunks::<COLUMNS>();
        if weights.len() != features || !left.is_empty() {
            return Err("weights: another number of them than of features".to_owned());
        }
        let laid = |row: &[u8; COLUMNS]| std::array::from_fn(|c| row.get(c).map_or(0, |w| w.cast_signed()));
        let weights: Vec<[i8; LANES]> = weights.iter().map(laid).collect();
        let mut places = vec![(0, NONE); (2 * features + 1).next_power_of_two()];
        for (row, key) in (0..).zip(keys.as_chunks::<4>().0) {
            let feature = u32::from_le_bytes(*key);
            let mut at = feature as usize & (places.len() - 1);
            while places[at].1 != NONE {
                at = (at + 1) & (places.len() - 1);
            }
            places[at] = (feature, row);
        }
        let first = weights.iter().map(|row: &[i8; LANES]| row[COLUMNS - 1]).collect();
        Ok(Table { places, weights, units, starts, any, first, steps })
    }

    /// The row of a feature's weights, if it has any. A table is at most half full, so that the search ends.
    pub(super) fn slot(&self, feature: u32) -> Option<u32> {
        let mut at = feature as usize & (self.places.len() - 1);
        loop {
            match self.places[at] {
                (_, NONE) => return None,
                (known, row) if known == feature => return Some(row),
                _ => at = (at + 1) & (self.places.len() - 1),
            }
        }
    }

    /// The scores of a piece of folded text, each of its features counted once; nothing where none is known,
    /// [`RULED_OUT`] where its characters alone say that there is no practice.
    pub(super) fn scores(&self, concepts: &Concepts, text: &str) -> Option<[f64; TAUGHT.len()]> {
        let mut seen = vec![0_u64; self.weights.len().div_ceil(64)];
        let mut rows: Vec<u32> = Vec::with_capacity(text.len() / 2);
        let mut collect = |feature: u32| {
            let row = self.slot(feature)?;
            let (word, bit) = (&mut seen[row as usize / 64], 1 << (row % 64));
            let is_new = *word & bit == 0;
            *word |= bit;
            is_new.then_some(row)
        };
        grams::each(text, |_, feature| rows.extend(collect(feature)));
        if rows.is_empty() {
            return None;
        }
        let share = |rows: &[u32], weight: f64| weight / (rows.len().max(1) as f64).sqrt();
        let grams = share(&rows, 1.0);
        let sum: i32 = rows.iter().map(|&row| i32::from(self.first[row as usize])).sum();
        if f64::from(sum) * self.units[COLUMNS - 1] * grams + self.any[1] < FIRST {
            return Some([RULED_OUT; TAUGHT.len()]);
        }
        let mut meant: Vec<u32> = Vec::new();
        concepts.each(text, |_, feature| meant.extend(collect(feature)));
        let meanings = share(&meant, MEANING);
        let (characters, words) = (self.sums(&rows), self.sums(&meant));
        let part = |column: usize| {
            let sum = f64::from(characters[column]) * grams + f64::from(words[column]) * meanings;
            sum * self.units[column]
        };
        let asserted = part(2 * TAUGHT.len());
        let any = (part(2 * TAUGHT.len() + 1) + self.any[0]) * ANY;
        Some(std::array::from_fn(|k| {
            let [spoken, direct, all] = self.starts[k];
            (part(k) + spoken).min(asserted + all) + part(TAUGHT.len() + k) + direct + any
        }))
    }

    /// The weights of rows, added column by column.
    fn sums(&self, rows: &[u32]) -> [i32; LANES] {
        let mut sums = [0_i32; LANES];
        for &row in rows {
            for (sum, &weight) in sums.iter_mut().zip(&self.weights[row as usize]) {
                *sum += i32::from(weight);
            }
        }
        sums
    }

    /// How much a feature speaks for a practice: that it is spoken of, and that it is asserted.
    pub(super) fn weight(&self, row: u32, practice: usize) -> f64 {
        let of = |column: usize| f64::from(self.weights[row as usize][column]) * self.units[column];
        of(practice) + of(TAUGHT.len() + practice)
    }

    /// The chance of the last step that a score reaches.
    pub(super) fn percent(&self, score: f64) -> u8 {
        self.steps[..self.steps.partition_point(|&(least, _)| least <= score)].last().map_or(0, |step| step.1)
    }
}
