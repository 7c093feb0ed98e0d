//! What would be asked, of whom, by whose decision: plain data, made before anything is asked.
//!
//! For: `collect --plan`, and the one list that fetching works through. Not for: addresses of names, which are
//! checked when they are asked. Invariants: every request has a person's decision behind it; one address is
//! asked once whatever items it is for; equal items give equal plans, whatever their order.

use super::adapter::{Adapter, Key};
use super::reading::Wanted;
use super::safety::{Allow, HostPort, Refusal, check, is_host};
use super::subject::Subject;
use std::collections::{BTreeMap, BTreeSet};

/// A source that was switched on for a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enabled {
    /// Adapter.
    pub source: String,
    /// Host, or `*.` with the end of one.
    pub host: String,
    /// Who decided: a body or a post.
    pub by: String,
    /// When, ISO.
    pub decided: String,
}

/// What a plan is made by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Switches {
    /// Sources that are on.
    pub enabled: Vec<Enabled>,
    /// Hosts with ports of an internal network.
    pub internal: Vec<HostPort>,
    /// Sources that this run is limited to; all that are on when empty.
    pub only: Vec<String>,
}

impl Switches {
    /// The decision behind a source at a host.
    pub fn decision(&self, source: &str, host: &str) -> Option<&Enabled> {
        self.enabled.iter().find(|on| on.source == source && is_host(&on.host, host))
    }

    /// What a source may ask, on the first hop and on every later one.
    pub fn allow(&self, source: &str) -> Allow {
        let on = self.enabled.iter().filter(|on| on.source == source);
        Allow { hosts: on.map(|on| on.host.clone()).collect(), internal: self.internal.clone() }
    }

    fn wants(&self, source: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == source)
    }
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    /// Host, with its port where that is not the usual one.
    pub host: String,
    /// Address.
    pub url: String,
    /// Adapter.
    pub source: String,
    /// Which way of asking of the adapter.
    pub ask: usize,
    /// What is asked for.
    pub wanted: Vec<Wanted>,
    /// Who switched it on.
    pub by: String,
}

/// A link that will not be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The item.
    pub asset: String,
    /// The link, as the inventory gives it.
    pub url: String,
    /// Why not.
    pub why: Refusal,
}

/// What would be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Requests, by host and address.
    pub requests: Vec<Request>,
    /// Links whose spelling or place keeps them from being asked.
    pub refused: Vec<Refused>,
    /// Source and host that nobody switched on, with how many addresses there would be.
    pub off: BTreeMap<(String, String), u64>,
    /// Source and host whose pages only a person can save, with how many links of the inventory lead there.
    pub by_hand: BTreeMap<(String, String), u64>,
    /// Items without a package name and without a link.
    pub silent: u64,
    /// Items in all.
    pub items: u64,
}

impl Plan {
    /// Requests of each host, robots.txt not counted.
    pub fn hosts(&self) -> BTreeMap<&str, u64> {
        let mut hosts = BTreeMap::new();
        for request in &self.requests {
            *hosts.entry(request.host.as_str()).or_default() += 1;
        }
        hosts
    }
}

