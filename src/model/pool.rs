//! One copy of each distinct text of a scan, named by a four-byte [`Sym`].
//!
//! For: a million rows in memory. Names, units and descriptions repeat; a column of symbols is a
//! column of integers, and everything worked out about a text (its region, its unit) is worked out
//! once per distinct text. Not for: text that appears once and is thrown away.

mod places;

use super::blocks::Blocks;
use hashbrown::DefaultHashBuilder;
use places::Places;
use std::hash::BuildHasher;
use std::sync::LazyLock;

/// One random seed for all pools of a run, so that a text has one hash in all of them. Random because the
/// texts come from files that a stranger may have written.
static SEED: LazyLock<DefaultHashBuilder> = LazyLock::new(DefaultHashBuilder::default);

/// Bytes of text that are kept together. Growing never moves a text.
const CHUNK: usize = 1 << 20;
/// How many texts of another pool are looked up at a time: few enough that what was fetched for the first
/// is still in the cache when the last is fetched.
const STRIDE: usize = 128;

/// A text in a [`Pool`]. Two symbols of one pool that were interned are equal exactly when their texts are;
/// for those that were only kept see [`Pool::keep`].
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
    chunks: Vec<String>,
    spans: Blocks<Span>,
    places: Places,
    /// Whether `places` was given up; made again by the next text that is added.
    is_at_rest: bool,
}

/// Where a text is kept, in eight bytes: the chunk, its start there, and its length.
#[derive(Clone, Copy)]
struct Span(u64);

impl Span {
    /// Bits of a start and of a length; both are less than a chunk, or the text has a chunk of its own.
    const BITS: u32 = CHUNK.trailing_zeros();
    const MASK: u64 = CHUNK as u64 - 1;
    /// Set where a text was kept and not interned.
    const KEPT: u64 = 1 << 63;

    fn new(chunk: usize, start: usize, len: usize) -> Span {
        // Of a text as long as a chunk the length does not fit and is not needed.
        let len = if len < CHUNK { len as u64 } else { Span::MASK };
        Span((chunk as u64) << (2 * Span::BITS) | (start as u64) << Span::BITS | len)
    }

    fn of(self, chunks: &[String]) -> &str {
        let chunk = &chunks[((self.0 & !Span::KEPT) >> (2 * Span::BITS)) as usize];
        let start = (self.0 >> Span::BITS & Span::MASK) as usize;
        let len = (self.0 & Span::MASK) as usize;
        if len < CHUNK - 1 { &chunk[start..start + len] } else { &chunk[start..] }
    }
}

