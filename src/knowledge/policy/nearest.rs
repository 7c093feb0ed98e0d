//! “Did you mean …?”
//!
//! For: the one name a misspelt word probably meant, and the few closest of a long list. Not for:
//! matching anything in an inventory.

/// The candidate that `word` most probably meant: equal but for case and `-`/`_`, or at most one
/// edit in three characters away (at least one). The first declared wins a tie.
pub(super) fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let word = plain(word);
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &plain(candidate)), *candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A list for people: all of a short one, the closest few of a long one.
pub(super) fn choices(word: &str, candidates: &[&str]) -> String {
    const SHORT: usize = 12;
    const FEW: usize = 8;
    if candidates.len() <= SHORT {
        return candidates.join(", ");
    }
    let word = plain(word);
    let mut ranked: Vec<(f64, &str)> =
        candidates.iter().map(|c| (strsim::jaro_winkler(&word, &plain(c)), *c)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let few: Vec<&str> = ranked.iter().take(FEW).map(|(_, c)| *c).collect();
    format!("{}, …", few.join(", "))
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_and_a_different_word_is_not() {
        let names = ["fail_on", "threshold", "by"];
        assert_eq!(nearest("fail-on", &names), Some("fail_on"));
        assert_eq!(nearest("treshold", &names), Some("threshold"));
        assert_eq!(nearest("yb", &names), Some("by"));
        assert_eq!(nearest("organisation", &names), None);
    }

    #[test]
    fn a_long_list_is_cut_to_the_closest() {
        let names: Vec<&str> = crate::model::Field::ALL.iter().map(|f| f.as_str()).collect();
        let shown = choices("follower", &names);
        assert!(shown.starts_with("followers, "), "{shown}");
        assert!(shown.ends_with('…'));
    }
}
