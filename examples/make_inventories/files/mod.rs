//! The sample files: which data table becomes which file, in which format and encoding.
//!
//! For: one list that says what a province would send. Not for: the rows themselves, which are the
//! CSV tables in `../data`. Used by the example program and by the test that the committed files
//! are fresh.

use std::error::Error;
use std::fs;
use std::path::Path;

mod json;
mod table;
mod text;
mod workbook;

use table::Table;

/// How a table is sent.
enum Form {
    /// UTF-8 text as a system exports it: no mark, line feeds.
    Utf8,
    /// UTF-8 text as Excel saves it: byte-order mark, CRLF.
    Utf8Bom,
    /// GBK text as older office programs save it: CRLF.
    Gbk,
    /// A JSON array of objects.
    JsonArray,
    /// A JSON object of arrays, one per sheet; the first column names the sheet.
    JsonSheets,
    /// A workbook; one table per sheet.
    Workbook,
}

/// One sample file.
struct Sample {
    /// Where it goes, relative to the output folder.
    path: &'static str,
    form: Form,
    /// Sheet name and CSV text of each table. Text formats have one table and no sheet name.
    tables: &'static [(&'static str, &'static str)],
}

const SAMPLES: &[Sample] = &[
    Sample {
        path: "省直/政务应用程序.json",
        form: Form::JsonArray,
        tables: &[("", include_str!("../data/省直-政务应用程序.csv"))],
    },
    Sample {
        path: "甲市/附件1-政务应用程序统计表.xlsx",
        form: Form::Workbook,
        tables: &[("政务应用程序", include_str!("../data/甲市-政务应用程序.csv"))],
    },
    Sample {
        path: "甲市/附件2-工作群组清理统计表.csv",
        form: Form::Utf8Bom,
        tables: &[("", include_str!("../data/甲市-工作群组.csv"))],
    },
    Sample {
        path: "甲市/政务公众账号.json",
        form: Form::JsonSheets,
        tables: &[("", include_str!("../data/甲市-政务公众账号.csv"))],
    },
    Sample {
        path: "甲市/子县报送表.xlsx",
        form: Form::Workbook,
        tables: &[
            ("应用程序", include_str!("../data/子县-应用程序.csv")),
            ("工作群组", include_str!("../data/子县-工作群组.csv")),
        ],
    },
    Sample {
        path: "乙市/政务公众账号台账汇总表.csv",
        form: Form::Gbk,
        tables: &[("", include_str!("../data/乙市-政务公众账号.csv"))],
    },
    Sample {
        path: "乙市/system-export.csv",
        form: Form::Utf8,
        tables: &[("", include_str!("../data/乙市-system-export.csv"))],
    },
    Sample {
        path: "乙市/卯县-工作群组清理统计表.xlsx",
        form: Form::Workbook,
        tables: &[("Sheet1", include_str!("../data/卯县-零报告.csv"))],
    },
];

/// Writes every sample file under `dir`, replacing what is there.
pub(crate) fn write_all(dir: &Path) -> Result<(), Box<dyn Error>> {
    for sample in SAMPLES {
        let path = dir.join(sample.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes_of(sample)?)?;
    }
    Ok(())
}

fn bytes_of(sample: &Sample) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut tables = Vec::new();
    for (name, source) in sample.tables {
        tables.push((*name, Table::parse(source)?));
    }
    let first = &tables[0].1;
    match sample.form {
        Form::Utf8 => text::utf8(first),
        Form::Utf8Bom => text::utf8_with_mark(first),
        Form::Gbk => text::gbk(first),
        Form::JsonArray => json::array(first),
        Form::JsonSheets => json::sheets(first),
        Form::Workbook => workbook::write(&tables),
    }
}
