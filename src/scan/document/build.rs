//! A scan in its stored form: ids for indices, sentences for messages, masked text for raw text.

use super::{
    Action, Answer, Asked, Asset, Clause, Clue, ClueItem, Cluster, Column, Components, Coverage, CoveredItem,
    Deadline, Evidence, Expected, FieldValue, Figure, Finding, FindingEvidence, Input, NotRun, Objective,
    Owner, Pair, Parameters, Place, Plan, ProfileUsed, Proposed, Recurrence, Reference, Rejected, Remark,
    RowAccount, Rulings, ScanDocument, Sheet, Source, ZeroReport, page,
};
use crate::knowledge::messages::{Catalogue, Lang};
use crate::knowledge::text::mask;
use crate::model::{
    self, ActionKind, AssetIx, AssetRef, AssetTable, DeadlineFrom, Diagnostic, Exactness, Field, InputFile,
    Kind, Layout, Location, MappedBy, PlatformId, RejectedRow, Reporting, RosterEntry, RowRef, Scan, Target,
    Value,
};
use crate::scan::{Knowledge, figures};
use serde_json::json;
use std::collections::BTreeMap;

/// Fields that have a place of their own in an asset.
const OWN_PLACE: [Field; 8] = [
    Field::Name,
    Field::AppName,
    Field::AccountName,
    Field::GroupName,
    Field::OwnerUnit,
    Field::Platform,
    Field::Level,
    Field::Status,
];

/// The stored form of a scan, with its sentences in the catalogue's language.
pub fn build(scan: &Scan, knowledge: &Knowledge, catalogue: &Catalogue) -> ScanDocument {
    let mut document = draft(scan, knowledge, catalogue);
    sum_up(&mut document, knowledge);
    document
}

/// The stored form of a scan as far as comparing looks at it: without figures and without why an item stays, which
/// [`sum_up`] works out once nothing in it changes any more.
pub fn draft(scan: &Scan, knowledge: &Knowledge, catalogue: &Catalogue) -> ScanDocument {
    let writer = Writer { scan, knowledge, catalogue };
    let mut document = ScanDocument {
        schema_version: 1,
        tool: scan.provenance.tool.clone(),
        as_of: scan.provenance.as_of.to_string(),
        lang: catalogue.lang().to_string(),
        parameters: Parameters {
            rule_set: scan.provenance.rule_set.clone(),
            policy: scan.provenance.policy.clone(),
            evidence: Some(scan.provenance.evidence.clone()).filter(|digest| !digest.is_empty()),
            matching: scan.provenance.parameters.clone(),
            profiles: profiles(scan, knowledge, catalogue.lang()),
            enforce_caps: scan.provenance.enforce_caps,
            objective: Vec::new(),
            burden: BTreeMap::new(),
            deadline: None,
            filing_deadline: None,
            wishes: Vec::new(),
            letter: (&scan.provenance.letter).into(),
            earlier: None,
        },
        inputs: inputs(&scan.inputs, &scan.assets),
        assets: scan
            .assets
            .iter()
            .filter(|a| a.meaning().kind != Kind::Clue)
            .map(|a| writer.asset(a))
            .collect(),
        pairs: scan.pairs.iter().map(|p| pair(&scan.assets, catalogue, p)).collect(),
        clusters: scan.clusters.iter().map(|c| writer.cluster(c)).collect(),
        asked: scan.asked.iter().map(|asked| writer.asked(asked)).collect(),
        clues: scan.clues.iter().map(|c| writer.clue(c)).collect(),
        pages: scan.pages.iter().map(|p| page::stored(p, scan.assets.get(p.asset).id(), catalogue)).collect(),
        decisions: super::decision::decisions(&scan.decisions),
        rulings: Rulings::of(&scan.provenance.rulings),
        reference: writer.reference(),
        findings: scan.findings.iter().map(|f| writer.finding(f)).collect(),
        plan: writer.plan(),
        figures: Vec::new(),
        parts: Vec::new(),
        loads: Vec::new(),
        coverage: writer.coverage(),
        rejected: rejected(&scan.rejected, &scan.inputs, &scan.assets, catalogue),
        diagnostics: remarks(&scan.diagnostics, catalogue),
    };
    document.parameters.set_aims(&scan.provenance.aims);
    document.parameters.set_deadlines(&scan.provenance.deadlines);
    document
}

