//! Who may ask: only a page that this program served, in a browser that was given its address.
//!
//! For: the checks before any answer. Not for: answers. Invariants: a name that somebody else's server may call this
//! machine by is refused (DNS rebinding), and so is what another page sends here (CSRF); the word is compared by
//! digest, in the same time whatever was guessed.

use std::net::{IpAddr, SocketAddr};

/// What a request says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) host: &'a str,
    pub(super) origin: Option<&'a str>,
    /// `Sec-Fetch-Site`, which browsers send and pages cannot forge.
    pub(super) site: Option<&'a str>,
    pub(super) kind: &'a str,
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Want {
    Page,
    Data,
    Decide,
    Waive,
}

/// The checks, with the word and the address that was bound.
pub(super) struct Gate {
    word: blake3::Hash,
    bound: SocketAddr,
}

impl Gate {
    pub(super) fn new(word: &str, bound: SocketAddr) -> Gate {
        Gate { word: blake3::hash(word.as_bytes()), bound }
    }

    /// What is asked for, or the status of the refusal.
    pub(super) fn check(&self, asked: Asked<'_>) -> Result<Want, u16> {
        if !self.is_ours(asked.host) {
            return Err(421);
        }
        let own = format!("http://{}", asked.host);
        let writes = asked.method != "GET";
        // Browsers name the origin of everything that is not a plain visit.
        let is_foreign = asked.origin.map_or(writes, |origin| !origin.eq_ignore_ascii_case(&own));
        // Only the page itself may be opened from elsewhere: by typing or clicking its address.
        let from_elsewhere = asked.site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
        if is_foreign || from_elsewhere {
            return Err(403);
        }
        let path = asked.path.split('?').next().unwrap_or("");
        let (word, rest) = path.strip_prefix('/').and_then(|path| path.split_once('/')).ok_or(404_u16)?;
        // Digests compare in constant time.
        if blake3::hash(word.as_bytes()) != self.word {
            return Err(404);
        }
        match (rest, asked.method) {
            ("", "GET") => Ok(Want::Page),
            ("data", "GET") => Ok(Want::Data),
            ("decide" | "waive", "POST") if asked.kind.split(';').next() != Some("application/json") => {
                Err(415)
            }
            ("decide", "POST") => Ok(Want::Decide),
            ("waive", "POST") => Ok(Want::Waive),
            ("" | "data" | "decide" | "waive", _) => Err(405),
            _ => Err(404),
        }
    }

    /// Whether a name is one that only this machine has: the address itself, or `localhost` where it is this machine's.
    fn is_ours(&self, host: &str) -> bool {
        let Some((name, port)) = host.rsplit_once(':') else { return false };
        if port.parse() != Ok(self.bound.port()) {
            return false;
        }
        let ip = self.bound.ip();
        if name.eq_ignore_ascii_case("localhost") {
            return ip.is_loopback();
        }
        let literal: Option<IpAddr> = name.trim_start_matches('[').trim_end_matches(']').parse().ok();
        // An address cannot be made to lead elsewhere; one for all interfaces is asked by any of theirs.
        literal.is_some_and(|literal| literal == ip || ip.is_unspecified())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_page_by_its_own_address_gets_in() {
        let gate = Gate::new("word", "127.0.0.1:8000".parse().unwrap());
        let good = Asked { method: "GET", path: "/word/", host: "127.0.0.1:8000", ..Asked::default() };
        let own = Some("http://127.0.0.1:8000");
        let post =
            Asked { method: "POST", path: "/word/decide", origin: own, kind: "application/json", ..good };
        assert_eq!(gate.check(good), Ok(Want::Page));
        assert_eq!(gate.check(Asked { site: Some("none"), ..good }), Ok(Want::Page));
        assert_eq!(
            gate.check(Asked { path: "/word/data", site: Some("same-origin"), ..good }),
            Ok(Want::Data)
        );
        assert_eq!(gate.check(Asked { host: "localhost:8000", ..good }), Ok(Want::Page));
        assert_eq!(gate.check(post), Ok(Want::Decide));
        assert_eq!(gate.check(Asked { path: "/word/waive", ..post }), Ok(Want::Waive));
        for (status, asked) in [
            (421, Asked { host: "evil.example:8000", ..good }),
            (421, Asked { host: "127.0.0.1.evil.example:8000", ..good }),
            (421, Asked { host: "127.0.0.1:8001", ..good }),
            (421, Asked { host: "10.0.0.1:8000", ..good }),
            (421, Asked { host: "", ..good }),
            (403, Asked { origin: Some("http://evil.example"), ..good }),
            (403, Asked { origin: Some("null"), ..post }),
            (403, Asked { origin: Some("https://127.0.0.1:8000"), ..post }),
            (403, Asked { origin: Some("http://127.0.0.1:9000"), ..post }),
            (403, Asked { origin: None, ..post }),
            (403, Asked { site: Some("cross-site"), ..good }),
            (403, Asked { site: Some("same-site"), ..post }),
            (404, Asked { path: "/", ..good }),
            (404, Asked { path: "/wor/", ..good }),
            (404, Asked { path: "/words/", ..good }),
            (404, Asked { path: "/word", ..good }),
            (404, Asked { path: "/word/../", ..good }),
            (415, Asked { kind: "text/plain", ..post }),
            (415, Asked { path: "/word/waive", kind: "text/plain", ..post }),
            (403, Asked { path: "/word/waive", origin: None, ..post }),
            (405, Asked { path: "/word/waive", method: "GET", ..post }),
            (415, Asked { kind: "application/x-www-form-urlencoded", ..post }),
            (405, Asked { method: "PUT", ..post }),
            (405, Asked { method: "GET", ..post }),
        ] {
            assert_eq!(gate.check(asked), Err(status), "{asked:?}");
        }
        let wide = Gate::new("word", "0.0.0.0:8000".parse().unwrap());
        assert_eq!(wide.check(Asked { host: "10.0.0.8:8000", ..good }), Ok(Want::Page));
        assert_eq!(wide.check(Asked { host: "evil.example:8000", ..good }), Err(421));
    }
}
