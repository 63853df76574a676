//! Times of interleaved rounds, and their table.

use std::fmt;
use std::time::{Duration, Instant};

/// What was measured over one set of plans.
pub(crate) struct Row {
    name: String,
    plans: usize,
    bytes: u64,
    times: [Duration; 3],
    ratio: f64,
}

impl Row {
    /// Runs reading, parsing and everything in turn, `rounds` times after one that does not count.
    pub(crate) fn interleaved(
        name: &str,
        plans: usize,
        bytes: u64,
        rounds: usize,
        mut steps: [&mut dyn FnMut(); 3],
    ) -> Self {
        let mut times = [const { Vec::new() }; 3];
        let mut ratios = Vec::new();
        for round in 0..=rounds {
            let mut taken = [Duration::ZERO; 3];
            for (step, taken) in steps.iter_mut().zip(&mut taken) {
                let start = Instant::now();
                step();
                *taken = start.elapsed();
            }
            if round > 0 {
                for (times, taken) in times.iter_mut().zip(taken) {
                    times.push(taken);
                }
                ratios.push(taken[2].as_secs_f64() / taken[1].as_secs_f64());
            }
        }
        ratios.sort_by(f64::total_cmp);
        let ratio = ratios[ratios.len() / 2];
        Self {
            name: name.to_owned(),
            plans,
            bytes,
            times: times.each_mut().map(|t| median(t)),
            ratio,
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
        writeln!(
            out,
            "{:34} {:>6} {:>9} {:>11} {:>13} {:>11} {:>7}",
            "plans", "count", "KB", "read ms", "+ parse ms", "all ms", "ratio"
        )?;
        for row in &self.rows {
            let [read, parse, all] = row.times.map(|time| time.as_secs_f64() * 1e3);
            writeln!(
                out,
                "{:34} {:>6} {:>9} {read:>11.3} {parse:>13.3} {all:>11.3} {:>7.2}",
                row.name,
                row.plans,
                row.bytes / 1000,
                row.ratio
            )?;
        }
        Ok(())
    }
}