/// Brings a draft up to its scan after it was judged again: findings, plan, what was not checked, remarks. Nothing else
/// of a scan depends on what came back.
pub fn redraft(document: &mut ScanDocument, scan: &Scan, knowledge: &Knowledge, catalogue: &Catalogue) {
    let writer = Writer { scan, knowledge, catalogue };
    document.findings = scan.findings.iter().map(|f| writer.finding(f)).collect();
    document.plan = writer.plan();
    document.coverage = writer.coverage();
    document.diagnostics = remarks(&scan.diagnostics, catalogue);
}

/// Works out all figures of a document from what stands in it.
pub fn sum_up(document: &mut ScanDocument, knowledge: &Knowledge) {
    let functions = &knowledge.lexicon.functions;
    let domains: BTreeMap<&str, &str> =
        functions.iter().map(|(_, function)| (function.id.as_str(), function.domain.as_str())).collect();
    let domain = |function: &str| domains.get(function).map(|domain| (*domain).to_owned());
    figures::explain_what_stays(document);
    document.figures = figures::figures(document).iter().map(figure).collect();
    document.parts = figures::parts(document, &domain);
    document.loads = figures::loads(document);
}

/// Files, sheets, columns and row accounts.
pub fn inputs(files: &[InputFile], assets: &AssetTable) -> Vec<Input> {
    let sheets = &assets.records.sheets;
    let of = |index: usize| sheets.iter().filter(move |s| s.file.0 as usize == index).map(sheet).collect();
    let input = |(index, file): (usize, &InputFile)| Input {
        path: file.path.clone(),
        bytes: file.bytes,
        blake3: file.blake3.clone(),
        sm3: file.sm3.clone(),
        format: file.format.to_owned(),
        encoding: file.encoding.map(str::to_owned),
        sheets: of(index),
    };
    files.iter().enumerate().map(input).collect()
}

/// Rejected rows with their reasons.
pub fn rejected(
    rows: &[RejectedRow],
    files: &[InputFile],
    assets: &AssetTable,
    catalogue: &Catalogue,
) -> Vec<Rejected> {
    let row = |row: &RejectedRow| {
        let text = row.text.clone();
        let diagnostic =
            Diagnostic::new(row.code, Location::default()).with("found", &text).with("reason", &text);
        Rejected {
            source: source(row.at, files, assets),
            code: row.code.to_string(),
            reason: catalogue.diagnostic(&diagnostic),
            text,
        }
    };
    rows.iter().map(row).collect()
}

/// Remarks as sentences.
pub fn remarks(diagnostics: &[Diagnostic], catalogue: &Catalogue) -> Vec<Remark> {
    let remark = |d: &Diagnostic| Remark {
        code: d.code.to_string(),
        alert: d.code.alert().as_str().to_owned(),
        at: d.at.to_string(),
        text: catalogue.diagnostic(d),
        help: catalogue.diagnostic_help(d),
    };
    diagnostics.iter().map(remark).collect()
}

fn source(at: RowRef, files: &[InputFile], assets: &AssetTable) -> Source {
    let sheet = assets.records.sheet_of(at.sheet);
    Source {
        file: files[sheet.file.0 as usize].path.clone(),
        sheet: sheet.name.clone(),
        row: at.row,
        column: None,
        header: None,
    }
}

fn sheet(sheet: &model::Sheet) -> Sheet {
    let account = sheet.account;
    Sheet {
        name: sheet.name.clone(),
        header_row: sheet.header_row,
        title: sheet.title.clone(),
        kind: sheet.kind.map(|k| k.to_string()),
        layout: match sheet.layout {
            Layout::Table => None,
            Layout::Form => Some("form".to_owned()),
            Layout::Turned => Some("turned".to_owned()),
        },
        range: sheet.window.map(|(first, last)| {
            let last = last.map(Location::column_letters).unwrap_or_default();
            format!("{}–{last}", Location::column_letters(first))
        }),
        stated: sheet
            .defaults
            .iter()
            .map(|(field, text)| (field.to_string(), mask::field(*field, text).into_owned()))
            .collect(),
        zero_reports: sheet
            .zero_reports
            .iter()
            .map(|(row, unit)| ZeroReport { row: *row, unit: masked(unit) })
            .collect(),
        row_account: RowAccount {
            rows_read: account.rows_read,
            records: account.records,
            headings: account.headings,
            blank: account.blank,
            notes: account.notes,
            rejected: account.rejected,
        },
        columns: sheet.columns.iter().map(column).collect(),
    }
}

