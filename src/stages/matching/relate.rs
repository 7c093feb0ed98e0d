//! Which relation a pair has: structure first, then the score.
//!
//! For: the order of the relations, written once. Not for: how alike two texts are (`compare`). The
//! vetoes come before any relation: other kinds, other numbers, other places, other audiences.

use super::compare::name::slips;
use super::features::Features;
use super::{Link, Parameters, compare::COMPARATORS, score};
use crate::model::{AssetIx, Kind, Relation, Sym, UnitId};

/// What is known of a pair before it is scored. Levels index each comparator's list.
struct Structure {
    kind: Kind,
    levels: [u8; COMPARATORS.len()],
}

// Positions in `COMPARATORS`; a test keeps them right.
const NAME: usize = 0;
const UNIT: usize = 1;
const REGION: usize = 2;
const FUNCTIONS: usize = 3;
const TEXT: usize = 4;
const PLATFORM: usize = 5;
const IDENTIFIER: usize = 6;
const NUMBER: usize = 7;
const AUDIENCE: usize = 8;
const MEMBERS: usize = 9;

impl Structure {
    fn is(&self, comparator: usize, level: &str) -> bool {
        COMPARATORS[comparator].levels[usize::from(self.levels[comparator])] == level
    }

    fn any(&self, comparator: usize, levels: &[&str]) -> bool {
        levels.iter().any(|level| self.is(comparator, level))
    }
}

/// Whether two assets may be related at all. Cheap: no text is looked at.
pub(super) fn possible(features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
    let (left, right) = (features.meaning(a), features.meaning(b));
    left.kind == right.kind
        && (left.number == right.number || left.number.is_empty() || right.number.is_empty())
}

/// Whether two assets may stand in one cluster, even when others link them: never those of two offices, nor one of
/// which only the name tells the owner with one of another owner.
pub(super) fn may_stand_together(features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
    let (left, right) = (features.meaning(a), features.meaning(b));
    let apart = |x: Sym, y: Sym| x != y && !x.is_empty() && !y.is_empty();
    let is_open = features.owner(a) == UnitId::default() || features.owner(b) == UnitId::default();
    possible(features, a, b)
        && !apart(left.office, right.office)
        && !(is_open && apart(left.body, right.body))
}

/// The relation of a pair, with its weight; `None` when there is none.
pub(super) fn link(features: &Features<'_>, parameters: &Parameters, a: AssetIx, b: AssetIx) -> Option<Link> {
    if a == b || !possible(features, a, b) {
        return None;
    }
    let levels = COMPARATORS.each_ref().map(|comparator| (comparator.compare)(features, a, b));
    let pair = Structure { kind: features.meaning(a).kind, levels };
    if pair.is(REGION, "elsewhere") || pair.is(AUDIENCE, "different") || pair.is(NUMBER, "different") {
        return None;
    }
    // 防汛群 beside 防汛第2片区群 is the whole beside a part, unless the two are known to be one.
    let is_known_one = pair.is(IDENTIFIER, "same") || pair.is(MEMBERS, "same");
    if pair.kind == Kind::Group && pair.is(NUMBER, "one-sided") && !is_known_one {
        return None;
    }
    let in_doubt = pair.is(REGION, "missing") && !pair.is(UNIT, "same") && !pair.is(IDENTIFIER, "same");
    if in_doubt && !(features.is_distinctive(a) && features.is_distinctive(b)) {
        return None;
    }
    let (left, right) = features.ordered(a, b);
    let weight = score::weight(features, parameters, a, b);
    let related = score::probability(weight) >= parameters.threshold;
    if let Some((relation, binds)) = within_owner(features, &pair, a, b, related) {
        return Some(Link { left, right, relation, weight, binds });
    }
    // A link between clusters rests on the job alone: owner and place differ by definition.
    let weight = job_weight(&pair, parameters);
    let relation = between_owners(features, &pair, a, b)?;
    let related = score::probability(weight) >= parameters.threshold;
    related.then_some(Link { left, right, relation, weight, binds: false })
}