/// Plans the requests for these items.
pub fn plan(subjects: &[Subject], adapters: &[Adapter], switches: &Switches) -> Plan {
    let mut plan = Plan { items: subjects.len() as u64, ..Plan::default() };
    let mut draft = Draft {
        adapters,
        switches,
        wanted: BTreeMap::new(),
        off: BTreeSet::new(),
        by_hand: BTreeSet::new(),
        refused: BTreeMap::new(),
    };
    for subject in subjects {
        if subject.package.trim().is_empty() && subject.links.iter().all(|link| link.trim().is_empty()) {
            plan.silent += 1;
        }
        for index in 0..adapters.len() {
            draft.add(index, subject);
        }
    }
    for (source, host, _) in &draft.off {
        *plan.off.entry((source.clone(), host.clone())).or_default() += 1;
    }
    for (source, host, _) in &draft.by_hand {
        *plan.by_hand.entry((source.clone(), host.clone())).or_default() += 1;
    }
    plan.refused = draft.refused.into_iter().map(|((asset, url), why)| Refused { asset, url, why }).collect();
    for ((index, ask), keys) in draft.wanted {
        let adapter = &adapters[index];
        let form = &adapter.ask[ask];
        let wanted: Vec<Wanted> = keys
            .into_iter()
            .map(|(key, assets)| Wanted { key, assets: assets.into_iter().collect() })
            .collect();
        for batch in wanted.chunks(form.batch.max(1)) {
            let keys: Vec<&str> = batch.iter().map(|wanted| wanted.key.as_str()).collect();
            let url = match &form.template {
                Some(template) => template.replace("{key}", &keys.join(",")),
                None => keys.join(","),
            };
            // Checked above for every key; a batch of good keys is good.
            let Ok(target) = check(&url, &switches.allow(&adapter.id)) else { continue };
            let by = switches.decision(&adapter.id, &target.host).map(|on| on.by.clone()).unwrap_or_default();
            plan.requests.push(Request {
                host: target.origin(),
                url: target.url.to_string(),
                source: adapter.id.clone(),
                ask,
                wanted: batch.to_vec(),
                by,
            });
        }
    }
    plan.requests.sort();
    plan
}

/// Keys of one way of asking, each with the items that have it.
type Keys = BTreeMap<String, BTreeSet<String>>;

struct Draft<'a> {
    adapters: &'a [Adapter],
    switches: &'a Switches,
    /// By adapter and its way of asking.
    wanted: BTreeMap<(usize, usize), Keys>,
    /// Source, host, address.
    off: BTreeSet<(String, String, String)>,
    /// Source, host, link.
    by_hand: BTreeSet<(String, String, String)>,
    refused: BTreeMap<(String, String), Refusal>,
}

