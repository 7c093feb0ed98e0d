//! Whole files: what no container was packed around.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    zhijian_fuzz::read("input.xlsx", data.to_vec());
});
