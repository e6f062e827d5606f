//! Imports that are under way: how far they are, and whether somebody wants them stopped.

use crate::exchange::Stopped;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What a run is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The file is being read.
    Reading,
    /// Its rows are compared with what is there; counted in rows.
    Comparing,
    /// It is being written; counted in rows.
    Applying,
}

/// How far a run is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// How much is done: while a file is read bytes or rows of it, as its format allows, and rows else.
    pub done: u64,
    /// Of how much; 0 while that is not known.
    pub of: u64,
    /// How many rows were read.
    pub rows: u64,
}

impl Progress {
    /// Of a reader that has only begun.
    pub(super) const NOTHING: Self = Self {
        phase: Phase::Reading,
        done: 0,
        of: 0,
        rows: 0,
    };

    /// How much of the file is read, in per cent, if that is known.
    pub fn percent(&self) -> Option<u64> {
        let percent = self.done.saturating_mul(100).checked_div(self.of)?;
        Some(percent.min(100))
    }
}

/// Everything that is under way in this program.
#[derive(Default)]
pub(in crate::store) struct Running(Mutex<HashMap<i64, Arc<State>>>);

struct State {
    now: Mutex<Phase>,
    done: AtomicU64,
    of: AtomicU64,
    rows: AtomicU64,
    stop: AtomicBool,
}

/// One run under way; over when dropped.
pub(super) struct Under<'a> {
    running: &'a Running,
    run: i64,
    state: Arc<State>,
}

/// Where a run tells how far it is; may be sent to another thread.
#[derive(Clone)]
pub(super) struct Teller(Arc<State>);

impl Running {
    /// Begins. None if the run is under way already.
    pub(super) fn begin(&self, run: i64, phase: Phase) -> Option<Under<'_>> {
        let state = Arc::new(State {
            now: Mutex::new(phase),
            done: AtomicU64::new(0),
            of: AtomicU64::new(0),
            rows: AtomicU64::new(0),
            stop: AtomicBool::new(false),
        });
        let mut runs = self.0.lock().ok()?;
        if runs.contains_key(&run) {
            return None;
        }
        runs.insert(run, Arc::clone(&state));
        Some(Under {
            running: self,
            run,
            state,
        })
    }

    pub(super) fn progress(&self, run: i64) -> Option<Progress> {
        let runs = self.0.lock().ok()?;
        runs.get(&run)?.progress()
    }

    /// Asks a run to stop; whether it is under way.
    pub(super) fn stop(&self, run: i64) -> bool {
        let runs = self.0.lock();
        let state = runs.ok().and_then(|runs| runs.get(&run).cloned());
        if let Some(state) = &state {
            state.stop.store(true, Ordering::Relaxed);
        }
        state.is_some()
    }
}

impl State {
    fn progress(&self) -> Option<Progress> {
        Some(Progress {
            phase: *self.now.lock().ok()?,
            done: self.done.load(Ordering::Relaxed),
            of: self.of.load(Ordering::Relaxed),
            rows: self.rows.load(Ordering::Relaxed),
        })
    }
}

impl Under<'_> {
    pub(super) fn teller(&self) -> Teller {
        Teller(Arc::clone(&self.state))
    }
}

impl Teller {
    /// Goes on to another phase.
    pub(super) fn phase(&self, phase: Phase, of: u64) {
        if let Ok(mut now) = self.0.now.lock() {
            *now = phase;
        }
        self.0.done.store(0, Ordering::Relaxed);
        self.0.of.store(of, Ordering::Relaxed);
    }

    /// Tells how far it is; stopped if somebody wants that.
    pub(super) fn tell(&self, done: u64, of: u64) -> Result<(), Stopped> {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.of.store(of, Ordering::Relaxed);
        self.go_on()
    }

    /// Counts a row that was read.
    pub(super) fn row(&self) -> Result<(), Stopped> {
        self.0.rows.fetch_add(1, Ordering::Relaxed);
        self.go_on()
    }

    pub(super) fn progress(&self) -> Option<Progress> {
        self.0.progress()
    }

    /// Counts on.
    pub(super) fn add(&self, more: u64) -> Result<(), Stopped> {
        self.0.done.fetch_add(more, Ordering::Relaxed);
        self.go_on()
    }

    pub(super) fn go_on(&self) -> Result<(), Stopped> {
        if self.0.stop.load(Ordering::Relaxed) {
            Err(Stopped)
        } else {
            Ok(())
        }
    }
}

impl Drop for Under<'_> {
    fn drop(&mut self) {
        if let Ok(mut runs) = self.running.0.lock() {
            runs.remove(&self.run);
        }
    }
}
