//! zhijian (指尖): audits what a place has built for people's fingertips.
//!
//! Files become rows, rows become assets, assets become pairs and clusters, assets and clusters become
//! findings, all of them become a plan, everything together is one immutable scan; reports are views of
//! a scan. `ARCHITECTURE.md` is the map of the modules and of what each may use.
//!
//! ```
//! use jiff::civil::date;
//! use zhijian::knowledge::{messages::{Catalogue, Lang}, policy::Policy};
//! use zhijian::model::LocalWords;
//! use zhijian::scan::{Knowledge, Request, audit, document};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("accounts.csv");
//! std::fs::write(&path, "名称,平台,主办单位\n甲市教育,微信公众号,甲市教育局\n甲市招考,微信公众号,甲市教育局\n")?;
//!
//! let knowledge = Knowledge::load(None, &LocalWords::default())?;
//! let scan = audit(&Request {
//!     paths: &[path],
//!     knowledge: &knowledge,
//!     policy: &Policy::default(),
//!     as_of: date(2026, 11, 22),
//!     roster: None,
//!     decisions: &[],
//!     reference: None,
//!     beside: &[],
//!     evidence: None,
//!     kept: None,
//!     with_sm3: true,
//!     progress: &|_file, _rows| {},
//! })?;
//! let document = document::build(&scan, &knowledge, Catalogue::of(Lang::En));
//! assert_eq!(document.pairs[0].relation, "same-platform");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod changes;
pub mod cli;
pub mod collect;
pub mod evidence;
pub mod history;
pub mod knowledge;
pub mod model;
pub mod scan;
pub mod screen;
pub mod stages;
pub mod views;
