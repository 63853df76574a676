//! How long this process has been computing.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The time that all threads of this process have been running, to the nanosecond where the system
/// tells it (Linux); elsewhere what the clock says, to which everything else on the machine adds.
pub(crate) fn cpu_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    threads().unwrap_or_else(|| START.elapsed())
}

/// The first figure of `schedstat` of each thread (proc(5)); threads of the pool never end.
fn threads() -> Option<Duration> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let mut sum = 0;
    for task in tasks {
        let stat = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        sum += stat.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(Duration::from_nanos(sum))
}
