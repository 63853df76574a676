//! What we tell GitHub.
//!
//! Comments on the diff are posted one by one: a review with several is refused whole for one bad
//! line, without saying which. Nothing here approves, or asks for changes, as a reviewer.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::GitHub;
use super::connection::{Answer, Method};
use super::wire::Comment;
use crate::forge::{Error, ErrorKind, ToSet};
use crate::review::CommitId;
use crate::review::anchor::{Anchor, Side};
use crate::review::writes::{PostedKind, Write};

/// A comment on a file of the diff, or on lines of it.
#[derive(Serialize)]
struct OnDiff<'a> {
    body: &'a str,
    commit_id: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_side: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_type: Option<&'static str>,
}

impl<'a> OnDiff<'a> {
    /// `None` for what has no place on the diff.
    fn new(anchor: &'a Anchor, body: &'a str, head: &'a CommitId) -> Option<Self> {
        let (path, lines) = match anchor {
            Anchor::Lines {
                path,
                side,
                start,
                line,
            } => (path, Some((*side, *start, *line))),
            Anchor::File { path } => (path, None),
            Anchor::Summary => return None,
        };
        let side = lines.map(|(side, _, _)| match side {
            Side::Old => "LEFT",
            Side::New => "RIGHT",
        });
        let start_line = lines.and_then(|(_, start, _)| start);
        Some(Self {
            body,
            commit_id: head,
            path,
            line: lines.map(|(_, _, line)| line),
            side,
            start_line,
            start_side: start_line.and(side),
            subject_type: lines.is_none().then_some("file"),
        })
    }
}

impl GitHub {
    pub(super) fn carry(
        &mut self,
        number: u64,
        head: &CommitId,
        write: &Write,
    ) -> Result<(), Error> {
        match write {
            Write::Comment { anchor, body, .. } => self.comment(number, head, anchor, body),
            Write::Edit {
                comment,
                kind,
                body,
            } => self.edit(*comment, *kind, body),
            Write::Fold { comment, kind } => self.set_folded(*comment, *kind, true),
            Write::Unfold { comment, kind } => self.set_folded(*comment, *kind, false),
            Write::Summary { body } => {
                let route = format!("{}/issues/{number}/comments", self.repository);
                let comment = self.create_comment(&route, &json!({ "body": body }))?;
                self.note_app(comment.as_ref());
                Ok(())
            }
        }
    }

    fn comment(
        &mut self,
        number: u64,
        head: &CommitId,
        anchor: &Anchor,
        body: &str,
    ) -> Result<(), Error> {
        let route = format!("{}/pulls/{number}/comments", self.repository);
        let Some(on_diff) = OnDiff::new(anchor, body, head) else {
            return Err(unexpected(ErrorKind::Rejected, "POST", &route));
        };
        self.create_comment(&route, &json!(on_diff)).map(drop)
    }

    /// It stands, whether or not we make sense of what is answered.
    fn create_comment(&mut self, route: &str, body: &Value) -> Result<Option<Comment>, Error> {
        let answer = self.create(route, body)?;
        Ok(serde_json::from_slice(&answer.body).ok())
    }

    /// Whoever looks at our own word again need not ask through which App it was written.
    fn note_app(&mut self, comment: Option<&Comment>) {
        let noted = comment.map(|comment| (comment.id, comment.through()));
        self.through.extend(noted);
    }

    fn edit(&mut self, comment: u64, kind: PostedKind, body: &str) -> Result<(), Error> {
        let route = format!("{}/{}/comments/{comment}", self.repository, place(kind));
        let body = json!({ "body": body });
        self.client.tell(Method::Patch, &route, &body).map(drop)
    }

    pub(super) fn post_status(&mut self, commit: &CommitId, status: &ToSet) -> Result<(), Error> {
        let route = format!("{}/statuses/{commit}", self.repository);
        let mut body = json!({
            "state": status.state.word(),
            "context": status.context,
            "description": status.description,
        });
        if let Some(address) = &status.address {
            body["target_url"] = json!(address);
        }
        self.create(&route, &body).map(drop)
    }

    pub(super) fn ask_for_reviews(
        &mut self,
        number: u64,
        logins: &[Arc<str>],
    ) -> Result<(), Error> {
        if logins.is_empty() {
            return Ok(());
        }
        let route = format!("{}/pulls/{number}/requested_reviewers", self.repository);
        let logins: Vec<&str> = logins.iter().map(AsRef::as_ref).collect();
        let body = json!({ "reviewers": logins });
        self.create(&route, &body).map(drop)
    }

    pub(super) fn change_labels(
        &mut self,
        number: u64,
        add: &[&str],
        remove: &[&str],
    ) -> Result<(), Error> {
        let route = format!("{}/issues/{number}/labels", self.repository);
        if !add.is_empty() {
            let labels = json!({ "labels": add });
            self.client.tell(Method::Post, &route, &labels)?;
        }
        for label in remove {
            let route = format!("{route}/{}", encoded(label));
            match self.client.tell(Method::Delete, &route, &json!({})) {
                Err(error) if error.kind != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Something new: GitHub answers with 201, and with anything else has made nothing.
    fn create(&mut self, route: &str, body: &Value) -> Result<Answer, Error> {
        let answer = self.client.tell(Method::Post, route, body)?;
        match answer.status {
            201 => Ok(answer),
            _ => Err(unexpected(ErrorKind::Malformed, "POST", route)),
        }
    }
}

/// Under which name GitHub keeps comments.
pub(super) fn place(kind: PostedKind) -> &'static str {
    match kind {
        PostedKind::Conversation => "issues",
        PostedKind::Diff => "pulls",
    }
}

/// A part of a path: whatever is not surely plain is written in hexadecimal.
pub(super) fn encoded(part: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    part.bytes().map(byte).collect()
}

fn unexpected(kind: ErrorKind, verb: &str, route: &str) -> Error {
    Error {
        kind,
        asked: format!("{verb} {route}"),
        said: String::new(),
    }
}
