//! One copy of each distinct text of a scan, named by a four-byte [`Sym`].
//!
//! For: a million rows in memory. Names, units and descriptions repeat; a column of symbols is a
//! column of integers, and everything worked out about a text (its region, its unit) is worked out
//! once per distinct text. Not for: text that appears once and is thrown away.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// A text in a [`Pool`]. Two symbols of one pool are equal exactly when their texts are.
///
/// The order of symbols is the order of first appearance, which depends on the order of the rows:
/// never let it reach an output.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Sym(u32);

impl Sym {
    /// The empty text; present in every pool.
    pub const EMPTY: Sym = Sym(0);

    /// Position in the pool, for tables indexed by symbol.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// Whether this is the empty text.
    pub fn is_empty(self) -> bool {
        self == Sym::EMPTY
    }
}

/// An append-only table of distinct texts.
#[derive(Clone)]
pub struct Pool {
    text: String,
    /// End offset of each text; the start is the end of the one before.
    ends: Vec<u64>,
    table: HashTable<u32>,
    /// Randomly seeded: the texts come from files that a stranger may have written.
    hasher: DefaultHashBuilder,
}

impl Default for Pool {
    fn default() -> Self {
        let mut pool = Pool {
            text: String::new(),
            ends: Vec::new(),
            table: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        };
        pool.intern("");
        pool
    }
}

impl Pool {
    /// The symbol of `text`, adding it if it is new.
    ///
    /// # Panics
    /// After 2³² distinct texts, more than any supported input holds.
    pub fn intern(&mut self, text: &str) -> Sym {
        let hash = self.hasher.hash_one(text);
        if let Some(&found) = self.table.find(hash, |&i| slice(&self.text, &self.ends, i) == text) {
            return Sym(found);
        }
        let new = u32::try_from(self.ends.len()).expect("fewer than 2^32 distinct texts");
        self.text.push_str(text);
        self.ends.push(self.text.len() as u64);
        let (all, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.table.insert_unique(hash, new, |&i| hasher.hash_one(slice(all, ends, i)));
        Sym(new)
    }

    /// The text of `sym`.
    ///
    /// # Panics
    /// If `sym` comes from another pool with more texts.
    pub fn get(&self, sym: Sym) -> &str {
        slice(&self.text, &self.ends, sym.0)
    }

    /// The symbol of `text` if it was interned before.
    pub fn lookup(&self, text: &str) -> Option<Sym> {
        let hash = self.hasher.hash_one(text);
        self.table.find(hash, |&i| slice(&self.text, &self.ends, i) == text).map(|&i| Sym(i))
    }

    /// Number of distinct texts, the empty one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Never true: the empty text is always there.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

fn slice<'a>(text: &'a str, ends: &[u64], index: u32) -> &'a str {
    let index = index as usize;
    let start = if index == 0 { 0 } else { ends[index - 1] as usize };
    &text[start..ends[index] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_a_symbol_and_others_do_not() {
        let mut pool = Pool::default();
        let a = pool.intern("市教育局");
        let b = pool.intern("市教育局");
        let c = pool.intern("市民政局");
        assert_eq!(a, b);
        assert_ne!(a, c);
        assert_eq!((pool.get(a), pool.get(c), pool.get(Sym::EMPTY)), ("市教育局", "市民政局", ""));
        assert_eq!(pool.lookup("市民政局"), Some(c));
        assert_eq!(pool.lookup("没有"), None);
    }
}
