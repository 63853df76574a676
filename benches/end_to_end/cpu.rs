//! How long this process has been computing.

use std::time::Duration;

/// The time that all threads of this process have been running, to the nanosecond; where the system does
/// not tell (it is not Unix), what the clock says, to which everything else on the machine adds.
pub(crate) fn cpu_time() -> Duration {
    #[cfg(unix)]
    {
        use rustix::time::{ClockId, clock_gettime};

        let time = clock_gettime(ClockId::ProcessCPUTime);
        Duration::try_from(time).expect("internal: a process has not run before it began")
    }
    #[cfg(not(unix))]
    {
        use std::sync::LazyLock;
        use std::time::Instant;

        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }
}
