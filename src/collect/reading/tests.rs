//! Each adapter over a page of an invented app in the shape of its source, and over pages that must not be read.

use super::*;
use crate::collect::adapter::{Key, shipped};

macro_rules! page {
    ($name:literal) => {
        include_str!(concat!("../../../tests/fixtures/collect/", $name))
    };
}

const PACKAGE: &str = "cn.example.zwt";

fn of(source: &str, key_kind: Key, key: &str, status: u16, text: &str) -> Reading {
    let adapter = shipped().iter().find(|adapter| adapter.id == source).unwrap();
    let ask = adapter.ask.iter().find(|ask| ask.key == key_kind).unwrap();
    let wanted = [Wanted { key: key.to_owned(), assets: vec!["a".to_owned()] }];
    read(adapter, ask, Answer { status, text }, &wanted).remove(0)
}

fn app(source: &str, text: &str) -> Reading {
    of(source, Key::Package, PACKAGE, 200, text)
}

#[test]
fn every_shop_gives_the_same_record() {
    for (source, page) in [
        ("apple", page!("apple.json")),
        ("yingyongbao", page!("yingyongbao.html")),
        ("yingyongbao", page!("yingyongbao-text.html")),
        ("xiaomi", page!("xiaomi.html")),
        ("wandoujia", page!("wandoujia.html")),
    ] {
        let reading = app(source, page);
        assert_eq!(reading.state(), State::Listed, "{source}: {reading:?}");
        assert_eq!(reading.fields["name"], "甲市政务通", "{source}");
        assert_eq!(reading.fields["updated"], "2026-06-01", "{source}");
        assert!(reading.fields["version"].starts_with("3.2"), "{source}");
        assert!(reading.fields["description"].contains("每日打卡"), "{source}");
        assert!(reading.fields["developer"].starts_with("甲市"), "{source}");
    }
    let shop = app("yingyongbao", page!("yingyongbao.html"));
    assert_eq!(shop.fields["operator"], "甲市数据资源管理局");
    assert_eq!(
        (shop.fields["downloads"].as_str(), shop.fields["downloads_count"].as_str()),
        ("1220.8万", "12208000")
    );
    let shop = app("xiaomi", page!("xiaomi.html"));
    assert_eq!((shop.fields["package"].as_str(), shop.fields["category"].as_str()), (PACKAGE, "效率办公"));
    assert_eq!(shop.fields["ratings_count"], "130926");
}

#[test]
fn shops_with_data_of_their_own_and_pages_that_a_person_saved() {
    let vivo = |text: &str| of("vivo", Key::VivoId, "3600001", 200, text);
    let shop = vivo(page!("vivo.json"));
    assert_eq!((shop.state(), shop.fields["package"].as_str()), (State::Listed, PACKAGE), "{shop:?}");
    assert_eq!((shop.fields["name"].as_str(), shop.fields["updated"].as_str()), ("甲市政务通", "2026-06-01"));
    assert_eq!(vivo("{\"package_name\":null}").state(), State::NotListed, "no id: not found");
    assert_eq!(vivo("{\"code\":500,\"msg\":\"busy\"}").state(), State::Unreachable);
    assert_eq!(vivo("{\"error\":\"busy\"}").state(), State::Unreachable);
    assert_eq!(vivo(&page!("vivo.json").replace("3600001", "3600002")).state(), State::ChangedShape);
    assert_eq!(vivo("<html>busy</html>").state(), State::ChangedShape);

    let shop = app("huawei", page!("huawei.json"));
    assert_eq!((shop.state(), shop.fields["name"].as_str()), (State::Listed, "甲市政务通"), "{shop:?}");
    assert_eq!(
        (shop.fields["privacy_url"].as_str(), shop.fields["updated"].as_str()),
        ("https://www.example.cn/privacy", "2026-06-01")
    );
    assert_eq!(shop.fields["downloads_count"], "1230000");
    let off = page!("huawei.json").replace("\"isShelves\": 1", "\"isShelves\": 0");
    assert_eq!(app("huawei", &off).state(), State::NotListed);
    let little = "{\"name\":\"甲市政务通\",\"pkgName\":\"cn.example.zwt\"}";
    assert_eq!(app("huawei", little).state(), State::Listed, "many fields are missing for some apps");
    assert_eq!(app("huawei", &little.replace("zwt", "other")).state(), State::ChangedShape);

    // A column of a shop shows that an app is there, and never that it is not.
    let listed = app("oppo", page!("oppo.html"));
    assert_eq!((listed.state(), listed.fields["name"].as_str()), (State::Listed, "甲市政务通"), "{listed:?}");
    assert_eq!(
        (listed.fields["rating"].as_str(), listed.fields["description"].as_str()),
        ("4.5", "一网通办")
    );
    let nowhere = of("oppo", Key::Package, "cn.example.nowhere", 200, page!("oppo.html"));
    assert_eq!(nowhere.state(), State::ChangedShape);
    let odd = of("oppo", Key::Package, "x\"], body, [y=\"", 200, page!("oppo.html"));
    assert_eq!((odd.state(), odd.fields.len()), (State::ChangedShape, 0));
}

