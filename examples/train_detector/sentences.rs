//! The labelled sentences with their features.

use std::error::Error;
use std::path::Path;
use zhijian::knowledge::detect::{Category, Detector, Features, Polarity, TAUGHT};

/// One sentence.
pub(crate) struct Sentence {
    /// Whose it is: the name of its file.
    pub(crate) writer: String,
    /// Whether words of the data files were written after it: it is learnt from, but measures nothing.
    pub(crate) is_tuned: bool,
    /// What sort of text it says it is.
    pub(crate) polarity: String,
    /// The text.
    pub(crate) text: String,
    /// The practices it asserts, and those it speaks of only to deny them or in another sense, by column.
    pub(crate) asserted: [bool; 9],
    pub(crate) denied: [bool; 9],
    /// What the words of the data files make of it: nothing, asserted, or something else.
    pub(crate) words: [Option<bool>; 9],
    /// What was learnt knows it by.
    pub(crate) features: Features,
}

/// All sentences of a folder, file by file in the order of their names.
pub(crate) fn read(folder: &Path, is_tuned: bool) -> Result<Vec<Sentence>, Box<dyn Error>> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    files.retain(|path| path.extension().is_some_and(|end| end == "csv"));
    files.sort();
    let detector = Detector::load();
    let mut all = Vec::new();
    for path in files {
        all.extend(read_file(&detector, &path, is_tuned)?);
    }
    Ok(all)
}

/// The sentences of one file.
pub(crate) fn read_file(
    detector: &Detector,
    path: &Path,
    is_tuned: bool,
) -> Result<Vec<Sentence>, Box<dyn Error>> {
    let writer = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut reader = csv::Reader::from_path(path)?;
    let header = reader.headers()?.clone();
    let mut all = Vec::new();
    for row in reader.records() {
        let row = row?;
        let cell = |name: &str| {
            let at = header.iter().position(|column| column == name);
            at.and_then(|at| row.get(at)).unwrap_or_default()
        };
        let (asserted, denied) =
            (columns(cell(if is_tuned { "expected" } else { "asserted" }))?, columns(cell("denied"))?);
        all.push(Sentence {
            writer: writer.clone(),
            is_tuned,
            polarity: cell("polarity").to_owned(),
            text: cell("text").to_owned(),
            asserted,
            denied,
            words: words(detector, cell("text")),
            features: detector.features(cell("text")),
        });
    }
    Ok(all)
}

fn columns(ids: &str) -> Result<[bool; 9], Box<dyn Error>> {
    let mut out = [false; 9];
    for id in ids.split(';').filter(|id| !id.is_empty()) {
        let category = Category::parse(id).ok_or_else(|| format!("no practice: {id}"))?;
        if let Some(column) = TAUGHT.iter().position(|&taught| taught == category) {
            out[column] = true;
        }
    }
    Ok(out)
}

fn words(detector: &Detector, text: &str) -> [Option<bool>; 9] {
    let labels = detector.labels(text);
    TAUGHT.map(|category| {
        let mut found = labels.iter().filter(|label| label.category == category).peekable();
        found.peek()?;
        Some(found.any(|label| label.polarity == Polarity::Asserted))
    })
}
