//! robots.txt as RFC 9309 has it, with the rule that decided.
//!
//! For: whether a path of a host may be asked, by which line, and how slowly. Not for: fetching the file.
//! Invariants: of the rules for our agent (or, without such a group, of those for `*`) the longest match
//! decides, and where an Allow and a Disallow are equally long, the Allow does.

/// What the file of a host says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// Seconds between two requests that it asks for, not part of the standard and obeyed all the same.
    pub crawl_delay: Option<u32>,
    /// Whether everything is refused because the file could not be had (5xx, no answer).
    refused: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    path: String,
}

/// What was decided about a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it may be asked.
    pub allowed: bool,
    /// The line that decided, as written; empty when none matched.
    pub rule: String,
}

/// What stands in the place of a line when the file could not be had.
pub const NOT_TO_BE_HAD: &str = "robots.txt: 5xx";
/// The most of the file that is read (RFC 9309 §2.5 asks for at least this much).
pub const MOST_BYTES: usize = 500 * 1024;
/// The longest crawl-delay that is obeyed; a host that asks for more is left alone.
pub const LONGEST_DELAY: u32 = 60;

impl Robots {
    /// No file (4xx): everything may be asked.
    pub fn absent() -> Robots {
        Robots::default()
    }

    /// The file could not be had (5xx, no answer): nothing may be asked.
    pub fn not_to_be_had() -> Robots {
        Robots { refused: true, ..Robots::default() }
    }

    /// What the file says to `agent` (the product's name alone, without its version).
    pub fn parse(text: &str, agent: &str) -> Robots {
        let agent = agent.to_ascii_lowercase();
        let (mut own, mut all) = (Group::default(), Group::default());
        // Whom the group that is being read is for, and whether its rules have begun.
        let (mut for_own, mut for_all, mut in_rules) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or("").trim();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if in_rules {
                    (for_own, for_all, in_rules) = (false, false, false);
                }
                let named: String = value
                    .chars()
                    .take_while(|c| c.is_ascii_alphabetic() || "_-".contains(*c))
                    .collect::<String>()
                    .to_ascii_lowercase();
                for_own |= named == agent;
                for_all |= value == "*";
                continue;
            }
            let is_rule = matches!(key.as_str(), "allow" | "disallow");
            if !is_rule && key != "crawl-delay" {
                continue;
            }
            in_rules = true;
            for (group, wanted) in [(&mut own, for_own), (&mut all, for_all)] {
                if !wanted {
                    continue;
                }
                group.is_there = true;
                if is_rule && !value.is_empty() {
                    group.rules.push(Rule { allow: key == "allow", path: value.to_owned() });
                } else if !is_rule && let Ok(seconds) = value.parse::<f64>() {
                    // Saturates, and a negative delay is none.
                    group.delay = Some(group.delay.unwrap_or(0).max(seconds.ceil() as u32));
                }
            }
        }
        let group = if own.is_there { own } else { all };
        Robots { rules: group.rules, crawl_delay: group.delay, refused: false }
    }

    /// Whether a path (with its query) may be asked.
    pub fn verdict(&self, path: &str) -> Verdict {
        if self.refused {
            return Verdict { allowed: false, rule: NOT_TO_BE_HAD.to_owned() };
        }
        if let Some(seconds) = self.crawl_delay.filter(|&seconds| seconds > LONGEST_DELAY) {
            return Verdict { allowed: false, rule: format!("Crawl-delay: {seconds}") };
        }
        // robots.txt itself is always allowed (§2.2.2).
        if path == "/robots.txt" {
            return Verdict { allowed: true, rule: String::new() };
        }
        let path = normal(path);
        let matching = self.rules.iter().filter(|rule| matches(&normal(&rule.path), &path));
        match matching.max_by_key(|rule| (normal(&rule.path).len(), rule.allow)) {
            Some(rule) => Verdict {
                allowed: rule.allow,
                rule: format!("{}: {}", if rule.allow { "Allow" } else { "Disallow" }, rule.path),
            },
            None => Verdict { allowed: true, rule: String::new() },
        }
    }
}

#[derive(Default)]
struct Group {
    is_there: bool,
    rules: Vec<Rule>,
    delay: Option<u32>,
}

