//! The time, and waiting: what talking to a forge needs, handed in so that tests never wait.

use std::time::Duration;

use jiff::Timestamp;

/// A clock that can be waited by.
pub trait Pace {
    /// The time.
    fn now(&self) -> Timestamp;

    /// Comes back after some time.
    fn wait(&mut self, how_long: Duration);
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct WallClock;

impl Pace for WallClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn wait(&mut self, how_long: Duration) {
        std::thread::sleep(how_long);
    }
}
