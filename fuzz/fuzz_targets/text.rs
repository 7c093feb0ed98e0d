//! Free text: whatever it says, spans lie inside it on character boundaries, in order, and reading twice gives the same.
#![no_main]

use std::sync::LazyLock;
use zhijian::knowledge::detect::{Detector, snippet};

static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::load);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let labels = DETECTOR.read(text);
    for label in &labels {
        assert!(label.start <= label.end && text.get(label.words()).is_some(), "{label:?}");
        assert!(snippet(text, &label.words()).contains(&text[label.words()]));
    }
    assert!(labels.is_sorted_by_key(|label| label.start));
    assert_eq!(labels, DETECTOR.read(text));
});
