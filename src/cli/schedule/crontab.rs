//! A line for a crontab.
//!
//! Invariant: whatever stands in a path is one argument of the command.

use super::{Cron, NAME};

/// The line, with the mark by which it is found again.
pub(crate) fn line(cron: &Cron, command: &[String]) -> String {
    let words: Vec<String> = command.iter().map(|word| quoted(word)).collect();
    // To cron, a percent sign ends the command wherever it stands.
    format!("{} {} # {NAME}\n", cron.text(), words.join(" ").replace('%', "\\%"))
}

/// A word that the shell takes as it is.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-=+:,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_path_reaches_the_shell() {
        let words = ["/opt/z", "a b", "it's", "$(reboot)", "100%"].map(str::to_owned);
        let line = line(&Cron::parse("week").unwrap(), &words);
        assert_eq!(line, "30 6 * * 1 /opt/z 'a b' 'it'\\''s' '$(reboot)' '100\\%' # zhijian-audit\n");
    }
}
