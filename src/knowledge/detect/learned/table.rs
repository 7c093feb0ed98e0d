//! The file of weights, and looking features up in it.
//!
//! The file: `ZJLEARN3`; the number of features (4 bytes, little-endian like all that follows); the worth of one unit of each
//! column, the start of each practice's three scores, and of the last two columns (8-byte floats); of the hidden layer the worth of one unit and
//! the start of each of its units, and what each of these adds to each practice; the number of steps (1 byte), each a least
//! score (8-byte float) with its chance in a hundred (1 byte); the features in order (4 bytes each); their weights (a
//! signed byte for each column); their weights for the hidden layer (likewise). Made by `examples/train_detector`.

use super::concepts::Concepts;
use super::{ANY, COLUMNS, DEEP, FIRST, HIDDEN, MEANING, RULED_OUT, SAID, TAUGHT, grams};

const MAGIC: &[u8] = b"ZJLEARN3";
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
    /// The hidden layer.
    deep: Vec<[i8; HIDDEN]>,
    deep_units: [f64; HIDDEN],
    deep_starts: [f64; HIDDEN],
    /// What each of its units adds to each practice.
    adds: [[f64; TAUGHT.len()]; HIDDEN],
    /// The column that is asked first, again and close together.
    first: Vec<i8>,
    /// The rows of concepts, and of every two of them, by their numbers: asked so often that no hash is taken.
    meant: Vec<u32>,
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
    pub(super) fn read(bytes: &[u8], concepts: &Concepts) -> Result<Table, String> {
        let mut rest = Rest(bytes.strip_prefix(MAGIC).ok_or("weights: no file of weights")?);
        let features = rest.count()? as usize;
        let (mut units, mut starts) = ([0.0; COLUMNS], [[0.0; 3]; TAUGHT.len()]);
        let mut any = [0.0; 2];
        let (mut deep_units, mut deep_starts) = ([0.0; HIDDEN], [0.0; HIDDEN]);
        let mut adds = [[0.0; TAUGHT.len()]; HIDDEN];
        let linear = units.iter_mut().chain(starts.iter_mut().flatten()).chain(&mut any);
        let hidden = deep_units.iter_mut().chain(&mut deep_starts).chain(adds.iter_mut().flatten());
        for float in linear.chain(hidden) {
            *float = rest.float()?;
        }
        let mut steps = Vec::new();
        for _ in 0..rest.take(1)?[0] {
            let least = rest.float()?;
            steps.push((least, rest.take(1)?[0]));
        }
        let keys = rest.take(features.checked_mul(4).ok_or("weights: too many")?)?;
        let (weights, _) = rest.take(features * COLUMNS)?.as_chunks::<COLUMNS>();
        let (deep, left) = rest.0.as_chunks::<HIDDEN>();
        if deep.len() != features || !left.is_empty() {
            return Err("weights: another number of them than of features".to_owned());
        }
        let laid = |row: &[u8; COLUMNS]| std::array::from_fn(|c| row.get(c).map_or(0, |w| w.cast_signed()));
        let weights: Vec<[i8; LANES]> = weights.iter().map(laid).collect();
        let deep = deep.iter().map(|row| row.map(u8::cast_signed)).collect();
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
        let meant = Vec::new();
        let mut table = Table {
            places,
            weights,
            units,
            starts,
            any,
            deep,
            deep_units,
            deep_starts,
            adds,
            first,
            meant,
            steps,
        };
        let row = |one, other| table.slot(concepts.feature(one, other)).unwrap_or(NONE);
        let all = 0..concepts.count();
        let with = |one| [None].into_iter().chain(all.clone().map(Some)).map(move |other| (one, other));
        table.meant = all.clone().flat_map(with).map(|(one, other)| row(one, other)).collect();
        Ok(table)
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
    /// [`RULED_OUT`] where its characters alone say that there is no practice and the words are silent.
    pub(super) fn scores(
        &self,
        concepts: &Concepts,
        text: &str,
        said: &[u32],
    ) -> Option<[f64; TAUGHT.len()]> {
        let mut seen = vec![0_u64; self.weights.len().div_ceil(64)];
        let mut rows: Vec<u32> = Vec::with_capacity(text.len() / 2);
        let mut is_new = |row: u32| {
            let (word, bit) = (&mut seen[row as usize / 64], 1 << (row % 64));
            let is_new = *word & bit == 0;
            *word |= bit;
            is_new
        };
        grams::each(text, |_, feature| rows.extend(self.slot(feature).filter(|&row| is_new(row))));
        if rows.is_empty() {
            return None;
        }
        let share = |rows: &[u32], weight: f64| weight / (rows.len().max(1) as f64).sqrt();
        let grams = share(&rows, 1.0);
        if said.is_empty() {
            let sum: i32 = rows.iter().map(|&row| i32::from(self.first[row as usize])).sum();
            if f64::from(sum) * self.units[COLUMNS - 1] * grams + self.any[1] < FIRST {
                return Some([RULED_OUT; TAUGHT.len()]);
            }
        }
        let mut meant: Vec<u32> = Vec::new();
        concepts.each_number(text, |_, one, other| {
            let row = self.meant[one * (concepts.count() + 1) + other.map_or(0, |other| other + 1)];
            if row != NONE && is_new(row) {
                meant.push(row);
            }
        });
        let said: Vec<u32> =
            said.iter().filter_map(|&feature| self.slot(feature)).filter(|&row| is_new(row)).collect();
        let parts = [(&rows, grams), (&meant, share(&meant, MEANING)), (&said, share(&said, SAID))];
        let sums = parts.map(|(rows, share)| (sums(&self.weights, rows), share));
        let part = |column: usize| {
            sums.iter().map(|(of, share)| f64::from(of[column]) * share).sum::<f64>() * self.units[column]
        };
        let asserted = part(2 * TAUGHT.len());
        let any = (part(2 * TAUGHT.len() + 1) + self.any[0]) * ANY;
        let mut scores: [f64; TAUGHT.len()] = std::array::from_fn(|k| {
            let [spoken, direct, all] = self.starts[k];
            (part(k) + spoken).min(asserted + all) + part(TAUGHT.len() + k) + direct + any
        });
        let sums = parts.map(|(rows, share)| (self::sums(&self.deep, rows), share));
        for (unit, adds) in self.adds.iter().enumerate() {
            let fed = sums.iter().map(|(of, share)| f64::from(of[unit]) * share).sum::<f64>();
            let lit = self.deep_starts[unit] + fed * self.deep_units[unit] * DEEP;
            if lit > 0.0 {
                scores.iter_mut().zip(adds).for_each(|(score, add)| *score += lit * add);
            }
        }
        Some(scores)
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

/// So many rows of bytes add up within 16 bits.
const AT_ONCE: usize = 256;

/// The weights of rows, added column by column.
fn sums<const N: usize>(weights: &[[i8; N]], rows: &[u32]) -> [i32; N] {
    let mut sums = [0_i32; N];
    for rows in rows.chunks(AT_ONCE) {
        let mut part = [0_i16; N];
        for &row in rows {
            for (sum, &weight) in part.iter_mut().zip(&weights[row as usize]) {
                *sum += i16::from(weight);
            }
        }
        for (sum, part) in sums.iter_mut().zip(part) {
            *sum += i32::from(part);
        }
    }
    sums
}
