//! A growing list that never moves what it holds.
//!
//! For: columns of millions of values: a vector that doubles has to copy all it holds into fresh memory again
//! and again, and fresh memory is the dearest part of reading. Not for: short lists; a vector is simpler.

/// Elements of a block.
const BLOCK: usize = 1 << 14;

/// A list in blocks of equal size; only the last one is not full.
#[derive(Clone)]
pub(super) struct Blocks<T> {
    full: Vec<Vec<T>>,
    last: Vec<T>,
}

impl<T> Default for Blocks<T> {
    fn default() -> Self {
        Blocks { full: Vec::new(), last: Vec::new() }
    }
}

impl<T: Copy> Blocks<T> {
    /// How many elements it has.
    pub(super) fn len(&self) -> usize {
        self.full.len() * BLOCK + self.last.len()
    }

    /// Whether it has none.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at a position, if there is one.
    pub(super) fn get(&self, at: usize) -> Option<T> {
        self.full.get(at / BLOCK).unwrap_or(&self.last).get(at % BLOCK).copied().filter(|_| at < self.len())
    }

    /// Puts another element at a position that is there.
    pub(super) fn set(&mut self, at: usize, element: T) {
        let block = self.full.get_mut(at / BLOCK).unwrap_or(&mut self.last);
        if let Some(held) = block.get_mut(at % BLOCK) {
            *held = element;
        }
    }

    /// Adds an element.
    pub(super) fn push(&mut self, element: T) {
        if self.last.len() == BLOCK {
            self.next_block();
        }
        self.last.push(element);
    }

    /// Adds elements.
    pub(super) fn extend(&mut self, mut elements: impl Iterator<Item = T>) {
        loop {
            self.last.extend(elements.by_ref().take(BLOCK - self.last.len()));
            match elements.next() {
                Some(element) => {
                    self.next_block();
                    self.last.push(element);
                }
                None => return,
            }
        }
    }

    /// Adds copies of an element until there are `len`.
    pub(super) fn fill(&mut self, len: usize, element: T) {
        if self.len() < len {
            self.extend(std::iter::repeat_n(element, len - self.len()));
        }
    }

    /// Every element.
    pub(super) fn iter(&self) -> impl Iterator<Item = T> {
        self.full.iter().chain([&self.last]).flatten().copied()
    }

    /// The element whose key is this one; the keys ascend.
    pub(super) fn search<K: Ord>(&self, wanted: K, key: impl Fn(T) -> K) -> Option<T> {
        let ends_before = |block: &Vec<T>| block.last().is_some_and(|last| key(*last) < wanted);
        let block = self.full.get(self.full.partition_point(ends_before)).unwrap_or(&self.last);
        let at = block.binary_search_by(|element| key(*element).cmp(&wanted)).ok()?;
        Some(block[at])
    }

    /// Forgets everything and keeps the memory of the last block.
    pub(super) fn clear(&mut self) {
        self.full.clear();
        self.last.clear();
    }

    fn next_block(&mut self) {
        let full = std::mem::replace(&mut self.last, Vec::with_capacity(BLOCK));
        self.full.push(full);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_where_they_were_put() {
        let mut blocks = Blocks::default();
        assert!(blocks.is_empty());
        let count = BLOCK * 2 + 3;
        blocks.extend((0..count).map(|i| i * 2));
        blocks.fill(count + 1, count * 2);
        assert_eq!(blocks.len(), count + 1);
        for at in [0, 1, BLOCK - 1, BLOCK, BLOCK * 2, count] {
            assert_eq!(blocks.get(at), Some(at * 2));
            assert_eq!(blocks.search(at * 2, |x| x), Some(at * 2));
            assert_eq!(blocks.search(at * 2 + 1, |x| x), None);
        }
        assert_eq!(blocks.get(count + 1), None);
        assert_eq!(blocks.iter().max(), Some(count * 2));
        blocks.clear();
        assert!(blocks.is_empty() && blocks.search(0, |x| x).is_none());
    }
}