impl Draft<'_> {
    fn add(&mut self, index: usize, subject: &Subject) {
        let adapter = &self.adapters[index];
        if !self.switches.wants(&adapter.id) {
            return;
        }
        if adapter.by_hand {
            let links = subject.links.iter().filter(|_| adapter.kinds.contains(&subject.kind));
            for link in links {
                let host =
                    url::Url::parse(link.trim()).ok().and_then(|url| url.host_str().map(str::to_owned));
                if let Some(host) = host.filter(|host| adapter.hosts.contains(host)) {
                    self.by_hand.insert((adapter.id.clone(), host, link.trim().to_owned()));
                }
            }
            return;
        }
        let Some((ask, keys)) = adapter.keys(subject) else { return };
        let form = &adapter.ask[ask];
        let allow = self.switches.allow(&adapter.id);
        for key in keys {
            let url = form
                .template
                .as_ref()
                .map_or_else(|| key.clone(), |template| template.replace("{key}", &key));
            let host = url::Url::parse(&url).ok().and_then(|url| url.host_str().map(str::to_owned));
            let host = host.unwrap_or_default();
            if form.key == Key::Url && !self.is_for(adapter, &host) {
                continue;
            }
            match check(&url, &allow) {
                Ok(target) => {
                    // One spelling for one page.
                    let key = if form.key == Key::Url { target.url.to_string() } else { key };
                    let assets = self.wanted.entry((index, ask)).or_default().entry(key).or_default();
                    assets.insert(subject.asset.clone());
                }
                Err(Refusal::Host(host)) => {
                    self.off.insert((adapter.id.clone(), host, url));
                }
                Err(why) => {
                    self.refused.insert((subject.asset.clone(), url), why);
                }
            }
        }
    }

    /// Whether a link is this adapter's business: one of its own hosts, or for the general ones a host of no other.
    fn is_for(&self, adapter: &Adapter, host: &str) -> bool {
        if adapter.is_general() {
            !self.adapters.iter().any(|other| other.hosts.iter().any(|own| own == host))
        } else {
            adapter.hosts.iter().any(|own| own == host)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::adapter::shipped;

    fn app(asset: &str, package: &str, links: &[&str]) -> Subject {
        let links = links.iter().map(|&link| link.to_owned()).collect();
        Subject { asset: asset.to_owned(), kind: "app".to_owned(), package: package.to_owned(), links }
    }

    fn on(pairs: &[(&str, &str)]) -> Switches {
        let enabled = pairs.iter().map(|&(source, host)| Enabled {
            source: source.to_owned(),
            host: host.to_owned(),
            by: "示例省网信办".to_owned(),
            decided: "2026-11-01".to_owned(),
        });
        Switches { enabled: enabled.collect(), ..Switches::default() }
    }

    #[test]
    fn nothing_is_planned_until_somebody_has_decided() {
        let apps = [app("a", "cn.example.zwt", &["https://www.example.cn/zwt"])];
        let plan = plan(&apps, shipped(), &Switches::default());
        assert!(plan.requests.is_empty());
        let off: Vec<&str> = plan.off.keys().map(|(source, _)| source.as_str()).collect();
        assert_eq!(off, ["apple", "page", "wandoujia", "xiaomi", "yingyongbao"]);
    }

    #[test]
    fn one_address_is_asked_once_and_the_order_of_items_does_not_matter() {
        let mut apps = [
            app("b", "cn.example.zwt", &["https://www.example.cn/zwt#top"]),
            app("a", "cn.example.zwt", &["https://www.example.cn/zwt", "https://mp.weixin.qq.com/s/abc"]),
        ];
        let switches =
            on(&[("yingyongbao", "sj.qq.com"), ("page", "*.example.cn"), ("page", "mp.weixin.qq.com")]);
        let first = plan(&apps, shipped(), &switches);
        apps.reverse();
        assert_eq!(first, plan(&apps, shipped(), &switches));
        let urls: Vec<&str> = first.requests.iter().map(|r| r.url.as_str()).collect();
        assert_eq!(urls, ["https://sj.qq.com/appdetail/cn.example.zwt", "https://www.example.cn/zwt"]);
        assert_eq!(first.requests[0].wanted[0].assets, ["a", "b"]);
        assert_eq!(first.requests[0].by, "示例省网信办");
    }

    #[test]
    fn what_only_a_person_can_save_is_told_and_never_planned() {
        let link = "https://appgallery.huawei.com/app/C100";
        let apps =
            [app("a", "cn.example.zwt", &[link, "https://h5.appstore.vivo.com.cn/#/details?appId=36"])];
        let switches = on(&[
            ("huawei", "appgallery.huawei.com"),
            ("page", "appgallery.huawei.com"),
            ("page", "h5.appstore.vivo.com.cn"),
            ("vivo", "h5-api.appstore.vivo.com.cn"),
        ]);
        let plan = plan(&apps, shipped(), &switches);
        let urls: Vec<&str> = plan.requests.iter().map(|r| r.url.as_str()).collect();
        assert_eq!(
            urls,
            ["https://h5-api.appstore.vivo.com.cn/detail/36?frompage=messageh5&app_version=2100"]
        );
        let by_hand: Vec<_> = plan.by_hand.into_iter().collect();
        assert_eq!(by_hand, [(("huawei".to_owned(), "appgallery.huawei.com".to_owned()), 1)]);
    }

    #[test]
    fn fifty_numbers_go_into_one_request() {
        let apps: Vec<Subject> = (0..120)
            .map(|i| app(&format!("a{i}"), "", &[&format!("https://apps.apple.com/cn/app/id{}", 1000 + i)]))
            .collect();
        let plan = plan(&apps, shipped(), &on(&[("apple", "itunes.apple.com")]));
        let sizes: Vec<usize> = plan.requests.iter().map(|r| r.wanted.len()).collect();
        assert_eq!(sizes, [50, 50, 20]);
    }

    #[test]
    fn links_that_lead_inside_are_refused_by_name() {
        let apps =
            [app("a", "", &["http://10.0.0.8/app", "http://oa/login", "ftp://www.example.cn/a", "见附件"])];
        let plan = plan(&apps, shipped(), &on(&[("page", "*.example.cn")]));
        assert_eq!(plan.refused.len(), 4, "{:?}", plan.refused);
        assert!(plan.requests.is_empty());
    }
}
