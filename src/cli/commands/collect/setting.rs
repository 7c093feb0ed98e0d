//! The policy's part in collecting, as the collector wants it.

use crate::cli::error::CliError;
use crate::collect::adapter::{Adapter, shipped};
use crate::collect::plan::{Enabled, Switches};
use crate::collect::safety::HostPort;
use crate::knowledge::policy::Policy;

/// The adapters shipped and those of the policy; one of the user's own takes the place of one with its id.
pub(super) fn adapters(policy: &Policy) -> Result<Vec<Adapter>, CliError> {
    let mut all = shipped().to_vec();
    for path in &policy.collect.adapters {
        let text =
            std::fs::read_to_string(path).map_err(|source| CliError::Read { path: path.clone(), source })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let own =
            Adapter::parse(text).map_err(|fault| CliError::Adapter { path: path.clone(), fault: fault.0 })?;
        match all.iter_mut().find(|held| held.id == own.id) {
            Some(held) => *held = own,
            None => all.insert(0, own),
        }
    }
    Ok(all)
}

/// Which sources are on and wanted.
pub(super) fn switches(
    policy: &Policy,
    adapters: &[Adapter],
    only: &[String],
    internal: &[HostPort],
) -> Result<Switches, CliError> {
    let named = policy.collect.sources.iter().map(|on| &on.source).chain(only);
    if let Some(unknown) = named.into_iter().find(|name| !adapters.iter().any(|adapter| adapter.id == **name))
    {
        let known = adapters.iter().map(|adapter| adapter.id.clone()).collect();
        return Err(CliError::NoSource { name: unknown.clone(), known });
    }
    let enabled = policy.collect.sources.iter().map(|on| Enabled {
        source: on.source.clone(),
        host: plain(&on.host),
        by: on.by.clone(),
        decided: on.decided.clone(),
    });
    Ok(Switches { enabled: enabled.collect(), internal: internal.to_vec(), only: only.to_vec() })
}

/// A host as addresses have it: names in other letters in their plain form.
fn plain(host: &str) -> String {
    let (start, name) = match host.strip_prefix("*.") {
        Some(ending) => ("*.", ending),
        None => ("", host),
    };
    url::Host::parse(name).map_or_else(|_| host.to_owned(), |name| format!("{start}{name}"))
}
