//! Which relation a pair has: structure first, then the score.
//!
//! For: the order of the relations, written once. Not for: how alike two texts are (`compare`). The
//! vetoes come before any relation: other kinds, other numbers, other places, other audiences.

use super::compare::{
    Levels, audience, functions, identifier, members, name, number, platform, region, text, unit, users,
};
use super::features::Features;
use super::{Link, Parameters, compare::COMPARATORS, doubt, renamed, score};
use crate::knowledge::lexicon::are_counterparts;
use crate::knowledge::text::fold;
use crate::model::{AssetIx, Kind, Relation, Sym, UnitId};

/// What keeps two assets apart, in the order in which it is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Apart {
    /// An app, an account or a group is none of the others.
    Kind,
    /// Other serial numbers: 第1网格 and 第2网格.
    Number,
    /// Names, or owners, that differ in words of counterparts alone: 河东网格群 and 河西网格群, 第一小学 and 第二小学.
    Counterpart,
    /// Other places, neither inside the other.
    Place,
    /// One for citizens, one for staff.
    Audience,
    /// A whole beside a numbered part of it.
    Part,
    /// A place is in doubt, and names that many have do not settle it.
    Doubt,
    /// The evidence stays below the threshold.
    Evidence,
    /// Enough evidence, but owner, platform and job fit none of the relations.
    Relation,
}

impl Apart {
    /// Catalogue key of the sentence for people.
    pub fn key(self) -> &'static str {
        match self {
            Apart::Kind => "explain.apart.kind",
            Apart::Number => "explain.apart.number",
            Apart::Counterpart => "explain.apart.counterpart",
            Apart::Place => "explain.apart.place",
            Apart::Audience => "explain.apart.audience",
            Apart::Part => "explain.apart.part",
            Apart::Doubt => "explain.apart.doubt",
            Apart::Evidence => "explain.apart.evidence",
            Apart::Relation => "explain.apart.relation",
        }
    }
}

/// Whether two assets may be related at all. Cheap: no text is looked at.
pub(super) fn possible(features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
    let (left, right) = (features.meaning(a), features.meaning(b));
    left.kind == right.kind
        && (left.number == right.number || left.number.is_empty() || right.number.is_empty())
}

/// Whether places or audiences keep two assets apart, as [`link`] will find. Cheap as well, but not asked before pairs
/// are counted.
pub(super) fn is_elsewhere(features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
    region::compare(features, a, b) == region::ELSEWHERE
        || audience::compare(features, a, b) == audience::DIFFERENT
}

/// Whether two assets may stand in one cluster, even when others link them: never those of two offices, nor one of
/// which only the name tells the owner with one of another owner.
pub(super) fn may_stand_together(features: &Features<'_>, a: AssetIx, b: AssetIx) -> bool {
    let (left, right) = (features.meaning(a), features.meaning(b));
    let apart = |x: Sym, y: Sym| x != y && !x.is_empty() && !y.is_empty();
    let is_open = features.owner(a) == UnitId::default() || features.owner(b) == UnitId::default();
    let are_two = apart(left.office, right.office) || is_open && apart(left.body, right.body);
    possible(features, a, b) && (features.are_one_owner(a, b) || !are_two)
}

