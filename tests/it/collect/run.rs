//! The fetching itself, with limits and spacing of the test's own.

use super::world::{Host, Reply};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use zhijian::collect::adapter::{Adapter, shipped};
use zhijian::collect::fetch::{Limits, Names, Settings, run};
use zhijian::collect::plan::{Enabled, Plan, Switches, plan};
use zhijian::collect::safety::HostPort;
use zhijian::collect::{Subject, Summary};
use zhijian::evidence::{Record, State, Store, verify};

/// The names of the fake world: `rebind.example.cn` leads inside.
fn names() -> Names {
    Arc::new(|host| {
        Box::pin(async move {
            let found: &[&str] = match host.as_str() {
                "rebind.example.cn" => &["169.254.169.254"],
                "mixed.example.cn" => &["93.184.216.34", "10.0.0.1"],
                "mapped.example.cn" => &["::ffff:127.0.0.1"],
                _ => &["127.0.0.1"],
            };
            Ok(found.iter().map(|text| text.parse::<IpAddr>().unwrap()).collect())
        })
    })
}

pub(super) fn settings(internal: &[HostPort]) -> Settings {
    Settings {
        agent: "zhijian/0.0.0 (+office@example.cn)".to_owned(),
        spacing: Duration::from_millis(30),
        internal_spacing: Duration::from_millis(30),
        budget: 300,
        hosts: 64,
        limits: Limits { body: 1 << 20, headers: 8 << 10, time: Duration::from_millis(700), redirects: 3 },
        proxy: None,
        certificates: None,
        internal: internal.to_vec(),
        names: names(),
        now: jiff::Timestamp::now,
    }
}

fn on(source: &str, host: &str) -> Enabled {
    Enabled {
        source: source.to_owned(),
        host: host.to_owned(),
        by: "示例省网信办".to_owned(),
        decided: "2026-11-20".to_owned(),
    }
}

/// Links on these hosts, switched on for the general adapter.
fn links(urls: &[String], hosts: &[&Host]) -> (Plan, Switches) {
    let subjects: Vec<Subject> = urls
        .iter()
        .enumerate()
        .map(|(i, url)| Subject {
            asset: format!("item-{i:04}"),
            kind: "app".to_owned(),
            package: String::new(),
            links: vec![url.clone()],
        })
        .collect();
    let internal: Vec<HostPort> = hosts.iter().filter_map(|host| HostPort::parse(&host.at())).collect();
    let enabled = vec![on("page", "127.0.0.1"), on("page", "*.example.cn")];
    let switches = Switches { enabled, internal, only: Vec::new() };
    (plan(&subjects, shipped(), &switches), switches)
}

fn go(planned: &Plan, switches: &Switches, dir: &Path) -> Summary {
    go_with(planned, switches, dir, settings(&switches.internal))
}

fn go_with(planned: &Plan, switches: &Switches, dir: &Path, settings: Settings) -> Summary {
    run(planned, shipped(), switches, settings, dir, |_, _, _| {}).unwrap()
}

/// The last record of each address.
fn records(dir: &Path) -> BTreeMap<String, Record> {
    let mut digests = Vec::new();
    let store = Store::open(dir, |line| {
        if let zhijian::evidence::Event::Kept { record, .. } = &line.event {
            digests.push(record.clone());
        }
    })
    .unwrap();
    digests
        .iter()
        .map(|digest| store.record(digest).unwrap())
        .map(|record| (record.url.clone(), record))
        .collect()
}

/// One page of a host of its own → its record, with the seconds it took.
fn one(reply: Reply) -> (Record, f32, Vec<String>) {
    let host = Host::serve(vec![("/p", reply)]);
    let (planned, switches) = links(&[host.url("/p")], &[&host]);
    let folder = tempfile::tempdir().unwrap();
    let started = Instant::now();
    go(&planned, &switches, folder.path());
    let took = started.elapsed().as_secs_f32();
    assert!(verify(folder.path()).unwrap().faults.is_empty());
    (records(folder.path()).remove(&host.url("/p")).unwrap(), took, host.paths())
}

