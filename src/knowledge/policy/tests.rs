//! Laws over the whole declaration: the table, the reader, the template and `show` agree.

use super::declared::{Known, Presence, SECTIONS, Shape};
use super::value;
use super::*;
use crate::knowledge::messages::{Catalogue, Lang};

const KNOWN: Known<'static> = Known { rules: &["app-checkin", "app-points-ranking"] };

/// The template with every setting switched on.
fn switched_on(text: &str) -> String {
    let lines = text.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn codes(text: &str) -> Vec<FaultCode> {
    parse(text, &KNOWN).map_or_else(|f| f.list.iter().map(|x| x.code).collect(), |_| Vec::new())
}

#[test]
fn show_faults() {
    let text = std::fs::read_to_string("/tmp/p.toml").unwrap();
    let f = parse(&text, &KNOWN).unwrap_err();
    println!("{}", f.render(Catalogue::of(Lang::Zh), false));
    println!("{}", template(Catalogue::of(Lang::Zh), &KNOWN));
    let p = parse(&switched_on(&template(Catalogue::of(Lang::Zh), &KNOWN)), &KNOWN).unwrap();
    println!("{}", show(&p, Catalogue::of(Lang::Zh)));
}
