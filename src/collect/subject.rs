//! An item as far as a public page of it can be asked for: package name and the inventory's own links.

use super::adapter::Key;
use url::Url;

/// An item of an inventory or a stored scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Its id.
    pub asset: String,
    /// `app`, `account` …
    pub kind: String,
    /// Package name as the inventory gives it; may be empty.
    pub package: String,
    /// Links as the inventory gives them.
    pub links: Vec<String>,
}

/// The longest package name (Android's own limit is 255 with the ending).
const LONGEST: usize = 200;

impl Subject {
    /// What can go into an address; nothing that could change where it leads.
    pub(super) fn keys(&self, key: Key) -> Vec<String> {
        match key {
            Key::Package if is_package(self.package.trim()) => vec![self.package.trim().to_owned()],
            Key::Package => Vec::new(),
            Key::AppleId => self.links.iter().filter_map(|link| apple_id(link)).collect(),
            Key::VivoId => self.links.iter().filter_map(|link| vivo_id(link)).collect(),
            Key::Url => {
                self.links.iter().map(|link| link.trim().to_owned()).filter(|l| !l.is_empty()).collect()
            }
        }
    }
}

/// Letters, digits and underscores in two parts or more.
fn is_package(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    text.len() <= LONGEST && text.contains('.') && text.split('.').all(part)
}

fn apple_id(link: &str) -> Option<String> {
    let url = Url::parse(link.trim()).ok()?;
    if !matches!(url.host_str()?, "apps.apple.com" | "itunes.apple.com") {
        return None;
    }
    number(url.path_segments()?.find_map(|part| part.strip_prefix("id"))?)
}

/// vivo's own pages have the number behind the `#`.
fn vivo_id(link: &str) -> Option<String> {
    let url = Url::parse(link.trim()).ok()?;
    if !matches!(url.host_str()?, "h5.appstore.vivo.com.cn" | "h5-api.appstore.vivo.com.cn") {
        return None;
    }
    if let Some(text) = url.path().strip_prefix("/detail/") {
        return number(text);
    }
    let behind = url.fragment().and_then(|part| part.split_once('?')).map(|(_, query)| query);
    let queries = [url.query(), behind];
    let pairs = queries.into_iter().flatten().flat_map(|query| query.split('&'));
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == "appId")
        .and_then(|(_, text)| number(text))
}

fn number(text: &str) -> Option<String> {
    (text.len() <= 12 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_change_where_an_address_leads_goes_into_it() {
        for good in ["cn.example.zwt", "com.Example_1.app2"] {
            assert!(is_package(good), "{good}");
        }
        for bad in
            ["zwt", "", "cn..a", "cn.a/../b", "cn.a?x=1", "cn.a@b", "cn.例", ".cn", "cn.1a", "cn.a,b.c"]
        {
            assert!(!is_package(bad), "{bad}");
        }
        assert_eq!(
            apple_id("https://apps.apple.com/cn/app/zwt/id1234567890?l=zh").as_deref(),
            Some("1234567890")
        );
        assert_eq!(
            vivo_id("https://h5.appstore.vivo.com.cn/#/details?x=1&appId=3667").as_deref(),
            Some("3667")
        );
        assert_eq!(vivo_id("https://h5-api.appstore.vivo.com.cn/detail/3667?a=b").as_deref(), Some("3667"));
        for other in
            ["https://vivo.evil.cn/#/details?appId=1", "https://h5.appstore.vivo.com.cn/#/details?appId=1%2F"]
        {
            assert_eq!(vivo_id(other), None, "{other}");
        }
        assert_eq!(apple_id("https://apps.apple.com.evil.cn/cn/app/id1"), None);
        assert_eq!(apple_id("https://apps.apple.com/cn/developer/id1x"), None);
    }
}