fn column(map: &model::ColumnMap) -> Column {
    let by = match map.by {
        MappedBy::Policy => "policy",
        MappedBy::Exact => "exact",
        MappedBy::Folded => "folded",
        MappedBy::Fuzzy => "fuzzy",
        MappedBy::Shared => "shared",
        MappedBy::TableKind => "table-kind",
        MappedBy::Nothing => "nothing",
    };
    Column {
        column: map.column,
        header: map.header.clone(),
        field: map.field.map(|f| f.to_string()),
        confidence: (map.confidence * 100.0).round() / 100.0,
        by: by.to_owned(),
        second: map.is_second,
        cell: map.cell.map(|(row, column)| format!("{}{row}", Location::column_letters(column))),
    }
}

fn figure(figure: &model::Figure) -> Figure {
    Figure {
        id: figure.id.clone(),
        value: figure.value,
        numerator: figure.numerator,
        denominator: figure.denominator,
        formula: figure.formula.clone(),
    }
}

/// Free text as it may be shown.
fn masked(text: &str) -> String {
    mask::free(text).into_owned()
}

/// A pair in the form that is stored, its values masked and its sentences in the catalogue's language.
pub fn pair(assets: &AssetTable, catalogue: &Catalogue, pair: &model::Pair) -> Pair {
    let texts: Vec<[String; 3]> = pair
        .evidence
        .iter()
        .map(|e| {
            let (left, right) = (catalogue.word(&e.left), catalogue.word(&e.right));
            [masked(&left), masked(&right), masked(&catalogue.render(&e.sentence))]
        })
        .collect();
    let evidence = pair.evidence.iter().zip(&texts).map(|(e, [left, right, sentence])| Evidence {
        field: e.field,
        level: e.level,
        weight: round(e.weight),
        left,
        right,
        sentence,
    });
    Pair {
        left: assets.get(pair.left).id().to_owned(),
        right: assets.get(pair.right).id().to_owned(),
        relation: pair.relation.to_string(),
        probability: (pair.probability * 10000.0).round() / 10000.0,
        weight: round(pair.weight),
        prior: round(pair.prior),
        evidence: evidence.collect(),
    }
}

/// Rounds to a thousandth of a bit: what people read, and the same on every machine.
fn round(bits: f64) -> f64 {
    (bits * 1000.0).round() / 1000.0
}

struct Writer<'a> {
    scan: &'a Scan,
    knowledge: &'a Knowledge,
    catalogue: &'a Catalogue,
}

