//! The taxonomy of functions against descriptions that a person has judged: how many of their functions it
//! finds, how many of those it finds are right, and whether it knows whom the things serve.
//!
//! Not for: the table itself (its lint stands beside it), nor what is made of the functions (`normalise`).

use std::collections::BTreeSet;
use zhijian::knowledge::lexicon::FunctionBook;
use zhijian::knowledge::text::fold;
use zhijian::model::Audience;

/// Descriptions of apps with all their functions, the main one and the audience; an empty cell is not judged.
const APPS: &str = include_str!("../fixtures/functions/apps.csv");

/// How many were right of how many.
#[derive(Clone, Copy, Default)]
struct Share(usize, usize);

impl Share {
    fn count(&mut self, is_right: bool) {
        self.0 += usize::from(is_right);
        self.1 += 1;
    }

    fn percent(self) -> f64 {
        100.0 * self.0 as f64 / self.1.max(1) as f64
    }
}

#[test]
fn functions_of_descriptions_are_found() {
    let book = FunctionBook::load(&[]);
    let known: BTreeSet<&str> = book.iter().map(|(_, f)| f.id.as_str()).collect();
    let [mut precision, mut recall, mut mains, mut audiences] = [Share::default(); 4];
    for row in csv::Reader::from_reader(APPS.as_bytes()).into_records() {
        let row = row.unwrap();
        let (text, main) = (&row[0], &row[2]);
        let wanted: BTreeSet<&str> = row[1].split(';').filter(|id| !id.is_empty()).collect();
        assert!(wanted.is_subset(&known), "an id that is not in the taxonomy: {text}");
        assert!(main.is_empty() || wanted.contains(main), "the main function is not listed: {text}");

        let mut tags = Vec::new();
        book.tag_prose(&fold(text), &mut tags);
        let found: BTreeSet<&str> = tags.iter().map(|&tag| book.get(tag).id.as_str()).collect();
        for id in &found {
            precision.count(wanted.contains(id));
        }
        for id in &wanted {
            recall.count(found.contains(id));
        }
        if found != wanted {
            println!("{text}\n  too many {:?}, missing {:?}", &found - &wanted, &wanted - &found);
        }
        if !main.is_empty() {
            mains.count(found.contains(main));
        }
        if let Some(served) = Audience::parse(&row[3]) {
            let said = book.audience(&tags);
            audiences.count(said == served);
            if said != served {
                println!("{text}\n  serves {served}, not {said}");
            }
        }
    }
    let shares = [precision, recall, mains, audiences];
    for (what, share) in ["precision", "recall", "main function", "audience"].iter().zip(shares) {
        println!("{what} {:.1} % ({} of {})", share.percent(), share.0, share.1);
    }
    assert!(precision.percent() >= 95.0 && recall.percent() >= 90.0);
    assert_eq!(mains.0, mains.1);
    assert!(audiences.percent() >= 90.0);
}
