//! Rules for people: one line, one page, and the matrix of clauses and rules. All from the registry.

use super::meta::{BUILT_IN, Example, MANUAL, Rule, RuleMeta};
use super::{OVER_TIME, RULES};
use crate::knowledge::clause::{Clause, ClauseBook};
use crate::knowledge::messages::{Catalogue, Lang};
use crate::model::{Confidence, Kind, Severity};
use std::fmt::Write;

/// A rule in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// How strongly its clauses speak.
    pub severity: Severity,
    /// The confidence it has at best.
    pub confidence: Confidence,
    /// The kinds it applies to; empty when it is about files.
    pub kinds: &'static [Kind],
    /// Clause ids, the deciding one first.
    pub clauses: &'static [&'static str],
}

/// Every rule in one line, by id; those that compare scans too.
pub fn list(catalogue: &Catalogue) -> Vec<Listed> {
    let line = |meta: &'static RuleMeta| Listed {
        id: meta.id,
        title: catalogue.text(&format!("rule.{}.title", meta.id)).into_owned(),
        severity: meta.severity,
        confidence: meta.confidence,
        kinds: meta.kinds,
        clauses: meta.clauses,
    };
    let mut list: Vec<Listed> = RULES.iter().map(|rule| rule.meta).chain(OVER_TIME).map(line).collect();
    list.sort_by_key(|rule| rule.id);
    list
}

/// The clauses that a rule rests on: its own, and those of profiles that turn it on.
pub fn cited<'a>(meta: &RuleMeta, clauses: &'a ClauseBook) -> Vec<&'a Clause> {
    let own = meta.clauses.iter().filter_map(|id| clauses.get(id));
    let local = clauses.profiles().flat_map(|p| &p.rules).filter(|r| r.rule == meta.id);
    own.chain(local.filter_map(|r| clauses.get(r.clause))).collect()
}

/// The page of a rule in one language, as Markdown.
pub fn explain(meta: &RuleMeta, catalogue: &Catalogue, clauses: &ClauseBook) -> String {
    let say = |key: &str| catalogue.text(key).into_owned();
    let text = |part: &str| say(&format!("rule.{}.{part}", meta.id));
    let mut out = format!("# {} `{}`\n\n{}\n", text("title"), meta.id, text("what"));
    section(&mut out, &say("page.facts"));
    let kinds: Vec<String> = meta.kinds.iter().map(|k| say(&format!("kind.{k}"))).collect();
    let kinds = if kinds.is_empty() { say("page.files") } else { kinds.join(&say("page.comma")) };
    for (name, value) in [
        ("page.objects", kinds),
        ("page.severity", say(&format!("severity.{}", meta.severity))),
        ("page.confidence", say(&format!("confidence.{}", meta.confidence))),
        ("page.review", say(&format!("review.{}", meta.review))),
        ("page.since", meta.since.to_owned()),
    ] {
        let _ = writeln!(out, "- {}{}{value}", say(name), say("page.colon"));
    }
    if meta.local.is_some() {
        let _ = writeln!(out, "\n{}", say("page.local"));
    }
    if !meta.setting.is_empty() {
        let _ = writeln!(out, "\n{}", catalogue.fill("page.setting", &[("key", meta.setting)]));
    }
    section(&mut out, &say("page.why"));
    let _ = writeln!(out, "{}", text("why"));
    section(&mut out, &say("page.clauses"));
    let cited = cited(meta, clauses);
    if cited.is_empty() {
        let _ = writeln!(out, "{}", say("page.no-clause"));
    }
    for clause in cited {
        out.push_str(&clause_line(clause, catalogue));
    }
    section(&mut out, &say("page.exemptions"));
    if meta.exemptions.is_empty() {
        let _ = writeln!(out, "{}", say("page.no-exemption"));
    }
    for exemption in meta.exemptions {
        let _ = writeln!(out, "- {}", say(&format!("considered.{exemption}")));
    }
    section(&mut out, &say("page.remedy"));
    let _ = writeln!(out, "{}", text("remedy"));
    for (key, examples) in [("page.fires", meta.fires), ("page.quiet", meta.quiet)] {
        section(&mut out, &say(key));
        for example in examples {
            let _ = writeln!(out, "- {}", example_line(example, catalogue));
        }
    }
    out
}

/// The committed page: Chinese, then English.
pub fn page(rule: &Rule, clauses: &ClauseBook) -> String {
    let in_lang = |lang| explain(rule.meta, Catalogue::of(lang), clauses);
    format!("{GENERATED}\n{}\n---\n\n{}", in_lang(Lang::Zh), in_lang(Lang::En))
}

const GENERATED: &str =
    "<!-- Generated from the rule registry; run the tests with UPDATE_DOCS=1 to rewrite. -->\n";

