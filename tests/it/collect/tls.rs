//! HTTPS and proxies on loopback: an authority of the test's own, and servers that are wrong in one way each.

use super::world::{Host, Reply};
use crate::support::{Ran, program, ran};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::PrivateKeyDer;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use zhijian::evidence::{Event, Record, State, Store};

/// An authority that nobody knows but who is told.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new(name: &str) -> Authority {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Authority { issuer: Issuer::new(params, key), pem }
    }

    /// A server whose certificate is for this name and holds until this year.
    fn server(&self, name: &str, until: i32) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::Pkcs8(key.serialize_der().into()),
            )
            .unwrap();
        Arc::new(config)
    }
}

fn pages() -> Vec<(&'static str, Reply)> {
    vec![("/p", Reply::html("<title>甲市通</title>"))]
}

/// A folder with an inventory of these links and a policy with these lines under `[collect]`.
fn folder(urls: &[String], lines: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = vec!["名称,主办单位,应用形式,网址".to_owned()];
    rows.extend(urls.iter().enumerate().map(|(i, url)| format!("甲市通{i},甲市第{i}局,APP,{url}")));
    let rows = rows.join("\n");
    std::fs::write(folder.path().join("apps.csv"), rows).unwrap();
    let policy = format!(
        "schema = 1\n\n[collect]\ncontact = \"office@example.cn\"\ninternal_spacing_ms = 20\n{lines}\n\n[[sources]]\n\
         source = \"page\"\nhost = \"127.0.0.1\"\nby = \"示例省网信办\"\ndecided = 2026-11-20\n"
    );
    std::fs::write(folder.path().join("policy.toml"), policy).unwrap();
    folder
}

/// Collects, with a proxy in the environment that must never matter.
fn collect(folder: &Path, hosts: &[&Host], environment: &str) -> Ran {
    let mut command = program(folder);
    command.args(["collect", "apps.csv", "--policy", "policy.toml"]);
    for host in hosts {
        command.args(["--allow-host", &host.at()]);
    }
    for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        command.env(name, environment);
    }
    ran(&mut command)
}

/// The last record of each address.
fn records(folder: &Path) -> BTreeMap<String, Record> {
    let mut digests = Vec::new();
    let store = Store::open(&folder.join("evidence"), |line| {
        if let Event::Kept { record, .. } = &line.event {
            digests.push(record.clone());
        }
    })
    .unwrap();
    digests.iter().map(|digest| store.record(digest).unwrap()).map(|r| (r.url.clone(), r)).collect()
}

/// The hello of a server that speaks TLS 1.0 and nothing newer.
const OLD_HELLO: &[u8] = &[
    0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 0, 0, 0x2f, 0,
];

#[test]
fn a_certificate_of_ones_own_authority_holds_and_every_other_fault_is_a_state() {
    let (ours, foreign) = (Authority::new("ours"), Authority::new("foreign"));
    let good = Host::serve_tls(pages(), ours.server("127.0.0.1", 2099));
    let unknown = Host::serve_tls(pages(), foreign.server("127.0.0.1", 2099));
    let other_name = Host::serve_tls(pages(), ours.server("www.example.cn", 2099));
    let expired = Host::serve_tls(pages(), ours.server("127.0.0.1", 2021));
    let old = Host::serve(vec![("tls", Reply::Bytes(OLD_HELLO))]);
    let refuses = Host::serve(vec![("tls", Reply::Bytes(&[0x15, 3, 1, 0, 2, 2, 70]))]);
    let hosts = [&good, &unknown, &other_name, &expired, &old, &refuses];
    let url = |host: &Host| format!("https://{}/p", host.at());
    let urls: Vec<String> = hosts.iter().map(|host| url(host)).collect();
    let expected = [
        (&good, State::Listed, ""),
        (&unknown, State::TlsUntrusted, "UnknownIssuer"),
        (&other_name, State::TlsUntrusted, "not valid for name"),
        (&expired, State::TlsUntrusted, "expired"),
        (&old, State::TlsUnsupported, "Tls12"),
        (&refuses, State::TlsUnsupported, "ProtocolVersion"),
    ];
    let folder = folder(&urls, "certificates = \"ca.pem\"");
    std::fs::write(folder.path().join("ca.pem"), &ours.pem).unwrap();
    let ran = collect(folder.path(), &hosts, "");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let found = records(folder.path());
    for (host, state, said) in expected {
        let record = &found[&url(host)];
        let detail = record.detail.clone().unwrap_or_default();
        assert_eq!(record.state(), state, "{said}: {detail}");
        assert!(detail.contains(said), "{said}: {detail}");
        if state != State::Listed {
            assert!(host.paths().is_empty(), "{said}: nothing is asked of a server that is not known");
        }
    }
    assert_eq!(found[&url(&good)].readings[0].fields["name"], "甲市通");
    assert!(ran.out.contains("证书不可信") && ran.out.contains("TLS 版本不支持"), "{}", ran.out);
}