/// The relation of a pair, with its weight, or what keeps the two apart. What costs least is compared first.
pub(super) fn link(
    features: &Features<'_>,
    parameters: &Parameters,
    a: AssetIx,
    b: AssetIx,
) -> Result<Link, Apart> {
    let kind = features.meaning(a).kind;
    if kind != features.meaning(b).kind {
        return Err(Apart::Kind);
    }
    let number = number::compare(features, a, b);
    if number == number::DIFFERENT {
        return Err(Apart::Number);
    }
    let region = region::compare(features, a, b);
    if region == region::ELSEWHERE {
        return Err(Apart::Place);
    }
    let audience = audience::compare(features, a, b);
    if audience == audience::DIFFERENT {
        return Err(Apart::Audience);
    }
    // 防汛群 beside 防汛第2片区群 is the whole beside a part, unless the two are known to be one.
    let (identifier, members) = (identifier::compare(features, a, b), members::compare(features, a, b));
    let is_known_one = identifier == identifier::SAME || members == members::SAME;
    if kind == Kind::Group && number == number::ONE_SIDED && !is_known_one {
        return Err(Apart::Part);
    }
    let owner = |ix| features.assets.unit(features.meaning(ix).unit).canonical.as_str();
    let counterparts = are_counterparts(features.folded(a), features.folded(b));
    if !is_known_one && (counterparts || are_counterparts(owner(a), owner(b))) {
        return Err(Apart::Counterpart);
    }
    let unit = unit::compare(features, a, b);
    let in_doubt = region == region::MISSING && unit != unit::SAME && identifier != identifier::SAME;
    let open = in_doubt && !(features.is_distinctive(a) && features.is_distinctive(b));
    if open && !doubt::may_be_settled(features, a, b) {
        return Err(Apart::Doubt);
    }
    let pair = Levels {
        name: name::compare(features, a, b),
        unit,
        region,
        functions: functions::compare(features, a, b),
        text: text::compare(features, a, b),
        platform: platform::compare(features, a, b),
        identifier,
        number,
        audience,
        members,
        users: users::compare(features, a, b),
    };
    let (left, right) = features.ordered(a, b);
    let weight = score::weight(parameters, &pair);
    let related = score::probability(weight) >= parameters.threshold;
    if let Some((relation, binds)) = within_owner(features, &pair, a, b, related) {
        return Ok(Link { left, right, relation, weight, binds, open });
    }
    if open {
        return Err(Apart::Doubt);
    }
    let none = if related { Apart::Relation } else { Apart::Evidence };
    // A link between clusters rests on the job alone: owner and place differ by definition.
    let weight = job_weight(&pair, parameters);
    let relation = between_owners(features, &pair, a, b).ok_or(none)?;
    let related = score::probability(weight) >= parameters.threshold;
    if related {
        Ok(Link { left, right, relation, weight, binds: false, open })
    } else {
        Err(Apart::Evidence)
    }
}

/// The relations within one owner or one line of owners, in their order, and whether they bind.
fn within_owner(
    features: &Features<'_>,
    pair: &Levels,
    a: AssetIx,
    b: AssetIx,
    related: bool,
) -> Option<(Relation, bool)> {
    let kind = features.meaning(a).kind;
    // A name that says what it was before needs no other evidence.
    let renamed =
        pair.unit == unit::SAME && pair.platform == platform::SAME && is_renamed(features, pair, a, b);
    if renamed || is_same(features, pair, a, b) && related {
        return Some((Relation::Same, true));
    }
    let one_unit = matches!(pair.unit, unit::SAME | unit::OFFICE);
    if kind == Kind::Account && one_unit && pair.region != region::WITHIN {
        // Structure alone decides for accounts of one unit: their names seldom say what they do.
        if pair.platform == platform::SAME {
            return Some((Relation::SamePlatform, related && same_job(pair) && pair.unit == unit::SAME));
        }
        if pair.platform == platform::DIFFERENT && is_one_voice(pair) {
            let is_alike = pair.name != name::DIFFERENT || pair.users == users::NEAR;
            let binds = pair.unit == unit::SAME && (related || is_alike);
            return Some((Relation::Family, binds));
        }
    }
    if !related
        || pair.region == region::WITHIN
        || !matches!(pair.unit, unit::SAME | unit::LINE | unit::MISSING)
    {
        return None;
    }
    match kind {
        Kind::Group => same_group(pair).then_some((Relation::SameTask, true)),
        Kind::App => {
            let other_end =
                pair.platform == platform::DIFFERENT || features.meaning(a).form != features.meaning(b).form;
            if other_end && pair.unit != unit::LINE && is_one_service(kind, pair) {
                return Some((Relation::Family, true));
            }
            same_job(pair).then_some((Relation::Overlap, true))
        }
        // An account of another unit is its own voice.
        _ if pair.platform == platform::DIFFERENT || pair.unit == unit::LINE => (pair.unit == unit::MISSING
            && (is_one_service(kind, pair) || lists_the_same(pair)))
        .then_some((Relation::Family, true)),
        _ => same_job(pair).then_some((Relation::Overlap, true)),
    }
}

