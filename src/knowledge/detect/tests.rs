//! Laws of the detector and of its words; sentences are in `tests/it/rules.rs`.

use super::*;
use crate::knowledge::messages::{Catalogue, Lang};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::load);

#[test]
fn the_data_is_sorted_and_no_word_stands_twice() {
    let mut seen = BTreeSet::new();
    let mut categories = BTreeSet::new();
    for (file, text) in lexemes::FILES {
        let read: lexemes::CategoryFile = toml::from_str(text).unwrap_or_else(|e| panic!("{file}: {e}"));
        assert_eq!(*file, read.category, "a file is named after its category");
        categories.insert(read.category.clone());
        let lists = read.trigger.iter().flat_map(|g| [&g.words, &g.needs]);
        for list in lists.chain(read.sense.iter().map(|g| &g.words)) {
            assert!(list.is_sorted(), "{file}: not sorted: {list:?}");
        }
        let triggers = read.trigger.iter().map(|g| &g.words).chain(read.sense.iter().map(|g| &g.words));
        for word in triggers.flatten() {
            assert!(seen.insert(word.clone()), "{file}: {word} stands in two entries");
            assert_eq!(Folded::new(word).text, *word, "{file}: a word must be in its folded form");
        }
    }
    assert!(Category::ALL.iter().all(|c| categories.contains(c.as_str())), "a category without words");
    let cues: lexemes::CueFile = toml::from_str(lexemes::CUES).expect("cues");
    let classes = pairs::Classes::load().expect("classes");
    let read: Vec<lexemes::CategoryFile> =
        lexemes::FILES.iter().map(|(_, text)| toml::from_str(text).expect("read above")).collect();
    let settling = cues.settling.iter().flat_map(|g| &g.pair);
    let pairs = read.iter().flat_map(|file| &file.pair).chain(settling);
    let lists = pairs.flat_map(|pair| [&pair.first, &pair.then, &pair.not]);
    for list in lists.chain(classes.class.values()).chain([&classes.idle]) {
        assert!(list.is_sorted_by(|a, b| a < b), "not sorted, or twice: {list:?}");
        assert!(list.iter().all(|w| w.starts_with('@') || Folded::new(w).text == *w), "unfolded: {list:?}");
    }
    for list in cues.cue.iter().map(|g| &g.words) {
        assert!(list.is_sorted(), "cues: not sorted: {list:?}");
        assert!(list.iter().all(|w| Folded::new(w).text == *w), "cues: unfolded in {list:?}");
    }
}

#[test]
fn every_reason_and_category_has_its_words() {
    for lang in [Lang::Zh, Lang::En] {
        let catalogue = Catalogue::of(lang);
        let kinds = "asserted abolished context doubted learned negated presupposed prohibited public question sense voluntary";
        for key in kinds.split(' ').map(|k| format!("detect.{k}")) {
            assert!(catalogue.has(&key), "{lang}: {key}");
        }
        for category in Category::ALL {
            assert!(catalogue.has(&format!("detect.category.{category}")), "{lang}: {category}");
        }
    }
}

#[test]
fn a_span_points_at_the_words_as_written() {
    let text = "要求干部每天打-卡 簽 到，另設積分排名。";
    let words: Vec<&str> = DETECTOR.labels(text).iter().map(|l| &text[l.start..l.end]).collect();
    assert_eq!(words, ["打-卡 簽 到", "積分排名"]);
}

#[test]
fn a_practice_said_in_two_words_is_judged_like_one() {
    for (text, category, polarity) in [
        ("走访照片须发到群里", Category::TraceUpload, Polarity::Asserted),
        ("走访照片不再发到群里", Category::TraceUpload, Polarity::Negated),
        ("不得要求把走访照片发到群里", Category::TraceUpload, Polarity::Prohibited),
        ("群里消息五分钟内应答", Category::InstantReply, Polarity::Asserted),
        ("欢迎举报要求五分钟内应答消息的做法", Category::InstantReply, Polarity::Prohibited),
        ("网传要求五分钟内应答群消息，与事实不符", Category::InstantReply, Polarity::Negated),
        ("建议取消群消息五分钟内应答的规定", Category::InstantReply, Polarity::Asserted),
    ] {
        let labels = DETECTOR.labels(text);
        let label = labels.iter().find(|label| label.category == category);
        assert_eq!(label.map(|label| label.polarity), Some(polarity), "{text}: {labels:?}");
    }
}

#[test]
fn what_is_around_a_practice_in_two_clauses_lies_around_both() {
    // The words of the practice reach over a comma, and a question stands before them: this once ended before it began.
    let text = "本号面向社会开放，公职人员是否订阅由本人决定，各单位不登记、不报数，督办也不组织抽查";
    assert!(DETECTOR.labels(text).iter().all(|label| label.polarity != Polarity::Asserted));
}

#[test]
fn texts_full_of_pairs_are_read_in_linear_time() {
    let text = "照片发到群里，五分钟内应答".repeat(20_000);
    assert!(DETECTOR.labels(&text).len() >= 40_000);
}

