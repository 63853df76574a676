//! The comments of a pull request, in the conversation and on the diff, as GraphQL tells them → ours.
//!
//! What GraphQL does not tell is asked of REST, of the few comments where it matters: through which App
//! somebody's word was written.

use serde::Deserialize;

use super::GitHub;
use super::discussion::{Author, number_of};
use super::reviews;
use super::wire::Comment as OfRest;
use crate::forge::Error;
use crate::review::marker::Marker;
use crate::review::writes::{Posted, PostedKind};

/// A thread, by the comment that it begins with.
#[derive(Deserialize)]
pub(super) struct Thread {
    comments: Beginning,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Beginning {
    total_count: usize,
    nodes: Vec<Option<Comment>>,
}

/// A comment.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Comment {
    id: String,
    /// Ends in its number.
    url: String,
    body: String,
    is_minimized: bool,
    author: Option<Author>,
}

impl GitHub {
    /// The reviews come with them, and are kept until they are asked for.
    pub(super) fn read_comments(&mut self, number: u64) -> Result<Vec<Posted>, Error> {
        let discussion = self.read_discussion(number)?;
        self.reviews = Some((number, reviews::told(discussion.given)?));
        self.posted(discussion.said, discussion.begun)
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
        let id = number_of(&comment.url, mark)?;
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