/// The relations within one owner or one line of owners, in their order, and whether they bind.
fn within_owner(
    features: &Features<'_>,
    pair: &Structure,
    a: AssetIx,
    b: AssetIx,
    related: bool,
) -> Option<(Relation, bool)> {
    if is_same(features, pair, a, b) && related {
        return Some((Relation::Same, true));
    }
    let one_unit = pair.any(UNIT, &["same", "office"]);
    if pair.kind == Kind::Account && one_unit && !pair.is(REGION, "within") {
        // Structure alone decides for accounts of one unit: their names seldom say what they do.
        if pair.is(PLATFORM, "same") {
            return Some((Relation::SamePlatform, related && same_job(pair) && pair.is(UNIT, "same")));
        }
        if pair.is(PLATFORM, "different") && is_one_voice(pair) {
            let binds = pair.is(UNIT, "same") && (related || !pair.is(NAME, "different"));
            return Some((Relation::Family, binds));
        }
    }
    if !related || pair.is(REGION, "within") || !pair.any(UNIT, &["same", "line", "missing"]) {
        return None;
    }
    match pair.kind {
        Kind::Group => same_group(pair).then_some((Relation::SameTask, true)),
        Kind::App => {
            let other_end =
                pair.is(PLATFORM, "different") || features.meaning(a).form != features.meaning(b).form;
            if other_end && !pair.is(UNIT, "line") && is_one_service(pair) {
                return Some((Relation::Family, true));
            }
            same_job(pair).then_some((Relation::Overlap, true))
        }
        // An account of another unit is its own voice.
        _ if pair.is(PLATFORM, "different") || pair.is(UNIT, "line") => {
            (pair.is(UNIT, "missing") && is_one_service(pair)).then_some((Relation::Family, true))
        }
        _ => same_job(pair).then_some((Relation::Overlap, true)),
    }
}

/// One real thing listed twice: the same identifier, or the same name on the same platform. A slip of the
/// keyboard is forgiven within one owner only: 中山医院 and 华山医院 are two hospitals.
fn is_same(features: &Features<'_>, pair: &Structure, a: AssetIx, b: AssetIx) -> bool {
    let (left, right) = (features.meaning(a), features.meaning(b));
    if pair.is(PLATFORM, "different") || left.form != right.form {
        return false;
    }
    if pair.is(IDENTIFIER, "same") {
        return true;
    }
    if pair.is(NUMBER, "one-sided")
        || pair.is(IDENTIFIER, "different")
        || pair.any(FUNCTIONS, &["different"]) && pair.is(TEXT, "different")
    {
        return false;
    }
    // Other owners may both report one app; a region above or below owns its own.
    if pair.any(UNIT, &["different", "line"]) && !pair.is(REGION, "same") || pair.is(UNIT, "office") {
        return false;
    }
    let pool = &features.assets.records.pool;
    let name = |folded| pool.get(folded).chars().collect::<Vec<char>>();
    left.folded == right.folded
        || left.stem == right.stem && !left.stem.is_empty() && pair.kind == Kind::App
        || pair.is(NAME, "close") && pair.any(UNIT, &["same", "missing"]) && {
            let (left, right) = (name(left.folded), name(right.folded));
            left.len().min(right.len()) >= 5 && slips(&left, &right, 1).is_some()
        }
}

/// Whether two accounts of one unit on two platforms speak for the same thing: nothing says that they do
/// other jobs. Another name is no such thing (WeChat 青春甲市, Weibo 甲市共青团), but binds nothing by itself.
fn is_one_voice(pair: &Structure) -> bool {
    !pair.is(FUNCTIONS, "different") && !pair.is(TEXT, "different")
}

/// Whether two ends of an app are one service: one name, and nothing that says otherwise.
fn is_one_service(pair: &Structure) -> bool {
    // 智慧家校 beside 家校通 is another app for the same job; 掌上清廉 beside 微清廉 is one account on two platforms.
    let adorned = pair.is(NAME, "adorned") && pair.kind == Kind::Account;
    let one_name = pair.any(NAME, &["exact", "close"]) || adorned;
    (one_name || pair.is(IDENTIFIER, "same")) && !pair.is(FUNCTIONS, "different")
}

