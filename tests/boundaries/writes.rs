//! What is missing from a plan can be written: every finding about silence offers the lines.

use plangate::finding::Finding;

use crate::cell::Cell;
use crate::rehearsal::amiss;
use crate::trial::{Gap, Trial};

impl Trial<'_, '_> {
    /// Examples whose fact is silent and whose findings offer nothing to write.
    pub(crate) fn unwritten(&self) -> Vec<Gap> {
        let mut found = Vec::new();
        for (play, asserted) in self.plays.iter().zip(&self.asserted) {
            let mut amiss_in = asserted
                .iter()
                .filter(|visit| amiss(visit.verdict))
                .peekable();
            let silent =
                amiss_in.peek().is_some() && amiss_in.all(|visit| visit.mode == Some("silent"));
            if !silent {
                continue;
            }
            let (_, findings) = play.on(self.judges, self.policy, play.day);
            let offers = |finding: &&Finding| amiss(finding.verdict) && finding.write.is_none();
            if findings.iter().any(|finding| offers(&finding)) {
                let cell = Cell::of(&self.policy.editions[0])[0];
                found.push(self.gap("write", cell, "what is missing is not written out"));
            }
        }
        found.dedup();
        found
    }
}
