//! Reviews asked for, and labels that say who is awaited.
//!
//! Neither decides anything, so nothing else waits for them: what the forge refuses is told, and
//! planned anew by the next run, which sees what stands.

use std::sync::Arc;

use super::Work;
use crate::forge::{Error, ErrorKind};

impl Work<'_> {
    pub(super) fn ask_for_attention(&mut self) {
        let planned = self.job.planned;
        if !planned.reviewers.is_empty() {
            self.ask_for_reviews(&planned.reviewers);
        }
        let [add, remove] = [&planned.add_labels, &planned.remove_labels]
            .map(|labels| labels.iter().map(String::as_str).collect::<Vec<_>>());
        if !add.is_empty() || !remove.is_empty() {
            let labelled = self.forge.label(self.job.number, &add, &remove);
            self.note_unasked(labelled);
        }
    }

    /// All at once; where one of them cannot be asked the forge asks nobody, so each by itself then.
    fn ask_for_reviews(&mut self, logins: &[Arc<str>]) {
        let number = self.job.number;
        match self.forge.request_reviews(number, logins) {
            Err(error) if error.kind == ErrorKind::Rejected && logins.len() > 1 => {
                for login in logins {
                    let asked = self
                        .forge
                        .request_reviews(number, std::slice::from_ref(login));
                    self.note_unasked(asked);
                }
            }
            asked => self.note_unasked(asked),
        }
    }

    fn note_unasked(&mut self, asked: Result<(), Error>) {
        self.carried.unasked.extend(asked.err());
    }
}
