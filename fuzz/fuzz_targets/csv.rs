//! Separated values: encodings, delimiters, quotes, tables.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    zhijian_fuzz::read("input.csv", data.to_vec());
});
