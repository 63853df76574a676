//! A clock that stands still unless it is waited by.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use plangate::forge::pace::Pace;

#[derive(Debug, Clone, Default)]
pub(crate) struct Virtual(Arc<Mutex<Vec<Duration>>>);

impl Virtual {
    /// Every wait there was.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.0.lock().expect("nobody panicked").clone()
    }
}

impl Pace for Virtual {
    fn now(&self) -> Timestamp {
        let passed: Duration = self.waits().iter().sum();
        let start: Timestamp = "2026-11-21T08:00:00Z".parse().expect("a moment");
        start + passed
    }

    fn wait(&mut self, how_long: Duration) {
        self.0.lock().expect("nobody panicked").push(how_long);
    }
}