#[test]
fn each_case_ends_in_its_own_state_within_its_limit() {
    let gbk: &[u8] =
        b"<title>\xbc\xd7\xca\xd0\xd5\xfe\xce\xf1\xcd\xa8\xb4\xf2\xbf\xa8\xc7\xa9\xb5\xbd</title>";
    let kind = |value: &str| vec![("content-type", value.to_owned())];
    let big_headers = Reply::html("<title>x</title>").with("x-long", &"a".repeat(20 << 10));
    let cases: Vec<(&str, Reply, State)> = vec![
        ("a page", Reply::html("<title>甲市通</title>"), State::Listed),
        ("GBK without a charset", Reply::Page(200, kind("text/html"), gbk.to_vec()), State::Listed),
        ("not found", Reply::status(404), State::NotListed),
        ("gone", Reply::status(410), State::NotListed),
        ("refused", Reply::status(403), State::Blocked),
        ("a login wanted", Reply::status(401), State::Blocked),
        ("too many", Reply::status(429).with("retry-after", "3600"), State::Blocked),
        ("legal reasons", Reply::status(451), State::Blocked),
        ("to a login", Reply::to("/user/login?back=/p"), State::Blocked),
        ("a captcha", Reply::html(include_str!("../../fixtures/collect/captcha.html")), State::Blocked),
        ("a fault", Reply::status(500), State::Unreachable),
        ("no answer", Reply::Hang, State::Unreachable),
        ("too big", Reply::Page(200, kind("text/html"), vec![b'a'; 10 << 20]), State::OverLimit),
        ("a slow drip", Reply::Drip, State::OverLimit),
        ("long headers", big_headers, State::OverLimit),
        (
            "a package",
            Reply::Page(200, kind("application/vnd.android.package-archive"), vec![0; 99]),
            State::OverLimit,
        ),
        ("to the metadata of a cloud", Reply::to("http://169.254.169.254/latest/meta-data/"), State::Unsafe),
        ("to another port of this machine", Reply::to("http://127.0.0.1:1/"), State::Unsafe),
        ("to a name of this machine", Reply::to("http://localhost/"), State::Unsafe),
        ("to a file", Reply::to("file:///etc/passwd"), State::Unsafe),
        ("with a user name", Reply::to("http://a@www.example.cn/"), State::Unsafe),
        ("to a package", Reply::to("/app.apk"), State::Unsafe),
        ("to itself", Reply::to("/p"), State::OverLimit),
        ("nowhere", Reply::Page(302, Vec::new(), Vec::new()), State::ChangedShape),
        ("an empty page", Reply::html(""), State::ChangedShape),
    ];
    for (name, reply, expected) in cases {
        let (record, took, paths) = one(reply);
        assert_eq!(record.state(), expected, "{name}: {:?}", record.detail);
        assert!(record.readings.iter().all(|reading| reading.state() == expected), "{name}");
        assert!(took < 4.0, "{name}: {took} s");
        assert_eq!(paths[0], "/robots.txt", "{name}");
        // A look, three attempts at most, three redirects at most.
        assert!(paths.len() <= 5, "{name}: {paths:?}");
    }
}

#[test]
fn gbk_is_read_and_packed_pages_are_unpacked_within_the_limit() {
    use std::io::Write as _;
    let gbk: &[u8] =
        b"<title>\xbc\xd7\xca\xd0\xd5\xfe\xce\xf1\xcd\xa8\xb4\xf2\xbf\xa8\xc7\xa9\xb5\xbd</title>";
    let plain = vec![("content-type", "text/html".to_owned())];
    let (record, ..) = one(Reply::Page(200, plain.clone(), gbk.to_vec()));
    assert_eq!(record.readings[0].fields["name"], "甲市政务通打卡签到");
    assert_eq!(record.body.unwrap().encoding.as_deref(), Some("gb18030"));
    let packed = |bytes: &[u8]| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(bytes).unwrap();
        Reply::Page(200, plain.clone(), gzip.finish().unwrap()).with("content-encoding", "gzip")
    };
    let (record, ..) = one(packed(b"<title>plain</title>"));
    assert_eq!((record.state(), record.readings[0].fields["name"].as_str()), (State::Listed, "plain"));
    let bomb = [b"<title>x</title>".as_slice(), &vec![b' '; 50 << 20]].concat();
    assert_eq!(one(packed(&bomb)).0.state(), State::OverLimit);
}

