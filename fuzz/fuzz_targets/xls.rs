//! Workbooks of the old format, the streams of the container mutated.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(bytes) = zhijian_fuzz::compound(data) {
        zhijian_fuzz::read("input.xls", bytes);
    }
});
