//! Which texts of a pool have a hash: a hash table of numbers.
//!
//! For: looking a text up without looking at other texts. Not for: the texts themselves. Invariant: at most
//! two thirds of the slots are taken, so a search ends after a few steps.

/// Slots of an empty table; a power of two.
const FEWEST: usize = 16;
/// Set in the tag of every slot that is taken.
const TAKEN: u8 = 0x80;

/// Open addressing with linear probing (Knuth, The Art of Computer Programming 3, 6.4, algorithm L). Seven
/// bits of each hash stand apart, a byte per slot: that list is short enough to be near at hand, and nearly
/// every search for a text that is not there ends in it.
#[derive(Clone)]
pub(super) struct Places {
    tags: Vec<u8>,
    /// Hash and number of a text.
    slots: Vec<(u32, u32)>,
    taken: usize,
}

impl Default for Places {
    fn default() -> Self {
        Places { tags: vec![0; FEWEST], slots: vec![(0, 0); FEWEST], taken: 0 }
    }
}

impl Places {
    /// Makes room for so many more.
    pub(super) fn reserve(&mut self, more: usize) {
        let needed = (self.taken + more) * 3 / 2 + 1;
        if needed <= self.tags.len() {
            return;
        }
        let size = needed.next_power_of_two();
        let tags = std::mem::replace(&mut self.tags, vec![0; size]);
        let slots = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
        for (_, (hash, number)) in tags.into_iter().zip(slots).filter(|(tag, _)| *tag != 0) {
            self.put(hash, number);
        }
    }

    /// The first text with this hash that is the one looked for.
    pub(super) fn find(&self, hash: u32, is_same: impl Fn(u32) -> bool) -> Option<u32> {
        let (mut at, wanted) = (self.start(hash), tag(hash));
        loop {
            let found = self.tags[at];
            if found == wanted {
                let (held, number) = self.slots[at];
                if held == hash && is_same(number) {
                    return Some(number);
                }
            } else if found == 0 {
                return None;
            }
            at = (at + 1) & (self.tags.len() - 1);
        }
    }

    /// Adds a text; there must be room.
    pub(super) fn add(&mut self, hash: u32, number: u32) {
        self.put(hash, number);
        self.taken += 1;
    }

    /// Forgets every text and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.tags.fill(0);
        self.taken = 0;
    }

    /// Fetches the tags of some hashes into the cache.
    pub(super) fn touch(&self, hashes: &[(u32, u32)]) {
        let all = hashes.iter().fold(0, |all, &(hash, _)| all ^ self.tags[self.start(hash)]);
        std::hint::black_box(all);
    }

    /// Every text with its hash, in the order of the texts, of which there are `count` in the pool.
    pub(super) fn hashes(&self, count: usize) -> Vec<(u32, u32)> {
        let mut by_text = vec![None; count];
        let taken = self.tags.iter().zip(&self.slots).filter(|(tag, _)| **tag != 0);
        for (_, &(hash, number)) in taken {
            by_text[number as usize] = Some(hash);
        }
        let all = by_text.into_iter().enumerate();
        all.filter_map(|(number, hash)| hash.map(|hash| (hash, number as u32))).collect()
    }

    fn start(&self, hash: u32) -> usize {
        hash as usize & (self.tags.len() - 1)
    }

    fn put(&mut self, hash: u32, number: u32) {
        let mut at = self.start(hash);
        while self.tags[at] != 0 {
            at = (at + 1) & (self.tags.len() - 1);
        }
        self.tags[at] = tag(hash);
        self.slots[at] = (hash, number);
    }
}

/// The upper bits of a hash, of which the place is made of the lower ones.
fn tag(hash: u32) -> u8 {
    (hash >> 25) as u8 | TAKEN
}