#[test]
fn old_tls_and_names_that_lead_inside_are_states_of_their_own() {
    let old = Host::serve(vec![("tls", Reply::Bytes(&[0x15, 3, 1, 0, 2, 2, 70]))]);
    let url = format!("https://127.0.0.1:{}/p", old.port);
    let (planned, switches) = links(std::slice::from_ref(&url), &[&old]);
    let folder = tempfile::tempdir().unwrap();
    go(&planned, &switches, folder.path());
    let found = records(folder.path());
    // Without its robots.txt nothing of a host may be asked; why it could not be had stands in that record.
    let robots = &found[&format!("https://127.0.0.1:{}/robots.txt", old.port)];
    assert_eq!(robots.state(), State::TlsUnsupported, "{:?}", robots.detail);
    assert_eq!(found[&url].state(), State::TlsUnsupported);

    let inside: Vec<String> =
        ["rebind", "mixed", "mapped", "plain"].map(|name| format!("http://{name}.example.cn/p")).to_vec();
    let (planned, switches) = links(&inside, &[]);
    assert_eq!(planned.requests.len(), 4, "nothing shows it before names are looked up");
    let folder = tempfile::tempdir().unwrap();
    go(&planned, &switches, folder.path());
    let found = records(folder.path());
    for url in &inside {
        assert_eq!(found[url].state(), State::Unsafe, "{url}: {:?}", found[url].detail);
        assert!(found[url].hops.is_empty());
    }
}

/// The name is looked up once for each request, by us alone, and what was looked up is what is connected to: there
/// is no second answer that could be another one.
#[test]
fn the_address_that_was_checked_is_the_one_that_is_asked() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let host = Host::serve(vec![("/p", Reply::to("/q")), ("/q", Reply::html("<title>甲</title>"))]);
    let url = format!("http://app.example.cn:{}/p", host.port);
    let (_, mut switches) = links(&[], &[]);
    switches.internal = vec![HostPort::parse(&format!("app.example.cn:{}", host.port)).unwrap()];
    let subject = Subject {
        asset: "a".to_owned(),
        kind: "app".to_owned(),
        links: vec![url.clone()],
        ..Subject::default()
    };
    let planned = plan(&[subject], shipped(), &switches);
    let calls = Arc::new(AtomicUsize::new(0));
    let count = calls.clone();
    let names: Names = Arc::new(move |name| {
        count.fetch_add(1, Ordering::Relaxed);
        assert_eq!(name, "app.example.cn");
        Box::pin(async { Ok(vec![IpAddr::from([127, 0, 0, 1])]) })
    });
    let folder = tempfile::tempdir().unwrap();
    go_with(&planned, &switches, folder.path(), Settings { names, ..settings(&switches.internal) });
    let record = &records(folder.path())[&url];
    assert_eq!(record.state(), State::Listed, "{:?}", record.detail);
    assert!(record.hops.iter().all(|hop| hop.address == "127.0.0.1"));
    assert_eq!(host.paths(), ["/robots.txt", "/p", "/q"]);
    assert_eq!(calls.load(Ordering::Relaxed), 3);
}

