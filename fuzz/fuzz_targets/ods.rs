//! OpenDocument tables, the parts of the container mutated.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(bytes) = zhijian_fuzz::zipped(data) {
        zhijian_fuzz::read("input.ods", bytes);
    }
});
