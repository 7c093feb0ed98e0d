//! Waivers: an accepted finding stays, marked; an unused or expired waiver is reported.

use super::case::Context;
use crate::model::{Code, Diagnostic, Finding, FindingStatus, Location, Waiver};

/// Marks waived findings and says which waivers did nothing.
pub(super) fn apply(ctx: &Context<'_>, findings: &mut [Finding]) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    for waiver in &ctx.settings.waivers {
        let mut at = Location::file(&ctx.settings.source);
        at.row = (waiver.line > 0).then_some(waiver.line);
        if let Some(until) = waiver.until.filter(|&until| until < ctx.as_of) {
            let remark = Diagnostic::new(Code::ExpiredWaiver, at);
            remarks.push(remark.with("rule", &waiver.rule).with("until", until));
            continue;
        }
        let mut used = false;
        for finding in findings.iter_mut().filter(|f| matches(ctx, waiver, f)) {
            used = true;
            if finding.status == FindingStatus::Open {
                finding.status = FindingStatus::Waived;
                finding.waiver = Some(waiver.reason.clone());
            }
        }
        if !used {
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
