//! The few questions that only GraphQL answers, and how it says no.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::GitHub;
use super::client::Ask;
use super::connection::Method;
use crate::forge::{Error, ErrorKind};

pub(super) const ROUTE: &str = "/graphql";
const VIEWER: &str = "query { viewer { databaseId } }";
/// The longest part of a stranger's words that is kept, in characters.
const SAID: usize = 300;

/// GraphQL answers with 200 even where it did nothing.
#[derive(Deserialize)]
struct Graph<T> {
    data: Option<T>,
    #[serde(default)]
    errors: Vec<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    message: String,
}

#[derive(Deserialize)]
struct Viewed {
    viewer: Viewer,
}

/// Whose the token is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Viewer {
    pub(super) database_id: u64,
}

impl GitHub {
    /// Whose the token is. REST tells it to persons only; GraphQL tells it to an App and to a
    /// workflow too.
    pub(super) fn viewer(&mut self) -> Result<u64, Error> {
        let told: Viewed = self.graph(&json!({ "query": VIEWER }))?;
        Ok(told.viewer.database_id)
    }

    /// Asks; what was answered with errors beside it is no answer.
    pub(super) fn graph<T: DeserializeOwned>(&mut self, body: &Value) -> Result<T, Error> {
        let ask = Ask::send(Method::Graph, ROUTE, body);
        let answer = self.client.ask(&ask)?;
        // Where there are errors, the data may be null in places where we know of none.
        let problems: Graph<Value> = ask.decode(&answer)?;
        if let Some(problem) = problems.errors.first() {
            let said = problem.message.chars().take(SAID).collect();
            return Err(refused(kind(&problem.kind), said));
        }
        let graph: Graph<T> = ask.decode(&answer)?;
        let nothing = || refused(ErrorKind::Malformed, String::new());
        graph.data.ok_or_else(nothing)
    }
}

fn refused(kind: ErrorKind, said: String) -> Error {
    let asked = format!("POST {ROUTE}");
    Error { kind, asked, said }
}

fn kind(word: &str) -> ErrorKind {
    match word {
        "FORBIDDEN" | "INSUFFICIENT_SCOPES" => ErrorKind::Forbidden,
        "NOT_FOUND" => ErrorKind::NotFound,
        "RATE_LIMITED" => ErrorKind::RateLimited(None),
        "UNPROCESSABLE" => ErrorKind::Rejected,
        // Its own trouble, GitHub tells without a type.
        "" => ErrorKind::Unreachable,
        _ => ErrorKind::Malformed,
    }
}