#[test]
fn without_the_setting_the_same_certificate_is_not_trusted() {
    let ours = Authority::new("ours");
    let host = Host::serve_tls(pages(), ours.server("127.0.0.1", 2099));
    let url = format!("https://{}/p", host.at());
    let plain = folder(std::slice::from_ref(&url), "");
    assert_eq!(collect(plain.path(), &[&host], "").status, 0);
    assert_eq!(records(plain.path())[&url].state(), State::TlsUntrusted);
    assert!(host.paths().is_empty());
    let broken = folder(&[url], "certificates = \"ca.pem\"");
    std::fs::write(
        broken.path().join("ca.pem"),
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    )
    .unwrap();
    let ran = collect(broken.path(), &[&host], "");
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert!(ran.err.contains("证书"), "{}", ran.err);
}

/// A proxy that only tunnels, and writes down where to.
struct Proxy {
    at: String,
    tunnels: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start() -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap().to_string();
        let tunnels = Arc::new(Mutex::new(Vec::new()));
        let log = tunnels.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = log.clone();
                std::thread::spawn(move || tunnel(stream, &log));
            }
        });
        Proxy { at, tunnels }
    }

    fn tunnels(&self) -> Vec<String> {
        self.tunnels.lock().unwrap().clone()
    }
}

fn tunnel(mut stream: TcpStream, log: &Mutex<Vec<String>>) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let first = String::from_utf8_lossy(&head).lines().next().unwrap_or("").to_owned();
    log.lock().unwrap().push(first.clone());
    let Some(to) = first.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()) else { return };
    let Ok(mut far) = TcpStream::connect(to) else { return };
    let _ = stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n");
    let (mut back, mut forth) = (far.try_clone().unwrap(), stream.try_clone().unwrap());
    std::thread::spawn(move || std::io::copy(&mut back, &mut forth));
    let _ = std::io::copy(&mut stream, &mut far);
}

#[test]
fn a_proxy_is_used_when_the_policy_names_it_and_never_because_of_the_environment() {
    let ours = Authority::new("ours");
    let host = Host::serve_tls(pages(), ours.server("127.0.0.1", 2099));
    let proxy = Proxy::start();
    let (url, environment) = (format!("https://{}/p", host.at()), format!("http://{}", proxy.at));
    let direct = folder(std::slice::from_ref(&url), "certificates = \"ca.pem\"");
    std::fs::write(direct.path().join("ca.pem"), &ours.pem).unwrap();
    collect(direct.path(), &[&host], &environment);
    assert_eq!(records(direct.path())[&url].state(), State::Listed);
    assert!(proxy.tunnels().is_empty(), "{:?}", proxy.tunnels());

    let line = format!("certificates = \"ca.pem\"\nproxy = \"http://{}\"", proxy.at);
    let through = folder(std::slice::from_ref(&url), &line);
    std::fs::write(through.path().join("ca.pem"), &ours.pem).unwrap();
    let ran = collect(through.path(), &[&host], "http://127.0.0.1:1");
    let found = records(through.path());
    assert_eq!(found[&url].state(), State::Listed, "{:?} {}", found[&url].detail, ran.err);
    let tunnels = proxy.tunnels();
    assert!(
        !tunnels.is_empty() && tunnels.iter().all(|line| *line == format!("CONNECT {} HTTP/1.1", host.at()))
    );

    // A proxy that is not there is a failure and no reason to go without it.
    let before = host.paths().len();
    let gone =
        folder(std::slice::from_ref(&url), "certificates = \"ca.pem\"\nproxy = \"http://127.0.0.1:1\"");
    std::fs::write(gone.path().join("ca.pem"), &ours.pem).unwrap();
    collect(gone.path(), &[&host], "");
    assert_eq!(records(gone.path())[&url].state(), State::Unreachable);
    assert_eq!(host.paths().len(), before);
}