/// The matrix of clauses and rules: who checks what, and what is left to a person.
pub fn matrix(clauses: &ClauseBook) -> String {
    let mut out = format!("{GENERATED}\n");
    for lang in [Lang::Zh, Lang::En] {
        let catalogue = Catalogue::of(lang);
        let say = |key: &str| catalogue.text(key).into_owned();
        let _ = writeln!(out, "# {}\n", say("page.index"));
        let _ = writeln!(
            out,
            "| {} | {} | {} |\n|---|---|---|",
            say("page.rule"),
            say("page.title"),
            say("page.severity")
        );
        for line in list(catalogue) {
            let severity = say(&format!("severity.{}", line.severity));
            let _ = writeln!(out, "| [{0}]({0}.md) | {1} | {severity} |", line.id, line.title);
        }
        let _ = writeln!(out, "\n## {}\n", say("page.matrix"));
        let _ = writeln!(
            out,
            "| {} | {} | {} |\n|---|---|---|",
            say("page.clause"),
            say("page.sourced"),
            say("page.rules")
        );
        for clause in clauses.iter() {
            let cites = |r: &&Rule| cited(r.meta, clauses).iter().any(|c| c.id == clause.id);
            let rules: Vec<String> =
                RULES.iter().filter(cites).map(|r| format!("[{0}]({0}.md)", r.meta.id)).collect();
            let rules = if rules.is_empty() { say("page.manual") } else { rules.join("<br>") };
            let sourced = say(&format!("sourced.{}", clause.sourced));
            let _ = writeln!(out, "| {} | {sourced} | {rules} |", clause.citation(lang));
        }
        let _ = writeln!(out, "\n## {}\n", say("page.manual-items"));
        matters(&mut out, MANUAL, catalogue);
        let _ = writeln!(out, "\n## {}\n", say("page.built-in"));
        matters(&mut out, BUILT_IN, catalogue);
        let _ = writeln!(out, "\n## {}\n\n{}\n", say("page.profiles"), say("page.profile-note"));
        for profile in clauses.profiles() {
            let sourced = say(&format!("sourced.{}", profile.sourced()));
            let (title, date) = (profile.title.of(lang), profile.date.of(lang));
            let _ = writeln!(out, "- `{}` {title} · {date} · _{sourced}_", profile.name);
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

/// Matters that are no rule, each with the reason.
fn matters(out: &mut String, ids: &[&str], catalogue: &Catalogue) {
    for id in ids {
        let (title, why) = (format!("rule.{id}.title"), format!("rule.{id}.manual"));
        let colon = catalogue.text("page.colon");
        let _ = writeln!(out, "- {} `{id}`{colon}{}", catalogue.text(&title), catalogue.text(&why));
    }
}

fn section(out: &mut String, title: &str) {
    let _ = writeln!(out, "\n## {title}\n");
}

fn clause_line(clause: &Clause, catalogue: &Catalogue) -> String {
    let lang = catalogue.lang();
    let sourced = catalogue.text(&format!("sourced.{}", clause.sourced)).into_owned();
    format!(
        "- **{}** `{}`\n  {}\n  _{sourced}_\n",
        clause.citation(lang),
        clause.id,
        clause.paraphrase.of(lang)
    )
}

/// An example as a reader sees it: its cells, its relations, its sums.
fn example_line(example: &Example, catalogue: &Catalogue) -> String {
    let say = |key: String| catalogue.text(&key).into_owned();
    let mut parts: Vec<String> = Vec::new();
    for row in example.rows.iter().filter(|row| !row.cells.is_empty()) {
        let mut facts = vec![say(format!("kind.{}", row.kind))];
        if row.listed_as != row.kind {
            facts.push(catalogue.fill("page.listed-as", &[("kind", say(format!("kind.{}", row.listed_as)))]));
        }
        facts.push(say(format!("level.{}", row.level)));
        facts.push(say(format!("status.{}", row.status)));
        let cells = row.cells.iter().map(|(field, text)| {
            format!("{}{}{text}", say(format!("field.{field}")), catalogue.text("page.colon"))
        });
        let (comma, semicolon) = (say("page.comma".to_owned()), say("page.semicolon".to_owned()));
        parts.push(format!("[{}] {}", facts.join(&comma), cells.collect::<Vec<_>>().join(&semicolon)));
    }
    parts.extend(example.pairs.iter().map(|(_, _, relation)| say(format!("relation.{relation}"))));
    for (label, stated, actual) in example.totals {
        parts.push(catalogue.fill(
            "reason.total",
            &[("label", (*label).to_owned()), ("stated", stated.to_string()), ("actual", actual.to_string())],
        ));
    }
    for field in example.columns {
        parts.push(catalogue.fill("page.blank", &[("field", say(format!("field.{field}")))]));
    }
    for name in example.profiles {
        parts.push(catalogue.fill("page.with", &[("name", *name)]));
    }
    for (key, value) in example.set {
        parts.push(catalogue.fill("page.with", &[("name", format!("{key} = {value}"))]));
    }
    if !example.as_of.is_empty() {
        parts.push(catalogue.fill("page.as-of", &[("date", example.as_of)]));
    }
    if parts.is_empty() { catalogue.text("page.nothing").into_owned() } else { parts.join(" · ") }
}