impl Default for Pool {
    fn default() -> Self {
        let mut pool = Pool {
            chunks: vec![String::new()],
            spans: Blocks::default(),
            places: Places::default(),
            is_at_rest: false,
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
        let hash = short_hash(text);
        self.wake();
        self.places.reserve(1);
        self.find(text, hash).unwrap_or_else(|| self.add(text, hash))
    }

    /// Interns every text of another pool; by the other's symbol index, the symbol here.
    ///
    /// In a large pool each look is a wait for memory. Looks that do not depend on each other are made one
    /// after the other first, so that the waits overlap.
    pub fn absorb(&mut self, other: &Pool) -> Vec<Sym> {
        let hashes = other.hashes();
        self.wake();
        self.places.reserve(hashes.len());
        let mut syms = vec![None; other.len()];
        for hashes in hashes.chunks(STRIDE) {
            self.places.touch(hashes);
            let likely = hashes.iter().filter_map(|&(hash, _)| self.places.find(hash, |_| true));
            let likely: Vec<u32> = likely.collect();
            let seen = likely.iter().map(|&i| first_byte(self.span(i))).fold(0, |all, byte| all ^ byte);
            std::hint::black_box(seen);
            for &(hash, index) in hashes {
                let text = other.span(index);
                let sym = self.find(text, hash).unwrap_or_else(|| self.add(text, hash));
                syms[index as usize] = Some(sym);
            }
        }
        // Texts that were kept and not interned.
        let all = syms.into_iter().enumerate();
        all.map(|(index, sym)| sym.unwrap_or_else(|| self.push(other.span(index as u32), Span::KEPT)))
            .collect()
    }

    /// Adds texts that were collected for this pool and that it does not have.
    ///
    /// # Panics
    /// When something was added to the pool meanwhile.
    pub fn add_all(&mut self, addition: Addition) {
        let Addition { new, base } = addition;
        assert_eq!(self.spans.len(), base as usize, "a pool that nothing was added to");
        let chunks = self.chunks.len() as u64;
        self.spans.extend(new.spans.iter().skip(1).map(|span| Span(span.0 + (chunks << (2 * Span::BITS)))));
        let hashes = new.hashes();
        self.wake();
        self.chunks.extend(new.chunks);
        self.places.reserve(hashes.len());
        for (hash, number) in hashes.into_iter().filter(|&(_, number)| number > 0) {
            self.places.add(hash, base + number - 1);
        }
    }

    /// A symbol for a text that hardly ever repeats, such as an identifier: kept as it is, without looking
    /// whether it is there already. Such symbols say nothing about whether their texts are equal.
    ///
    /// # Panics
    /// After 2³² texts.
    pub fn keep(&mut self, text: &str) -> Sym {
        if text.is_empty() { Sym::EMPTY } else { self.push(text, Span::KEPT) }
    }

    /// Forgets everything and keeps the memory.
    pub fn clear(&mut self) {
        self.chunks.truncate(1);
        self.chunks[0].clear();
        self.spans.clear();
        self.places.clear();
        self.is_at_rest = false;
        self.intern("");
    }

    /// The text of `sym`.
    ///
    /// # Panics
    /// If `sym` comes from another pool with more texts.
    pub fn get(&self, sym: Sym) -> &str {
        self.span(sym.0)
    }

    /// The symbol of `text` if it was interned before.
    pub fn lookup(&self, text: &str) -> Option<Sym> {
        if self.is_at_rest {
            let mut interned = (0..self.len() as u32).filter(|&index| self.is_interned(index));
            return interned.find(|&index| self.span(index) == text).map(Sym);
        }
        self.find(text, short_hash(text))
    }

    /// Gives up what is only needed to find texts, a sixth of the memory. Adding a text makes it again, and looking one
    /// up takes long until then.
    pub fn rest(&mut self) {
        (self.places, self.is_at_rest) = (Places::default(), true);
    }

    fn is_interned(&self, index: u32) -> bool {
        self.spans.get(index as usize).is_some_and(|span| span.0 & Span::KEPT == 0)
    }

    fn wake(&mut self) {
        if std::mem::take(&mut self.is_at_rest) {
            self.places.reserve(self.spans.len());
            for index in 0..self.spans.len() as u32 {
                if self.is_interned(index) {
                    self.places.add(short_hash(self.span(index)), index);
                }
            }
        }
    }

    /// Every text that can be found, with its hash.
    fn hashes(&self) -> Vec<(u32, u32)> {
        if self.is_at_rest {
            let mut awake = self.clone();
            awake.wake();
            return awake.places.hashes(awake.len());
        }
        self.places.hashes(self.len())
    }

    /// Number of distinct texts, the empty one included.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Never true: the empty text is always there.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    fn span(&self, index: u32) -> &str {
        self.spans.get(index as usize).expect("a symbol of this pool").of(&self.chunks)
    }

    fn find(&self, text: &str, hash: u32) -> Option<Sym> {
        self.places.find(hash, |i| self.span(i) == text).map(Sym)
    }

    /// Adds a text that is known to be new; there is room for its place.
    fn add(&mut self, text: &str, hash: u32) -> Sym {
        let sym = self.push(text, 0);
        self.places.add(hash, sym.0);
        sym
    }

    fn push(&mut self, text: &str, flag: u64) -> Sym {
        let index = u32::try_from(self.spans.len()).expect("fewer than 2^32 distinct texts");
        // A text whose length does not fit into a span is the last of its chunk.
        let full = self.chunks.last().is_none_or(|chunk| chunk.len() + text.len() >= CHUNK - 1);
        if full && !self.chunks.last().is_some_and(String::is_empty) {
            self.chunks.push(String::with_capacity(CHUNK.max(text.len())));
        }
        let chunk = self.chunks.len() - 1;
        let kept = &mut self.chunks[chunk];
        let span = Span::new(chunk, kept.len(), text.len());
        kept.push_str(text);
        self.spans.push(Span(span.0 | flag));
        Sym(index)
    }
}