/// Whether two groups serve one task or the same people. Functions alone do not tell: all groups of a
/// bureau share its line of work.
fn same_group(pair: &Structure) -> bool {
    let one_name = pair.any(NAME, &["exact", "close", "adorned"]);
    let half_name = pair.is(NAME, "part");
    let one_text = pair.any(TEXT, &["same", "close"]);
    let one_job = pair.any(FUNCTIONS, &["same", "most"]);
    let same_people = pair.is(MEMBERS, "same");
    let other_people = pair.is(MEMBERS, "different");
    let other_job = pair.is(TEXT, "different") || pair.is(FUNCTIONS, "different");
    if same_people && !pair.is(NUMBER, "one-sided") {
        return one_name || half_name || one_text || one_job;
    }
    if other_people {
        return one_name && !other_job || one_text && half_name;
    }
    let some_text = pair.is(TEXT, "some") && pair.is(FUNCTIONS, "same");
    // 应急安全哨第2支部 beside 安全哨第2支部 of one bureau: nobody numbers two tasks alike by half a name.
    let one_number = pair.is(NUMBER, "same") && pair.is(UNIT, "same");
    one_name && !other_job
        || one_text && !pair.is(FUNCTIONS, "different")
        || half_name && one_job && !pair.is(TEXT, "different")
        || half_name && one_number && !other_job
        || some_text
}

/// Whether two things do the same job, by functions, words or name.
fn same_job(pair: &Structure) -> bool {
    // 移动统战 beside 信息报送通 of one bureau: fields of work shared, while names and words go apart.
    let goes_apart = pair.is(NAME, "different") && pair.is(TEXT, "some");
    let by_functions = pair.is(FUNCTIONS, "same") && !pair.is(TEXT, "different")
        || pair.is(FUNCTIONS, "most") && !pair.is(TEXT, "different") && !goes_apart;
    let by_words = pair.any(TEXT, &["same", "close"]) && !pair.is(FUNCTIONS, "different");
    let by_name = pair.any(NAME, &["exact", "close", "adorned"])
        && !pair.is(FUNCTIONS, "different")
        && !pair.is(TEXT, "different");
    by_functions || by_words || by_name
}

/// The relations between owners: only apps, whose job and audience are known.
fn between_owners(features: &Features<'_>, pair: &Structure, a: AssetIx, b: AssetIx) -> Option<Relation> {
    let (left, right) = (features.meaning(a), features.meaning(b));
    if pair.kind != Kind::App || !pair.any(FUNCTIONS, &["same", "most", "part"]) || !pair.is(AUDIENCE, "same")
    {
        return None;
    }
    // The taxonomy is coarse (a sports ground and a fitness map): one shared function needs words or a name
    // that agree as well.
    let by_words =
        pair.any(TEXT, &["same", "close"]) || pair.any(NAME, &["exact", "close", "adorned", "part"]);
    let by_functions = features.shared_tasks(left.functions, right.functions) >= 2;
    if !by_functions && (!by_words || pair.is(TEXT, "different")) {
        return None;
    }
    if pair.is(REGION, "same") && pair.any(UNIT, &["different", "office"]) && !pair.is(FUNCTIONS, "part") {
        return Some(Relation::CrossUnit);
    }
    let is_above = left.level.depth().zip(right.level.depth()).is_some_and(|(a, b)| a != b);
    (pair.is(REGION, "within") && is_above).then_some(Relation::CoveredAbove)
}

/// Weight of the job alone, for links between owners.
fn job_weight(pair: &Structure, parameters: &Parameters) -> f64 {
    let parts = COMPARATORS.iter().zip(&parameters.weights).zip(pair.levels);
    parts.fold(parameters.link_prior, |sum, ((comparator, weights), level)| {
        sum + job_part(comparator.name, weights[usize::from(level)])
    })
}

/// What a comparison adds to a link between owners: functions and audience count; name and words only where
/// they speak for the pair (another brand, in other words, for the same job is the very thing looked for).
pub(super) fn job_part(comparator: &str, weight: f64) -> f64 {
    match comparator {
        "functions" | "audience" => weight,
        "name" | "text" => weight.max(0.0),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_name_the_right_comparators() {
        let names = COMPARATORS.each_ref().map(|c| c.name);
        for (position, name) in [
            (NAME, "name"),
            (UNIT, "unit"),
            (REGION, "region"),
            (FUNCTIONS, "functions"),
            (TEXT, "text"),
            (PLATFORM, "platform"),
            (IDENTIFIER, "identifier"),
            (NUMBER, "number"),
            (AUDIENCE, "audience"),
            (MEMBERS, "members"),
        ] {
            assert_eq!(names[position], name);
        }
    }
}
