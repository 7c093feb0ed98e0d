//! Clusters as small graphs, with the evidence behind each line.
//!
//! For: seeing who repeats whom, and arguing it. Not for: deciding. Invariant: what the picture shows stands in the
//! table and the evidence below it, numbered alike.

use super::super::{Cause, Out, ReportView};
use super::markup::{escape, short, ui, ui_with};
use super::tables;
use crate::views::report::{Cell, Column, Group};
use std::f64::consts::TAU;
use std::io::Write as _;

/// Width of a picture and of its ring of members, in its own units.
const WIDE: (f64, f64) = (320.0, 125.0);
/// Height of both; two members lie on a line.
const HIGH: (f64, f64) = (180.0, 66.0);
const LINE: (f64, f64) = (56.0, 0.0);

/// Writes the clusters of the view.
pub(super) fn draw(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let (count, shown) = (view.document.clusters.len(), view.groups.len());
    if shown == 0 {
        writeln!(out, "<p>{}</p>", escape(&view.names.text("report.nothing")))?;
        return Ok(());
    }
    writeln!(out, "<p>{}</p>", ui(view, "groups-note"))?;
    if count > shown {
        let args = [("count", &*count.to_string()), ("shown", &*shown.to_string())];
        writeln!(out, "<p class=\"more\">{}</p>", ui_with(view, "groups-more", &args))?;
    }
    unfold(view, out)?;
    writeln!(out, "<div class=\"groups\">")?;
    for (at, group) in view.groups.iter().enumerate() {
        card(view, at + 1, group, out)?;
    }
    writeln!(out, "</div>")?;
    Ok(())
}

/// Buttons that open or close everything in their section.
pub(super) fn unfold(view: &ReportView<'_>, out: &mut Out) -> Result<(), Cause> {
    let (expand, collapse) = (ui(view, "expand"), ui(view, "collapse"));
    write!(out, "<p class=\"tools\"><button type=\"button\" data-fold=\"open\">{expand}</button> ")?;
    writeln!(out, "<button type=\"button\" data-fold=\"shut\">{collapse}</button></p>")?;
    Ok(())
}

fn card(view: &ReportView<'_>, number: usize, group: &Group<'_>, out: &mut Out) -> Result<(), Cause> {
    let label = number.to_string();
    let args = [("number", &*label), ("size", &*group.size.to_string()), ("relations", &group.relations)];
    let title = view.names.fill("html.group", &args);
    writeln!(out, "<article class=\"group\">\n<h3>{}</h3>", short(&title))?;
    graph(view, number, group, out)?;
    let head = |key: &'static str, title: String| Column { key, title, width: 0 };
    let column = |key: &'static str| head(key, view.names.text(&format!("report.column.{key}")));
    let columns =
        [head("number", view.names.text("html.number")), column("name"), column("unit"), column("action")];
    let columns: Vec<&Column> = columns.iter().collect();
    tables::open(&format!("group-{number}"), &title, &columns, &[false; 4], out)?;
    for (at, member) in group.members.iter().enumerate() {
        let action = if member.survives {
            [member.action.clone(), view.names.text("html.survives")].join(view.names.comma())
        } else {
            member.action.clone()
        };
        let number = Cell::text((at + 1).to_string());
        let (name, unit) = (Cell::text(member.name), Cell::text(member.unit.as_str()));
        tables::row(&[&number, &name, &unit, &Cell::text(action)], out)?;
    }
    writeln!(out, "</tbody>\n</table></div>")?;
    if group.size > group.members.len() {
        let rest = (group.size - group.members.len()).to_string();
        writeln!(out, "<p class=\"more\">{}</p>", ui_with(view, "members-more", &[("count", &rest)]))?;
    }
    edges(view, group, out)?;
    writeln!(out, "</article>")?;
    Ok(())
}

/// Members on a ring, the survivor at the left.
fn graph(view: &ReportView<'_>, number: usize, group: &Group<'_>, out: &mut Out) -> Result<(), Cause> {
    let high = if group.members.len() > 2 { HIGH } else { LINE };
    let place = |at: usize| {
        let turn = TAU * at as f64 / group.members.len() as f64 + TAU / 2.0;
        (WIDE.0 / 2.0 + WIDE.1 * turn.cos(), high.0 / 2.0 + high.1 * turn.sin())
    };
    let counts = [number, group.members.len(), group.edges.len()].map(|n| n.to_string());
    let args = [("number", &*counts[0]), ("members", &*counts[1]), ("edges", &*counts[2])];
    let label = ui_with(view, "group-graph", &args);
    writeln!(
        out,
        "<figure data-chart=\"group-{number}\" aria-details=\"t-group-{number}\">\
         <svg class=\"graph\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{label}\">",
        WIDE.0, high.0
    )?;
    for edge in &group.edges {
        let ((x1, y1), (x2, y2)) = (place(edge.left), place(edge.right));
        let class = if edge.probability < 0.5 { "edge weak" } else { "edge" };
        write!(out, "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>")?;
    }
    for (at, member) in group.members.iter().enumerate() {
        let (x, y) = place(at);
        let class = if member.survives { "node stays" } else { "node" };
        write!(out, "<g class=\"{class}\"><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"14\"/>")?;
        write!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" dy=\"0.35em\">{}</text></g>", at + 1)?;
    }
    writeln!(out, "</svg></figure>")?;
    Ok(())
}

fn edges(view: &ReportView<'_>, group: &Group<'_>, out: &mut Out) -> Result<(), Cause> {
    for edge in &group.edges {
        let (left, right) = ((edge.left + 1).to_string(), (edge.right + 1).to_string());
        let probability = format!("{:.1}%", edge.probability * 100.0);
        let relation = view.names.relation(edge.relation);
        let args =
            [("left", &*left), ("right", &*right), ("relation", &relation), ("probability", &probability)];
        writeln!(out, "<details><summary>{}</summary><ul>", ui_with(view, "edge", &args))?;
        if edge.evidence.is_empty() {
            writeln!(out, "<li>{}</li>", ui(view, "no-evidence"))?;
        }
        for evidence in &edge.evidence {
            let sentence = evidence.sentence.trim_end_matches(['。', '.']);
            let args = [("sentence", sentence), ("weight", &format!("{:+.1}", evidence.weight))];
            writeln!(out, "<li>{}</li>", ui_with(view, "evidence", &args))?;
        }
        writeln!(out, "</ul></details>")?;
    }
    if group.more_edges > 0 {
        let rest = group.more_edges.to_string();
        writeln!(out, "<p class=\"more\">{}</p>", ui_with(view, "edges-more", &[("count", &rest)]))?;
    }
    Ok(())
}
