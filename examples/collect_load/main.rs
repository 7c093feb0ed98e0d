//! Five thousand items over fifty hosts on loopback: is every host spaced and asked one at a time, does a run that is
//! killed go on without asking anything twice, and does memory stay flat? All measured from the servers' side.
//!
//! `cargo run --example collect_load [-- ITEMS HOSTS SPACING_MS]`, after `cargo build`; Linux only for the memory.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement, read by whoever runs it")]

#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../../tests/it/collect/world.rs"]
mod world;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use world::{Host, Reply};

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|text| text.parse().expect("a number")).collect();
    let [items, hosts, spacing] =
        [(0, 5000), (1, 50), (2, 100)].map(|(at, default)| *numbers.get(at).unwrap_or(&default));
    let each = items.div_ceil(hosts);
    let page = format!("<title>甲市通</title><p>{}</p>", "页面".repeat(4000));
    let paths: Vec<String> = (0..each).map(|i| format!("/{i}")).collect();
    let serve = || Host::serve(paths.iter().map(|path| (path.as_str(), Reply::html(&page))).collect());
    let servers: Vec<Host> = (0..hosts).map(|_| serve()).collect();

    let folder = tempfile::tempdir().unwrap();
    let row = |i: usize| {
        let url = servers[i % hosts].url(&paths[i / hosts]);
        format!("示例{i}号平台,示例县第{i}单位,APP,{url}")
    };
    let header = "名称,主办单位,应用形式,网址".to_owned();
    let rows: Vec<String> = std::iter::once(header).chain((0..items).map(row)).collect();
    std::fs::write(folder.path().join("items.csv"), rows.join("\n")).unwrap();
    let policy = format!(
        "schema = 1\n[collect]\ncontact = \"office@example.cn\"\ninternal_spacing_ms = {spacing}\n\
         [[sources]]\nsource = \"page\"\nhost = \"127.0.0.1\"\nby = \"示例省网信办\"\ndecided = 2026-11-20\n"
    );
    std::fs::write(folder.path().join("policy.toml"), policy).unwrap();

    let started = Instant::now();
    let mut first = collect(folder.path(), &servers);
    let peak_first = watch(&mut first, || asked(&servers) >= items / 3);
    let until_kill = asked(&servers);
    let mut second = collect(folder.path(), &servers);
    let peak_second = watch(&mut second, || false);
    let took = started.elapsed();

    let mut times: BTreeMap<(u16, String), u32> = BTreeMap::new();
    let mut gaps: Vec<Duration> = Vec::new();
    let mut beside = 0;
    for server in &servers {
        let seen = server.seen();
        gaps.extend(seen.windows(2).map(|pair| pair[1].at - pair[0].at));
        beside = beside.max(seen.iter().map(|one| one.beside).max().unwrap_or(0));
        for one in seen.into_iter().filter(|one| one.path != "/robots.txt") {
            *times.entry((server.port, one.path)).or_default() += 1;
        }
    }
    gaps.sort_unstable();
    let most = servers.iter().map(|server| server.seen().len()).max().unwrap_or(0);
    println!("{items} items, {hosts} hosts, {spacing} ms apart: {:.1} s in two runs", took.as_secs_f64());
    println!("requests: {} ({until_kill} before the kill), most to one host {most}", asked(&servers));
    println!("pages asked: {}, more than once: {}", times.len(), times.values().filter(|&&n| n > 1).count());
    println!("at once to one host: {}", beside + 1);
    println!("apart: least {:.1} ms, median {:.1} ms", ms(gaps.first()), ms(gaps.get(gaps.len() / 2)));
    println!("peak memory: {peak_first} KiB until the kill, {peak_second} KiB to the end");
    let verified = Command::new(program())
        .args(["collect", "verify", "--lang", "en"])
        .current_dir(folder.path())
        .output();
    print!("{}", String::from_utf8_lossy(&verified.unwrap().stdout));
}

fn ms(gap: Option<&Duration>) -> f64 {
    gap.map_or(0.0, |gap| gap.as_secs_f64() * 1000.0)
}

fn asked(servers: &[Host]) -> usize {
    servers.iter().map(|server| server.seen().len()).sum()
}

/// The program beside this example.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    own.parent().and_then(Path::parent).unwrap().join("zhijian")
}

fn collect(folder: &Path, servers: &[Host]) -> Child {
    let mut command = Command::new(program());
    command.args(["collect", "items.csv", "--policy", "policy.toml", "--lang", "en"]).current_dir(folder);
    for server in servers {
        command.args(["--allow-host", &server.at()]);
    }
    command.stdout(Stdio::null()).spawn().expect("`cargo build` made the program")
}

/// Waits, or kills when it is time. The most memory that the process held, in KiB.
fn watch(child: &mut Child, is_time: impl Fn() -> bool) -> u64 {
    let mut peak = 0;
    loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let held = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = peak.max(held.and_then(|text| text.trim().split(' ').next()?.parse().ok()).unwrap_or(0));
        if child.try_wait().unwrap().is_some() {
            return peak;
        }
        if is_time() {
            child.kill().unwrap();
            child.wait().unwrap();
            return peak;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
