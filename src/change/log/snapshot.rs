//! What one state of a plan says of its edition and of those before.

use super::Told;
use super::proposal::WHY;
use crate::document::Node;
use crate::plan::Plan;
use crate::text::DateRange;

/// Words of `header.status` for an edition that is still being written.
const UNISSUED: [&str; 2] = ["draft", "submitted"];

/// One state of a plan, as far as the change log is concerned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The name of its content: states of the same name are the same.
    pub content: String,
    /// The agency that issues the plan, by its id.
    pub agency: Option<String>,
    /// `header.edition` as written; `None` where it is not stated or could not be read.
    pub edition: Option<String>,
    /// `header.issued` as written.
    pub issued: Option<String>,
    /// `header.reviser`.
    pub reviser: Option<String>,
    /// `header.approver`.
    pub approver: Option<String>,
    /// `header.status`.
    pub status: Option<String>,
    /// The rows of `history`.
    pub rows: Vec<Row>,
}

/// One edition in the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// 版次.
    pub edition: String,
    /// 發行日期, as written.
    pub issued: Option<String>,
    /// 修訂者.
    pub reviser: Option<String>,
    /// 說明, one text for each reason.
    pub notes: Vec<String>,
    /// 核准者, a role title.
    pub approver: Option<String>,
    /// The commit where the edition began.
    pub commit: Option<String>,
    /// The tag that names it.
    pub tag: Option<String>,
}

impl Snapshot {
    /// Reads a plan whose content goes by a name.
    pub fn read(plan: &Plan<'_>, content: impl Into<String>) -> Self {
        let header = plan.section("header").map(|section| section.node);
        let written = |key| header.and_then(|header| scalar(header, key));
        let history = plan.section("history").map(|section| section.node);
        let rows = history.into_iter().filter(|rows| rows.is_list());
        Self {
            content: content.into(),
            agency: written("agency"),
            edition: written("edition"),
            issued: written("issued"),
            reviser: written("reviser"),
            approver: written("approver"),
            status: written("status"),
            rows: rows.flat_map(Node::items).filter_map(Row::read).collect(),
        }
    }

    /// Whether its edition is issued: it has a row of its own, and is not being written any more.
    pub fn is_issued(&self) -> bool {
        self.own_rows().next().is_some() && !self.is_open()
    }

    /// Whether its edition is still being written: it says so, or a row of its own awaits a reason.
    pub fn is_open(&self) -> bool {
        self.is_draft() || self.own_rows().any(Row::awaits_reason)
    }

    /// Whether there is a row of its edition, and none has a note.
    pub fn is_unexplained(&self) -> bool {
        let mut own = self.own_rows().peekable();
        own.peek().is_some() && own.all(|row| row.notes.is_empty())
    }

    /// The rows of its edition.
    fn own_rows(&self) -> impl Iterator<Item = &Row> {
        let own = self.edition.as_deref();
        self.rows
            .iter()
            .filter(move |row| Some(row.edition.as_str()) == own)
    }

    /// Whether it says that its edition is still being written.
    pub fn is_draft(&self) -> bool {
        let is_draft = |status: &str| UNISSUED.contains(&status);
        self.status.as_deref().is_some_and(is_draft)
    }

    /// Whether its `history` has a row of an edition.
    pub fn has_row(&self, edition: &str) -> bool {
        self.rows.iter().any(|row| row.edition == edition)
    }
}

impl Row {
    pub(super) fn of(edition: &str) -> Self {
        Self {
            edition: edition.to_owned(),
            ..Self::default()
        }
    }

    /// Whether a reason is still to be written where one was left to the author.
    fn awaits_reason(&self) -> bool {
        let awaits = |note: &String| note.contains(WHY.0.trim()) || note.contains(WHY.1.trim());
        self.notes.iter().any(awaits)
    }

    /// A row of `history`; `None` without an edition, which the check of its shape reports.
    fn read(row: Node<'_>) -> Option<Self> {
        let notes = row.get("notes").filter(|notes| notes.is_list());
        let text = |note: Node<'_>| note.as_str().map(str::to_owned).or(scalar(note, "text"));
        Some(Self {
            edition: scalar(row, "edition")?,
            issued: scalar(row, "issued"),
            reviser: scalar(row, "reviser"),
            notes: notes
                .into_iter()
                .flat_map(Node::items)
                .filter_map(text)
                .collect(),
            approver: scalar(row, "approver"),
            commit: None,
            tag: None,
        })
    }

    /// Fills what is not said from the header of the edition's last state, then from trailers.
    pub(super) fn complete(&mut self, state: &Snapshot, told: &Told) {
        let Told {
            commit,
            tag,
            trailers,
        } = told;
        let fill = |own: &mut Option<String>, header: &Option<String>, told: &Option<String>| {
            if own.is_none() {
                *own = header.clone().or_else(|| told.clone());
            }
        };
        fill(&mut self.issued, &state.issued, &trailers.issued);
        fill(&mut self.reviser, &state.reviser, &trailers.reviser);
        fill(&mut self.approver, &state.approver, &trailers.approver);
        if self.notes.is_empty() {
            self.notes.clone_from(&trailers.reasons);
        }
        self.commit.clone_from(commit);
        self.tag.clone_from(tag);
    }

    /// The day or days it was issued on; `None` where that is not said or is no date.
    pub fn issued_on(&self) -> Option<DateRange> {
        DateRange::parse(self.issued.as_deref()?)
    }
}

/// A scalar as written: `1.10` is not `1.1`.
fn scalar(map: Node<'_>, key: &str) -> Option<String> {
    let node = map.get(key)?;
    let is_scalar = !node.is_map() && !node.is_list() && !node.is_null();
    let text = is_scalar.then(|| node.written().trim())?;
    (!text.is_empty()).then(|| text.to_owned())
}