#[test]
fn robots_txt_is_asked_first_and_obeyed_with_its_rule() {
    let rules = "User-agent: *\nDisallow: /\n\nUser-agent: zhijian\nAllow: /p\nDisallow: /p/private\n";
    let host = Host::serve(vec![
        ("/robots.txt", Reply::html(rules)),
        ("/p", Reply::html("<title>甲</title>")),
        ("/p/private", Reply::html("<title>乙</title>")),
    ]);
    let down =
        Host::serve(vec![("/robots.txt", Reply::status(500)), ("/p", Reply::html("<title>丙</title>"))]);
    let none =
        Host::serve(vec![("/robots.txt", Reply::status(403)), ("/p", Reply::html("<title>丁</title>"))]);
    let urls = [host.url("/p"), host.url("/p/private"), down.url("/p"), none.url("/p")];
    let (planned, switches) = links(&urls, &[&host, &down, &none]);
    let folder = tempfile::tempdir().unwrap();
    go(&planned, &switches, folder.path());
    let found = records(folder.path());
    let told = |url: &String| (found[url].state(), found[url].robots.clone().unwrap_or_default());
    assert_eq!(told(&urls[0]), (State::Listed, "Allow: /p".to_owned()));
    assert_eq!(told(&urls[1]), (State::RobotsRefused, "Disallow: /p/private".to_owned()));
    assert_eq!(told(&urls[2]).0, State::RobotsRefused);
    assert_eq!(told(&urls[3]).0, State::Listed);
    assert_eq!(host.paths(), ["/robots.txt", "/p"], "what is refused is not asked");
    assert!(down.paths().iter().all(|path| path == "/robots.txt"));
}

#[test]
fn a_refusal_ends_it_for_the_host_and_for_the_day() {
    let host = Host::serve(vec![
        ("/a", Reply::html("<title>甲</title>")),
        ("/b", Reply::status(429).with("retry-after", "7200")),
        ("/c", Reply::html("<title>丙</title>")),
    ]);
    let (planned, switches) = links(&[host.url("/a"), host.url("/b"), host.url("/c")], &[&host]);
    let folder = tempfile::tempdir().unwrap();
    let done = go(&planned, &switches, folder.path());
    assert_eq!(host.paths(), ["/robots.txt", "/a", "/b"]);
    let told = &done.hosts[&host.at()];
    assert_eq!((told.stopped, told.left, told.requests), (Some("refused"), 1, 3));
    let again = go(&planned, &switches, folder.path());
    assert_eq!(host.paths().len(), 3, "not asked again");
    assert_eq!((again.cached, again.hosts[&host.at()].left), (2, 1));
}

#[test]
fn a_busy_host_is_waited_for_a_little_and_otherwise_asked_when_it_says() {
    let soon = Host::serve(vec![("/p", Reply::status(503).with("retry-after", "1"))]);
    let late = Host::serve(vec![
        ("/a", Reply::status(503).with("retry-after", "7200")),
        ("/b", Reply::html("<title>乙</title>")),
    ]);
    let (planned, switches) = links(&[soon.url("/p"), late.url("/a"), late.url("/b")], &[&soon, &late]);
    let folder = tempfile::tempdir().unwrap();
    let done = go(&planned, &switches, folder.path());
    let times: Vec<Instant> =
        soon.seen().into_iter().filter(|one| one.path == "/p").map(|one| one.at).collect();
    assert_eq!(times.len(), 3);
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= Duration::from_secs(1)));
    assert_eq!(late.paths(), ["/robots.txt", "/a"]);
    assert_eq!(done.hosts[&late.at()].stopped, Some("later"));
    let hour = |hours| Settings {
        now: match hours {
            1 => || jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_mins(90)).unwrap(),
            _ => || jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_mins(150)).unwrap(),
        },
        ..settings(&switches.internal)
    };
    go_with(&planned, &switches, folder.path(), hour(1));
    assert_eq!(late.paths().len(), 2, "two hours are not over");
    go_with(&planned, &switches, folder.path(), hour(2));
    assert_eq!(late.paths()[2..], ["/a"], "asked again, and again it wants two hours");
}

