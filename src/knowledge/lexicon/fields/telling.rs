//! What a value says about the column it stands in.
//!
//! For: deciding by its cells what a column holds whose header may mean several fields (类型 over 微信公众号 and
//! 微博, over APP and 小程序, over 公众账号 and 工作群组). Not for: reading the cells. Invariant: only closed words and
//! known platforms tell; free text never does.

use crate::knowledge::lexicon::platforms::PlatformBook;
use crate::knowledge::lexicon::values::ValueBook;
use crate::knowledge::text::fold;
use crate::model::{AppForm, Field, Kind};

/// The vocabularies whose words tell.
pub(super) struct Telling {
    values: ValueBook,
    platforms: PlatformBook,
}

impl Telling {
    pub(super) fn load() -> Telling {
        Telling { values: ValueBook::load(), platforms: PlatformBook::load(&[]) }
    }

    /// Whether a text is a usual value of a field; `None` for fields whose values are not known by heart.
    pub(super) fn fits(&self, field: Field, text: &str) -> Option<bool> {
        let folded = fold(text);
        match field {
            Field::Platform => Some(self.platforms.find_for(&folded, None).is_some()),
            Field::AppForm => Some(self.values.form(&folded) != AppForm::Unknown),
            Field::Kind => Some(self.values.kind(&folded).is_some()),
            _ => None,
        }
    }

    /// The kind of object that a platform, a form or a kind says its row is.
    pub(super) fn kind(&self, text: &str) -> Option<Kind> {
        let folded = fold(text);
        let platform = || {
            let found = self.platforms.find_for(&folded, None).filter(|found| found.tells_kind)?;
            self.platforms.get(found.platform).kinds.first().copied()
        };
        let form = || (self.values.form(&folded) != AppForm::Unknown).then_some(Kind::App);
        platform().or_else(form).or_else(|| self.values.kind(&folded))
    }
}
