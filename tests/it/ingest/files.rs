//! Which files are read, under which names, in which order.

use super::{Inbox, codes, names, read, read_with};
use zhijian::knowledge::lexicon::fields::FieldBook;
use zhijian::model::Code;
use zhijian::stages::ingest::{Error, Options, ingest};

fn table(name: &str) -> Vec<u8> {
    format!("名称,主办单位\n{name},甲局\n").into_bytes()
}

#[test]
fn folders_are_walked_and_what_is_left_out_is_said() {
    let inbox = Inbox::new(&[
        ("b.csv", &table("乙")),
        ("下级/a.csv", &table("甲")),
        ("~$b.xlsx", b"x"),
        (".hidden.csv", b"x"),
        ("readme.md", b"x"),
        ("policy.csv", b"x"),
        (".git/config.csv", b"x"),
    ]);
    let got = read_with(&[inbox.path().to_owned()], &[], &[inbox.file("policy.csv")]);
    let paths: Vec<_> = got.inputs.iter().map(|i| i.path.as_str()).collect();
    assert_eq!(paths, ["b.csv", "下级/a.csv"]);
    let skipped: Vec<_> = got.diagnostics.iter().map(|d| (d.code, d.at.path.as_str())).collect();
    let note = |path| (Code::SkippedFile, path);
    assert_eq!(skipped, [note(".hidden.csv"), note("policy.csv"), note("readme.md"), note("~$b.xlsx")]);
}

#[test]
fn equal_content_is_read_once() {
    let inbox = Inbox::new(&[("a.csv", &table("甲")), ("copy.csv", &table("甲"))]);
    let got = inbox.read();
    assert_eq!(names(&got), ["甲"]);
    assert_eq!(codes(&got), [Code::DuplicateFile]);
    assert_eq!(got.inputs.len(), 1);
}

#[test]
fn the_order_of_arguments_does_not_matter() {
    let inbox =
        Inbox::new(&[("x/list.csv", &table("甲")), ("y/list.csv", &table("乙")), ("y/z.csv", &table("丙"))]);
    let (x, y, z) = (inbox.file("x/list.csv"), inbox.file("y"), inbox.file("y/z.csv"));
    let paths = |args: &[std::path::PathBuf]| {
        let got = read(args);
        (got.inputs.iter().map(|i| (i.path.clone(), i.blake3.clone())).collect::<Vec<_>>(), names(&got))
    };
    let first = paths(&[x.clone(), y.clone(), z.clone()]);
    assert_eq!(first, paths(&[z, y, x]));
    let shown: Vec<_> = first.0.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(shown, ["x/list.csv", "y/list.csv", "z.csv"]);
}

#[test]
fn digests_are_those_of_the_bytes() {
    let got = Inbox::new(&[("a.csv", b"abc")]).read();
    assert_eq!(got.inputs[0].sm3, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assert_eq!(got.inputs[0].blake3, "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85");
    assert_eq!(got.inputs[0].bytes, 3);
}

#[test]
fn a_path_that_does_not_exist_is_an_error() {
    let fields = FieldBook::load();
    let options = Options {
        fields: &fields,
        naming: zhijian::stages::ingest::Naming::Items,
        overrides: &[],
        as_of: jiff::civil::date(2026, 6, 30),
        not_inventories: &[],
        with_sm3: true,
        kept: None,
        progress: &|_, _| {},
    };
    let missing = std::path::PathBuf::from("no/such/list.csv");
    match ingest(std::slice::from_ref(&missing), &options) {
        Err(Error::MissingPath(path)) => assert_eq!(path, missing),
        Ok(_) => panic!("a missing path was read"),
    }
}