#[test]
fn a_host_that_says_when_is_left_alone_until_then_however_long() {
    let moment = jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_hours(72)).unwrap();
    let moment = moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let seconds = Host::serve(vec![("/p", Reply::status(429).with("retry-after", "259200"))]);
    let dated = Host::serve(vec![("/p", Reply::status(429).with("retry-after", &moment))]);
    let silent = Host::serve(vec![("/p", Reply::status(403))]);
    let hosts = [&seconds, &dated, &silent];
    let (planned, switches) = links(&hosts.map(|host| host.url("/p")), &hosts);
    let folder = tempfile::tempdir().unwrap();
    go(&planned, &switches, folder.path());
    let pages = || hosts.map(|host| host.paths().iter().filter(|path| *path == "/p").count());
    assert_eq!(pages(), [1, 1, 1]);
    let later = |now: fn() -> jiff::Timestamp| {
        go_with(&planned, &switches, folder.path(), Settings { now, ..settings(&switches.internal) });
    };
    later(|| jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_hours(25)).unwrap());
    assert_eq!(pages(), [1, 1, 2], "who says nothing is asked after a day");
    later(|| jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_hours(73)).unwrap());
    assert_eq!(pages(), [2, 2, 3]);
}

#[test]
fn a_crawl_delay_comes_on_top_and_spacing_outlives_a_run() {
    let rules = "User-agent: *\nCrawl-delay: 1\n";
    let host = Host::serve(vec![
        ("/robots.txt", Reply::html(rules)),
        ("/a", Reply::html("<title>甲</title>")),
        ("/b", Reply::html("<title>乙</title>")),
        ("/c", Reply::html("<title>丙</title>")),
    ]);
    let urls = ["/a", "/b", "/c"].map(|path| host.url(path));
    let (all, switches) = links(&urls, &[&host]);
    let slow = Settings { internal_spacing: Duration::from_millis(400), ..settings(&switches.internal) };
    let folder = tempfile::tempdir().unwrap();
    for count in [1, 2, 3] {
        let first = Plan { requests: all.requests[..count].to_vec(), ..Plan::default() };
        go_with(&first, &switches, folder.path(), slow.clone());
    }
    let seen = host.seen();
    assert_eq!(host.paths(), ["/robots.txt", "/a", "/b", "/c"]);
    for pair in seen[1..].windows(2) {
        let apart = pair[1].at - pair[0].at;
        assert!(apart >= Duration::from_millis(1390), "{apart:?}, each of a run of its own");
    }
}

#[test]
fn requests_of_a_host_are_spaced_single_and_within_the_budget() {
    let pages: Vec<String> = (0..8).map(|i| format!("/{i}")).collect();
    let served = pages.iter().map(|path| (path.as_str(), Reply::html("<title>甲</title>"))).collect();
    let host = Host::serve(served);
    let urls: Vec<String> = pages.iter().map(|path| host.url(path)).collect();
    let (planned, switches) = links(&urls, &[&host]);
    let folder = tempfile::tempdir().unwrap();
    let slow =
        Settings { internal_spacing: Duration::from_millis(120), budget: 6, ..settings(&switches.internal) };
    let done = go_with(&planned, &switches, folder.path(), slow.clone());
    let seen = host.seen();
    assert_eq!(seen.len(), 6, "the budget counts robots.txt too");
    for pair in seen.windows(2) {
        let apart = pair[1].at - pair[0].at;
        assert!(apart >= Duration::from_millis(119), "{apart:?}");
        assert_eq!(pair[1].beside, 0);
    }
    assert!(seen.iter().all(|s| s.headers.contains("user-agent: zhijian/0.0.0 (+office@example.cn)")));
    assert!(seen.iter().all(|s| !s.headers.to_lowercase().contains("cookie")));
    assert_eq!(done.hosts[&host.at()].stopped, Some("budget"));
    // The budget is that of a day, not of a run.
    go_with(&planned, &switches, folder.path(), slow);
    assert_eq!(host.seen().len(), 6);
}

