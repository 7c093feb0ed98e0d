//! Web pages saved as workbooks.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    zhijian_fuzz::read("input.xls", [b"<html>", data].concat());
});
