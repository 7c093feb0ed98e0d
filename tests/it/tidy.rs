//! The promises of ARCHITECTURE.md, kept by the build: layers, sizes, walls, living paths.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest file allowed, and the most that half of the files may have.
const MOST_LINES: usize = 700;
const MEDIAN_LINES: usize = 150;

/// Third-party crates that only one place may name.
const WALLS: [(&str, &[&str]); 18] = [
    ("calamine", &["src/stages/ingest/formats/workbook/", "src/screen/source/"]),
    ("cfb", &["src/stages/ingest/"]),
    ("chardetng", &["src/stages/ingest/", "src/screen/source/", "src/collect/reading/"]),
    ("pinyin", &["src/knowledge/text/"]),
    ("quick_xml", &["src/stages/ingest/", "src/views/report/write/docx/", "src/views/report/write/fill/"]),
    ("reqwest", &["src/collect/fetch/"]),
    ("rusqlite", &["src/history/"]),
    ("scraper", &["src/stages/ingest/formats/", "src/collect/reading/"]),
    ("sha2", &["src/views/"]),
    ("simdutf8", &["src/stages/ingest/"]),
    ("hyper", &["src/cli/review/"]),
    ("tokio", &["src/collect/fetch/", "src/cli/review/"]),
    (
        "zip",
        &[
            "src/stages/ingest/",
            "src/views/report/write/docx/",
            "src/views/report/write/fill/",
            "src/views/report/write/xlsx/",
        ],
    ),
    ("rust_xlsxwriter", &["src/views/"]),
    ("comfy_table", &["src/views/"]),
    ("annotate_snippets", &["src/knowledge/policy/"]),
    ("clap", &["src/cli/"]),
    ("indicatif", &["src/cli/"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Files under a folder with an extension, as paths relative to the root with `/`.
fn files(under: &str, extension: &str) -> Vec<String> {
    let all = walkdir::WalkDir::new(root().join(under)).sort_by_file_name();
    let all = all.into_iter().map(|entry| entry.expect("readable tree").into_path());
    let wanted = all.filter(|path| path.extension().is_some_and(|e| e == extension));
    wanted.map(|path| relative(&path)).collect()
}

fn relative(path: &Path) -> String {
    let path = path.strip_prefix(root()).expect("under the root");
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The module table of ARCHITECTURE.md: module path to layer.
fn layers() -> BTreeMap<String, u32> {
    let text = read("ARCHITECTURE.md");
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.trim().trim_matches('|').split('|').map(str::trim);
        let module = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
        let layer = cells.next()?.parse().ok()?;
        Some((module.trim_end_matches('/').replace('/', "::"), layer))
    });
    rows.collect()
}

/// The module of the table that a path of the crate belongs to.
fn owner<'a>(layers: &'a BTreeMap<String, u32>, path: &str) -> Option<&'a str> {
    let fits = |module: &&String| path == module.as_str() || path.starts_with(&format!("{module}::"));
    layers.keys().filter(fits).max_by_key(|m| m.len()).map(String::as_str)
}

/// `crate::…` paths named in a source file, comments left out.
fn crate_paths(source: &str) -> Vec<String> {
    let code: Vec<&str> = source.lines().map(|l| l.split("//").next().unwrap_or("")).collect();
    let code = code.join(" ");
    let mut paths = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let path: String = rest.chars().take_while(|c| c.is_alphanumeric() || "_:".contains(*c)).collect();
        let path = path.trim_end_matches(':');
        match rest[path.len()..].trim_start_matches(':').strip_prefix('{') {
            // `use crate::{a::b, c};` and `use crate::knowledge::{lexicon::X, text};`
            Some(group) => {
                let group = &group[..group.find(';').unwrap_or(group.len())];
                let mut depth = 0;
                for item in group.split(|c| {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    c == ',' && depth == 0
                }) {
                    let item: String = item
                        .trim()
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || "_:".contains(*c))
                        .collect();
                    paths.push(if path.is_empty() { item } else { format!("{path}::{item}") });
                }
            }
            None => paths.push(path.to_owned()),
        }
    }
    paths
}