/// One real thing listed twice: the same identifier, or the same name on the same platform. A slip of the
/// keyboard is forgiven within one owner only: 中山医院 and 华山医院 are two hospitals.
fn is_same(features: &Features<'_>, pair: &Levels, a: AssetIx, b: AssetIx) -> bool {
    let (left, right) = (features.meaning(a), features.meaning(b));
    if pair.platform == platform::DIFFERENT || left.form != right.form {
        return false;
    }
    if pair.identifier == identifier::SAME {
        return true;
    }
    if pair.number == number::ONE_SIDED
        || pair.identifier == identifier::DIFFERENT
        || matches!(pair.functions, functions::DIFFERENT) && pair.text == text::DIFFERENT
    {
        return false;
    }
    // Other owners may both report one app; a region above or below owns its own.
    if matches!(pair.unit, unit::DIFFERENT | unit::LINE) && pair.region != region::SAME
        || pair.unit == unit::OFFICE
    {
        return false;
    }
    let pool = &features.assets.records.pool;
    let name = |folded| pool.get(folded).chars().collect::<Vec<char>>();
    left.folded == right.folded
        || left.stem == right.stem && !left.stem.is_empty() && left.kind == Kind::App
        || pair.name == name::CLOSE && matches!(pair.unit, unit::SAME | unit::MISSING) && {
            let (left, right) = (name(left.folded), name(right.folded));
            left.len().min(right.len()) >= 5 && name::slips(&left, &right, 1).is_some()
        }
}

/// Whether the name of one says that it was, or is, called as the other: 甲县水利（曾用名：甲县水务） beside 甲县水务.
fn is_renamed(features: &Features<'_>, pair: &Levels, a: AssetIx, b: AssetIx) -> bool {
    let names = |ix: AssetIx| renamed::names(features.asset(ix).name());
    let one_form = features.meaning(a).form == features.meaning(b).form;
    let apart = pair.identifier == identifier::DIFFERENT || pair.number == number::ONE_SIDED;
    if !one_form || apart {
        return false;
    }
    match (names(a), names(b)) {
        (None, None) => false,
        (Some(one), Some(other)) => one.iter().any(|name| other.contains(name)),
        (Some(names), None) => names.iter().any(|name| *name == fold(features.asset(b).name())),
        (None, Some(names)) => names.iter().any(|name| *name == fold(features.asset(a).name())),
    }
}

/// Whether two accounts of one unit on two platforms speak for the same thing: nothing says that they do
/// other jobs. Another name is no such thing (WeChat 青春甲市, Weibo 甲市共青团), but binds nothing by itself.
fn is_one_voice(pair: &Levels) -> bool {
    pair.functions != functions::DIFFERENT && pair.text != text::DIFFERENT
}

/// Whether two ends of an app are one service: one name, and nothing that says otherwise.
fn is_one_service(kind: Kind, pair: &Levels) -> bool {
    // 智慧家校 beside 家校通 is another app for the same job; 掌上清廉 beside 微清廉 is one account on two platforms.
    let adorned = pair.name == name::ADORNED && kind == Kind::Account;
    let one_name = matches!(pair.name, name::EXACT | name::CLOSE) || adorned;
    (one_name || pair.identifier == identifier::SAME) && pair.functions != functions::DIFFERENT
}

/// Whether two things say that they do the same, word for word, and name or numbers of users do not go apart.
fn lists_the_same(pair: &Levels) -> bool {
    let agrees = matches!(pair.name, name::PART | name::MISSING) || pair.users == users::NEAR;
    pair.text == text::SAME && agrees && pair.functions != functions::DIFFERENT
}

