//! Waivers: an accepted finding stays, marked; an unused or expired waiver is reported.

use super::case::Context;
use crate::model::{Code, Diagnostic, Finding, FindingStatus, Location, Waiver};
use jiff::civil::Date;
use std::cmp::Reverse;

/// Marks waived findings and says which waivers did nothing. Of several for one finding the one that holds longest is the
/// reason; those of the policy file come first where two end alike.
pub(super) fn apply(ctx: &Context<'_>, findings: &mut [Finding]) -> Vec<Diagnostic> {
    let waivers = &ctx.settings.waivers;
    let expired = |waiver: &Waiver| waiver.until.filter(|&until| until < ctx.as_of);
    let mut order: Vec<usize> = (0..waivers.len()).filter(|&at| expired(&waivers[at]).is_none()).collect();
    order.sort_by_key(|&at| Reverse(waivers[at].until.unwrap_or(Date::MAX)));
    let mut used = vec![false; waivers.len()];
    for at in order {
        for finding in findings.iter_mut().filter(|f| matches(ctx, &waivers[at], f)) {
            used[at] = true;
            if finding.status == FindingStatus::Open {
                finding.status = FindingStatus::Waived;
                finding.waiver = Some(waivers[at].reason.clone());
            }
        }
    }
    let mut remarks = Vec::new();
    for (waiver, used) in waivers.iter().zip(used) {
        // Those of the review page stand in no line of the policy file.
        let mut at = if waiver.line > 0 { Location::file(&ctx.settings.source) } else { Location::default() };
        at.row = (waiver.line > 0).then_some(waiver.line);
        if let Some(until) = expired(waiver) {
            let remark = Diagnostic::new(Code::ExpiredWaiver, at);
            remarks.push(remark.with("rule", &waiver.rule).with("until", until));
        } else if !used {
            let entry = format!("waiver {} {}", waiver.rule, waiver.asset);
            remarks.push(Diagnostic::new(Code::UnusedPolicy, at).with("entry", entry));
        }
    }
    remarks
}

fn matches(ctx: &Context<'_>, waiver: &Waiver, finding: &Finding) -> bool {
    let id = finding.asset.map_or("", |ix| ctx.assets.get(ix).id());
    waiver.rule == finding.rule && glob(&waiver.asset, id)
}

/// Whether `text` fits `pattern`, in which `*` stands for any run of characters.
fn glob(pattern: &str, text: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else { return pattern == text };
    let Some(rest) = text.strip_prefix(head) else { return false };
    let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    tail.is_empty() || ends.into_iter().any(|at| glob(tail, &rest[at..]))
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn a_star_stands_for_any_run() {
        for (pattern, text) in
            [("*", ""), ("a*", "a"), ("*群", "工作群"), ("a*c*e", "abcde"), ("甲-app", "甲-app")]
        {
            assert!(glob(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("", "a"), ("a*", "ba"), ("*群", "群组"), ("a*c", "ab")] {
            assert!(!glob(pattern, text), "{pattern} {text}");
        }
    }
}
