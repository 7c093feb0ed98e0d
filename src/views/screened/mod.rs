//! What `screen` writes: the rows as they came, with what was found in their texts.
//!
//! For: the columns that are added, and a writer for each form. Not for: judging (`screen`). Invariant: one row out for
//! one row in, with the input's own values, in which names, telephone and identity numbers are masked as everywhere.

mod json;
mod sheet;
mod table;

pub use json::Json;
pub use sheet::Sheet;
pub use table::Table;

use super::report::write::Cause;
use crate::knowledge::detect::snippet;
use crate::knowledge::messages::Catalogue;
use crate::knowledge::text::mask;
use crate::screen::{Labelled, Row, Verdict};
use serde_json::Value;
use std::borrow::Cow;

/// The columns that are added. Their names are binding: other programs rely on them.
pub const ADDED: [&str; 9] =
    ["labels", "negated", "exempt", "modality", "confidence", "evidence", "类别", "assets", "对象"];
/// How many of them there are where no scan says which items there are.
const WITHOUT_ASSETS: usize = 7;

/// The columns that are added, with or without those of the items that texts are about.
pub fn names(with_assets: bool) -> &'static [&'static str] {
    if with_assets { &ADDED } else { &ADDED[..WITHOUT_ASSETS] }
}

/// A form of the result.
pub trait Writer {
    /// Writes a row with the values of the added columns.
    ///
    /// # Errors
    /// When it cannot be written, or a workbook is full.
    fn row(&mut self, row: &Row, added: &[String]) -> Result<(), Cause>;

    /// Finishes what was written. Gives how many values found no place: fields that the first object did not have,
    /// and the ends of texts too long for a cell.
    ///
    /// # Errors
    /// When it cannot be written.
    fn finish(self: Box<Self>) -> Result<u64, Cause>;
}

/// The values of the first of [`ADDED`], up to those of the items. Ids, modality, confidence and words of several practices are parted by `;`, in one order;
/// the words of what is only denied come last.
pub fn added(text: &str, verdict: &Verdict, catalogue: &Catalogue) -> Vec<String> {
    let join =
        |value: &dyn Fn(&Labelled) -> String| verdict.labels.iter().map(value).collect::<Vec<_>>().join(";");
    let exempt = verdict.labels.iter().filter(|label| label.exempt);
    let spans = verdict.labels.iter().map(|label| &label.words);
    let spans = spans.chain(verdict.negated.iter().map(|(_, words)| words));
    let words =
        spans.map(|words| mask::free(&snippet(text, words)).into_owned().replace([';', '\n', '\r'], " "));
    let name = |l: &Labelled| catalogue.text(&format!("detect.category.{}", l.category)).into_owned();
    let names = verdict.labels.iter().map(name);
    vec![
        join(&|label| label.category.to_string()),
        verdict.negated.iter().map(|(category, _)| category.as_str()).collect::<Vec<_>>().join(";"),
        exempt.map(|label| label.category.as_str()).collect::<Vec<_>>().join(";"),
        join(&|label| label.modality.to_string()),
        join(&|label| label.confidence.to_string()),
        words.collect::<Vec<_>>().join(";"),
        names.collect::<Vec<_>>().join("；"),
    ]
}

/// The input's columns with the added ones behind them. One of the input's that bears an added name gets `_in` behind it.
pub fn columns(own: &[String], added: &[&str]) -> Vec<String> {
    kept(own).into_iter().chain(added.iter().map(|&name| name.to_owned())).collect()
}

/// The names under which the columns of the input are kept.
fn kept(own: &[String]) -> Vec<String> {
    own.iter().map(|name| renamed(name, |other| own.iter().any(|name| name == other))).collect()
}

/// A name that is none of [`ADDED`], nor taken by another column where it had to be changed.
fn renamed(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut renamed = name.to_owned();
    while ADDED.contains(&renamed.as_str()) || renamed != name && is_taken(&renamed) {
        renamed.push_str("_in");
    }
    renamed
}

/// A value as it may be shown: by what its header says it is, else as free text. Figures and ids are no text.
fn shown<'a>(header: &str, value: &'a str) -> Cow<'a, str> {
    match mask::under(header) {
        Some(field) => mask::field(field, value),
        None if value.is_ascii() => value.into(),
        None => mask::free(value),
    }
}

/// A row as cells under the input's columns, and how many of its fields have none.
fn cells(row: &Row, own: &[String]) -> (Vec<String>, u64) {
    match row {
        Row::Cells(cells) => {
            let values = cells.iter().map(String::as_str).chain(std::iter::repeat(""));
            (own.iter().zip(values).map(|(name, value)| shown(name, value).into_owned()).collect(), 0)
        }
        Row::Stray(line) => (vec![mask::free(line).into_owned()], 0),
        Row::Object(fields) => {
            let cells: Vec<String> =
                own.iter().map(|name| shown(name, &row.text(usize::MAX, name)).into_owned()).collect();
            let without = fields.iter().filter(|(name, value)| !value.is_null() && !own.contains(name));
            (cells, without.count() as u64)
        }
    }
}

/// A JSON value as it may be shown: texts keep being texts, everything else its type, unless the header says that it
/// is a number of a person.
fn masked(name: &str, value: &Value) -> Value {
    match value {
        Value::String(text) => shown(name, text).into(),
        Value::Number(number) if mask::under(name).is_some() => shown(name, &number.to_string()).into(),
        other => other.clone(),
    }
}

/// A row as the fields of an object.
fn fields(row: &Row, own: &[String]) -> serde_json::Map<String, Value> {
    match row {
        Row::Object(fields) => {
            let kept = |name: &str| renamed(name, |other| fields.contains_key(other));
            fields.iter().map(|(name, value)| (kept(name), masked(name, value))).collect()
        }
        other => {
            let (cells, _) = cells(other, own);
            kept(own).into_iter().zip(cells.into_iter().map(Value::String)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::detect::Detector;
    use crate::knowledge::messages::Lang;

    #[test]
    fn added_values_stand_in_one_order_and_hide_numbers() {
        let detector = Detector::load();
        let number = format!("139{}", "12345678");
        let text = format!("网格员须每日签到，未签到的电话 {number} 通知；不搞积分排名。");
        let verdict = Verdict::of(&detector.labels(&text));
        let added = added(&text, &verdict, Catalogue::of(Lang::Zh));
        assert_eq!(added[0], "checkin");
        assert_eq!(added[1], "points-ranking");
        assert_eq!(added[6], "打卡签到");
        assert_eq!(added[5].split(';').count(), 2, "{}", added[5]);
        assert!(!added[5].contains(&number), "{}", added[5]);
    }

    #[test]
    fn a_column_of_ours_in_the_input_is_kept_under_another_name() {
        let own = ["id", "labels", "labels_in"].map(str::to_owned);
        assert_eq!(columns(&own, &ADDED)[..4], ["id", "labels_in_in", "labels_in", "labels"]);
    }
}
