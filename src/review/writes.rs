//! What should stand, what stands → the fewest writes that make the one the other.
//!
//! In: the comments there are, those there should be, and who we are. Out: writes, in an order in
//! which stopping anywhere loses nothing: new findings first, then changed ones, then what is folded,
//! the summary last. Made from what stands, never from what an earlier run believes to have written,
//! so that an answer that got lost is no comment twice.

use std::collections::{BTreeMap, BTreeSet};

use super::anchor::Anchor;
use super::marker::{Marker, text_of};

/// A comment that stands.
#[derive(Debug, Clone)]
pub struct Posted {
    /// Its id at the forge.
    pub id: u64,
    /// Whether it is in the conversation or on the diff.
    pub kind: PostedKind,
    /// Whose it is.
    pub author: Option<u64>,
    /// Through which App it was written, where through one.
    pub app: Option<u64>,
    /// What it says.
    pub body: String,
    /// Whether somebody has answered it.
    pub has_replies: bool,
    /// Whether it is folded away; `None` where the forge does not tell.
    pub is_folded: Option<bool>,
}

/// Where a comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PostedKind {
    /// In the conversation.
    Conversation,
    /// On a line or a file of the diff.
    Diff,
}

/// Who we are at the forge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// The account.
    pub account: u64,
    /// The App, where we are one.
    pub app: Option<u64>,
}

/// A comment that should stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The fingerprint of its finding.
    pub id: String,
    /// Where; never [`Anchor::Summary`].
    pub anchor: Anchor,
    /// What it says, without its marker.
    pub text: String,
}

/// What should stand.
#[derive(Debug, Clone, Default)]
pub struct Desired {
    /// Comments on the diff, the weightiest first.
    pub comments: Vec<Wanted>,
    /// Findings that still hold, whether or not they are said on the diff; a comment about another
    /// is about one that is gone.
    pub holding: BTreeSet<String>,
    /// The text of the summary.
    pub summary: String,
    /// What a comment says once its finding is gone.
    pub fixed: String,
}

/// One thing to tell the forge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// A new comment on the diff.
    Comment {
        /// Its marker's id, by which a lost answer is found again.
        id: String,
        /// Where.
        anchor: Anchor,
        /// What, with its marker.
        body: String,
    },
    /// Another text for a comment of ours.
    Edit {
        /// The comment.
        comment: u64,
        /// Where it stands.
        kind: PostedKind,
        /// What, with its marker.
        body: String,
    },
    /// A comment of ours folded away as outdated.
    Fold {
        /// The comment.
        comment: u64,
        /// Where it stands.
        kind: PostedKind,
    },
    /// A folded comment of ours shown again: its finding is back.
    Unfold {
        /// The comment.
        comment: u64,
        /// Where it stands.
        kind: PostedKind,
    },
    /// The summary, where there is none.
    Summary {
        /// What, with its marker.
        body: String,
    },
}

/// A later run has written already: whatever we know is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Superseded {
    /// The later run.
    pub by: u64,
}

/// The writes that make what stands what should stand.
pub fn plan(
    posted: &[Posted],
    desired: &Desired,
    own: Own,
    run: u64,
) -> Result<Vec<Write>, Superseded> {
    let ours = Ours::among(posted, own);
    if let Some(by) = ours.latest.filter(|&latest| latest > run) {
        return Err(Superseded { by });
    }
    let mut writes = Writes {
        run,
        new: Vec::new(),
        edits: Vec::new(),
        folds: Vec::new(),
    };
    let mut said = BTreeSet::new();
    for wanted in &desired.comments {
        if !said.insert(wanted.id.as_str()) {
            continue;
        }
        match ours.comments.get(&wanted.id) {
            Some(standing) => writes.open(standing, &wanted.text),
            None => writes.comment(wanted),
        }
    }
    for (id, standing) in &ours.comments {
        if !said.contains(id.as_str()) && !desired.holding.contains(id) {
            writes.fixed(standing, &desired.fixed);
        }
    }
    writes.repeated(&ours.repeated, &desired.fixed);
    Ok(writes.then_summary(ours.summary.as_ref(), &desired.summary))
}

/// A comment of ours.
struct Standing<'p> {
    posted: &'p Posted,
    marker: Marker,
}

impl Standing<'_> {
    fn says(&self, text: &str, is_fixed: bool) -> bool {
        self.marker.is_fixed == is_fixed && text_of(&self.posted.body) == text
    }
}

