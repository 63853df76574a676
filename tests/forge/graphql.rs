//! What GitHub answers in GraphQL, as far as it is asked: its shapes are those of its own schema.

use serde_json::{Value, json};

use crate::question::Document;
use crate::routes::{Reply, message, node};
use crate::state::{Comment, Given, State};

/// As many as a page has.
const PAGE: usize = 100;

impl State {
    /// Of a question that is cut short each list has its half, and says that this is all.
    pub(crate) fn graphql(&mut self, body: &Value, caller: &str, is_cut: bool) -> Reply {
        let query = body["query"].as_str().unwrap_or_default();
        let variables = &body["variables"];
        let document = Document::read(query);
        self.violations.extend(document.problems.iter().cloned());
        if !document.is_mutation() {
            let (id, _) = self.accounts[caller];
            let mut whole = json!({
                "__typename": "Query",
                "viewer": { "__typename": "User", "databaseId": id },
            });
            if document.asks_for("repository") {
                whole["repository"] = self.repository_told(variables, is_cut);
            }
            let data = document.answer(&whole, variables);
            return Reply(200, json!({ "data": data }));
        }
        if !self.may_fold {
            return refused("FORBIDDEN", "Resource not accessible by integration");
        }
        let id = variables["id"].as_str().unwrap_or_default().to_owned();
        if !self.comments.iter().any(|own| node(own.id) == id) {
            return refused("NOT_FOUND", "Could not resolve to a node");
        }
        if document.asks_for("unminimizeComment") {
            self.folded.remove(&id);
        } else if document.asks_for("minimizeComment") && query.contains("classifier: OUTDATED") {
            self.folded.insert(id);
        } else {
            return message(400, "Problems parsing GraphQL");
        }
        Reply(200, json!({ "data": {} }))
    }

    fn repository_told(&self, variables: &Value, is_cut: bool) -> Value {
        let number = variables["number"].as_u64().unwrap_or_default();
        let is_ours = variables["owner"] == "jia" && variables["name"] == "plans";
        if !is_ours || !self.pulls.contains_key(&number) {
            return Value::Null;
        }
        let of = |is_diff| {
            let all = self.comments.iter();
            all.filter(move |it| it.pull == number && it.anchor.is_some() == is_diff)
        };
        let said: Vec<Value> = of(false).map(|own| self.comment_told(own)).collect();
        let begun = of(true).filter(|own| own.reply_to.is_none());
        let begun = begun.map(|first| {
            let answers = of(true).filter(|own| own.reply_to == Some(first.id));
            json!({
                "__typename": "PullRequestReviewThread",
                "comments": { "totalCount": 1 + answers.count(), "nodes": [self.comment_told(first)] },
            })
        });
        let given = self.reviews.iter().enumerate();
        let given = given.filter(|(_, review)| review.pull == number);
        let given: Vec<Value> = given.map(|(at, own)| self.review_told(at, own)).collect();
        let pull = json!({
            "__typename": "PullRequest",
            "reviews": page(&given, &variables["given"], is_cut),
            "comments": page(&said, &variables["said"], is_cut),
            "reviewThreads": page(&begun.collect::<Vec<_>>(), &variables["begun"], is_cut),
        });
        json!({ "__typename": "Repository", "pullRequest": pull })
    }

    fn comment_told(&self, comment: &Comment) -> Value {
        let (kind, place) = match comment.anchor {
            Some(_) => ("PullRequestReviewComment", "discussion_r"),
            None => ("IssueComment", "issuecomment-"),
        };
        let (number, id) = (comment.pull, comment.id);
        json!({
            "__typename": kind,
            "id": node(id),
            "url": format!("https://forge.example/jia/plans/pull/{number}#{place}{id}"),
            "body": comment.body,
            "isMinimized": self.folded.contains(&node(id)),
            "author": self.author_told(Some(&comment.author)),
        })
    }

    fn review_told(&self, at: usize, review: &Given) -> Value {
        let (number, id) = (review.pull, at + 1);
        let commit = review.commit.as_ref();
        json!({
            "__typename": "PullRequestReview",
            "url": format!("https://forge.example/jia/plans/pull/{number}#pullrequestreview-{id}"),
            "state": review.state,
            "submittedAt": (review.state != "PENDING").then_some(&review.at),
            "commit": commit.map(|oid| json!({ "__typename": "Commit", "oid": oid })),
            "author": self.author_told(review.author),
        })
    }

    /// Here the login of a program has no mark: it is told by its type.
    fn author_told(&self, login: Option<&str>) -> Value {
        let known = login.and_then(|login| Some((login, self.accounts.get(login)?)));
        known.map_or(Value::Null, |(login, (id, kind))| {
            let login = login.trim_end_matches("[bot]");
            json!({ "__typename": kind, "login": login, "databaseId": id })
        })
    }
}

/// A page of a list; a cursor is the place of the last entry that was shown.
fn page(all: &[Value], after: &Value, is_cut: bool) -> Value {
    let from: usize = after.as_str().map_or(0, |own| own.parse().expect("ours"));
    let (count, end) = (all.len(), (from + PAGE).min(all.len()));
    let mut nodes = all[from..end].to_vec();
    if is_cut {
        nodes.truncate(nodes.len() / 2);
    }
    json!({
        "totalCount": count,
        "pageInfo": {
            "__typename": "PageInfo",
            "hasNextPage": end < count && !is_cut,
            "endCursor": (end > 0).then(|| end.to_string()),
        },
        "nodes": nodes,
    })
}

fn refused(kind: &str, said: &str) -> Reply {
    let errors = json!([{ "type": kind, "message": said }]);
    Reply(200, json!({ "data": null, "errors": errors }))
}
