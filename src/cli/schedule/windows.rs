//! A task for the Windows scheduler, as XML.
//!
//! Invariant: whatever stands in a path is one argument and no markup.

use super::Cron;
use jiff::civil::Date;
use std::fmt::Write as _;

/// Times a day that a task may have: each is a trigger of its own, and the scheduler takes no more.
const MOST: usize = 48;

/// The task, beginning on a day; `None` when it has too many times a day.
pub(crate) fn task(description: &str, cron: &Cron, command: &[String], from: Date) -> Option<String> {
    if cron.hours.len()
        * cron.minutes.len()
        * (1 + usize::from(cron.days.is_some() && cron.weekdays.is_some()))
        > MOST
    {
        return None;
    }
    let mut triggers = String::new();
    for (hour, minute) in
        cron.hours.iter().flat_map(|hour| cron.minutes.iter().map(move |minute| (hour, minute)))
    {
        for schedule in schedules(cron) {
            let _ = write!(
                triggers,
                "    <CalendarTrigger>\n      <StartBoundary>{from}T{hour:02}:{minute:02}:00</StartBoundary>\n      {schedule}\n    </CalendarTrigger>\n"
            );
        }
    }
    let (program, arguments) = command.split_first()?;
    let arguments: Vec<String> = arguments.iter().map(|word| quoted(word)).collect();
    let text = include_str!("../../data/schedule/task.xml").replace("{description}", &escaped(description));
    let text = text.replace("{triggers}\n", &triggers).replace("{program}", &escaped(program));
    Some(text.replace("{arguments}", &escaped(&arguments.join(" "))))
}

/// Which days, in the scheduler's words: two where either of day and weekday suffices.
fn schedules(cron: &Cron) -> Vec<String> {
    const WEEKDAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let named = |names: &[&str], numbers: &[u8]| -> String {
        let names = numbers.iter().filter_map(|n| names.get(usize::from(*n) - 1));
        names.flat_map(|name| ["<", name, " />"]).collect()
    };
    let all: Vec<u8> = (1..=12).collect();
    let months = format!("<Months>{}</Months>", named(&MONTHS, cron.months.as_deref().unwrap_or(&all)));
    let weekdays = cron.weekdays.as_ref().map(|days| {
        let days = format!("<DaysOfWeek>{}</DaysOfWeek>", named(&WEEKDAYS, days));
        if cron.months.is_none() {
            return format!("<ScheduleByWeek><WeeksInterval>1</WeeksInterval>{days}</ScheduleByWeek>");
        }
        let weeks =
            "<Weeks><Week>1</Week><Week>2</Week><Week>3</Week><Week>4</Week><Week>Last</Week></Weeks>";
        format!("<ScheduleByMonthDayOfWeek>{weeks}{days}{months}</ScheduleByMonthDayOfWeek>")
    });
    let by_month = |days: &[u8]| {
        let days: Vec<String> = days.iter().map(|day| format!("<Day>{day}</Day>")).collect();
        let days = days.concat();
        format!("<ScheduleByMonth><DaysOfMonth>{days}</DaysOfMonth>{months}</ScheduleByMonth>")
    };
    let days = cron.days.as_deref().map(by_month);
    match (weekdays, days, &cron.months) {
        (None, None, None) => {
            vec!["<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>".to_owned()]
        }
        (None, None, Some(_)) => vec![by_month(&(1..=31).collect::<Vec<_>>())],
        (weekdays, days, _) => weekdays.into_iter().chain(days).collect(),
    }
}

/// A word that the program gets as it is: the quoting that `CommandLineToArgvW` undoes.
fn quoted(word: &str) -> String {
    if !word.is_empty() && !word.contains([' ', '\t', '"']) {
        return word.to_owned();
    }
    let mut out = String::from("\"");
    let mut slashes = 0;
    for c in word.chars() {
        if c == '"' {
            out.extend(std::iter::repeat_n('\\', slashes + 1));
        }
        slashes = if c == '\\' { slashes + 1 } else { 0 };
        out.push(c);
    }
    out.extend(std::iter::repeat_n('\\', slashes));
    out + "\""
}

/// A text for markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_and_times_stay_times() {
        assert_eq!(quoted("a \"b\" c\\"), "\"a \\\"b\\\" c\\\\\"");
        let command = ["C:\\z.exe", "a b", "<&>"].map(str::to_owned);
        let of =
            |text: &str| task("zhijian", &Cron::parse(text).unwrap(), &command, Date::constant(2026, 11, 23));
        let weekly = of("week").unwrap();
        assert!(weekly.contains("<StartBoundary>2026-11-23T06:30:00</StartBoundary>"), "{weekly}");
        assert!(weekly.contains("<DaysOfWeek><Monday /></DaysOfWeek>"), "{weekly}");
        assert!(weekly.contains("<Arguments>&quot;a b&quot; &lt;&amp;&gt;</Arguments>"), "{weekly}");
        assert!(of("0 6 1 * 1").unwrap().matches("<CalendarTrigger>").count() == 2);
        assert_eq!(of("* * * * *"), None);
    }
}
