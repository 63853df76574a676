//! Expressions of a pack → programs, before they are asked for.

use super::{AsOf, Judge};
use crate::policy::{Edition, Expression};

impl Judge<'_> {
    /// Compiles what a plan will be asked on the law date, the last first, as long as it goes on. Who
    /// judges meanwhile compiles what he is asked first, so that the two meet; neither waits for
    /// the other but for the one expression that both want.
    pub fn prepare(&self, goes_on: impl Fn() -> bool) {
        let day = match self.settings.as_of {
            AsOf::Day(day) => day,
            AsOf::Issued => self.settings.today,
        };
        let asked = self.pack.policies.values().rev();
        let asked = asked.filter_map(|policy| policy.on(day));
        for expression in asked.flat_map(conditions) {
            if !goes_on() {
                break;
            }
            expression.program();
        }
    }
}

fn conditions(edition: &Edition) -> impl Iterator<Item = &Expression> {
    let checks = edition.checks.iter();
    let of_checks = checks.flat_map(|check| check.when.iter().chain([&check.assert]));
    edition.when.iter().chain(of_checks)
}
