//! What comparing two assets said, kept in one piece.
//!
//! For: pairs, which are half of a stored scan: ten comparisons each, with five texts each. Held text by text that is fifty
//! allocations a pair; here it is two. Not for: deciding anything. Invariant: what goes in comes out, in its order, and the
//! stored form is that of a list of [`Evidence`].

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// What one comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Evidence<'a> {
    /// The comparison.
    pub field: &'a str,
    /// Level reached.
    pub level: &'a str,
    /// Bits for (+) or against (−).
    pub weight: f64,
    /// Value used of the left asset.
    pub left: &'a str,
    /// Value used of the right asset.
    pub right: &'a str,
    /// For people.
    pub sentence: &'a str,
}

/// Everything that comparing two assets said, field by field.
#[derive(Clone, PartialEq, Default)]
pub struct Said {
    /// All texts, one behind the other.
    text: Box<str>,
    parts: Box<[Part]>,
}

/// One comparison: where its texts end, and its weight.
#[derive(Clone, Copy, PartialEq)]
struct Part {
    weight: f64,
    ends: [u32; 5],
}

impl Said {
    /// The comparisons in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Evidence<'_>> + ExactSizeIterator {
        (0..self.parts.len()).map(|at| self.at(at))
    }

    fn at(&self, at: usize) -> Evidence<'_> {
        let Part { weight, ends } = self.parts[at];
        let mut start = if at == 0 { 0 } else { self.parts[at - 1].ends[4] as usize };
        let [field, level, left, right, sentence] = ends.map(|end| {
            let text = &self.text[start..end as usize];
            start = end as usize;
            text
        });
        Evidence { field, level, weight, left, right, sentence }
    }
}

/// Takes comparisons one by one.
#[derive(Default)]
struct Taking {
    text: String,
    parts: Vec<Part>,
}

impl Taking {
    fn take(&mut self, evidence: Evidence<'_>) {
        let Evidence { field, level, weight, left, right, sentence } = evidence;
        let ends = [field, level, left, right, sentence].map(|text| {
            self.text.push_str(text);
            self.text.len() as u32
        });
        self.parts.push(Part { weight, ends });
    }

    fn done(self) -> Said {
        Said { text: self.text.into(), parts: self.parts.into() }
    }
}

impl<'a> FromIterator<Evidence<'a>> for Said {
    fn from_iter<I: IntoIterator<Item = Evidence<'a>>>(all: I) -> Said {
        let mut taking = Taking::default();
        all.into_iter().for_each(|evidence| taking.take(evidence));
        taking.done()
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Said, D::Error> {
        deserializer.deserialize_seq(List)
    }
}

impl JsonSchema for Said {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<Evidence<'static>>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<Evidence<'static>>::json_schema(generator)
    }
}

/// A comparison as read: its texts are borrowed where the file has them as they are.
#[derive(Deserialize)]
#[serde(rename = "Evidence")]
struct Read<'r> {
    #[serde(borrow)]
    field: Cow<'r, str>,
    #[serde(borrow)]
    level: Cow<'r, str>,
    weight: f64,
    #[serde(borrow)]
    left: Cow<'r, str>,
    #[serde(borrow)]
    right: Cow<'r, str>,
    #[serde(borrow)]
    sentence: Cow<'r, str>,
}

struct List;

impl<'de> Visitor<'de> for List {
    type Value = Said;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of comparisons")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Said, A::Error> {
        let mut taking = Taking::default();
        while let Some(read) = list.next_element::<Read<'de>>()? {
            let Read { field, level, weight, left, right, sentence } = &read;
            taking.take(Evidence { field, level, weight: *weight, left, right, sentence });
        }
        Ok(taking.done())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_form_is_a_list_and_comes_back_equal() {
        let one = Evidence {
            field: "name",
            level: "same",
            weight: -2.5,
            left: "甲\"\n",
            right: "",
            sentence: "名称😀",
        };
        let two = Evidence { field: "unit", level: "", weight: 0.0, left: "", right: "", sentence: "" };
        let said: Said = [one, two].into_iter().collect();
        assert_eq!(said.iter().collect::<Vec<_>>(), [one, two]);
        let json = serde_json::to_string(&said).unwrap();
        assert_eq!(json, serde_json::to_string(&[one, two]).unwrap());
        assert_eq!(serde_json::from_str::<Said>(&json).unwrap(), said);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::from_value::<Said>(value).unwrap(), said);
        assert!(serde_json::from_str::<Said>("[{\"field\":\"name\"}]").is_err());
    }
}
