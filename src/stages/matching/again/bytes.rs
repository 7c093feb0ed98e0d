//! What is remembered of a run, as bytes for the next one.
//!
//! For: keeping it between runs. Not for: where it is kept. Invariants: `Memory::open(m.seal(key), key)` is `m`; bytes that
//! were sealed with another key, altered or cut short give nothing, and reading never panics.

use super::{Memory, Outcome};
use crate::model::Relation;

/// The form of what is written, in the key of all of it.
const FORM: &str = "zhijian pairs 1";
/// Bytes of a digest of an item or of a parameter set.
const DIGEST: usize = 16;

impl Memory {
    /// The bytes. `key` names everything that a comparison depends on besides the items and the parameter set: the program
    /// and its tables.
    pub fn seal(&self, key: &str) -> Vec<u8> {
        let mut items: Vec<(u32, &[u8; DIGEST])> =
            self.items.iter().map(|(digest, n)| (*n, digest)).collect();
        items.sort_unstable();
        let mut related: Vec<(&(u32, u32), &Outcome)> = self.related.iter().collect();
        related.sort_unstable_by_key(|(pair, _)| **pair);
        let mut out = self.parameters.to_vec();
        let counts = [items.len(), self.compared.len(), related.len()];
        for count in counts {
            out.extend((count as u64).to_le_bytes());
        }
        for (_, digest) in items {
            out.extend(digest);
        }
        let pair = |out: &mut Vec<u8>, (a, b): (u32, u32)| {
            out.extend(a.to_le_bytes());
            out.extend(b.to_le_bytes());
        };
        for &compared in &self.compared {
            pair(&mut out, compared);
        }
        for (&of, outcome) in related {
            pair(&mut out, of);
            let relation = Relation::ALL.iter().position(|relation| *relation == outcome.relation);
            out.push(relation.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX));
            out.push(u8::from(outcome.binds) | u8::from(outcome.open) << 1);
            out.extend(outcome.weight.to_le_bytes());
        }
        out.extend(mark(key, &out));
        out
    }

    /// What was sealed with this key; nothing if these are other bytes.
    pub fn open(bytes: &[u8], key: &str) -> Option<Memory> {
        let (body, found) = bytes.split_last_chunk::<{ blake3::OUT_LEN }>()?;
        if mark(key, body) != *found {
            return None;
        }
        let mut rest = body;
        let mut memory = Memory { parameters: take(&mut rest)?, ..Memory::default() };
        let counts = [take(&mut rest)?, take(&mut rest)?, take(&mut rest)?].map(u64::from_le_bytes);
        for number in 0..u32::try_from(counts[0]).ok()? {
            memory.items.insert(take(&mut rest)?, number);
        }
        for _ in 0..counts[1] {
            memory.compared.push(pair(&mut rest)?);
        }
        for _ in 0..counts[2] {
            let of = pair(&mut rest)?;
            let [relation, flags] = take(&mut rest)?;
            let outcome = Outcome {
                relation: *Relation::ALL.get(usize::from(relation))?,
                weight: f64::from_le_bytes(take(&mut rest)?),
                binds: flags & 1 > 0,
                open: flags & 2 > 0,
            };
            memory.related.insert(of, outcome);
        }
        rest.is_empty().then_some(memory)
    }
}

/// Stands for the bytes and the key.
fn mark(key: &str, body: &[u8]) -> [u8; blake3::OUT_LEN] {
    let mut hasher = blake3::Hasher::new_derive_key(FORM);
    hasher.update(&(key.len() as u64).to_le_bytes()).update(key.as_bytes()).update(body);
    *hasher.finalize().as_bytes()
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*first)
}

fn pair(rest: &mut &[u8]) -> Option<(u32, u32)> {
    Some((u32::from_le_bytes(take(rest)?), u32::from_le_bytes(take(rest)?)))
}
