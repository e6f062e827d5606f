//! Whether the database is away, known to every request without asking.

use std::sync::Arc;
use std::time::Duration;

use data::store::Store;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing::{info, warn};

/// Between two questions.
const BEAT: Duration = Duration::from_millis(400);

/// What requests ask. Cheap to clone.
#[derive(Clone)]
pub struct Outage(watch::Receiver<bool>);

impl Default for Outage {
    /// Of a database that never goes away.
    fn default() -> Self {
        Self(watch::channel(false).1)
    }
}

impl Outage {
    /// One that is switched by hand, for tests.
    pub fn switched() -> (watch::Sender<bool>, Self) {
        let (sender, receiver) = watch::channel(false);
        (sender, Self(receiver))
    }

    /// Watches a database until the task is aborted.
    pub async fn watch(store: Arc<Store>) -> Result<(Self, JoinHandle<()>), data::store::Error> {
        let mut reachability = store.reachability().await?;
        let (sender, receiver) = watch::channel(false);
        let watching = tokio::spawn(async move {
            loop {
                tokio::time::sleep(BEAT).await;
                let away = !reachability.check().await;
                let changed = sender.send_if_modified(|before| {
                    let changed = *before != away;
                    *before = away;
                    changed
                });
                if changed && away {
                    warn!("the database is away; public pages go on from memory");
                } else if changed {
                    info!("the database is back");
                }
            }
        });
        Ok((Self(receiver), watching))
    }

    /// Whether the database is away.
    pub fn is_on(&self) -> bool {
        *self.0.borrow()
    }

    /// Resolves when the database is away.
    pub async fn begins(&self) {
        let mut receiver = self.0.clone();
        if receiver.wait_for(|away| *away).await.is_err() {
            // Nobody watches any more.
            std::future::pending::<()>().await;
        }
    }
}
