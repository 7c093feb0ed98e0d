//! A stored scan as far as comparing looks at it: items, problems, the plan, what was sent and read.
//!
//! For: comparing with an earlier scan without holding all of it. Not for: reports. Pairs, clusters and figures, which
//! are two thirds of the bytes, are passed over and stay empty.

use super::{
    Action, Asset, Components, Coverage, DocumentError, Finding, Input, Objective, Parameters, Plan,
    Rejected, ScanDocument,
};
use serde::Deserialize;

/// The parts that are read.
#[derive(Deserialize)]
struct Lean {
    schema_version: u64,
    tool: String,
    as_of: String,
    lang: String,
    parameters: Parameters,
    inputs: Vec<Input>,
    assets: Vec<Asset>,
    findings: Vec<Finding>,
    plan: Actions,
    coverage: Coverage,
    rejected: Vec<Rejected>,
}

/// Of the plan, what it asks for.
#[derive(Deserialize)]
struct Actions {
    actions: Vec<Action>,
}

impl ScanDocument {
    /// Reads of a stored scan what a comparison needs of the earlier side; the rest is empty.
    ///
    /// # Errors
    /// As [`ScanDocument::parse`].
    pub fn parse_to_compare(bytes: &[u8]) -> Result<ScanDocument, DocumentError> {
        // Scans of other versions may have other parts: their version has to be known first.
        if !bytes.starts_with(b"{\n \"schema_version\": 1,\n") {
            return ScanDocument::parse(bytes);
        }
        let lean: Lean = serde_json::from_slice(bytes)?;
        if lean.schema_version != 1 {
            return Err(DocumentError::Version(lean.schema_version));
        }
        let none = Objective { staff_burden: 0, items: 0, users_moved: 0, repairs: 0 };
        Ok(ScanDocument {
            schema_version: 1,
            tool: lean.tool,
            as_of: lean.as_of,
            lang: lean.lang,
            parameters: lean.parameters,
            inputs: lean.inputs,
            assets: lean.assets,
            pairs: Vec::new(),
            clusters: Vec::new(),
            asked: Vec::new(),
            clues: Vec::new(),
            pages: Vec::new(),
            decisions: None,
            rulings: super::Rulings::default(),
            reference: None,
            findings: lean.findings,
            plan: Plan {
                actions: lean.plan.actions,
                objective: none,
                bound: None,
                proven: false,
                components: Components::default(),
            },
            figures: Vec::new(),
            parts: Vec::new(),
            loads: Vec::new(),
            coverage: lean.coverage,
            rejected: lean.rejected,
            diagnostics: Vec::new(),
        })
    }
}
