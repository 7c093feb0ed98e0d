//! Cost of reading, from a file to records, beside what the libraries below it need for the same bytes.
//!
//! `cargo bench --bench reading` prints medians; `benches/README.md` keeps the numbers that matter with their
//! command. Two figures of one run may be compared, figures of two runs may not.

mod common;

use calamine::Reader as _;
use common::{inventory, options};
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::LazyLock;
use zhijian::knowledge::lexicon::fields::FieldBook;
use zhijian::stages::ingest::ingest;

/// As the program has it.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const ROWS: usize = 1_000_000;
/// Workbooks are slower by themselves.
const SHEET_ROWS: usize = 200_000;

static CSV: LazyLock<Vec<u8>> = LazyLock::new(|| inventory(ROWS).into_bytes());
static GBK: LazyLock<Vec<u8>> =
    LazyLock::new(|| encoding_rs::GB18030.encode(&inventory(ROWS)).0.into_owned());
static XLSX: LazyLock<Vec<u8>> = LazyLock::new(|| workbook(SHEET_ROWS));
static BOOK: LazyLock<FieldBook> = LazyLock::new(FieldBook::load);

/// The same rows as a workbook; the last two columns hold numbers and dates.
fn workbook(rows: usize) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let text = inventory(rows);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for (row, record) in (0_u32..).zip(reader.records()) {
        for (column, cell) in (0_u16..).zip(&record.expect("a generated row")) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, cell),
            }
            .expect("written");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// A file that lives as long as the bench.
struct Sample {
    _folder: tempfile::TempDir,
    paths: Vec<PathBuf>,
}

impl Sample {
    fn new(name: &str, bytes: &[u8]) -> Sample {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        Sample { _folder: folder, paths: vec![path] }
    }

    /// Reads it on one thread or on all; how many records it has.
    fn read(&self, threads: Threads) -> usize {
        let options = options(&BOOK);
        let read = || ingest(&self.paths, &options).expect("a readable file").records.len();
        match threads {
            Threads::All => read(),
            Threads::One => {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
                pool.install(read)
            }
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Threads {
    One,
    All,
}

#[divan::bench(args = [Threads::One, Threads::All], sample_count = 10)]
fn csv_into_records(bencher: divan::Bencher<'_, '_>, threads: Threads) {
    let sample = Sample::new("a.csv", &CSV);
    assert_eq!(sample.read(threads), ROWS);
    bencher.counter(divan::counter::ItemsCount::new(ROWS)).bench(|| sample.read(threads));
}

#[divan::bench(args = [Threads::All], sample_count = 10)]
fn csv_in_gbk_into_records(bencher: divan::Bencher<'_, '_>, threads: Threads) {
    let sample = Sample::new("a.csv", &GBK);
    assert_eq!(sample.read(threads), ROWS);
    bencher.counter(divan::counter::ItemsCount::new(ROWS)).bench(|| sample.read(threads));
}

/// Cutting the same bytes into cells, and nothing else.
#[divan::bench(sample_count = 10)]
fn csv_library_alone(bencher: divan::Bencher<'_, '_>) {
    bencher.counter(divan::counter::ItemsCount::new(ROWS)).bench(|| {
        let mut reader = csv::ReaderBuilder::new().from_reader(CSV.as_slice());
        let mut record = csv::ByteRecord::new();
        let mut rows = 0_usize;
        while reader.read_byte_record(&mut record).expect("a generated row") {
            rows += usize::from(!record.is_empty());
        }
        rows
    });
}

#[divan::bench(args = [Threads::One, Threads::All], sample_count = 10)]
fn xlsx_into_records(bencher: divan::Bencher<'_, '_>, threads: Threads) {
    let sample = Sample::new("a.xlsx", &XLSX);
    assert_eq!(sample.read(threads), SHEET_ROWS);
    bencher.counter(divan::counter::ItemsCount::new(SHEET_ROWS)).bench(|| sample.read(threads));
}

/// The library as its documentation shows it: the whole sheet as a range of values.
#[divan::bench(sample_count = 10)]
fn xlsx_library_alone(bencher: divan::Bencher<'_, '_>) {
    bencher.counter(divan::counter::ItemsCount::new(SHEET_ROWS)).bench(|| {
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(Cursor::new(XLSX.as_slice())).expect("a workbook");
        let range = book.worksheet_range_at(0).expect("a sheet").expect("values");
        range.rows().map(<[calamine::Data]>::len).sum::<usize>()
    });
}

/// The library's own stream of cells, without a range.
#[divan::bench(sample_count = 10)]
fn xlsx_library_cell_by_cell(bencher: divan::Bencher<'_, '_>) {
    bencher.counter(divan::counter::ItemsCount::new(SHEET_ROWS)).bench(|| {
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(Cursor::new(XLSX.as_slice())).expect("a workbook");
        let mut cells = book.worksheet_cells_reader("Sheet1").expect("a sheet");
        let mut count = 0_usize;
        while cells.next_cell().expect("a cell").is_some() {
            count += 1;
        }
        count
    });
}