/// The comments that are ours.
struct Ours<'p> {
    comments: BTreeMap<String, Standing<'p>>,
    summary: Option<Standing<'p>>,
    /// Later ones about the same.
    repeated: Vec<Standing<'p>>,
    latest: Option<u64>,
}

impl<'p> Ours<'p> {
    fn among(posted: &'p [Posted], own: Own) -> Self {
        let is_ours =
            |posted: &&Posted| posted.author == Some(own.account) && posted.app == own.app;
        let read = |posted: &'p Posted| {
            let marker = Marker::read(&posted.body)?;
            Some(Standing { posted, marker })
        };
        let mut standing: Vec<Standing<'_>> =
            posted.iter().filter(is_ours).filter_map(read).collect();
        standing.sort_by_key(|standing| (standing.posted.kind, standing.posted.id));
        let mut ours = Self {
            comments: BTreeMap::new(),
            summary: None,
            repeated: Vec::new(),
            latest: standing.iter().map(|standing| standing.marker.run).max(),
        };
        for standing in standing {
            ours.take(standing);
        }
        ours
    }

    /// The oldest about a finding stays; what was written twice by accident is folded.
    fn take(&mut self, standing: Standing<'p>) {
        let is_summary = standing.marker.id == Marker::SUMMARY;
        match (standing.posted.kind, is_summary) {
            (PostedKind::Conversation, true) if self.summary.is_none() => {
                self.summary = Some(standing);
            }
            (PostedKind::Diff, false) if !self.comments.contains_key(&standing.marker.id) => {
                let id = standing.marker.id.clone();
                self.comments.insert(id, standing);
            }
            _ => self.repeated.push(standing),
        }
    }
}

/// Writes on their way, by what is lost if the next ones fail.
struct Writes {
    run: u64,
    new: Vec<Write>,
    edits: Vec<Write>,
    folds: Vec<Write>,
}

impl Writes {
    fn marker(&self, id: &str, is_fixed: bool) -> Marker {
        Marker {
            id: id.to_owned(),
            run: self.run,
            is_fixed,
        }
    }

    fn comment(&mut self, wanted: &Wanted) {
        self.new.push(Write::Comment {
            id: wanted.id.clone(),
            anchor: wanted.anchor.clone(),
            body: self.marker(&wanted.id, false).over(&wanted.text),
        });
    }

    fn edit(&mut self, standing: &Standing<'_>, text: &str, is_fixed: bool) {
        self.edits.push(Write::Edit {
            comment: standing.posted.id,
            kind: standing.posted.kind,
            body: self.marker(&standing.marker.id, is_fixed).over(text),
        });
    }

    fn open(&mut self, standing: &Standing<'_>, text: &str) {
        if !standing.says(text, false) {
            self.edit(standing, text, false);
        }
        if standing
            .posted
            .is_folded
            .unwrap_or(standing.marker.is_fixed)
        {
            self.edits.push(Write::Unfold {
                comment: standing.posted.id,
                kind: standing.posted.kind,
            });
        }
    }

    /// Marked as fixed and folded; a thread that somebody answered stays open to readers.
    fn fixed(&mut self, standing: &Standing<'_>, text: &str) {
        let is_said = standing.says(text, true);
        if !is_said {
            self.edit(standing, text, true);
        }
        let is_settled = match standing.posted.is_folded {
            Some(is_folded) => is_folded,
            None => is_said,
        };
        if !standing.posted.has_replies && !is_settled {
            self.folds.push(Write::Fold {
                comment: standing.posted.id,
                kind: standing.posted.kind,
            });
        }
    }

    fn repeated(&mut self, repeated: &[Standing<'_>], text: &str) {
        for standing in repeated {
            self.fixed(standing, text);
        }
    }

    fn then_summary(mut self, standing: Option<&Standing<'_>>, text: &str) -> Vec<Write> {
        let mut writes = std::mem::take(&mut self.new);
        writes.append(&mut self.edits);
        writes.append(&mut self.folds);
        match standing {
            Some(standing) if standing.says(text, false) => {}
            Some(standing) => {
                self.edit(standing, text, false);
                writes.append(&mut self.edits);
            }
            None => writes.push(Write::Summary {
                body: self.marker(Marker::SUMMARY, false).over(text),
            }),
        }
        writes
    }
}
