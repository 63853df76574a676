//! The comments of a pull request, in the conversation and on the diff, in one question.
//!
//! Whether a comment is folded only GraphQL tells. It tells the rest as well, and who is asking, so
//! that no list has to be read beside it (docs/decisions/0038). What it does not tell is asked of REST,
//! of the few comments where it matters: through which App somebody's word was written.

use serde::Deserialize;
use serde_json::json;

use super::GitHub;
use super::graph::{ROUTE, Viewer};
use super::wire::Comment as OfRest;
use crate::forge::{Error, ErrorKind};
use crate::review::marker::Marker;
use crate::review::writes::{Posted, PostedKind};

/// A thread begins with the comment that it is about, and all of ours begin one; of the answers it
/// only matters that there are some.
const QUESTION: &str = "query($owner: String!, $name: String!, $number: Int!, $said: String, $begun: String, $asksSaid: Boolean!, $asksBegun: Boolean!) {
  viewer { databaseId }
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    comments(first: 100, after: $said) @include(if: $asksSaid) { totalCount pageInfo { hasNextPage endCursor } nodes { ...words } }
    reviewThreads(first: 100, after: $begun) @include(if: $asksBegun) { totalCount pageInfo { hasNextPage endCursor } nodes { comments(first: 1) { totalCount nodes { ...words } } } }
  } }
}
fragment words on Comment { id body author { __typename ... on Bot { databaseId } ... on User { databaseId } } ... on Minimizable { isMinimized } ... on IssueComment { url } ... on PullRequestReviewComment { url } }";
/// More pages than any pull request has.
const PAGES: usize = 100;

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

#[derive(Deserialize)]
struct Thread {
    comments: Beginning,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Beginning {
    total_count: usize,
    nodes: Vec<Option<Comment>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Comment {
    id: String,
    /// Ends in the number by which REST knows it; the number itself GraphQL gives in a type that is too
    /// small for it, or not everywhere.
    url: String,
    body: String,
    is_minimized: bool,
    author: Option<Author>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Author {
    #[serde(rename = "__typename")]
    kind: String,
    database_id: Option<u64>,
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
    pub(super) fn read_comments(&mut self, number: u64) -> Result<Vec<Posted>, Error> {
        let (mut said, mut begun) = (List::new(), List::new());
        for _ in 0..PAGES {
            let page = self.page_of_comments(number, &said, &begun)?;
            said.take(page.comments)?;
            begun.take(page.review_threads)?;
            if said.is_whole && begun.is_whole {
                return self.posted(said.read, begun.read);
            }
        }
        Err(unread(ErrorKind::Truncated))
    }

    /// The next page of each list that is not read to its end; who we are comes with it.
    fn page_of_comments(
        &mut self,
        number: u64,
        said: &List<Comment>,
        begun: &List<Thread>,
    ) -> Result<PullRequest, Error> {
        let (owner, name) = &self.name;
        let variables = json!({
            "owner": owner, "name": name, "number": number,
            "said": said.cursor, "begun": begun.cursor,
            "asksSaid": !said.is_whole, "asksBegun": !begun.is_whole,
        });
        let body = json!({ "query": QUESTION, "variables": variables });
        let answer: Answer = self.graph(&body)?;
        self.account.get_or_insert(answer.viewer.database_id);
        let found = answer.repository.and_then(|own| own.pull_request);
        found.ok_or_else(|| unread(ErrorKind::NotFound))
    }

    fn posted(&mut self, said: Vec<Comment>, begun: Vec<Thread>) -> Result<Vec<Posted>, Error> {
        let mut posted = Vec::with_capacity(said.len() + begun.len());
        for comment in said {
            posted.push(self.one_posted(comment, PostedKind::Conversation, false)?);
        }
        for thread in begun {
            let has_replies = thread.comments.total_count > 1;
            for comment in thread.comments.nodes.into_iter().flatten() {
                posted.push(self.one_posted(comment, PostedKind::Diff, has_replies)?);
            }
        }
        Ok(posted)
    }

    fn one_posted(
        &mut self,
        comment: Comment,
        kind: PostedKind,
        has_replies: bool,
    ) -> Result<Posted, Error> {
        let mark = match kind {
            PostedKind::Conversation => "#issuecomment-",
            PostedKind::Diff => "#discussion_r",
        };
        let number = comment.url.rsplit_once(mark);
        let number = number.and_then(|(_, number)| number.parse().ok());
        let id = number.ok_or_else(|| unread(ErrorKind::Malformed))?;
        let app = self.app_behind(id, kind, &comment)?;
        self.nodes.insert((kind, id), comment.id);
        Ok(Posted {
            id,
            kind,
            author: comment.author.and_then(|author| author.database_id),
            app,
            body: comment.body,
            has_replies,
            is_folded: Some(comment.is_minimized),
        })
    }

    /// The account of an App is that App's alone; in the name of a person an App may write too. REST says
    /// so of comments in the conversation, and is asked of those that would count as ours.
    fn app_behind(
        &mut self,
        id: u64,
        kind: PostedKind,
        comment: &Comment,
    ) -> Result<Option<u64>, Error> {
        let is_ours = comment.author.as_ref().is_some_and(|author| {
            author.kind != "Bot"
                && author.database_id.is_some()
                && author.database_id == self.account
        });
        if !is_ours || kind == PostedKind::Diff || Marker::read(&comment.body).is_none() {
            return Ok(None);
        }
        if let Some(known) = self.through.get(&id) {
            return Ok(*known);
        }
        let route = format!("{}/issues/comments/{id}", self.repository);
        let app = self.client.read::<OfRest>(&route)?.through();
        self.through.insert(id, app);
        Ok(app)
    }
}

fn unread(kind: ErrorKind) -> Error {
    Error {
        kind,
        asked: format!("POST {ROUTE}"),
        said: String::new(),
    }
}
