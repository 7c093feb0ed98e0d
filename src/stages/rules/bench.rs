//! Builds the asset table of an example: what reading and normalising would have made of it.

use super::meta::Example;
use crate::knowledge::clause::ClauseBook;
use crate::model::{
    AssetIx, AssetTable, ColumnMap, Exactness, Field, FieldType, FileId, MappedBy, Meaning, Pair, PlatformId,
    Records, RowRef, RuleSettings, Sheet, SheetId, StatedTotal, Unit, UnitId, Value,
};

/// The table of an example. Ids are `a0`, `a1` …, in the order of the rows.
pub(super) fn table(example: &Example) -> AssetTable {
    let mut table = AssetTable {
        units: vec![Unit::default()],
        function_sets: vec![Vec::new()],
        region_candidates: vec![Vec::new()],
        ..AssetTable::default()
    };
    table.records.sheets.push(sheet(example));
    for (index, row) in example.rows.iter().enumerate() {
        let at = RowRef { sheet: SheetId(0), row: index as u32 + 2 };
        table.records.push(at);
        for &(field, text) in row.cells {
            let value = value(&mut table.records, field, text);
            table.records.set(field, value, None);
        }
        let known = table.units.iter().position(|u| u.canonical == row.unit);
        let unit = known.unwrap_or_else(|| {
            table.units.push(Unit { canonical: row.unit.to_owned(), level: row.level, ..Unit::default() });
            table.units.len() - 1
        });
        table.meaning.push(Meaning {
            kind: row.kind,
            listed_as: row.listed_as,
            level: row.level,
            audience: row.audience,
            status: row.status,
            platform: PlatformId(row.platform),
            unit: UnitId(unit as u32),
            ..Meaning::default()
        });
        table.ids.push(format!("a{index}"));
    }
    table
}

/// The settings of an example over those given: its profiles, then what it sets.
pub(super) fn settings(example: &Example, base: &RuleSettings, clauses: &ClauseBook) -> RuleSettings {
    let mut settings = base.clone();
    for name in example.profiles {
        clauses.profile(name).expect("a profile shipped").apply(&mut settings);
    }
    for &(key, value) in example.set {
        let number = || value.parse().expect("a number");
        match key {
            "legacy_filing_deadline" => settings.legacy_filing_deadline = value.parse().ok(),
            "low_use_share" => settings.low_use_share = value.parse().ok(),
            "low_followers" => settings.low_followers = Some(number()),
            "group_idle_days" => settings.group_idle_days = value.parse().ok(),
            "groups_per_person" => settings.groups_per_person = Some(number()),
            _ => panic!("no setting {key}"),
        }
    }
    settings
}

/// The pairs of an example.
pub(super) fn pairs(example: &Example) -> Vec<Pair> {
    let pair = |&(left, right, relation)| Pair {
        prior: 0.0,
        binds: false,
        left: AssetIx(left),
        right: AssetIx(right),
        relation,
        weight: 4.0,
        probability: 0.94,
        evidence: Vec::new(),
    };
    example.pairs.iter().map(pair).collect()
}

fn sheet(example: &Example) -> Sheet {
    let filled = example.rows.iter().flat_map(|row| row.cells.iter().map(|&(field, _)| field));
    let mut fields: Vec<Field> = filled.chain(example.columns.iter().copied()).collect();
    fields.sort_unstable();
    fields.dedup();
    let column = |(index, field): (usize, Field)| ColumnMap {
        field: Some(field),
        confidence: 1.0,
        by: MappedBy::Exact,
        ..ColumnMap::unknown(index as u32 + 1, field.as_str())
    };
    let total = |&(label, stated, actual): &(&str, u64, u64)| StatedTotal {
        row: 99,
        column: 2,
        label: label.to_owned(),
        stated,
        actual,
        exact: true,
    };
    Sheet {
        header_row: Some(1),
        columns: fields.into_iter().enumerate().map(column).collect(),
        totals: example.totals.iter().map(total).collect(),
        ..Sheet::new(FileId(0), "")
    }
}

fn value(records: &mut Records, field: Field, text: &str) -> Value {
    let sym = records.pool.intern(text);
    match field.field_type() {
        FieldType::Text | FieldType::Id => Value::Text(sym),
        FieldType::List => Value::List(sym),
        FieldType::Date => {
            text.parse().map_or(Value::Invalid(sym), |date| Value::Date { date, inferred: false })
        }
        FieldType::Count => {
            text.parse().ok().and_then(|n| Value::count(n, Exactness::Exact)).unwrap_or(Value::Invalid(sym))
        }
        FieldType::Flag => match text {
            "是" => Value::Flag(true),
            "否" => Value::Flag(false),
            _ => Value::Invalid(sym),
        },
    }
}
