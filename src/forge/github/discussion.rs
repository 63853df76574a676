//! What is said of a pull request, in one question: the conversation, the threads on its diff, the reviews,
//! and who is asking.
//!
//! Whether a comment is folded only GraphQL tells. It tells the rest as well, so that no list has to be
//! read beside it (docs/decisions/0038). Each list is read to the end that it names itself. What a comment
//! is to us is not known here (`comments.rs`), nor what a review is (`reviews.rs`).

use serde::Deserialize;
use serde_json::json;

use super::GitHub;
use super::comments::{Comment, Thread};
use super::graph::{ROUTE, Viewer};
use super::reviews::Reviewed;
use crate::forge::{Error, ErrorKind};

/// A thread begins with the comment that it is about, and all of ours begin one; of the answers it
/// only matters that there are some.
const QUESTION: &str = "query($owner: String!, $name: String!, $number: Int!, $said: String, $begun: String, $given: String, $asksSaid: Boolean!, $asksBegun: Boolean!, $asksGiven: Boolean!) {
  viewer { databaseId }
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    comments(first: 100, after: $said) @include(if: $asksSaid) { totalCount pageInfo { hasNextPage endCursor } nodes { ...words } }
    reviewThreads(first: 100, after: $begun) @include(if: $asksBegun) { totalCount pageInfo { hasNextPage endCursor } nodes { comments(first: 1) { totalCount nodes { ...words } } } }
    reviews(first: 100, after: $given) @include(if: $asksGiven) { totalCount pageInfo { hasNextPage endCursor } nodes { url state submittedAt commit { oid } author { ...who } } }
  } }
}
fragment words on Comment { id body author { ...who } ... on Minimizable { isMinimized } ... on IssueComment { url } ... on PullRequestReviewComment { url } }
fragment who on Actor { __typename login ... on Bot { databaseId } ... on Mannequin { databaseId } ... on User { databaseId } }";
/// More pages than any pull request has.
const PAGES: usize = 100;

/// All that is said.
pub(super) struct Discussion {
    /// The conversation.
    pub(super) said: Vec<Comment>,
    /// The threads on the diff.
    pub(super) begun: Vec<Thread>,
    /// The reviews, in the order in which they were begun.
    pub(super) given: Vec<Reviewed>,
}

#[derive(Deserialize)]
struct Answer {
    viewer: Viewer,
    repository: Option<Repository>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Repository {
    pull_request: Option<PullRequest>,
}

/// A page of each list that was asked for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PullRequest {
    comments: Option<Page<Comment>>,
    review_threads: Option<Page<Thread>>,
    reviews: Option<Page<Reviewed>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page<T> {
    total_count: usize,
    #[serde(rename = "pageInfo")]
    end: PageInfo,
    nodes: Vec<Option<T>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

/// Who says something. Types of accounts that are not asked for have no number.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Author {
    #[serde(rename = "__typename")]
    pub(super) kind: String,
    pub(super) login: String,
    pub(super) database_id: Option<u64>,
}

/// A list on its way.
struct List<T> {
    read: Vec<T>,
    /// Entries so far, those included that are not for us to see.
    count: usize,
    cursor: Option<String>,
    is_whole: bool,
}

impl<T> List<T> {
    fn new() -> Self {
        Self {
            read: Vec::new(),
            count: 0,
            cursor: None,
            is_whole: false,
        }
    }

    /// Takes a page up; a list that ends before its own count, or before it began, is none.
    fn take(&mut self, page: Option<Page<T>>) -> Result<(), Error> {
        if self.is_whole {
            return Ok(());
        }
        let page = page.ok_or_else(|| unread(ErrorKind::Malformed))?;
        self.count += page.nodes.len();
        self.read.extend(page.nodes.into_iter().flatten());
        self.is_whole = !page.end.has_next_page;
        self.cursor = page.end.end_cursor;
        match self.is_whole {
            true if self.count < page.total_count => Err(unread(ErrorKind::Truncated)),
            false if self.cursor.is_none() => Err(unread(ErrorKind::Malformed)),
            _ => Ok(()),
        }
    }
}

impl GitHub {
    /// Reads all three lists to their ends.
    pub(super) fn read_discussion(&mut self, number: u64) -> Result<Discussion, Error> {
        let (mut said, mut begun, mut given) = (List::new(), List::new(), List::new());
        for _ in 0..PAGES {
            let page = self.page_of_discussion(number, &said, &begun, &given)?;
            said.take(page.comments)?;
            begun.take(page.review_threads)?;
            given.take(page.reviews)?;
            if said.is_whole && begun.is_whole && given.is_whole {
                return Ok(Discussion {
                    said: said.read,
                    begun: begun.read,
                    given: given.read,
                });
            }
        }
        Err(unread(ErrorKind::Truncated))
    }

    /// The next page of each list that is not read to its end; who we are comes with it.
    fn page_of_discussion(
        &mut self,
        number: u64,
        said: &List<Comment>,
        begun: &List<Thread>,
        given: &List<Reviewed>,
    ) -> Result<PullRequest, Error> {
        let (owner, name) = &self.name;
        let variables = json!({
            "owner": owner, "name": name, "number": number,
            "said": said.cursor, "begun": begun.cursor, "given": given.cursor,
            "asksSaid": !said.is_whole, "asksBegun": !begun.is_whole, "asksGiven": !given.is_whole,
        });
        let body = json!({ "query": QUESTION, "variables": variables });
        let answer: Answer = self.graph(&body)?;
        self.account.get_or_insert(answer.viewer.database_id);
        let found = answer.repository.and_then(|own| own.pull_request);
        found.ok_or_else(|| unread(ErrorKind::NotFound))
    }
}

/// The number by which REST knows what has this address. GraphQL gives it in a type that is too small for
/// it, or not everywhere.
pub(super) fn number_of(url: &str, mark: &str) -> Result<u64, Error> {
    let number = url.rsplit_once(mark);
    let number = number.and_then(|(_, number)| number.parse().ok());
    number.ok_or_else(|| unread(ErrorKind::Malformed))
}

fn unread(kind: ErrorKind) -> Error {
    Error {
        kind,
        asked: format!("POST {ROUTE}"),
        said: String::new(),
    }
}
