//! Rules about files and anything in them.

pub(super) mod any_report_total_not_reconciled;
