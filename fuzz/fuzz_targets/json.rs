//! JSON and JSON Lines.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    zhijian_fuzz::read("input.json", data.to_vec());
});
