//! Folding: one canonical spelling for every way of typing a text.

use ferrous_opencc::OpenCC;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// OpenCC's traditional → simplified tables; word-wise variants (`Tw2s…`) change words, so not used.
static TO_SIMPLIFIED: LazyLock<OpenCC> = LazyLock::new(|| {
    OpenCC::from_config(ferrous_opencc::config::BuiltinConfig::T2s).expect("the table is compiled in")
});

/// The folded form: NFKC, lower case, simplified script, letters and digits only.
///
/// Blanks, punctuation, emoji and invisible characters are dropped, so that "打-卡" and "打 卡"
/// are "打卡".
pub fn fold(text: &str) -> String {
    let narrow: String = text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
    if narrow.is_ascii() { narrow } else { TO_SIMPLIFIED.convert(&narrow) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_together() {
        for text in ["智慧校園ＡＰＰ", "智慧 校园-app", "「智慧校园」App✨", "智\u{200b}慧校园APP"]
        {
            assert_eq!(fold(text), "智慧校园app", "{text}");
        }
    }
}
