//! Working out every distinct key once, in parallel.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// The values of distinct keys, and which of them each record has.
pub(super) struct Distinct<V> {
    of_record: Vec<u32>,
    pub(super) values: Vec<V>,
}

impl<V: Send> Distinct<V> {
    /// Collects the keys of `count` records in record order and works out each distinct one.
    ///
    /// Keys are made of our own small integers, never of text.
    pub(super) fn work_out<K: Copy + Eq + Hash + Sync + Send>(
        count: usize,
        mut key: impl FnMut(usize) -> K,
        value: impl Fn(K) -> V + Sync + Send,
    ) -> Distinct<V> {
        let mut known: FxHashMap<K, u32> = FxHashMap::default();
        let mut keys: Vec<K> = Vec::new();
        let of_record = (0..count)
            .map(|record| {
                let key = key(record);
                *known.entry(key).or_insert_with(|| {
                    keys.push(key);
                    keys.len() as u32 - 1
                })
            })
            .collect();
        Distinct { of_record, values: keys.into_par_iter().map(value).collect() }
    }
}

impl<V> Distinct<V> {
    /// The value of a record.
    pub(super) fn get(&self, record: usize) -> &V {
        &self.values[self.of_record[record] as usize]
    }

    /// Gives one record a value of its own.
    pub(super) fn replace(&mut self, record: usize, value: V)
    where
        V: PartialEq,
    {
        // Records that are settled alike mostly follow each other.
        if self.values.last() != Some(&value) {
            self.values.push(value);
        }
        self.of_record[record] = self.values.len() as u32 - 1;
    }

    /// Turns every value into another, in the order of first appearance.
    pub(super) fn map<W>(self, turn: impl FnMut(V) -> W) -> Distinct<W> {
        Distinct { of_record: self.of_record, values: self.values.into_iter().map(turn).collect() }
    }
}
