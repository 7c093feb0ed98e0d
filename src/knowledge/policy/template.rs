//! `policy template`: a commented file with everything that can be written.
//!
//! For: a user's first policy file. Invariant: as printed it means the defaults; with the `#` of
//! every setting taken away it is valid too (tests read both). Sentences start with `# `, settings
//! with `#` alone, so that taking one character away switches a setting on.

use super::declared::{Key, Known, Presence, SECTIONS, Section, Shape};
use crate::knowledge::messages::Catalogue;

/// The template in the catalogue's language.
pub fn template(catalogue: &Catalogue, known: &Known<'_>) -> String {
    let rule = known.rules.first().copied().unwrap_or("rule-id");
    let mut out = String::new();
    comment(&catalogue.text("policy.template.head"), &mut out);
    for section in SECTIONS {
        out.push('\n');
        if section.shape != Shape::Root {
            comment(&catalogue.text(&format!("policy.{}.about", section.name)), &mut out);
            out.push('#');
            out.push_str(&section.header(rule));
            out.push('\n');
        }
        for key in section.keys {
            write_key(section, key, catalogue, known, rule, &mut out);
        }
    }
    out
}

fn write_key(
    section: &Section,
    key: &Key,
    catalogue: &Catalogue,
    known: &Known<'_>,
    rule: &str,
    out: &mut String,
) {
    comment(&catalogue.text(&format!("policy.{}.{}", section.name, key.name)), out);
    comment(&detail(key, catalogue, known), out);
    // The version is the one thing that a file must say.
    if section.shape != Shape::Root {
        out.push('#');
    }
    out.push_str(key.name);
    out.push_str(" = ");
    out.push_str(&key.example.replace("{rule}", rule));
    out.push('\n');
}

/// Type, choices and default of a key in one line.
fn detail(key: &Key, catalogue: &Catalogue, known: &Known<'_>) -> String {
    const SHORT: usize = 12;
    let presence = match key.presence {
        Presence::Required => catalogue.text("policy.template.required").into_owned(),
        Presence::Optional => catalogue.text("policy.template.optional").into_owned(),
        Presence::Default(toml) => catalogue.fill("policy.template.default", &[("default", toml)]),
    };
    let described = key.value.described().trim_start_matches('@');
    let kind = catalogue.text(described);
    let choices = key.value.names().map(|names| names.list(known)).filter(|list| list.len() <= SHORT);
    match choices {
        Some(list) if !list.is_empty() => catalogue.fill(
            "policy.template.detail-choices",
            &[("type", kind.as_ref()), ("presence", &presence), ("choices", &list.join(", "))],
        ),
        _ => catalogue.fill("policy.template.detail", &[("type", kind.as_ref()), ("presence", &presence)]),
    }
}

fn comment(text: &str, out: &mut String) {
    for line in text.lines() {
        out.push_str("# ");
        out.push_str(line);
        out.push('\n');
    }
}
