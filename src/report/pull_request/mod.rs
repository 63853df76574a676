//! What is written into a pull request: a comment for each finding, one summary.
//!
//! In: findings, the verdict of the review, and links that the forge makes. Out: Markdown whose fixed
//! words are ours and in which whatever a plan, a title or a name says is inert: it neither links,
//! mentions, formats nor ends its place. Texts have a limit and are cut at whole entries.

mod annotations;
mod approvals;
mod brief;
mod comment;
mod explained;
mod fit;
mod json;
mod suggestion;
mod summary;
mod text;

pub use annotations::{annotations, statuses_as_commands};
pub use approvals::approvals;
pub use comment::{comment, fixed};
pub use explained::explained;
pub use fit::{LIMIT, fit};
pub use json::{REVIEW_SCHEMA, json};
pub use suggestion::{Suggestion, suggestion};
pub use summary::{Review, Told, summary};
pub use text::{status_line, statuses_as_text, text, unposted};

/// Addresses at the forge. All are `https` and made by the forge from a commit's id and a path.
pub trait Links {
    /// A line of a file at the head.
    fn line(&self, path: &str, line: usize) -> String;

    /// The same in the editor of the forge, on the branch of the pull request; `None` where readers
    /// cannot write there.
    fn edit(&self, path: &str, line: usize) -> Option<String>;
}
