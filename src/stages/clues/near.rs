//! Names in quotation marks that no item bears letter by letter.

use std::collections::BTreeMap;
use strsim::normalized_levenshtein;

/// Likeness from which a name counts as the same with a slip: one character of four, two of eight.
const LEAST_ALIKE: f64 = 0.75;
/// Characters that a quoted name has; longer quotations are sentences.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=24;
/// Marks that open and close a name.
const MARKS: [(char, char); 6] =
    [('“', '”'), ('"', '"'), ('「', '」'), ('『', '』'), ('《', '》'), ('‘', '’')];

/// Names by their pairs of characters.
pub(super) struct Near {
    names: Vec<[String; 2]>,
    items: BTreeMap<[char; 2], Vec<usize>>,
}

impl Near {
    /// From the folded name and stem of each item.
    pub(super) fn new(names: &[(String, String)]) -> Near {
        let mut items: BTreeMap<[char; 2], Vec<usize>> = BTreeMap::new();
        for (item, (name, _)) in names.iter().enumerate() {
            for pair in pairs(name) {
                let list = items.entry(pair).or_default();
                if list.last() != Some(&item) {
                    list.push(item);
                }
            }
        }
        Near { names: names.iter().map(|(name, stem)| [name.clone(), stem.clone()]).collect(), items }
    }

    /// The items whose name or stem is most like a folded one, if any is alike.
    pub(super) fn alike(&self, quoted: &str) -> Vec<usize> {
        if !LENGTH.contains(&quoted.chars().count()) {
            return Vec::new();
        }
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut least, mut best) = (1, Vec::new());
        for pair in pairs(quoted) {
            least += 1;
            for &item in self.items.get(&pair).map_or(&[][..], Vec::as_slice) {
                *shared.entry(item).or_default() += 1;
            }
        }
        let mut most = LEAST_ALIKE;
        // Of n pairs a slip breaks two; a name that shares fewer than a third has more than slips.
        for (item, _) in shared.into_iter().filter(|&(_, count)| count * 3 >= least) {
            let likeness = self.names[item]
                .iter()
                .filter(|name| !name.is_empty())
                .map(|name| normalized_levenshtein(quoted, name))
                .fold(0.0, f64::max);
            if likeness > most {
                (most, best) = (likeness, vec![item]);
            } else if (likeness - most).abs() < f64::EPSILON {
                best.push(item);
            }
        }
        best
    }
}

fn pairs(text: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    text.chars().zip(text.chars().skip(1)).map(|(a, b)| [a, b])
}

/// What stands in quotation marks.
pub(super) fn quoted(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (open, close) in MARKS {
        let mut rest = text;
        while let Some((_, behind)) = rest.split_once(open) {
            let Some((inside, after)) = behind.split_once(close) else { break };
            found.push(inside);
            rest = after;
        }
    }
    found
}
