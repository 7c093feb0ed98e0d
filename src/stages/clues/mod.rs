//! Clues (线索): which items of an inventory a text is about.
//!
//! For: complaints and tips, in `audit` and in `screen --assets`. Not for: what the text complains of
//! (`knowledge::detect`). The names of all items are looked for in one pass; what the text says of places and
//! owners decides between items of one name. Names in quotation marks may differ by a slip.
//! Invariant: an item elsewhere than the text says is never named; a name that says nothing without its place
//! (政务服务) is no mention; the same text gives the same links in the same order.

mod near;
mod place;
mod spelling;
#[cfg(test)]
mod tests;

use crate::knowledge::text::fold;
use crate::model::Confidence;
use near::Near;
use place::Places;
use spelling::{Form, Spellings};
use std::collections::BTreeMap;

/// Items of one name that are linked though the text does not tell which is meant; of more, none is.
const MOST_UNDECIDED: usize = 3;

/// An item that texts may name.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// As the inventory wrote it.
    pub name: String,
    /// The name without region, unit and generic words; empty when there is none.
    pub stem: String,
    /// The owner, in every way it is known to be written.
    pub owners: Vec<String>,
    /// Names of its region and of those above, from the province down.
    pub places: Vec<String>,
}

/// An item that a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its number among those the linker was made from.
    pub item: usize,
    /// High where name and place agree or the name is the only one, low where several fit or the name has a slip.
    pub confidence: Confidence,
}

/// Finds items in texts; build once, use from any thread.
pub struct Linker {
    spellings: Spellings,
    near: Near,
    places: Places,
}

impl Linker {
    /// A linker over these items.
    pub fn new(items: &[Named]) -> Linker {
        let names: Vec<(String, String)> = items.iter().map(|i| (fold(&i.name), fold(&i.stem))).collect();
        Linker { spellings: Spellings::new(&names), near: Near::new(&names), places: Places::new(items) }
    }

    /// The items a text is about, by number. `place` is what is known of the place besides the text; may be empty.
    pub fn links(&self, text: &str, place: &str) -> Vec<Link> {
        let folded = fold(text);
        let said = self.places.said(&[&folded, &fold(place)]);
        let mut links: BTreeMap<usize, Confidence> = BTreeMap::new();
        let mut add = |link: Link| {
            let known = links.entry(link.item).or_insert(link.confidence);
            // High comes first.
            *known = (*known).min(link.confidence);
        };
        for bearers in self.spellings.mentions(&folded) {
            let mut meant = decide(Form::Whole, &bearers.whole, &said);
            if meant.is_empty() {
                meant = decide(Form::Stem, &bearers.stem, &said);
            }
            meant.into_iter().for_each(&mut add);
        }
        for quoted in near::quoted(text) {
            let quoted = fold(quoted);
            if self.spellings.knows(&quoted) {
                continue;
            }
            let alike = self.near.alike(&quoted);
            let (kept, _) = said.most_agreeing(&alike);
            if kept.len() <= MOST_UNDECIDED {
                kept.into_iter().map(|item| Link { item, confidence: Confidence::Low }).for_each(&mut add);
            }
        }
        links.into_iter().map(|(item, confidence)| Link { item, confidence }).collect()
    }
}

/// Which of the items that bear a name are meant.
fn decide(form: Form, items: &[usize], said: &place::Said<'_>) -> Vec<Link> {
    let (kept, best) = said.most_agreeing(items);
    // A bare stem needs a place or an owner; a whole name does unless few bear it.
    if best == 0 && (form == Form::Stem || items.len() > MOST_UNDECIDED) || kept.len() > MOST_UNDECIDED {
        return Vec::new();
    }
    let confidence = match (form, kept.len()) {
        (Form::Whole, 1) => Confidence::High,
        (Form::Stem, 1) => Confidence::Medium,
        _ => Confidence::Low,
    };
    kept.into_iter().map(|item| Link { item, confidence }).collect()
}
