//! JSON files: an array of objects, or an object of such arrays.
//!
//! The first row of the table holds the keys. Empty cells are left out, as most programs do.

use super::table::{Cell, Table};
use serde_json::{Map, Value};
use std::error::Error;

/// `[{…}, …]`
pub(crate) fn array(table: &Table) -> Result<Vec<u8>, Box<dyn Error>> {
    let (keys, rows) = table.rows.split_first().ok_or("no keys")?;
    let objects = rows.iter().map(|row| object(keys, row)).collect();
    bytes(&Value::Array(objects))
}

/// `{"sheet": [{…}, …], …}`: the first column names the sheet; sheets keep the order of the table.
pub(crate) fn sheets(table: &Table) -> Result<Vec<u8>, Box<dyn Error>> {
    let (keys, rows) = table.rows.split_first().ok_or("no keys")?;
    let mut book = Map::new();
    for row in rows {
        let sheet = book.entry(row[0].plain()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(objects) = sheet {
            objects.push(object(&keys[1..], &row[1..]));
        }
    }
    bytes(&Value::Object(book))
}

fn object(keys: &[Cell], row: &[Cell]) -> Value {
    let pairs = keys.iter().zip(row).filter(|(_, cell)| **cell != Cell::Empty);
    Value::Object(pairs.map(|(key, cell)| (key.plain(), value(cell))).collect())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Number(number) => Value::from(*number),
        _ => Value::from(cell.plain()),
    }
}

fn bytes(value: &Value) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
