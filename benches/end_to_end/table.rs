//! CPU time of interleaved rounds, and their table.

use std::fmt;
use std::time::Duration;

use super::cpu::cpu_time;

/// How many steps are measured: reading; and reading with parsing; with parsing and the check of
/// shapes; with parsing and the policies; with everything.
pub(crate) const STEPS: usize = 5;
/// The places of reading with parsing, and of everything.
const PARSED: usize = 1;
const ALL: usize = 4;
/// The order in which they are measured. A machine grows slower and faster within one round: what is held
/// against the whole is measured right before it and right after it.
const ORDER: [usize; STEPS + 1] = [0, 2, 3, PARSED, ALL, PARSED];

/// What was measured over one set of plans.
pub(crate) struct Row {
    name: String,
    plans: usize,
    bytes: u64,
    /// The least of all rounds, by step: whatever else the machine does only adds to it.
    least: [Duration; STEPS],
    /// The median of the ratios of the rounds, everything to reading and parsing.
    ratio: f64,
}

impl Row {
    /// Runs the steps in turn, `rounds` times after one that does not count.
    pub(crate) fn interleaved(
        name: &str,
        plans: usize,
        bytes: u64,
        rounds: usize,
        mut steps: [&mut dyn FnMut(); STEPS],
    ) -> Self {
        let mut least = [Duration::MAX; STEPS];
        let mut ratios = Vec::new();
        for round in 0..=rounds {
            let taken = ORDER.map(|step| {
                let before = cpu_time();
                steps[step]();
                (step, cpu_time().saturating_sub(before))
            });
            if round > 0 {
                for (step, taken) in taken {
                    least[step] = least[step].min(taken);
                }
                let [.., (_, before), (_, all), (_, after)] = taken;
                ratios.push(2.0 * all.as_secs_f64() / (before + after).as_secs_f64());
            }
        }
        ratios.sort_by(f64::total_cmp);
        Self {
            name: name.to_owned(),
            plans,
            bytes,
            least,
            ratio: ratios[ratios.len() / 2],
        }
    }
}

/// The middle one.
pub(crate) fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// All rows.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
}

impl Table {
    pub(crate) fn push(&mut self, row: Row) {
        self.rows.push(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "CPU time (user and system, all threads), in ms")?;
        writeln!(
            out,
            "{:32} {:>6} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>6}",
            "plans", "count", "KB", "read", "parse", "shape", "policies", "rest", "all", "ratio"
        )?;
        for row in &self.rows {
            let [read, parsed, shaped, judged, all] =
                row.least.map(|time| time.as_secs_f64() * 1e3);
            let (shape, policies) = (shaped - parsed, judged - parsed);
            writeln!(
                out,
                "{:32} {:>6} {:>8} {read:>9.3} {:>9.3} {shape:>9.3} {policies:>9.3} {:>9.3} {all:>9.3} {:>6.2}",
                row.name,
                row.plans,
                row.bytes / 1000,
                parsed - read,
                all - shape - policies - parsed,
                row.ratio
            )?;
        }
        Ok(())
    }
}
