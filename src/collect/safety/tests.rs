//! The table of forbidden spellings: each is refused, and the allow-list opens exactly what it names.

use super::*;

/// Everything is switched on, so that only the address itself can be the reason.
fn open() -> Allow {
    let hosts = ["*.example.cn", "example.cn", "localhost", "127.0.0.1", "*.nip.io", "::1"];
    Allow { hosts: hosts.map(str::to_owned).to_vec(), internal: Vec::new() }
}

const REFUSED: &[&str] = &[
    // Loopback, spelt out and abbreviated.
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.255.255.254/",
    "https://127.0.0.1:443/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://0X7F.0X0.0X0.0X1/",
    "http://127.0.0.0x1/",
    "http://00000177.0.0.1/",
    "http://127.0.0.1./",
    "http://１２７.０.０.１/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    // Names of this machine and of its network.
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://a.localhost/",
    "http://ｌｏｃａｌｈｏｓｔ/",
    "http://loc%61lhost/",
    "http://router/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://db.home.arpa/",
    "http://oa.intranet/",
    "http://nas.lan/",
    // Private, link-local, carrier, reserved.
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://192.168.1/",
    "http://0xc0a80101/",
    "http://3232235777/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9.0xfe.0xa9.0xfe/",
    "http://0251.0376.0251.0376/",
    "http://100.64.0.1/",
    "http://100.127.255.254/",
    "http://192.0.0.170/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.7/",
    "http://203.0.113.9/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    // IPv6, and IPv4 inside it.
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[0000::0001]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::a9fe:a9fe]/",
    "http://[2400:3200::5efe:127.0.0.1]/",
    "http://[2400:3200::200:5efe:a9fe:a9fe]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:c0a8:101::1]/",
    "http://[2001::1]/",
    "http://[2001:db8::1]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    // A user name that looks like the host.
    "http://www.example.cn@127.0.0.1/",
    "http://www.example.cn:80@169.254.169.254/",
    "http://user:secret@www.example.cn/",
    "http://@www.example.cn/",
    "http://:@www.example.cn/",
    "http://www.example.cn%40127.0.0.1/",
    // Spellings that parsers disagree about.
    "http:\\\\127.0.0.1\\",
    "http://www.example.cn\\@127.0.0.1/",
    "http:/127.0.0.1/",
    "http:127.0.0.1",
    "//127.0.0.1/",
    "http://www.example.cn\t.evil.example/",
    "http://www.example.cn\n/",
    " http://www.example.cn/",
    "http://www.example.cn /",
    "http://127.0.0.1\u{0}.example.cn/",
    "http:///127.0.0.1/",
    "http://[::1",
    "http://1.2.3.4.5/",
    "http://256.256.256.256/",
    "http://",
    "",
    // Other schemes and ports.
    "ftp://www.example.cn/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:70/_",
    "data:text/html,hello",
    "javascript:alert(1)",
    "ws://www.example.cn/",
    "http://www.example.cn:22/",
    "http://www.example.cn:8080/",
    "https://www.example.cn:80/",
    "http://www.example.cn:443/",
    // Hosts that nobody switched on, though they look like ones that are.
    "http://www.example.cn.evil.org/",
    "http://evilexample.cn/",
    "http://example.cn.evil.org/",
    "http://8.8.8.8/",
];

#[test]
fn every_forbidden_spelling_is_refused() {
    assert!(REFUSED.len() >= 60);
    let allow = open();
    for spelling in REFUSED {
        assert!(check(spelling, &allow).is_err(), "{spelling:?} was let through");
    }
}

#[test]
fn public_pages_of_hosts_that_are_switched_on_are_let_through() {
    let allow = open();
    for page in ["http://www.example.cn/", "https://example.cn/a?b=c#d", "https://app.www.example.cn:443/x"] {
        let target = check(page, &allow).unwrap_or_else(|why| panic!("{page}: {why}"));
        assert_eq!(target.url.fragment(), None);
    }
    let none = Allow::default();
    assert!(matches!(check("https://www.example.cn/", &none), Err(Refusal::Host(_))));
}

#[test]
fn an_internal_host_is_opened_by_name_and_port_and_nothing_beside_it() {
    let mut allow = open();
    let loopback = "http://127.0.0.1:8080/";
    assert!(check(loopback, &allow).is_err());
    allow.internal.push(HostPort::parse("127.0.0.1:8080").unwrap());
    assert!(check(loopback, &allow).is_ok_and(|target| target.internal));
    for other in
        ["http://127.0.0.1:8081/", "http://127.0.0.1/", "http://127.0.0.2:8080/", "http://[::1]:8080/"]
    {
        assert!(check(other, &allow).is_err(), "{other}");
    }
    // Opening an internal address is no source that is switched on.
    allow.hosts.clear();
    assert!(matches!(check(loopback, &allow), Err(Refusal::Host(_))));
}

#[test]
fn every_address_of_a_name_is_checked() {
    let target = check("http://a.nip.io/", &open()).unwrap();
    for bad in ["127.0.0.1", "10.0.0.1", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "100.64.1.1", "fe80::1"]
    {
        assert!(target.check_address(bad.parse().unwrap()).is_err(), "{bad}");
    }
    for good in ["8.8.8.8", "223.5.5.5", "2400:3200::1", "2606:4700::1111"] {
        assert!(target.check_address(good.parse().unwrap()).is_ok(), "{good}");
    }
}

#[test]
fn what_is_allowed_is_read_strictly() {
    let parsed = |text| HostPort::parse(text).map(|held| (held.host, held.port));
    assert_eq!(parsed("127.0.0.1:80"), Some(("127.0.0.1".to_owned(), 80)));
    assert_eq!(parsed("[::1]:8080"), Some(("::1".to_owned(), 8080)));
    assert_eq!(parsed("OA.example.cn:8443"), Some(("oa.example.cn".to_owned(), 8443)));
    for bad in ["127.0.0.1", "::1:80", "host:0", "host:99999", ":80", "a b:80", "http://a:80"] {
        assert_eq!(parsed(bad), None, "{bad}");
    }
}