/// One spelling for all: escapes of plain characters undone, everything that is not ASCII escaped.
fn normal(path: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let escape = |out: &mut String, byte: u8| {
        out.push('%');
        out.push(char::from(HEX[usize::from(byte >> 4)]));
        out.push(char::from(HEX[usize::from(byte & 15)]));
    };
    let mut at = 0;
    while at < bytes.len() {
        let digit = |i: usize| bytes.get(i).and_then(|&b| char::from(b).to_digit(16));
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                let byte = (high * 16 + low) as u8;
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                    out.push(char::from(byte));
                } else {
                    escape(&mut out, byte);
                }
                at += 3;
                continue;
            }
            (byte, ..) if byte.is_ascii() && !byte.is_ascii_control() => out.push(char::from(byte)),
            (byte, ..) => escape(&mut out, byte),
        }
        at += 1;
    }
    out
}

/// Whether a pattern with `*` and a closing `$` matches the beginning of a path. Linear in both lengths for each
/// `*`, whatever the file says.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = match pattern.strip_suffix('$') {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, between)) = pieces.split_last() else { return !whole || rest.is_empty() };
    for piece in between {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    if whole { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str, path: &str) -> (bool, String) {
        let verdict = Robots::parse(text, "zhijian").verdict(path);
        (verdict.allowed, verdict.rule)
    }

    #[test]
    fn the_longest_match_decides_and_allow_wins_a_tie() {
        let text =
            "User-agent: *\nDisallow: /\nAllow: /apps/\nDisallow: /apps/private\nAllow: /x\nDisallow: /x\n";
        assert_eq!(says(text, "/apps/1"), (true, "Allow: /apps/".to_owned()));
        assert_eq!(says(text, "/apps/private/2"), (false, "Disallow: /apps/private".to_owned()));
        assert_eq!(says(text, "/other"), (false, "Disallow: /".to_owned()));
        assert_eq!(says(text, "/x"), (true, "Allow: /x".to_owned()));
        assert_eq!(says(text, "/robots.txt"), (true, String::new()));
    }

    #[test]
    fn our_own_group_replaces_the_general_one_and_groups_of_one_agent_are_joined() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: ZhiJian/1.0\nDisallow: /a\n\n\
                    user-agent: zhijian\ndisallow: /b # note\nCrawl-delay: 7\n";
        assert!(says(text, "/c").0);
        assert!(!says(text, "/a").0 && !says(text, "/b").0);
        let robots = Robots::parse(text, "zhijian");
        assert_eq!(robots.crawl_delay, Some(7));
        assert!(says("User-agent: zhijianbot\nDisallow: /\n", "/").0, "another agent's group");
    }

    #[test]
    fn wildcards_and_escapes() {
        let text = "User-agent: *\nDisallow: /*.apk$\nDisallow: /s?*id=\nDisallow: /%E5%BA%94%E7%94%A8\nDisallow: /%61bc\n";
        assert!(!says(text, "/d/x.apk").0 && says(text, "/d/x.apk?y").0);
        assert!(!says(text, "/s?a=1&id=2").0 && says(text, "/s?a=1").0);
        assert!(!says(text, "/应用/1").0, "not escaped");
        assert!(!says(text, "/%e5%ba%94%e7%94%a8/1").0, "escaped in lower case");
        assert!(!says(text, "/abcd").0);
    }

    #[test]
    fn empty_and_odd_files_allow_and_one_that_cannot_be_had_refuses() {
        for text in [
            "",
            "Disallow: /",
            "User-agent: *\nDisallow:\n",
            "<html>not found</html>",
            "\u{feff}# only a note",
        ] {
            assert!(says(text, "/a").0, "{text}");
        }
        assert!(
            !says("\u{feff}User-agent: *\r\nDisallow: /\r\n", "/a").0,
            "a mark in front, Windows line ends"
        );
        assert!(Robots::absent().verdict("/a").allowed);
        assert_eq!(
            Robots::not_to_be_had().verdict("/a"),
            Verdict { allowed: false, rule: NOT_TO_BE_HAD.to_owned() }
        );
        assert!(!says("User-agent: *\nCrawl-delay: 86400\n", "/a").0, "a delay that nobody can keep");
    }

    #[test]
    fn a_hostile_file_costs_little() {
        let stars = "*a".repeat(20_000);
        let text = format!("User-agent: *\nDisallow: /{stars}b\n");
        let path = format!("/{}", "a".repeat(2000));
        assert!(says(&text, &path).0);
    }
}