/// Whether two groups serve one task or the same people. Functions alone do not tell: all groups of a
/// bureau share its line of work.
fn same_group(pair: &Levels) -> bool {
    let one_name = matches!(pair.name, name::EXACT | name::CLOSE | name::ADORNED);
    let half_name = pair.name == name::PART;
    let one_text = matches!(pair.text, text::SAME | text::CLOSE);
    let one_job = matches!(pair.functions, functions::SAME | functions::MOST);
    let same_people = pair.members == members::SAME;
    let other_people = pair.members == members::DIFFERENT;
    let other_job = pair.text == text::DIFFERENT || pair.functions == functions::DIFFERENT;
    if same_people && pair.number != number::ONE_SIDED {
        return one_name || half_name || one_text || one_job;
    }
    if other_people {
        return one_name && !other_job || one_text && half_name;
    }
    // Of one owner, half alike by name, nothing known of the job, and as many in one as in the other.
    let as_many = half_name && pair.unit == unit::SAME && pair.users == users::NEAR && !other_job;
    let some_text = pair.text == text::SOME && pair.functions == functions::SAME;
    // 应急安全哨第2支部 beside 安全哨第2支部 of one bureau: nobody numbers two tasks alike by half a name.
    let one_number = pair.number == number::SAME && pair.unit == unit::SAME;
    one_name && !other_job
        || one_text && pair.functions != functions::DIFFERENT
        || half_name && one_job && pair.text != text::DIFFERENT
        || half_name && one_number && !other_job
        || some_text
        || as_many
}

/// Whether two things do the same job, by functions, words or name.
fn same_job(pair: &Levels) -> bool {
    // 移动统战 beside 信息报送通 of one bureau: fields of work shared, while names and words go apart.
    let goes_apart = pair.name == name::DIFFERENT && pair.text == text::SOME;
    let by_functions = pair.functions == functions::SAME && pair.text != text::DIFFERENT
        || pair.functions == functions::MOST && pair.text != text::DIFFERENT && !goes_apart;
    let by_words = matches!(pair.text, text::SAME | text::CLOSE) && pair.functions != functions::DIFFERENT;
    let by_name = matches!(pair.name, name::EXACT | name::CLOSE | name::ADORNED)
        && pair.functions != functions::DIFFERENT
        && pair.text != text::DIFFERENT;
    by_functions || by_words || by_name
}

/// The relations between owners: only apps, whose job and audience are known.
fn between_owners(features: &Features<'_>, pair: &Levels, a: AssetIx, b: AssetIx) -> Option<Relation> {
    let (left, right) = (features.meaning(a), features.meaning(b));
    if left.kind != Kind::App
        || !matches!(pair.functions, functions::SAME | functions::MOST | functions::PART)
        || pair.audience != audience::SAME
    {
        return None;
    }
    // The taxonomy is coarse (a sports ground and a fitness map): one shared function needs words or a name
    // that agree as well.
    let by_words = matches!(pair.text, text::SAME | text::CLOSE)
        || matches!(pair.name, name::EXACT | name::CLOSE | name::ADORNED | name::PART);
    let by_functions = features.shared_tasks(left.functions, right.functions) >= 2;
    if !by_functions && (!by_words || pair.text == text::DIFFERENT) {
        return None;
    }
    if pair.region == region::SAME
        && matches!(pair.unit, unit::DIFFERENT | unit::OFFICE)
        && pair.functions != functions::PART
    {
        return Some(Relation::CrossUnit);
    }
    let is_above = left.level.depth().zip(right.level.depth()).is_some_and(|(a, b)| a != b);
    (pair.region == region::WITHIN && is_above).then_some(Relation::CoveredAbove)
}

/// Weight of the job alone, for links between owners.
fn job_weight(pair: &Levels, parameters: &Parameters) -> f64 {
    let parts = COMPARATORS.iter().zip(&parameters.weights).zip(pair.in_order());
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