/// Texts that are to be added to a pool which others are still reading. Their symbols are those that the pool will give
/// them.
pub struct Addition {
    new: Pool,
    base: u32,
}

impl Addition {
    /// Nothing yet, to be added to this pool; until it is, nothing else may be.
    pub fn to(pool: &Pool) -> Addition {
        Addition { new: Pool::default(), base: pool.spans.len() as u32 }
    }

    /// The symbol of a text that the pool does not have.
    pub fn intern(&mut self, text: &str) -> Sym {
        match self.new.intern(text) {
            Sym::EMPTY => Sym::EMPTY,
            Sym(new) => Sym(self.base + new - 1),
        }
    }
}

fn first_byte(text: &str) -> u8 {
    text.as_bytes().first().copied().unwrap_or_default()
}

/// Half of a text's hash.
fn short_hash(text: &str) -> u32 {
    SEED.hash_one(text) as u32
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

    #[test]
    fn long_texts_and_many_of_them_are_kept_whole() {
        let mut pool = Pool::default();
        let texts: Vec<String> = (0..3000).map(|i| format!("{i}{}", "甲".repeat(i % 700))).collect();
        let longest = "乙".repeat(CHUNK);
        let edges = [CHUNK - 2, CHUNK - 1, CHUNK].map(|length| "x".repeat(length));
        let syms: Vec<Sym> = texts.iter().map(|text| pool.intern(text)).collect();
        let long = pool.intern(&longest);
        for (text, &sym) in texts.iter().zip(&syms) {
            assert_eq!((pool.get(sym), pool.lookup(text)), (text.as_str(), Some(sym)));
        }
        for edge in &edges {
            let sym = pool.intern(edge);
            let after = pool.intern("after");
            assert_eq!((pool.get(sym), pool.get(after)), (edge.as_str(), "after"));
        }
        assert_eq!((pool.get(long), pool.len()), (longest.as_str(), texts.len() + 6));
    }

    proptest::proptest! {
        /// Texts collected beside a pool have the symbols that it gives them.
        #[test]
        fn adding_all_is_interning(
            mine in proptest::collection::vec("[甲乙a]{0,3}", 0..40),
            theirs in proptest::collection::vec("[甲乙a]{0,3}", 0..60),
        ) {
            let (mut one, mut both) = (Pool::default(), Pool::default());
            for text in &mine {
                one.keep(text);
                both.keep(text);
                one.intern(text);
                both.intern(text);
            }
            let mut addition = Addition::to(&one);
            let find = |text: &String| one.lookup(text).unwrap_or_else(|| addition.intern(text));
            let found: Vec<Sym> = theirs.iter().map(find).collect();
            one.add_all(addition);
            for (text, sym) in theirs.iter().zip(found) {
                proptest::prop_assert_eq!(both.intern(text), sym);
                proptest::prop_assert_eq!((one.get(sym), one.lookup(text)), (text.as_str(), Some(sym)));
            }
            one.rest();
            for text in &theirs {
                proptest::prop_assert_eq!(one.lookup(text), both.lookup(text));
            }
            let after = one.intern("after");
            proptest::prop_assert_eq!((one.get(after), one.len()), ("after", both.len() + 1));
            proptest::prop_assert!(theirs.iter().all(|text| one.lookup(text) == both.lookup(text)));
        }

        /// Absorbing a pool gives the same symbols as interning its texts one after the other.
        #[test]
        fn absorbing_is_interning(
            mine in proptest::collection::vec("[甲乙a]{0,3}", 0..40),
            theirs in proptest::collection::vec("[甲乙a]{0,3}", 0..300),
        ) {
            let (mut one, mut other, mut both) = (Pool::default(), Pool::default(), Pool::default());
            for text in &mine {
                one.intern(text);
                both.intern(text);
            }
            for text in &theirs {
                other.intern(text);
            }
            let syms = one.absorb(&other);
            for text in &theirs {
                both.intern(text);
                let sym = syms[other.lookup(text).unwrap().index()];
                proptest::prop_assert_eq!(one.get(sym), text.as_str());
                proptest::prop_assert_eq!(Some(sym), both.lookup(text));
            }
            proptest::prop_assert_eq!(one.len(), both.len());
        }
    }
}
