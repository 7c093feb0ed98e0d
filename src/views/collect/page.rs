//! The assessment of what automated access does to the services asked (网络数据安全管理条例 art. 18), as one HTML page.
//!
//! Invariant: it asks nothing of any network and runs no script; all text of inputs is escaped.

use super::Impact;
use crate::collect::Summary;
use crate::knowledge::messages::Catalogue;
use std::fmt::Write as _;

const STYLE: &str = "body{font:16px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%}\
th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f2f2f2}\
td.n{text-align:right}@media print{body{margin:0}}";

/// The page, before a run or after it.
pub fn page(impact: &Impact<'_>, catalogue: &Catalogue) -> String {
    let say = |key: &str| catalogue.text(&format!("collect.impact.{key}")).into_owned();
    let mut page = Page { text: String::new(), catalogue };
    let title = say("title");
    let lang = catalogue.lang().to_string();
    let _ = write!(
        page.text,
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body>\n"
    );
    page.tag("h1", &title);
    page.tag("p", &catalogue.fill("collect.impact.when", &[("at", impact.at.clone())]));
    page.tag("p", &say("basis"));

    page.tag("h2", &say("manners"));
    page.list(&super::manners(impact, catalogue));

    page.tag("h2", &say("planned"));
    let rows = impact.rows();
    let planned: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.host.clone(),
                row.source.clone(),
                row.requests.to_string(),
                row.spacing.clone(),
                row.minutes.to_string(),
                row.by.clone(),
                row.decided.clone(),
            ]
        })
        .collect();
    page.table(&["host", "source", "requests", "spacing", "minutes", "by", "decided"], &planned);

    if let Some(done) = impact.summary {
        page.happened(done);
    }

    page.tag("h2", &say("requests"));
    let all: Vec<Vec<String>> = impact
        .plan
        .requests
        .iter()
        .map(|request| {
            vec![
                request.url.clone(),
                impact.called(&request.source).to_owned(),
                request.wanted.len().to_string(),
            ]
        })
        .collect();
    page.table(&["url", "source", "items"], &all);

    if !impact.plan.refused.is_empty() {
        page.tag("h2", &say("refused"));
        let refused: Vec<Vec<String>> = impact
            .plan
            .refused
            .iter()
            .map(|refused| {
                let why = super::refusal(&refused.why, catalogue);
                vec![refused.asset.clone(), refused.url.clone(), why]
            })
            .collect();
        page.table(&["asset", "url", "why"], &refused);
    }
    if !impact.plan.off.is_empty() {
        page.tag("h2", &say("off"));
        let off = impact.plan.off.iter();
        let off: Vec<Vec<String>> = off
            .map(|((source, host), count)| vec![host.clone(), source.clone(), count.to_string()])
            .collect();
        page.table(&["host", "source-id", "requests"], &off);
    }
    if !impact.plan.by_hand.is_empty() {
        page.tag("h2", &catalogue.text("collect.plan.by-hand"));
        let by_hand = impact.plan.by_hand.iter();
        let by_hand: Vec<Vec<String>> = by_hand
            .map(|((source, host), count)| {
                vec![host.clone(), impact.called(source).to_owned(), count.to_string()]
            })
            .collect();
        page.table(&["host", "source", "pages"], &by_hand);
    }
    page.text.push_str("</body></html>\n");
    page.text
}

struct Page<'a> {
    text: String,
    catalogue: &'a Catalogue,
}

impl Page<'_> {
    fn happened(&mut self, done: &Summary) {
        let catalogue = self.catalogue;
        self.tag("h2", &catalogue.text("collect.impact.happened"));
        let hosts: Vec<Vec<String>> = done
            .hosts
            .iter()
            .map(|(name, host)| {
                let stopped =
                    host.stopped.map(|why| catalogue.text(&format!("collect.stop.{why}")).into_owned());
                vec![
                    name.clone(),
                    host.requests.to_string(),
                    host.bytes.div_ceil(1024).to_string(),
                    stopped.unwrap_or_default(),
                    host.left.to_string(),
                ]
            })
            .collect();
        self.table(&["host", "requests", "kib", "stopped", "left"], &hosts);
        let states: Vec<Vec<String>> = done
            .states
            .iter()
            .map(|(state, count)| {
                vec![catalogue.text(&format!("collect.state.{state}")).into_owned(), count.to_string()]
            })
            .collect();
        self.table(&["state", "pages"], &states);
        if !done.untold.is_empty() {
            self.tag("h3", &catalogue.text("collect.done.refusals"));
            let state = |name: &str| catalogue.text(&format!("collect.state.{name}")).into_owned();
            let untold = done.untold.iter();
            let untold: Vec<Vec<String>> =
                untold.map(|one| vec![one.url.clone(), state(&one.state), one.detail.clone()]).collect();
            self.table(&["url", "state", "detail"], &untold);
        }
        self.tag("p", &catalogue.fill("collect.impact.cached", &[("count", done.cached.to_string())]));
    }

    fn tag(&mut self, name: &str, text: &str) {
        let _ = writeln!(self.text, "<{name}>{}</{name}>", escaped(text));
    }

    fn list(&mut self, items: &[String]) {
        self.text.push_str("<ul>\n");
        for item in items {
            self.tag("li", item);
        }
        self.text.push_str("</ul>\n");
    }

    fn table(&mut self, keys: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            self.tag("p", &self.catalogue.text("collect.impact.none"));
            return;
        }
        self.text.push_str("<table><thead><tr>");
        for key in keys {
            let title = self.catalogue.text(&format!("collect.column.{key}")).into_owned();
            let _ = write!(self.text, "<th>{}</th>", escaped(&title));
        }
        self.text.push_str("</tr></thead><tbody>\n");
        for row in rows {
            self.text.push_str("<tr>");
            for cell in row {
                let is_number = !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit());
                let class = if is_number { " class=\"n\"" } else { "" };
                let _ = write!(self.text, "<td{class}>{}</td>", escaped(cell));
            }
            self.text.push_str("</tr>\n");
        }
        self.text.push_str("</tbody></table>\n");
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