#[test]
fn pages_and_articles() {
    let url = "https://www.example.cn/zwt";
    let page = of("page", Key::Url, url, 200, page!("page.html"));
    assert_eq!(page.state(), State::Listed);
    assert_eq!(
        (page.fields["name"].as_str(), page.fields["developer"].as_str()),
        ("甲市政务通", "甲市数据资源管理局")
    );
    assert_eq!(page.fields["updated"], "2026-06-01");
    assert!(page.unmatched.is_empty(), "{:?}", page.unmatched);
    let article = of("weixin-article", Key::Url, url, 200, page!("weixin-article.html"));
    assert_eq!(
        (article.fields["account"].as_str(), article.fields["published"].as_str()),
        ("甲市政务", "2026-06-01")
    );
    assert_eq!(article.fields["account_id"], "example-zhengwu");
    assert!(!article.fields.contains_key("updated"), "an article's day is no day of an update");
    for (text, state) in [
        ("该内容已被发布者删除", State::Deleted),
        ("该公众号已迁移", State::Migrated),
        ("此内容因违规无法查看", State::Violated),
        ("环境异常，完成验证后即可继续访问", State::Blocked),
        ("参数错误", State::ChangedShape),
    ] {
        let html = page!("weixin-deleted.html").replace("该内容已被发布者删除", text);
        let reading = of("weixin-article", Key::Url, url, 200, &html);
        assert_eq!((reading.state(), reading.fields.len()), (state, 0), "{text}");
    }
}

#[test]
fn absence_is_only_what_the_source_itself_says() {
    let apple = |text| of("apple", Key::AppleId, "1000000009", 200, text);
    assert_eq!(apple(page!("apple.json")).state(), State::NotListed);
    assert_eq!(apple("{\"resultCount\":0,\"results\":[]}").state(), State::NotListed);
    assert_eq!(apple("{\"error\":1}").state(), State::ChangedShape);
    assert_eq!(apple("<html>busy</html>").state(), State::ChangedShape);
    assert_eq!(app("wandoujia", page!("wandoujia-none.html")).state(), State::NotListed);
    assert_eq!(of("yingyongbao", Key::Package, PACKAGE, 404, "").state(), State::NotListed);
    // The shop answered with an error, or with other apps only: nothing about ours.
    assert_eq!(app("yingyongbao", page!("yingyongbao-ret.html")).state(), State::Unreachable);
    assert_eq!(app("yingyongbao", page!("yingyongbao-others.html")).state(), State::ChangedShape);
    for status in [500, 502, 503, 400] {
        assert_eq!(of("xiaomi", Key::Package, PACKAGE, status, "").state(), State::Unreachable, "{status}");
    }
    for status in [401, 403, 418, 429, 451] {
        assert_eq!(of("xiaomi", Key::Package, PACKAGE, status, "").state(), State::Blocked, "{status}");
    }
    for source in ["yingyongbao", "xiaomi", "wandoujia", "apple"] {
        assert_ne!(app(source, "").state(), State::NotListed, "{source}");
    }
    assert_eq!(app("xiaomi", page!("captcha.html")).state(), State::Blocked);
}

#[test]
fn a_selector_that_matches_nothing_is_told_and_gives_no_value() {
    // Class names carry build hashes: another hash changes nothing, and labels stand in for what is gone.
    let renamed = app("yingyongbao", page!("yingyongbao-renamed.html"));
    assert_eq!(renamed.state(), State::Listed, "{renamed:?}");
    assert_eq!(
        (renamed.fields["name"].as_str(), renamed.fields["version"].as_str()),
        ("甲市政务通", "3.2.0")
    );
    assert_eq!(renamed.fields["updated"], "2026-06-01");
    assert!(renamed.unmatched.iter().any(|what| what.starts_with("record: script#__NEXT_DATA__")));
    assert!(renamed.unmatched.iter().any(|what| what.starts_with("downloads:")));

    let gone = page!("xiaomi.html").replace("intro-titles", "header");
    let changed = app("xiaomi", &gone);
    assert_eq!((changed.state(), changed.fields.len()), (State::ChangedShape, 0));
    assert!(
        changed.unmatched.iter().any(|what| what.contains(".intro-titles h3")),
        "{:?}",
        changed.unmatched
    );

    // A page of another package than the one asked for is no page of ours.
    let other = page!("xiaomi.html").replace(PACKAGE, "cn.example.other");
    assert_eq!(app("xiaomi", &other).state(), State::ChangedShape);
}

#[test]
fn no_page_makes_it_panic() {
    let pages = [
        "",
        "{",
        "[]",
        "null",
        "<",
        "<script id=__NEXT_DATA__>{\"props\":",
        "\u{feff}{\"results\":[null,1,[]]}",
        "<meta><body><dl><dt>版本</dl>",
        "<script>var ct=</script>",
        "<script>ct:'</script>",
    ];
    let deep = "<div>".repeat(1500);
    let deeper = "<div>".repeat(400_000);
    for adapter in shipped() {
        for page in pages.iter().copied().chain([deep.as_str(), deeper.as_str()]) {
            for ask in &adapter.ask {
                let wanted = [Wanted { key: "键".to_owned(), assets: Vec::new() }];
                let reading = read(adapter, ask, Answer { status: 200, text: page }, &wanted);
                assert!(!reading[0].state().is_gone() || adapter.absent.is_some(), "{}: {page}", adapter.id);
            }
        }
    }
}
