//! Annotated tags.

use super::commit::{day, trailers};
use super::{GitError, ObjectId, Repository, Trailer};
use crate::text::Day;

/// An annotated tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name, without `refs/tags/`.
    pub name: String,
    /// The commit it names.
    pub commit: ObjectId,
    /// The day it was made, where it says so.
    pub on: Option<Day>,
    /// The trailers of its message.
    pub trailers: Vec<Trailer>,
}

impl Repository {
    /// The annotated tag of a name. `None` for a name that cannot be one, and for a lightweight tag:
    /// it is a mere name, anybody's, and says nothing.
    pub fn tag(&self, name: &str) -> Result<Option<Tag>, GitError> {
        let reference = format!("refs/tags/{name}");
        if !git2::Reference::is_valid_name(&reference) {
            return Ok(None);
        }
        self.with(|handle| {
            let found = match handle.find_reference(&reference) {
                Ok(found) => found,
                Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(None),
                Err(error) => return Err(error),
            };
            let (Ok(tag), Ok(commit)) = (found.peel_to_tag(), found.peel_to_commit()) else {
                return Ok(None);
            };
            Ok(Some(Tag {
                name: name.to_owned(),
                commit: ObjectId::new(commit.id()),
                on: tag.tagger().map(|tagger| day(tagger.when())),
                trailers: trailers(tag.message_bytes().unwrap_or_default()),
            }))
        })
    }

    /// Whether a commit is another, or comes after it.
    pub fn is_from(&self, commit: ObjectId, earlier: ObjectId) -> Result<bool, GitError> {
        if commit == earlier {
            return Ok(true);
        }
        self.with(|handle| handle.graph_descendant_of(commit.raw(), earlier.raw()))
    }
}
