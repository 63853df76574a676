//! One write after another: sent, looked for where the answer got lost, said elsewhere where refused.

use super::demotion::next_place;
use super::{Demoted, SENDINGS, Stop, Unposted, Work, kind_of};
use crate::forge::{Error, ErrorKind};
use crate::review::anchor::Anchor;
use crate::review::marker::Marker;
use crate::review::writes::{Posted, PostedKind, Write};

impl Work<'_> {
    pub(super) fn write_all(&mut self) {
        let writes = &self.job.planned.comments;
        for (at, write) in writes.iter().enumerate() {
            if let Err(stop) = self.write_one(write) {
                self.stop(stop, &writes[at + 1..]);
                break;
            }
        }
        self.say_what_is_left();
    }

    /// One write, or what takes its place. An error is one that ends all.
    fn write_one(&mut self, planned: &Write) -> Result<(), Stop> {
        let mut write = self.with_what_was_demoted(planned);
        loop {
            let Err(error) = self.send(&write) else {
                self.note(planned, write);
                return Ok(());
            };
            match error.kind {
                // A line is refused where the diff is another one, too: that is no demotion.
                ErrorKind::Rejected => {
                    if let Err(stop) = self.may_comment() {
                        self.hand_back(&write, &error);
                        return Err(stop);
                    }
                }
                ErrorKind::NotFound => {}
                kind => {
                    self.hand_back(&write, &error);
                    return Err(match kind {
                        ErrorKind::Forbidden => Stop::MayNotWrite(error),
                        _ => Stop::Failed(error),
                    });
                }
            }
            match next_place(&write) {
                Some(Anchor::Summary) => {
                    self.demotions.take(write, error);
                    return Ok(());
                }
                Some(anchor) => write = placed(write, anchor),
                None => {
                    self.hand_back(&write, &error);
                    return Ok(());
                }
            }
        }
    }

    fn hand_back(&mut self, write: &Write, error: &Error) {
        self.carried.unposted.push(Unposted {
            write: write.clone(),
            error: Some(error.clone()),
        });
    }

    fn note(&mut self, planned: &Write, written: Write) {
        self.carried.posted += 1;
        if is_summary(&written) {
            self.demotions.are_said(&mut self.carried.demoted);
        }
        if let (Write::Comment { anchor: meant, .. }, Write::Comment { id, anchor, .. }) =
            (planned, written)
            && *meant != anchor
        {
            self.carried.demoted.push(Demoted { id, to: anchor });
        }
    }

    /// The summary comes last, so it can take up what was refused before.
    fn with_what_was_demoted(&mut self, write: &Write) -> Write {
        let limit = self.forge.capabilities().text;
        let mut longer = write.clone();
        if is_summary(write)
            && let Write::Summary { body } | Write::Edit { body, .. } = &mut longer
        {
            *body = self.demotions.under(body, limit);
        }
        longer
    }

    /// Where the summary stood as it should, there was no write about it: what was demoted goes
    /// under the one that stands. What finds no room is handed back.
    fn say_what_is_left(&mut self) {
        if self.demotions.are_waiting() && self.carried.stopped.is_none() {
            let listed = self.forge.comments(self.job.number);
            let edit = listed.ok().and_then(|posted| self.edit_of_summary(&posted));
            if let Some(Err(stop)) = edit.map(|edit| self.write_one(&edit)) {
                self.stop(stop, &[]);
            }
        }
        let rest = self.demotions.rest();
        self.carried.unposted.extend(rest);
    }

    fn edit_of_summary(&self, posted: &[Posted]) -> Option<Write> {
        let mut ours = self.marked(posted);
        let (summary, _) = ours.find(|(posted, marker)| {
            posted.kind == PostedKind::Conversation && marker.id == Marker::SUMMARY
        })?;
        Some(Write::Edit {
            comment: summary.id,
            kind: summary.kind,
            body: summary.body.clone(),
        })
    }

    /// Sends; where the answer gets lost, looks before sending again.
    pub(super) fn send(&mut self, write: &Write) -> Result<(), Error> {
        let (number, head) = (self.job.number, self.job.head);
        let mut sendings = 1;
        loop {
            let error = match self.forge.write(number, head, write) {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            let Some(id) = new_id(write).filter(|_| may_stand(&error)) else {
                return Err(error);
            };
            match self.stands(id) {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                // To be refused a look says nothing about the line: what was sent may stand.
                Err(unseen) => {
                    return Err(match unseen.kind {
                        ErrorKind::NotFound | ErrorKind::Rejected => error,
                        _ => unseen,
                    });
                }
            }
            if sendings == SENDINGS {
                return Err(error);
            }
            sendings += 1;
        }
    }

    /// Whether a comment about this stands, whichever of our runs wrote it.
    fn stands(&mut self, id: &str) -> Result<bool, Error> {
        let posted = self.forge.comments(self.job.number)?;
        let mut ours = self.marked(&posted);
        Ok(ours.any(|(posted, marker)| marker.id == id && posted.kind == kind_of(id)))
    }
}

/// Whether something was heard although there was no answer to it.
pub(super) fn may_stand(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Unreachable | ErrorKind::Malformed)
}

/// The id under which something new is found again.
fn new_id(write: &Write) -> Option<&str> {
    match write {
        Write::Comment { id, .. } => Some(id),
        Write::Summary { .. } => Some(Marker::SUMMARY),
        _ => None,
    }
}

fn is_summary(write: &Write) -> bool {
    match write {
        Write::Summary { .. } => true,
        Write::Edit { kind, body, .. } => {
            *kind == PostedKind::Conversation
                && Marker::read(body).is_some_and(|marker| marker.id == Marker::SUMMARY)
        }
        _ => false,
    }
}

fn placed(write: Write, anchor: Anchor) -> Write {
    match write {
        Write::Comment { id, body, .. } => Write::Comment { id, anchor, body },
        other => other,
    }
}
