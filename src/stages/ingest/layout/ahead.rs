//! Batches read ahead on other threads, their results taken in the order of the file.
//!
//! For: using every core on one large file. Not for: deciding anything: a batch is read under the tables
//! known when it came in, and whoever takes the result reads it again if another table began meanwhile.
//! Invariant: batches are taken in the order in which they were given.

use super::fragment::Fragment;
use super::read::read;
use super::table::Table;
use crate::model::Records;
use crate::stages::ingest::rows::Batch;
use crate::stages::ingest::values::Context;
use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many batches may wait per thread: enough that no thread is idle, few enough that memory is flat.
const WAITING: usize = 3;

/// A batch read under each of some tables.
pub(super) type Ready = Vec<(Arc<Table>, Fragment)>;

/// What a task sends back: its number, and its result or its panic.
type Sent = (u64, Result<Ready, Box<dyn Any + Send>>);

/// Emptied memory, to be filled again: asking the system for fresh memory for every batch takes longer than
/// filling it.
#[derive(Clone, Default)]
pub(super) struct Spare(Arc<Mutex<Vec<Records>>>);

impl Spare {
    /// Gives memory that is no longer needed.
    pub(super) fn give(&self, mut records: Records) {
        records.clear();
        self.lock().push(records);
    }

    /// Takes some, or fresh one.
    pub(super) fn take(&self) -> Records {
        self.lock().pop().unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Records>> {
        // Nothing in here can be left half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Threads to read on, or none.
pub(super) struct Ahead<'x, 'scope> {
    scope: Option<&'x rayon::Scope<'scope>>,
    context: &'scope Context<'scope>,
    /// Batches not yet taken, oldest first, each with the number of its task if it has one.
    queue: VecDeque<(Arc<Batch>, Option<u64>)>,
    tasks: u64,
    send: Sender<Sent>,
    receive: Receiver<Sent>,
    early: BTreeMap<u64, Ready>,
    spare: Spare,
}

impl<'x, 'scope> Ahead<'x, 'scope> {
    /// Without a scope everything is read by whoever takes it.
    pub(super) fn new(
        scope: Option<&'x rayon::Scope<'scope>>,
        context: &'scope Context<'scope>,
        spare: Spare,
    ) -> Self {
        let (send, receive) = channel();
        let (queue, early) = (VecDeque::new(), BTreeMap::new());
        Ahead { scope, context, queue, tasks: 0, send, receive, early, spare }
    }

    /// Gives a batch, to be read under the tables now known.
    pub(super) fn give(&mut self, batch: Batch, tables: Vec<Arc<Table>>) {
        let batch = Arc::new(batch);
        let scope = self.scope.filter(|_| !tables.is_empty());
        let task = scope.map(|scope| {
            let (number, context) = (self.tasks, self.context);
            let (batch, send, spare) = (Arc::clone(&batch), self.send.clone(), self.spare.clone());
            self.tasks += 1;
            scope.spawn(move |_| {
                let one = |table: Arc<Table>| {
                    let fragment = read(&table, context, &batch, 0, spare.take());
                    (table, fragment)
                };
                let outcome = catch_unwind(AssertUnwindSafe(|| tables.into_iter().map(one).collect()));
                // Whoever takes the result may then use the memory of the batch again.
                drop(batch);
                // Nobody waits when the other side is unwinding.
                let _ = send.send((number, outcome));
            });
            number
        });
        self.queue.push_back((batch, task));
    }

    /// Whether so many batches wait that one should be taken before another is given.
    pub(super) fn is_full(&self) -> bool {
        let most = if self.scope.is_some() { WAITING * rayon::current_num_threads() } else { 0 };
        self.queue.len() > most
    }

    /// The oldest batch with what was read of it, once that is there.
    pub(super) fn take(&mut self) -> Option<(Arc<Batch>, Ready)> {
        let (batch, task) = self.queue.pop_front()?;
        let Some(task) = task else { return Some((batch, Ready::new())) };
        loop {
            if let Some(ready) = self.early.remove(&task) {
                return Some((batch, ready));
            }
            let (number, outcome) = self.receive.recv().expect("a sender is held right here");
            self.early.insert(number, outcome.unwrap_or_else(|panic| resume_unwind(panic)));
        }
    }
}
