//! What ties a comment to the finding it is about: a line that readers do not see.
//!
//! Anybody can write such a line. A marker counts only in a comment of our own account, so that
//! nobody suppresses a finding, or has a comment folded, by pasting one.

use std::fmt;

/// Stands before every marker; the number changes when its form does.
const PREFIX: &str = "<!-- plangate:v1 ";
const SUFFIX: &str = " -->";

/// Which finding a comment is about, and which run wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// The fingerprint of the finding, or [`Marker::SUMMARY`].
    pub id: String,
    /// The number of the run; a later run has a higher one.
    pub run: u64,
    /// Whether it says that the finding is gone.
    pub is_fixed: bool,
}

impl Marker {
    /// The id of the summary.
    pub const SUMMARY: &str = "summary";

    /// Reads the first line of a comment.
    pub fn read(body: &str) -> Option<Self> {
        let line = body.lines().next()?.trim_end();
        let words = line.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
        let (mut id, mut run, mut state) = (None, None, None);
        for word in words.split(' ') {
            match word.split_once('=')? {
                ("id", value) => id = Some(value),
                ("run", value) => run = value.parse().ok(),
                ("state", value) => state = Some(value),
                _ => return None,
            }
        }
        let id = id.filter(|id| is_id(id))?;
        Some(Self {
            id: id.to_owned(),
            run: run?,
            is_fixed: state? == "fixed",
        })
    }

    /// The body of a comment under this marker.
    pub fn over(&self, text: &str) -> String {
        format!("{self}\n{text}")
    }
}

/// Ids are ours; nothing that a plan says gets into a marker.
fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl fmt::Display for Marker {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.is_fixed { "fixed" } else { "open" };
        let (id, run) = (&self.id, self.run);
        write!(out, "{PREFIX}id={id} run={run} state={state}{SUFFIX}")
    }
}

/// The text of a comment without its marker, where it has one.
pub fn text_of(body: &str) -> &str {
    match Marker::read(body) {
        Some(_) => body.split_once('\n').map_or("", |(_, text)| text),
        None => body,
    }
}