impl Writer<'_> {
    fn id(&self, asset: AssetIx) -> String {
        self.scan.assets.get(asset).id().to_owned()
    }

    fn asset(&self, asset: AssetRef<'_>) -> Asset {
        let meaning = asset.meaning();
        let functions = asset.functions().iter();
        Asset {
            id: asset.id().to_owned(),
            kind: meaning.kind.to_string(),
            listed_as: (meaning.listed_as != meaning.kind).then(|| meaning.listed_as.to_string()),
            name: asset.name().to_owned(),
            stem: self.scan.assets.records.pool.get(meaning.stem).to_owned(),
            owner_unit: Owner {
                text: asset.text(Field::OwnerUnit).to_owned(),
                canonical: asset.unit().canonical.clone(),
            },
            level: meaning.level.to_string(),
            region: self.place(asset),
            platform: if meaning.platform == PlatformId::default() {
                asset.text(Field::Platform).to_owned()
            } else {
                self.knowledge.lexicon.platforms.get(meaning.platform).id.clone()
            },
            audience: meaning.audience.to_string(),
            functions: functions.map(|&f| self.knowledge.lexicon.functions.get(f).id.clone()).collect(),
            status: meaning.status.to_string(),
            fields: self.fields(asset),
            source: source(
                asset.record().records.place(asset.ix.index()),
                &self.scan.inputs,
                &self.scan.assets,
            ),
        }
    }

    /// The fields, those marked that a page filled.
    fn fields(&self, asset: AssetRef<'_>) -> BTreeMap<String, FieldValue> {
        let mut fields = fields(asset);
        for page in self.scan.pages.iter().filter(|page| page.asset == asset.ix) {
            for field in &page.filled {
                if let Some(value) = fields.get_mut(field.as_str()) {
                    value.page = Some(page.blake3.clone());
                }
            }
        }
        fields
    }

    /// The page that filled a cell which a finding rests on.
    fn page_of(&self, finding: &model::Finding) -> Option<&model::Page> {
        let rests = |page: &&model::Page| {
            finding.at.iter().filter_map(|at| at.field).any(|field| page.filled.contains(&field))
        };
        self.scan.pages.iter().filter(|page| finding.asset == Some(page.asset)).find(rests)
    }

    fn asked(&self, asked: &model::Asked) -> Asked {
        let path = self.scan.assets.regions.path(asked.place);
        Asked {
            by: asked.by.to_string(),
            what: masked(&asked.what),
            place: path.into_iter().map(str::to_owned).collect(),
            assets: asked.assets.iter().map(|&ix| self.id(ix)).collect(),
        }
    }

    fn clue(&self, clue: &model::Clue) -> Clue {
        let record = self.scan.assets.get(clue.record);
        let ids = |list: &[&str]| list.iter().map(|&id| id.to_owned()).collect();
        let item = |&(asset, confidence): &(AssetIx, model::Confidence)| ClueItem {
            asset: self.id(asset),
            confidence: confidence.to_string(),
        };
        Clue {
            text: mask::free(record.text(Field::ClueText)).into_owned(),
            subject: mask::free(record.text(Field::ClueSubject)).into_owned(),
            date: match record.value(Field::ClueDate) {
                Value::Date { date, .. } => date.to_string(),
                _ => String::new(),
            },
            practices: ids(&clue.practices),
            denied: ids(&clue.denied),
            items: clue.items.iter().map(item).collect(),
            source: source(
                record.record().records.place(record.ix.index()),
                &self.scan.inputs,
                &self.scan.assets,
            ),
        }
    }

    fn place(&self, asset: AssetRef<'_>) -> Place {
        let table = &self.scan.assets;
        let place = asset.meaning().place;
        let region = table.regions.get(place.region);
        let candidates = &table.region_candidates[place.candidates as usize];
        Place {
            code: region.code.clone(),
            name: region.name.clone(),
            path: table.regions.path(place.region).into_iter().map(str::to_owned).collect(),
            candidates: candidates.iter().map(|&r| table.regions.get(r).code.clone()).collect(),
        }
    }

    fn cluster(&self, cluster: &model::Cluster) -> Cluster {
        let weakest = &self.scan.pairs[cluster.weakest];
        Cluster {
            id: cluster.id.clone(),
            relations: cluster.relations.iter().map(ToString::to_string).collect(),
            members: cluster.members.iter().map(|&m| self.id(m)).collect(),
            survivor: self.id(cluster.survivor),
            weakest: [self.id(weakest.left), self.id(weakest.right)],
        }
    }

    fn clauses(&self, ids: &[&'static str]) -> Vec<Clause> {
        clauses(ids, self.knowledge, self.catalogue.lang())
    }

    fn finding(&self, finding: &model::Finding) -> Finding {
        let at = |place: &model::Where| {
            let sheet = self.scan.assets.records.sheet_of(place.row.sheet);
            let mut columns = sheet.columns.iter();
            let column = place.field.and_then(|f| columns.find(|c| c.field == Some(f) && !c.is_second));
            let records = &self.scan.assets.records;
            let asset = finding.asset.map(AssetIx::index).filter(|&a| records.place(a) == place.row);
            // A value of a form, or of a second column, stands elsewhere.
            let elsewhere = asset.zip(place.field).and_then(|(a, field)| records.elsewhere(a, field));
            let letters = elsewhere.map(|cell| cell.column).or(column.map(|c| c.column));
            let row = elsewhere.map_or(place.row.row, |cell| cell.row);
            Source {
                column: letters.map(Location::column_letters),
                header: column.map(|c| c.header.clone()),
                row,
                ..source(place.row, &self.scan.inputs, &self.scan.assets)
            }
        };
        let page = self.page_of(finding);
        let mut reason = masked(&self.catalogue.render(&finding.reason));
        if let Some(page) = page {
            let args = [("url", &page.url), ("taken", &page.taken), ("blake3", &page.blake3)];
            reason.push_str(&self.catalogue.fill("collect.cited", &args));
        }
        Finding {
            rule: finding.rule.to_owned(),
            asset: finding.asset.map(|a| self.id(a)),
            severity: finding.severity.to_string(),
            confidence: finding.confidence.to_string(),
            clause: self.clauses(&finding.clauses),
            basis: finding.basis.to_string(),
            at: finding.at.iter().map(at).collect(),
            evidence: FindingEvidence {
                words: masked(&finding.words),
                reason,
                exemption: finding.exemption.to_string(),
                review: (finding.review != model::Review::None).then(|| finding.review.to_string()),
                page: page.map(page::cited),
                remedy: self.catalogue.text(&format!("rule.{}.remedy", finding.rule)).into_owned(),
            },
            recurrence: finding.recurrence.as_ref().map(|r| Recurrence {
                class: r.class.to_string(),
                was: r.was.clone(),
                name: r.name.clone(),
                closed: r.closed.clone(),
                scan: r.scan.clone(),
                by: r.by.clone(),
                rule: r.rule.clone(),
            }),
            related: finding.related.iter().map(|&a| self.id(a)).collect(),
            fingerprint: finding.fingerprint.clone(),
            status: finding.status.to_string(),
            waiver: finding.waiver.clone(),
        }
    }

    fn plan(&self) -> Plan {
        let plan = &self.scan.plan;
        let in_scope = |a: &&model::Action| self.scan.assets.get(a.asset).meaning().kind != Kind::Clue;
        Plan {
            actions: plan.actions.iter().filter(in_scope).map(|a| self.action(a)).collect(),
            objective: objective(plan.objective),
            bound: plan.bound.map(objective),
            proven: plan.proven,
            components: components(&plan.components),
        }
    }

    fn action(&self, action: &model::Action) -> Action {
        self::action(action, &self.scan.assets, self.knowledge, self.catalogue)
    }

    fn reference(&self) -> Option<Reference> {
        let functions = &self.knowledge.lexicon.functions;
        let covered = |covered: &model::Covered| CoveredItem {
            asset: self.id(covered.asset),
            platform: covered.platform.clone(),
            functions: covered.functions.iter().map(|&f| functions.get(f).id.clone()).collect(),
            audience: covered.audience.to_string(),
        };
        let file = super::decision::file(self.scan.reference.as_ref()?);
        Some(Reference { file, covered: self.scan.covered.iter().map(covered).collect() })
    }

    fn not_reported(&self) -> Vec<String> {
        let missing = self.scan.coverage.roster.iter().filter(|e| e.reporting == Reporting::NotReported);
        missing.map(|entry| entry.unit.clone()).collect()
    }

    fn coverage(&self) -> Coverage {
        let not_run = |(rule, reason): &(String, &'static str)| {
            // Some matters have a reason of their own why a person must see to them.
            let own = format!("rule.{rule}.manual");
            let key = if self.catalogue.has(&own) { &own } else { *reason };
            NotRun { rule: rule.clone(), reason: self.catalogue.text(key).into_owned() }
        };
        Coverage {
            rules_not_run: self.scan.coverage.rules_not_run.iter().map(not_run).collect(),
            unread: self.scan.coverage.unread.clone(),
            not_reported: self.not_reported(),
            roster: roster(&self.scan.coverage.roster),
        }
    }
}

