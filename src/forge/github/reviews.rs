//! The reviews of a pull request, as GraphQL tells them → ours.
//!
//! They come with the comments, in one question (`discussion.rs`). A word that is not known makes the whole
//! answer unreadable, as in `wire.rs`.

use jiff::Timestamp;
use serde::Deserialize;

use super::GitHub;
use super::discussion::{Author, number_of};
use super::wire::{commit, moment};
use crate::forge::Error;
use crate::review::{Account, Review, ReviewState};

/// A review.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reviewed {
    url: String,
    state: Word,
    /// Not there while it is being written.
    #[serde(default, deserialize_with = "moment")]
    submitted_at: Option<Timestamp>,
    commit: Option<Commit>,
    author: Option<Author>,
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Word {
    Approved,
    ChangesRequested,
    Commented,
    Dismissed,
    Pending,
}

#[derive(Deserialize)]
struct Commit {
    oid: String,
}

impl Reviewed {
    fn review(self) -> Result<Review, Error> {
        Ok(Review {
            id: number_of(&self.url, "#pullrequestreview-")?,
            author: self.author.and_then(Author::account),
            state: match self.state {
                Word::Approved => ReviewState::Approved,
                Word::ChangesRequested => ReviewState::ChangesRequested,
                Word::Commented => ReviewState::Commented,
                Word::Dismissed => ReviewState::Dismissed,
                Word::Pending => ReviewState::Pending,
            },
            commit: self.commit.map(|own| commit(&own.oid)),
            submitted_at: self.submitted_at,
        })
    }
}

impl Author {
    /// As REST tells it: there the login of a program ends in `[bot]`. An account without a number is
    /// nobody's.
    fn account(self) -> Option<Account> {
        const MARK: &str = "[bot]";
        let is_bot = self.kind == "Bot" || self.login.ends_with(MARK);
        let mark = match is_bot && !self.login.ends_with(MARK) {
            true => MARK,
            false => "",
        };
        Some(Account {
            id: self.database_id?,
            login: format!("{}{mark}", self.login).into(),
            is_bot,
        })
    }
}

impl GitHub {
    /// Those that came with the comments, once; where none have come, they are asked for.
    pub(super) fn read_reviews(&mut self, number: u64) -> Result<Vec<Review>, Error> {
        match self.reviews.take() {
            Some((of, reviews)) if of == number => Ok(reviews),
            _ => told(self.read_discussion(number)?.given),
        }
    }
}

/// In our words.
pub(super) fn told(given: Vec<Reviewed>) -> Result<Vec<Review>, Error> {
    given.into_iter().map(Reviewed::review).collect()
}