#[test]
fn modality_and_exemption_are_read_beside_the_polarity() {
    let one = |text: &str| DETECTOR.labels(text).remove(0);
    assert_eq!(one("网格员必须签到").modality, Modality::Must);
    assert_eq!(one("党员自愿打卡").modality, Modality::Voluntary);
    assert_eq!(one("党员可以签到").modality, Modality::May);
    assert!(one("防汛值守人员到岗打卡").exempt);
    assert!(!one("除安保、应急等特殊场景外，不得设置打卡签到").exempt, "only quotes the law");
    assert!(!one("由应急管理局开发，每日打卡签到").exempt, "a unit's name claims nothing");
}

#[test]
fn texts_without_parting_marks_are_read_in_linear_time() {
    let text = "不设打卡".repeat(20_000);
    assert_eq!(DETECTOR.labels(&text).len(), 20_000);
}

#[test]
fn what_no_word_says_is_proposed_with_its_chance_and_clause() {
    let text = "各单位注意，護林員每天早晚要在手机上点一下到岗，漏一次写说明。";
    assert!(DETECTOR.labels(text).is_empty(), "else this shows nothing");
    let labels = DETECTOR.read(text);
    assert_eq!(labels.len(), 1, "{labels:?}");
    assert_eq!((labels[0].category, labels[0].polarity), (Category::Checkin, Polarity::Asserted));
    assert_eq!(&text[labels[0].words()], "護林員每天早晚要在手机上点一下到岗");
    assert!(labels[0].learned.is_some_and(|percent| (50..=99).contains(&percent)));
    assert!(Catalogue::of(Lang::Zh).render(&labels[0].reason).contains('%'));
}

#[test]
fn what_the_words_turn_down_is_never_proposed() {
    for text in [
        "护林员每天早晚点一下到岗的打卡要求已经取消",
        "本应用不设打卡，护林员每天早晚要在手机上点一下到岗",
        "网红打卡地",
    ] {
        let labels = DETECTOR.read(text);
        assert!(
            labels.iter().all(|l| l.category != Category::Checkin || l.polarity != Polarity::Asserted),
            "{labels:?}"
        );
    }
}

#[test]
fn a_pair_may_reach_over_a_comma_with_a_question_before_it() {
    let text = "本号面向社会开放，公职人员是否订阅由本人决定，各单位不登记、不报数，监督办也不组织抽查";
    assert!(DETECTOR.read(text).iter().all(|label| label.polarity != Polarity::Asserted));
}

#[test]
fn millions_of_characters_are_read_in_linear_time() {
    let text = "点一下到岗，写说明".repeat(100_000);
    assert!(DETECTOR.read(&text).iter().all(|label| text.get(label.words()).is_some()));
}

/// Stretches of the sentences to learn from, cut at their marks: words that mean something to the detector.
static STRETCHES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("training/texts");
    let files = std::fs::read_dir(folder).expect("training/texts").filter_map(|f| Some(f.ok()?.path()));
    let mut files: Vec<_> = files.filter(|f| f.extension().is_some_and(|e| e == "csv")).collect();
    files.sort();
    let mut stretches = BTreeSet::new();
    for file in files {
        for row in csv::Reader::from_path(&file).expect("readable").records() {
            let text = row.expect("a row")[4].to_owned();
            stretches.extend(text.split(['，', '。', '、', '；', '：', '（', '）']).map(str::to_owned));
        }
    }
    stretches.into_iter().collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]
    /// Real wording in any order, under any marks, cut anywhere: what random characters never reach.
    #[test]
    fn any_mixture_of_sentences_gives_spans_on_boundaries(
        parts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, "[，。、；：（）！？,;:()\n ]|"), 1..6)
    ) {
        let mut text = String::new();
        for (which, most, mark) in parts {
            text.extend(which.get(&STRETCHES).chars().take(most.max(2)));
            text.push_str(&mark);
        }
        for label in DETECTOR.read(&text) {
            prop_assert!(label.start < label.end && text.get(label.words()).is_some());
        }
    }
}

proptest! {
    #[test]
    fn any_text_gives_spans_on_boundaries(text in "(打卡|签到|積分|照片|发到群里|五分钟内|应答|问：|答：不需要|欢迎举报|撤下|并无此事|不得|（|）|、|，|。|[a-z0-9 .:]|\\PC){0,60}") {
        let (words, labels) = (DETECTOR.labels(&text), DETECTOR.read(&text));
        let spoken = |label: &&Label| words.iter().any(|word| word.category == label.category);
        prop_assert!(labels.iter().filter(spoken).count() == words.len(), "nothing is lost or proposed over words");
        prop_assert!(labels.iter().all(|label| label.learned.is_some() != spoken(&label)));
        for label in words.iter().chain(&labels) {
            prop_assert!(label.start < label.end && label.end <= text.len());
            prop_assert!(text.is_char_boundary(label.start) && text.is_char_boundary(label.end));
            prop_assert!(snippet(&text, &label.words()).contains(&text[label.start..label.end]));
        }
        prop_assert!(labels.is_sorted_by_key(|l| l.start) && words.is_sorted_by_key(|l| l.start));
    }
}