#[test]
fn a_page_is_asked_again_after_a_day_and_only_for_its_change() {
    let host = Host::serve(vec![(
        "/p",
        Reply::html("<title>甲市通</title>").with("etag", "\"v1\"").with("set-cookie", "id=secret"),
    )]);
    let (planned, switches) = links(&[host.url("/p")], &[&host]);
    let folder = tempfile::tempdir().unwrap();
    go(&planned, &switches, folder.path());
    assert!(records(folder.path())[&host.url("/p")].headers.iter().all(|(name, _)| name != "set-cookie"));
    let tomorrow = Settings {
        now: || jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_hours(25)).unwrap(),
        ..settings(&switches.internal)
    };
    let done = go_with(&planned, &switches, folder.path(), tomorrow);
    assert_eq!(done.cached, 0);
    let record = &records(folder.path())[&host.url("/p")];
    assert!(record.not_modified && record.status == Some(304));
    assert_eq!((record.state(), record.readings[0].fields["name"].as_str()), (State::Listed, "甲市通"));
    assert!(host.seen().last().unwrap().headers.contains("if-none-match: \"v1\""));
    assert!(verify(folder.path()).unwrap().faults.is_empty());
}

#[test]
fn what_was_asked_when_a_run_was_killed_is_not_asked_again_that_day() {
    let host =
        Host::serve(vec![("/a", Reply::html("<title>甲</title>")), ("/b", Reply::html("<title>乙</title>"))]);
    let folder = tempfile::tempdir().unwrap();
    let now = jiff::Timestamp::now().to_string();
    let mut store = Store::open(folder.path(), |_| {}).unwrap();
    store.ask(&now, "page", &host.at(), &host.url("/a")).unwrap();
    drop(store);
    let (planned, switches) = links(&[host.url("/a"), host.url("/b")], &[&host]);
    let done = go(&planned, &switches, folder.path());
    assert_eq!(host.paths(), ["/robots.txt", "/b"]);
    assert_eq!(done.states["interrupted"], 1);
}

#[test]
fn a_shop_is_read_by_its_own_adapter_wherever_it_stands() {
    let pages = [
        (
            "yingyongbao",
            "/appdetail/cn.example.zwt",
            include_str!("../../fixtures/collect/yingyongbao-text.html"),
        ),
        ("xiaomi", "/details", include_str!("../../fixtures/collect/xiaomi.html")),
        ("wandoujia", "/apps/cn.example.zwt", include_str!("../../fixtures/collect/wandoujia.html")),
        ("apple", "/lookup", include_str!("../../fixtures/collect/apple.json")),
    ];
    let host = Host::serve(pages.iter().map(|(_, path, page)| (*path, Reply::html(page))).collect());
    let adapters: Vec<Adapter> = pages.iter().map(|(source, ..)| on_loopback(source, &host)).collect();
    let subject = |asset: &str, package: &str| Subject {
        asset: asset.to_owned(),
        kind: "app".to_owned(),
        package: package.to_owned(),
        links: Vec::new(),
    };
    let subjects = [subject("here", "cn.example.zwt"), subject("elsewhere", "cn.example.nowhere")];
    let switches = Switches {
        enabled: adapters.iter().map(|adapter| on(&adapter.id, "127.0.0.1")).collect(),
        internal: vec![HostPort::parse(&host.at()).unwrap()],
        only: Vec::new(),
    };
    let planned = plan(&subjects, &adapters, &switches);
    let folder = tempfile::tempdir().unwrap();
    run(&planned, &adapters, &switches, settings(&switches.internal), folder.path(), |_, _, _| {}).unwrap();
    let mut states: BTreeMap<(String, String), State> = BTreeMap::new();
    for record in records(folder.path()).into_values() {
        for reading in &record.readings {
            states.insert((record.source.clone(), reading.assets[0].clone()), reading.state());
        }
    }
    for (source, ..) in &pages {
        assert_eq!(states[&((*source).to_owned(), "here".to_owned())], State::Listed, "{source}");
    }
    let elsewhere = |source: &str| states[&(source.to_owned(), "elsewhere".to_owned())];
    assert_eq!(elsewhere("yingyongbao"), State::NotListed);
    assert_eq!(elsewhere("wandoujia"), State::NotListed);
    assert_eq!(elsewhere("apple"), State::NotListed);
    assert_eq!(elsewhere("xiaomi"), State::ChangedShape, "a page of another package says nothing of ours");
}

