//! One address as written → where it leads, or why it may not be asked.

use super::address::{Forbidden, forbidden};
use std::net::IpAddr;
use url::{Host, Url};

/// A host with a port that the user allowed on the command line (`--allow-host`): internal networks, tests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostPort {
    /// Name or literal address, lower case, without brackets.
    pub host: String,
    /// Port.
    pub port: u16,
}

impl HostPort {
    /// Reads `host:port`, `1.2.3.4:8080` or `[::1]:8080`.
    pub fn parse(text: &str) -> Option<HostPort> {
        let (host, port) = text.rsplit_once(':')?;
        let port = port.parse().ok().filter(|&port| port > 0)?;
        let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let host = match bare {
            Some(six) => six.parse::<std::net::Ipv6Addr>().ok()?.to_string(),
            None if host.contains(':') => return None,
            None => match Host::parse(host).ok()? {
                Host::Domain(name) => name,
                Host::Ipv4(four) => four.to_string(),
                Host::Ipv6(six) => six.to_string(),
            },
        };
        Some(HostPort { host, port })
    }
}

/// What may be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    /// Hosts that a source was switched on for: names, or `*.` with the end of a name.
    pub hosts: Vec<String>,
    /// Hosts with ports that may be of an internal network.
    pub internal: Vec<HostPort>,
}

/// Why an address may not be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read, or only by guessing.
    Spelling,
    /// Neither `http` nor `https`.
    Scheme(String),
    /// A user name or password stands in it.
    UserInfo,
    /// A port that is not that of its scheme.
    Port(u16),
    /// A name that no public host has: `localhost`, a single word, `.internal` …
    LocalName(String),
    /// An address that no public page lives on.
    Address(IpAddr, Forbidden),
    /// A host that no source was switched on for.
    Host(String),
    /// A file to be installed or unpacked, which nobody needs for this.
    Package,
}

impl Refusal {
    /// The last part of its catalogue key, with the words in question.
    pub fn told(&self) -> (&'static str, String) {
        match self {
            Refusal::Spelling => ("spelling", String::new()),
            Refusal::Scheme(scheme) => ("scheme", scheme.clone()),
            Refusal::UserInfo => ("userinfo", String::new()),
            Refusal::Port(port) => ("port", port.to_string()),
            Refusal::LocalName(name) => ("local-name", name.clone()),
            Refusal::Address(address, why) => ("address", format!("{address} ({why})")),
            Refusal::Host(host) => ("host", host.clone()),
            Refusal::Package => ("package", String::new()),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, value) = self.told();
        f.write_str(name)?;
        if value.is_empty() { Ok(()) } else { write!(f, ": {value}") }
    }
}

/// An address that may be asked, as far as it shows by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Normalised, without a fragment.
    pub url: Url,
    /// Host without brackets.
    pub host: String,
    /// Port.
    pub port: u16,
    /// The address, where the host is one.
    pub literal: Option<IpAddr>,
    /// Whether the user allowed this host and port, whatever its addresses are.
    pub internal: bool,
}

impl Target {
    /// `host` or, beside the usual port, `host:port`: what is asked one at a time.
    pub fn origin(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }

    /// Whether one of its name's addresses may be asked.
    ///
    /// # Errors
    /// When it may not.
    pub fn check_address(&self, address: IpAddr) -> Result<(), Refusal> {
        match forbidden(address) {
            Some(why) if !self.internal => Err(Refusal::Address(address, why)),
            _ => Ok(()),
        }
    }
}

/// Endings of names that only mean something inside a network (RFC 6761, 6762, 8375, and common practice).
const LOCAL_ENDINGS: [&str; 12] = [
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "localdomain",
    "home.arpa",
    "onion",
    "test",
];

/// Endings of files that are never fetched.
const PACKAGES: [&str; 9] = [".apk", ".apks", ".aab", ".ipa", ".hap", ".app", ".exe", ".zip", ".rar"];

/// Reads an address and checks all of it that needs no network.
///
/// # Errors
/// When it may not be asked.
pub fn check(text: &str, allow: &Allow) -> Result<Target, Refusal> {
    // Parsers disagree about these, and one that is lenient must not decide where a request goes.
    let odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\' || c == '\u{feff}';
    if text.is_empty() || text.len() > 2048 || text.contains(odd) {
        return Err(Refusal::Spelling);
    }
    let mut url = Url::parse(text).map_err(|_| Refusal::Spelling)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Scheme(url.scheme().to_owned()));
    }
    let authority = text.split_once("://").map(|(_, rest)| rest).ok_or(Refusal::Spelling)?;
    let authority = authority.split(['/', '?', '#']).next().unwrap_or("");
    if !url.username().is_empty() || url.password().is_some() || authority.contains('@') {
        return Err(Refusal::UserInfo);
    }
    let (host, literal) = match url.host().ok_or(Refusal::Spelling)? {
        Host::Domain(name) => (name.trim_end_matches('.').to_owned(), None),
        Host::Ipv4(four) => (four.to_string(), Some(IpAddr::V4(four))),
        Host::Ipv6(six) => (six.to_string(), Some(IpAddr::V6(six))),
    };
    let port = url.port_or_known_default().ok_or(Refusal::Spelling)?;
    let path = url.path().to_ascii_lowercase();
    if PACKAGES.iter().any(|ending| path.ends_with(ending)) {
        return Err(Refusal::Package);
    }
    url.set_fragment(None);
    let internal = allow.internal.iter().any(|held| held.host == host && held.port == port);
    let target = Target { url, host, port, literal, internal };
    if !internal {
        if let Some(port) = target.url.port() {
            return Err(Refusal::Port(port));
        }
        match literal {
            Some(address) => target.check_address(address)?,
            None if is_local(&target.host) => return Err(Refusal::LocalName(target.host)),
            None => {}
        }
    }
    if !allow.hosts.iter().any(|pattern| is_host(pattern, &target.host)) {
        return Err(Refusal::Host(target.host));
    }
    Ok(target)
}

/// Whether a host is the one that was named, or ends as `*.…` says.
pub(in crate::collect) fn is_host(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        Some(ending) => host.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.')),
        None => pattern == host,
    }
}

fn is_local(name: &str) -> bool {
    let ends =
        |ending: &str| name.strip_suffix(ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    !name.contains('.') || LOCAL_ENDINGS.iter().any(|ending| ends(ending))
}
