//! Whether a person must look, where scans are compared.

use crate::changes::Changes;
use crate::cli::commands::audit;
use crate::cli::status::ExitStatus;
use crate::knowledge::policy::{FailOn, Policy};
use crate::model::{Class, FindingStatus, Progress, Scan};

/// 1 when something that the policy or `--fail-on` names was found.
pub(super) fn of(scan: &Scan, changes: Option<&Changes>, policy: &Policy) -> ExitStatus {
    if audit::status(scan, policy) == ExitStatus::Found {
        return ExitStatus::Found;
    }
    let mut open = scan.findings.iter().filter(|finding| finding.status == FindingStatus::Open);
    let rebound = open.any(|finding| finding.recurrence.is_some());
    let new_forbidden = changes.is_some_and(|changes| {
        let new = |class| matches!(class, Class::New | Class::Relapsed);
        changes.problems.iter().any(|problem| new(problem.class) && problem.severity == "forbidden")
    });
    let overdue = changes.is_some_and(|changes| {
        changes
            .items
            .iter()
            .any(|item| item.plan.as_ref().is_some_and(|(_, state)| *state == Progress::Overdue))
    });
    let found = rebound && policy.fails_on(FailOn::Rebound)
        || new_forbidden && policy.fails_on(FailOn::NewForbidden)
        || overdue && policy.fails_on(FailOn::Overdue);
    if found { ExitStatus::Found } else { ExitStatus::Clean }
}