#[test]
fn imports_point_down_the_layer_table_only() {
    let layers = layers();
    assert!(layers.len() >= 12, "the table of ARCHITECTURE.md was not found: {layers:?}");
    let mut faults = Vec::new();
    for file in files("src", "rs") {
        let module = file
            .trim_start_matches("src/")
            .trim_end_matches(".rs")
            .trim_end_matches("/mod")
            .replace('/', "::");
        let Some(own) = owner(&layers, &module) else { continue };
        for path in crate_paths(&read(&file)) {
            let Some(used) = owner(&layers, &path) else { continue };
            if used != own && layers[used] >= layers[own] {
                faults.push(format!(
                    "{file} ({own}, layer {}) uses {path} (layer {})",
                    layers[own], layers[used]
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_of_the_table_exists_and_every_folder_is_in_it() {
    let layers = layers();
    for module in layers.keys() {
        let path = format!("src/{}", module.replace("::", "/"));
        assert!(
            root().join(&path).exists() || root().join(format!("{path}.rs")).exists(),
            "{path} is not there"
        );
    }
    for group in ["src", "src/knowledge", "src/stages"] {
        for entry in fs::read_dir(root().join(group)).expect("readable folder") {
            let path = relative(&entry.expect("readable entry").path());
            let module = path.trim_start_matches("src/").replace('/', "::");
            let is_room =
                root().join(&path).is_dir() && !["data", "knowledge", "stages"].contains(&module.as_str());
            assert!(
                !is_room || layers.contains_key(&module),
                "{path} is not in the table of ARCHITECTURE.md"
            );
        }
    }
}

#[test]
fn files_stay_small() {
    let mut sizes: Vec<(usize, String)> =
        files("src", "rs").into_iter().map(|file| (read(&file).lines().count(), file)).collect();
    sizes.sort_unstable();
    let (median, _) = sizes[sizes.len() / 2];
    assert!(median <= MEDIAN_LINES, "median file has {median} lines");
    let over: Vec<_> = sizes.iter().filter(|(lines, _)| *lines > MOST_LINES).collect();
    assert!(over.is_empty(), "over {MOST_LINES} lines: {over:?}");
}

#[test]
fn every_module_says_what_it_is_for() {
    for file in files("src", "rs") {
        let source = read(&file);
        let doc: Vec<&str> = source.lines().take_while(|l| l.starts_with("//!")).collect();
        assert!(doc.concat().chars().count() > 40, "{file} does not open with what it is for");
    }
}

#[test]
fn heavy_crates_stay_behind_their_walls() {
    for file in files("src", "rs") {
        let source = read(&file);
        for (name, homes) in WALLS {
            let names = source.contains(&format!("{name}::")) || source.contains(&format!("use {name}"));
            let is_home = homes.iter().any(|home| file.starts_with(home));
            assert!(is_home || !names, "{file} names {name}, which belongs in {homes:?}");
        }
    }
}

#[test]
fn every_dependency_says_why() {
    let manifest = read("Cargo.toml");
    let start = manifest.find("[dependencies]").expect("dependencies");
    let section = &manifest[start..manifest.find("[features]").expect("features")];
    let mut explained = false;
    for line in section.lines() {
        match line.trim() {
            "" => explained = false,
            comment if comment.starts_with('#') => explained = true,
            line if line.starts_with('[') => explained = line != "[dependencies]",
            line => assert!(explained, "no reason above: {line}"),
        }
    }
}

#[test]
fn every_path_named_in_the_docs_exists() {
    let mut faults = Vec::new();
    for doc in ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "inventories/README.md"]
    {
        for (number, token) in code_spans(&read(doc)) {
            let is_file = Path::new(&token).extension().is_some_and(|e| e == "md" || e == "toml");
            let looks_like_path = (token.contains('/') || is_file)
                && token.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c))
                && !token.starts_with('/')
                && !token.starts_with("--")
                && token.chars().any(|c| c.is_ascii_lowercase());
            // Names of a stage's diagnostics (`ingest/no-name`) and media types have no file.
            let is_path = looks_like_path && (token.contains('.') || token.ends_with('/'));
            let here =
                [PathBuf::from(doc).parent().map(Path::to_path_buf).unwrap_or_default(), PathBuf::new()];
            let alive = here.iter().any(|base| root().join(base).join(&token).exists());
            if is_path && !alive && !MADE_BY_COMMANDS.contains(&token.as_str()) {
                faults.push(format!("{doc}:{number}: {token}"));
            }
        }
    }
    assert!(faults.is_empty(), "paths that do not exist:\n{}", faults.join("\n"));
}

/// Paths that documentation names and commands make.
const MADE_BY_COMMANDS: [&str; 6] =
    ["target/release/zhijian", "dist/zhijian", "policy.toml", "summary.md", "changes.md", "zhijian.1"];

/// Single-line code spans with their line numbers.
fn code_spans(text: &str) -> Vec<(usize, String)> {
    let mut fenced = false;
    let mut spans = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            spans.extend(line.split('`').skip(1).step_by(2).map(|span| (index + 1, span.to_owned())));
        }
    }
    spans
}
