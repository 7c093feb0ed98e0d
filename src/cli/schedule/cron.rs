//! Times as cron writes them: minute, hour, day, month, weekday.
//!
//! For: checking an expression, its next times, and the same times in the words of other systems. Not for: seconds,
//! years, `@reboot`, and extensions that cron programs disagree about. Where day and weekday are both restricted,
//! either suffices, as in every cron.

use jiff::civil::{Date, Time, Weekday};
use jiff::{ToSpan as _, Zoned};

/// A checked expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    text: String,
    pub(super) minutes: Vec<u8>,
    pub(super) hours: Vec<u8>,
    /// Days of the month; `None` for any.
    pub(super) days: Option<Vec<u8>>,
    pub(super) months: Option<Vec<u8>>,
    /// Weekdays, Monday 1 to Sunday 7; `None` for any.
    pub(super) weekdays: Option<Vec<u8>>,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 8] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Days looked ahead: long enough for 29 February on a given weekday.
const AHEAD: usize = 366 * 29;

impl Cron {
    /// `week` (Mondays at 6:30), `month` (the first at 6:30), or five fields.
    ///
    /// # Errors
    /// Anything else, and what never comes, as a key of the catalogue.
    pub fn parse(text: &str) -> Result<Cron, &'static str> {
        let text = match text.trim() {
            "week" => "30 6 * * 1",
            "month" => "30 6 1 * *",
            other => other,
        };
        Cron::of(text).filter(Cron::comes).ok_or("cli.usage.expected-every")
    }

    fn of(text: &str) -> Option<Cron> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields.as_slice() else { return None };
        let mut weekdays = field(weekday, 0, 7, &WEEKDAYS)?;
        if let Some(days) = &mut weekdays {
            days.iter_mut().filter(|day| **day == 0).for_each(|day| *day = 7);
            days.sort_unstable();
            days.dedup();
        }
        Some(Cron {
            text: fields.join(" "),
            minutes: field(minute, 0, 59, &[])?.unwrap_or_else(|| (0..60).collect()),
            hours: field(hour, 0, 23, &[])?.unwrap_or_else(|| (0..24).collect()),
            days: field(day, 1, 31, &[])?,
            months: field(month, 1, 12, &MONTHS)?,
            weekdays,
        })
    }

    /// Whether it ever comes: 30 February does not.
    fn comes(&self) -> bool {
        let Some(days) = self.days.as_ref().filter(|_| self.weekdays.is_none()) else { return true };
        let longest = |month: &u8| match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let months = self.months.clone().unwrap_or_else(|| (1..=12).collect());
        days.iter().any(|day| months.iter().any(|month| *day <= longest(month)))
    }

    /// As written, with single blanks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The next times after a moment, in its zone. A time that the zone leaves out comes when its clocks have moved on.
    pub fn next(&self, after: &Zoned, count: usize) -> Vec<Zoned> {
        let mut times = Vec::new();
        let mut day = Some(after.date());
        for _ in 0..AHEAD {
            let Some(date) = day.filter(|_| times.len() < count) else { break };
            if self.is_on(date) {
                for (&hour, &minute) in
                    self.hours.iter().flat_map(|hour| self.minutes.iter().map(move |m| (hour, m)))
                {
                    let time = Time::new(hour.cast_signed(), minute.cast_signed(), 0, 0).unwrap_or_default();
                    let at = date.to_datetime(time).to_zoned(after.time_zone().clone());
                    times.extend(at.ok().filter(|at| at > after));
                }
            }
            day = date.checked_add(1.day()).ok();
        }
        times.truncate(count);
        times
    }

    fn is_on(&self, date: Date) -> bool {
        let month = self.months.as_ref().is_none_or(|months| months.contains(&date.month().cast_unsigned()));
        let day = self.days.as_ref().map(|days| days.contains(&date.day().cast_unsigned()));
        let weekday = self.weekdays.as_ref().map(|days| days.contains(&number(date.weekday())));
        month
            && match (day, weekday) {
                (Some(day), Some(weekday)) => day || weekday,
                (one, other) => one.or(other).unwrap_or(true),
            }
    }
}

/// Monday 1 to Sunday 7.
fn number(day: Weekday) -> u8 {
    day.to_monday_one_offset().cast_unsigned()
}

/// The values of a field, sorted; the outer `None` for a field that is at fault, the inner one for `*`.
#[expect(clippy::option_option, reason = "any value and no value are two things")]
fn field(text: &str, least: u8, most: u8, names: &[&str]) -> Option<Option<Vec<u8>>> {
    if text == "*" {
        return Some(None);
    }
    let value = |text: &str| {
        let number = match names.iter().position(|name| text.eq_ignore_ascii_case(name)) {
            // Names of weekdays begin at 0, those of months at 1.
            Some(at) => u8::try_from(at).ok()?.checked_add(least)?,
            None => text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u8>().ok())??,
        };
        (least..=most).contains(&number).then_some(number)
    };
    let mut values = Vec::new();
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<usize>().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (least, most),
            Some((left, right)) => (value(left)?, value(right)?),
            None if part.contains('/') => (value(range)?, most),
            None => (value(range)?, value(range)?),
        };
        if from > to {
            return None;
        }
        values.extend((from..=to).step_by(step));
    }
    values.sort_unstable();
    values.dedup();
    Some(Some(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(text: &str, after: &str, count: usize) -> Vec<String> {
        let after: Zoned = after.parse().unwrap();
        let times = Cron::parse(text).unwrap().next(&after, count);
        times.iter().map(|time| time.strftime("%a %F %H:%M").to_string()).collect()
    }

    #[test]
    fn times_come_as_cron_has_them() {
        let monday = "2026-11-23T06:30:00+08:00[Asia/Shanghai]";
        assert_eq!(next("week", monday, 2), ["Mon 2026-11-30 06:30", "Mon 2026-12-07 06:30"]);
        assert_eq!(next("month", monday, 2), ["Tue 2026-12-01 06:30", "Fri 2027-01-01 06:30"]);
        assert_eq!(
            next("*/20 8-9 * * mon-fri", monday, 3),
            ["Mon 2026-11-23 08:00", "Mon 2026-11-23 08:20", "Mon 2026-11-23 08:40"]
        );
        // Either of day and weekday suffices; Sunday is 0 and 7.
        assert_eq!(next("0 0 1 * 0", monday, 2), ["Sun 2026-11-29 00:00", "Tue 2026-12-01 00:00"]);
        assert_eq!(Cron::parse("0 0 * * 7").unwrap().weekdays, Cron::parse("0 0 * * sun").unwrap().weekdays);
        assert_eq!(next("0 0 29 2 *", monday, 1), ["Tue 2028-02-29 00:00"]);
        // The hour that summer time leaves out.
        assert_eq!(
            next("30 2 * * *", "2026-03-28T12:00:00+01:00[Europe/Berlin]", 1),
            ["Sun 2026-03-29 03:30"]
        );
    }

    #[test]
    fn what_cron_would_not_take_is_refused() {
        for text in [
            "",
            "daily",
            "* * * *",
            "60 0 * * *",
            "0 24 * * *",
            "0 0 0 * *",
            "0 0 * 13 *",
            "0 0 * * 8",
            "0 0 30 2 *",
            "5-1 0 * * *",
            "*/0 0 * * *",
            "0 0 * * * *",
            "+5 0 * * *",
            "a 0 * * *",
            "300 0 * * *",
        ] {
            assert!(Cron::parse(text).is_err(), "{text}");
        }
    }
}
