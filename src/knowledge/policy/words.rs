//! The sections about words: units, functions, platforms, words inside names.
//!
//! For: checked tables → [`LocalWords`]. Not for: what the words then mean beside the vendored ones (`lexicon`).

use super::stated::Settings;
use crate::model::{Audience, Kind, LocalFunction, LocalPlatform, LocalUnit, LocalWords, WordClass};

pub(super) fn local_words(settings: &Settings) -> LocalWords {
    let units = settings.of("units").map(|table| LocalUnit {
        id: table.text("id").to_owned(),
        name: table.text("name").to_owned(),
        words: table.list("words"),
        line: table.text("line").to_owned(),
    });
    let functions = settings.of("functions").map(|table| LocalFunction {
        id: table.text("id").to_owned(),
        words: table.list("words"),
        audience: Audience::parse(table.text("audience")).unwrap_or_default(),
    });
    let platforms = settings.of("platforms").map(|table| LocalPlatform {
        id: table.text("id").to_owned(),
        words: table.list("words"),
        kind: Kind::parse(table.text("kind")).unwrap_or_default(),
    });
    let name_words = settings.of("name_words").flat_map(|table| {
        let class = WordClass::parse(table.text("class")).unwrap_or_default();
        table.list("words").into_iter().map(move |word| (word, class))
    });
    LocalWords {
        units: units.collect(),
        functions: functions.collect(),
        platforms: platforms.collect(),
        name_words: name_words.collect(),
    }
}
