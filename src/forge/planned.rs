//! All that is to be told to the forge about a pull request, as a plan that can be shown.

use std::sync::Arc;

use serde_json::{Value, json};

use super::ToSet;
use crate::report::visible;
use crate::review::anchor::{Anchor, Side};
use crate::review::writes::{PostedKind, Write};
use crate::text::Language;

/// What labels of ours begin with; they say who is awaited.
pub const LABEL: &str = "待核准：";

/// What is to be told, in the order in which it is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planned {
    /// Comments and the summary.
    pub comments: Vec<Write>,
    /// Whose review is asked for.
    pub reviewers: Vec<Arc<str>>,
    /// Labels to put on.
    pub add_labels: Vec<String>,
    /// Labels to take off.
    pub remove_labels: Vec<String>,
    /// Statuses, last: a green one never stands before what it rests on is said.
    pub statuses: Vec<ToSet>,
}

impl Planned {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The plan for people, a line for each write.
    pub fn told(&self, language: Language) -> String {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.comments.iter().map(|write| line(write, language)));
        let of = |zh_tw: &str, en: &str, what: &str| match language {
            Language::ZhTw => format!("{zh_tw}{what}"),
            Language::En => format!("{en}{what}"),
        };
        let reviewers = self.reviewers.iter();
        lines.extend(reviewers.map(|login| of("邀請審查：", "ask for a review: ", login)));
        let add = self.add_labels.iter();
        lines.extend(add.map(|label| of("加標籤：", "put on the label: ", label)));
        let remove = self.remove_labels.iter();
        lines.extend(remove.map(|label| of("移除標籤：", "take off the label: ", label)));
        lines.extend(self.statuses.iter().map(|status| {
            let (context, state) = (&status.context, status.state.word());
            of(
                "狀態 ",
                "status ",
                &format!("{context} = {state} {}", status.description),
            )
        }));
        let head = match (lines.is_empty(), language) {
            (true, Language::ZhTw) => "平台上已是如此，無須寫入",
            (true, Language::En) => "the forge says so already, nothing to write",
            (false, Language::ZhTw) => "將寫入平台：",
            (false, Language::En) => "to be written to the forge:",
        };
        let lines: String = lines
            .iter()
            .map(|line| format!("    {}\n", visible(line)))
            .collect();
        format!("  {head}\n{lines}")
    }

    /// The plan for programs.
    pub fn json(&self) -> Value {
        json!({
            "comments": self.comments.iter().map(write).collect::<Vec<_>>(),
            "reviewers": self.reviewers.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "add_labels": self.add_labels,
            "remove_labels": self.remove_labels,
            "statuses": self.statuses.iter().map(status).collect::<Vec<_>>(),
        })
    }
}

fn status(status: &ToSet) -> Value {
    json!({
        "context": status.context,
        "state": status.state.word(),
        "description": status.description,
    })
}

fn line(write: &Write, language: Language) -> String {
    let (zh_tw, en) = match write {
        Write::Comment { anchor, .. } => {
            let place = match anchor {
                Anchor::Lines { path, line, .. } => format!("{path}:{line}"),
                Anchor::File { path } => path.to_string(),
                Anchor::Summary => String::new(),
            };
            (format!("留言於 {place}"), format!("comment on {place}"))
        }
        Write::Edit { comment, .. } => (
            format!("更新留言 {comment}"),
            format!("edit comment {comment}"),
        ),
        Write::Fold { comment, .. } => (
            format!("收合留言 {comment}"),
            format!("fold comment {comment}"),
        ),
        Write::Unfold { comment, .. } => (
            format!("展開留言 {comment}"),
            format!("unfold comment {comment}"),
        ),
        Write::Summary { .. } => ("發布摘要".to_owned(), "post the summary".to_owned()),
    };
    match language {
        Language::ZhTw => zh_tw,
        Language::En => en,
    }
}

fn write(write: &Write) -> Value {
    match write {
        Write::Comment { id, anchor, body } => {
            json!({ "write": "comment", "id": id, "at": at(anchor), "body": body })
        }
        Write::Edit {
            comment,
            kind,
            body,
        } => {
            json!({ "write": "edit", "comment": comment, "kind": word(*kind), "body": body })
        }
        Write::Fold { comment, kind } => {
            json!({ "write": "fold", "comment": comment, "kind": word(*kind) })
        }
        Write::Unfold { comment, kind } => {
            json!({ "write": "unfold", "comment": comment, "kind": word(*kind) })
        }
        Write::Summary { body } => json!({ "write": "summary", "body": body }),
    }
}

fn word(kind: PostedKind) -> &'static str {
    match kind {
        PostedKind::Conversation => "conversation",
        PostedKind::Diff => "diff",
    }
}

fn at(anchor: &Anchor) -> Value {
    match anchor {
        Anchor::Lines {
            path,
            side,
            start,
            line,
        } => json!({
            "path": &**path,
            "side": match side { Side::Old => "old", Side::New => "new" },
            "start": start,
            "line": line,
        }),
        Anchor::File { path } => json!({ "path": &**path }),
        Anchor::Summary => Value::Null,
    }
}
