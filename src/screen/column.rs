//! Which column holds the texts.
//!
//! For: a name that was given, or the obvious one. Not for: what other columns mean (`knowledge::lexicon`).

use crate::knowledge::text::{fold, words};

/// No column could be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoColumn {
    /// The name that was asked for; empty when none was.
    pub asked: String,
    /// The one that comes nearest to it.
    pub nearest: Option<String>,
    /// What there is.
    pub columns: Vec<String>,
}

/// Whether a cell is a header under which texts usually stand.
pub(super) fn is_usual(cell: &str) -> bool {
    words("screen-column-usual").iter().any(|name| fold(name) == fold(cell))
}

/// The position of the column with a name, whatever its case, width or blanks; without a name that of the only column,
/// or of the first one that is usually called so.
///
/// # Errors
/// When there is no such column, or no name was given and none is obvious.
pub fn text_column(columns: &[String], asked: Option<&str>) -> Result<usize, NoColumn> {
    let find = |name: &str| {
        let exact = columns.iter().position(|column| column == name);
        exact.or_else(|| columns.iter().position(|column| fold(column) == fold(name)))
    };
    let none =
        |asked: &str, nearest| NoColumn { asked: asked.to_owned(), nearest, columns: columns.to_vec() };
    let Some(asked) = asked else {
        let only = (columns.len() == 1).then_some(0);
        return only
            .or_else(|| words("screen-column-usual").iter().find_map(|name| find(name)))
            .ok_or_else(|| none("", None));
    };
    find(asked).ok_or_else(|| {
        let alike = |column: &&String| strsim::normalized_damerau_levenshtein(&fold(column), &fold(asked));
        let nearest = columns.iter().max_by(|a, b| alike(a).total_cmp(&alike(b)));
        none(asked, nearest.filter(|column| alike(column) >= 0.4).cloned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_found_by_name_or_by_being_the_obvious_one() {
        let columns = ["编号", "反映内容", "Text "].map(str::to_owned);
        assert_eq!(text_column(&columns, Some("text")), Ok(2));
        assert_eq!(text_column(&columns, None), Ok(2));
        assert_eq!(text_column(&columns[..2], None), Ok(1));
        assert_eq!(text_column(&columns[..1], None), Ok(0));
        let error = text_column(&columns, Some("反应内容")).unwrap_err();
        assert_eq!(error.nearest.as_deref(), Some("反映内容"));
        assert_eq!(text_column(&["a", "b"].map(str::to_owned), None).unwrap_err().columns.len(), 2);
    }
}
