//! A service and its timer for systemd.
//!
//! Invariant: whatever stands in a path is one argument and no directive.

use super::Cron;
use std::fmt::Write as _;
use std::path::Path;

/// The service: hardened, without network unless it tells somebody, writing only to the named folders; status 1 is a success, since it says
/// that there is something to look at.
pub(crate) fn service(
    description: &str,
    command: &[String],
    writable: &[&Path],
    user: Option<&str>,
    with_net: bool,
) -> String {
    let line: Vec<String> = command.iter().map(|word| quoted(word)).collect();
    let folders: Vec<String> = writable.iter().map(|folder| quoted(&folder.display().to_string())).collect();
    let user = user.map(|user| format!("User={user}\n")).unwrap_or_default();
    // A temporary folder of its own would hide files that lie in the common one.
    let is_temporary = |word: &String| ["/tmp/", "/var/tmp/"].iter().any(|folder| word.starts_with(folder));
    let own = if command.iter().any(is_temporary) { "no" } else { "yes" };
    include_str!("../../data/schedule/service.txt")
        .replace("{description}", description)
        .replace("{private}", own)
        .replace("{alone}", if with_net { "no" } else { "yes" })
        .replace("{families}", if with_net { "AF_UNIX AF_INET AF_INET6" } else { "AF_UNIX" })
        .replace("{command}", &line.join(" "))
        .replace("{folders}", &folders.join(" "))
        .replace("{user}\n", &user)
}

/// The timer; a run that was missed while the machine was off is made up for.
pub(crate) fn timer(description: &str, cron: &Cron) -> String {
    let mut lines = String::new();
    for calendar in calendars(cron) {
        let _ = writeln!(lines, "OnCalendar={calendar}");
    }
    include_str!("../../data/schedule/timer.txt")
        .replace("{description}", description)
        .replace("{calendar}\n", &lines)
}

/// The times as systemd writes them: two lines where either of day and weekday suffices.
pub(super) fn calendars(cron: &Cron) -> Vec<String> {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let list = |values: &[u8]| values.iter().map(|n| format!("{n:02}")).collect::<Vec<_>>().join(",");
    let any = |values: &Option<Vec<u8>>| values.as_deref().map_or_else(|| "*".to_owned(), list);
    let time = format!("{}:{}:00", list(&cron.hours), list(&cron.minutes));
    let months = any(&cron.months);
    let weekdays = cron.weekdays.as_ref().map(|days| {
        let names: Vec<&str> =
            days.iter().filter_map(|day| NAMES.get(usize::from(*day) - 1).copied()).collect();
        format!("{} *-{months}-* {time}", names.join(","))
    });
    let days = cron.days.as_ref().map(|days| format!("*-{months}-{} {time}", list(days)));
    match (weekdays, days) {
        (None, None) => vec![format!("*-{months}-* {time}")],
        (weekdays, days) => weekdays.into_iter().chain(days).collect(),
    }
}

/// A word that systemd takes as it is.
fn quoted(word: &str) -> String {
    let mut out = String::from("\"");
    for c in word.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '%' | '$' => out.extend([c, c]),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_and_times_stay_times() {
        assert_eq!(quoted("a b\"%$\\"), "\"a b\\\"%%$$\\\\\"");
        let of = |text: &str| calendars(&Cron::parse(text).unwrap());
        assert_eq!(of("week"), ["Mon *-*-* 06:30:00"]);
        assert_eq!(of("0,30 8 1,15 3 *"), ["*-03-01,15 08:00,30:00"]);
        assert_eq!(of("0 0 1 * 0"), ["Sun *-*-* 00:00:00", "*-*-01 00:00:00"]);
    }
}