/// Aims in their stored form.
pub(in super::super) fn objective(o: model::Objective) -> Objective {
    Objective { staff_burden: o.staff_burden, items: o.items, users_moved: o.users_moved, repairs: o.repairs }
}

/// How a plan was solved, in its stored form.
pub(in super::super) fn components(components: &model::Components) -> Components {
    Components {
        count: components.count as u64,
        proven: components.proven as u64,
        largest: components.largest as u64,
    }
}

/// Clauses as they are cited.
fn clauses(ids: &[&'static str], knowledge: &Knowledge, lang: Lang) -> Vec<Clause> {
    let clause = |id: &&str| {
        let clause = knowledge.clauses.get(id)?;
        Some(Clause {
            id: (*id).to_owned(),
            citation: clause.citation(lang),
            paraphrase: clause.paraphrase.of(lang).to_owned(),
            sourced: clause.sourced.as_str().to_owned(),
        })
    };
    ids.iter().filter_map(clause).collect()
}

/// An action in its stored form.
pub(in super::super) fn action(
    action: &model::Action,
    assets: &AssetTable,
    knowledge: &Knowledge,
    catalogue: &Catalogue,
) -> Action {
    let id = |asset: AssetIx| assets.get(asset).id().to_owned();
    let target = |target: &Target| match target {
        Target::Asset(asset) => id(*asset),
        Target::Platform(name) => name.clone(),
    };
    Action {
        asset: id(action.asset),
        action: action.kind.to_string(),
        target: action.target.as_ref().map(target),
        also: action.also.iter().map(target).collect(),
        reason: catalogue.render(&action.reason),
        proposed: action
            .proposal
            .map(|(kind, target)| Proposed { action: kind.to_string(), target: target.map(id) }),
        question: action.question.as_ref().map(|q| catalogue.render(q)),
        clause: clauses(&action.clauses, knowledge, catalogue.lang()),
        steps: action.steps.iter().map(|s| s.as_str().to_owned()).collect(),
        responsible: responsible(action, assets),
        deadline: action.deadline.map(|deadline| Deadline {
            day: deadline.day.to_string(),
            from: match deadline.from {
                DeadlineFrom::Inventory => "inventory".to_owned(),
                DeadlineFrom::Policy => "policy".to_owned(),
                DeadlineFrom::Clause(id) => id.to_owned(),
            },
        }),
        stays: None,
        waits_for: action.waits_for.iter().map(|&before| id(before)).collect(),
        answers: action.answers.iter().map(|a| answer(a, a.target.map(id))).collect(),
        pinned: action.reason.key == "reason.pinned",
    }
}

/// The owner, who carries an action out; nothing where nothing is to be done.
fn responsible(action: &model::Action, assets: &AssetTable) -> Option<String> {
    if matches!(action.kind, ActionKind::Keep | ActionKind::None) {
        return None;
    }
    let asset = assets.get(action.asset);
    let texts =
        [asset.unit().canonical.as_str(), asset.text(Field::OwnerUnit), asset.text(Field::SupervisingUnit)];
    texts.into_iter().find(|text| !text.is_empty()).map(masked)
}

fn answer(answer: &model::Answer, target: Option<String>) -> Answer {
    let [staff_burden, items, users_moved, repairs] = answer.change;
    Answer {
        answer: if answer.is_yes { "yes" } else { "no" }.to_owned(),
        action: answer.kind.to_string(),
        target,
        staff_burden,
        items,
        users_moved,
        repairs,
    }
}

/// The local profiles in use, as reports name them.
fn profiles(scan: &Scan, knowledge: &Knowledge, lang: Lang) -> Vec<ProfileUsed> {
    let used = scan.provenance.profiles.iter().filter_map(|name| knowledge.clauses.profile(name));
    let used = used.map(|profile| ProfileUsed {
        name: profile.name.clone(),
        title: profile.title.of(lang).to_owned(),
        date: profile.date.of(lang).to_owned(),
        sourced: profile.sourced().to_string(),
        blake3: profile.digest.clone(),
    });
    used.collect()
}

/// Expected units with what they sent.
pub fn roster(entries: &[RosterEntry]) -> Vec<Expected> {
    let expected = |entry: &RosterEntry| Expected {
        unit: mask::free(&entry.unit).into_owned(),
        status: entry.reporting.as_str().to_owned(),
        files: entry.files.clone(),
        records: entry.records,
    };
    entries.iter().map(expected).collect()
}

/// Every field with something in it that has no place of its own; personal fields masked.
fn fields(asset: AssetRef<'_>) -> BTreeMap<String, FieldValue> {
    let all = Field::ALL.iter().filter(|f| !OWN_PLACE.contains(f));
    all.filter_map(|&f| Some((f.to_string(), field(asset, f)?))).collect()
}

fn field(asset: AssetRef<'_>, field: Field) -> Option<FieldValue> {
    let text = |t: &str| mask::field(field, t).into_owned();
    let record = asset.record();
    let (mut inferred, mut exact, mut invalid) = (None, None, None);
    let value = match asset.value(field) {
        Value::Missing => return None,
        Value::Text(_) => json!(text(asset.text(field))),
        Value::List(_) => json!(record.items(field).map(text).collect::<Vec<_>>()),
        Value::Date { date, inferred: guessed } => {
            inferred = guessed.then_some(true);
            json!(date.to_string())
        }
        Value::Count { count, exactness } => {
            exact = (exactness != Exactness::Exact).then_some(false);
            json!(count.get())
        }
        Value::Flag(flag) => json!(flag),
        Value::Invalid(_) => {
            invalid = Some(text(asset.text(field)));
            json!(null)
        }
    };
    let raw = record.records.raw(asset.ix.index(), field).map(text).or(invalid);
    Some(FieldValue { value, raw, inferred, exact, page: None })
}
