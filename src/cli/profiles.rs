//! Local profiles that the policy or the command line names: found, read, checked against the rules.

use super::error::CliError;
use crate::knowledge::clause::Profile;
use crate::knowledge::policy::ProfileRef;
use crate::scan::Knowledge;
use crate::stages::rules;
use std::path::Path;

/// Takes a profile into use.
///
/// # Errors
/// When there is none of that name, or the file cannot be read or is at fault.
pub(super) fn take(profile: &ProfileRef, knowledge: &mut Knowledge) -> Result<(), CliError> {
    let name = match profile {
        ProfileRef::Name(name) if knowledge.clauses.profile(name).is_some() => name.clone(),
        ProfileRef::Name(name) => {
            let known = knowledge.clauses.profiles().map(|p| p.name.clone()).collect();
            return Err(CliError::NoProfile { name: name.clone(), known });
        }
        ProfileRef::File(path) => {
            let read = read(path)?;
            let name = read.name.clone();
            knowledge.clauses.add(read);
            name
        }
    };
    if !knowledge.profiles.contains(&name) {
        knowledge.profiles.push(name);
    }
    Ok(())
}

fn read(path: &Path) -> Result<Profile, CliError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| CliError::Read { path: path.to_owned(), source })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let fault = |fault| CliError::ProfileFault { path: path.to_owned(), fault };
    let profile = Profile::parse(&name, text).map_err(fault)?;
    match rules::fault_of(&profile) {
        Some(found) => Err(fault(found)),
        None => Ok(profile),
    }
}