/// Every answer in the shape of its source that says something else than that the app is there, over the wire.
#[test]
fn what_a_shop_says_is_kept_apart_over_the_wire() {
    let cases = [
        ("yingyongbao", include_str!("../../fixtures/collect/yingyongbao.html"), State::Listed),
        ("yingyongbao", include_str!("../../fixtures/collect/yingyongbao-renamed.html"), State::Listed),
        ("yingyongbao", include_str!("../../fixtures/collect/yingyongbao-ret.html"), State::Unreachable),
        ("yingyongbao", include_str!("../../fixtures/collect/yingyongbao-others.html"), State::ChangedShape),
        ("wandoujia", include_str!("../../fixtures/collect/wandoujia-none.html"), State::NotListed),
        ("vivo", include_str!("../../fixtures/collect/vivo.json"), State::Listed),
        ("vivo", "{\"package_name\":null}", State::NotListed),
        ("apple", "{\"resultCount\":0,\"results\":[]}", State::NotListed),
        ("weixin-article", include_str!("../../fixtures/collect/weixin-article.html"), State::Listed),
        ("weixin-article", include_str!("../../fixtures/collect/weixin-deleted.html"), State::Deleted),
        ("weixin-article", "<p>该公众号已迁移</p>", State::Migrated),
        ("weixin-article", "<p>此内容因违规无法查看</p>", State::Violated),
        ("weixin-article", "<p>环境异常</p>", State::Blocked),
        ("weixin-article", "<p>参数错误</p>", State::ChangedShape),
    ];
    for (source, page, expected) in cases {
        let paths =
            ["/appdetail/cn.example.zwt", "/apps/cn.example.zwt", "/detail/3600001", "/lookup", "/s/a"];
        let host = Host::serve(paths.iter().map(|path| (*path, Reply::html(page))).collect());
        let adapter = on_loopback(source, &host);
        let mut subject = Subject {
            asset: "a".to_owned(),
            kind: "app".to_owned(),
            package: "cn.example.zwt".to_owned(),
            links: Vec::new(),
        };
        match source {
            "vivo" => {
                subject.links = vec!["https://h5.appstore.vivo.com.cn/#/details?appId=3600001".to_owned()];
            }
            "weixin-article" => subject.links = vec![host.url("/s/a")],
            _ => {}
        }
        let switches = Switches {
            enabled: vec![on(source, "127.0.0.1")],
            internal: vec![HostPort::parse(&host.at()).unwrap()],
            only: Vec::new(),
        };
        let planned = plan(&[subject], std::slice::from_ref(&adapter), &switches);
        assert_eq!(planned.requests.len(), 1, "{source}");
        let folder = tempfile::tempdir().unwrap();
        run(&planned, &[adapter], &switches, settings(&switches.internal), folder.path(), |_, _, _| {})
            .unwrap();
        let record = records(folder.path()).remove(&planned.requests[0].url).unwrap();
        assert_eq!(record.readings[0].state(), expected, "{source}: {page:.60}");
        assert!(verify(folder.path()).unwrap().faults.is_empty());
    }
}

/// A shipped adapter whose host is the fake one.
fn on_loopback(source: &str, host: &Host) -> Adapter {
    let file = format!("{}/src/data/adapters/{source}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(file).unwrap();
    let own = shipped().iter().find(|adapter| adapter.id == source).unwrap().hosts[0].clone();
    let line = text.lines().find(|line| line.starts_with("hosts = ")).unwrap();
    let text = text
        .replace(line, "hosts = [\"127.0.0.1\"]")
        .replace(&format!("https://{own}/"), &format!("http://{}/", host.at()));
    Adapter::parse(&text).unwrap()
}
