//! Workbooks of 2003 in XML.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let head = br#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">"#;
    zhijian_fuzz::read("input.xls", [&head[..], data].concat());
});
