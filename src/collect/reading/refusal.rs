//! Pages that want a login or a captcha, or no machines: never read as anything else.

use super::html::Page;
use serde::Deserialize;
use std::sync::LazyLock;
use url::Url;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signs {
    status: Vec<u16>,
    redirect: Vec<String>,
    title: Vec<String>,
    elements: Vec<String>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let text = include_str!("../../data/adapters/blocked.toml");
    toml::from_str(text).unwrap_or_else(|fault| panic!("adapters/blocked.toml: {fault}"))
});

/// Characters under which a page with a captcha has nothing else to say.
const LITTLE: usize = 2000;

/// Whether a status says that the host wants no more of us.
pub fn is_refusal(status: u16) -> bool {
    SIGNS.status.contains(&status)
}

/// Whether a redirect leads to a login or a captcha: its address has words of one that the address before had not.
pub fn leads_to_login(from: &Url, to: &Url) -> bool {
    let plain = |url: &Url| format!("{}{}", url.host_str().unwrap_or(""), url.path()).to_ascii_lowercase();
    let (from, to) = (plain(from), plain(to));
    SIGNS.redirect.iter().any(|word| to.contains(word.as_str()) && !from.contains(word.as_str()))
}

/// Whether a page asks for a captcha.
pub(super) fn is_captcha(page: &Page) -> bool {
    let title = page.title();
    let short = page.length() < LITTLE;
    short
        && (SIGNS.title.iter().any(|word| title.contains(word.as_str()))
            || SIGNS.elements.iter().any(|selector| page.has(selector)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_known_by_where_the_redirect_leads() {
        let leads =
            |from: &str, to: &str| leads_to_login(&Url::parse(from).unwrap(), &Url::parse(to).unwrap());
        assert!(leads("https://a.cn/app/1", "https://passport.a.cn/?back=1"));
        assert!(leads("https://a.cn/app/1", "https://a.cn/user/login"));
        assert!(!leads("https://a.cn/app/1", "https://www.a.cn/app/1?from=login"));
        assert!(!leads("https://a.cn/login-help", "https://a.cn/login-help/"));
        for selector in &SIGNS.elements {
            assert!(super::super::is_selector(selector), "{selector}");
        }
    }
}
