//! Comments folded away and shown again: the one thing that only GraphQL can do.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::GitHub;
use super::graph::Viewer;
use super::wire::Comment;
use super::writing::place;
use crate::forge::{Error, ErrorKind};
use crate::review::marker::Marker;
use crate::review::writes::{Posted, PostedKind};

/// As many as GraphQL takes in one question.
const AT_ONCE: usize = 100;
const FOLD: &str = "mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) { minimizedComment { isMinimized } } }";
const UNFOLD: &str = "mutation($id: ID!) { unminimizeComment(input: {subjectId: $id}) { unminimizedComment { isMinimized } } }";
const FOLDED: &str = "query($ids: [ID!]!) { viewer { databaseId } nodes(ids: $ids) { id ... on Minimizable { isMinimized } } }";

/// The answer about some comments; who we are comes with it, and need not be asked by itself.
#[derive(Deserialize)]
struct Nodes {
    viewer: Viewer,
    nodes: Vec<Option<Node>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    id: String,
    is_minimized: Option<bool>,
}

impl GitHub {
    pub(super) fn set_folded(
        &mut self,
        comment: u64,
        kind: PostedKind,
        is_folded: bool,
    ) -> Result<(), Error> {
        let id = self.node_of(comment, kind)?;
        let query = if is_folded { FOLD } else { UNFOLD };
        let body = json!({ "query": query, "variables": { "id": id } });
        self.graph::<IgnoredAny>(&body)?;
        self.folded.insert(id, is_folded);
        Ok(())
    }

    fn node_of(&mut self, comment: u64, kind: PostedKind) -> Result<String, Error> {
        if let Some(node) = self.nodes.get(&(kind, comment)) {
            return Ok(node.clone());
        }
        let route = format!("{}/{}/comments/{comment}", self.repository, place(kind));
        let comment: Comment = self.client.read(&route)?;
        Ok(comment.node_id)
    }

    /// Asks of comments that carry a marker, each once; of others it does not matter. A token that may
    /// not ask is not told, which is another thing than that they are not folded.
    pub(super) fn tell_folded(&mut self, posted: &mut [Posted]) -> Result<(), Error> {
        let own = self.account;
        let mut unknown: Vec<(String, &mut Posted)> = Vec::new();
        for comment in posted {
            let is_ours = own.is_none() || own == comment.author;
            if is_ours
                && Marker::read(&comment.body).is_some()
                && let Some(node) = self.nodes.get(&(comment.kind, comment.id))
            {
                comment.is_folded = self.folded.get(node).copied();
                if comment.is_folded.is_none() {
                    unknown.push((node.clone(), comment));
                }
            }
        }
        for some in unknown.chunks_mut(AT_ONCE) {
            let ids: Vec<&str> = some.iter().map(|(node, _)| node.as_str()).collect();
            let body = json!({ "query": FOLDED, "variables": { "ids": ids } });
            let told = match self.graph::<Nodes>(&body) {
                Ok(told) => {
                    self.account.get_or_insert(told.viewer.database_id);
                    told.nodes
                }
                Err(error) if matches!(error.kind, ErrorKind::Forbidden | ErrorKind::NotFound) => {
                    return Ok(());
                }
                Err(error) => return Err(error),
            };
            for node in told.into_iter().flatten() {
                let of_node = some.iter_mut().filter(|(id, _)| *id == node.id);
                of_node.for_each(|(_, comment)| comment.is_folded = node.is_minimized);
                self.folded
                    .extend(node.is_minimized.map(|is_folded| (node.id, is_folded)));
            }
        }
        Ok(())
    }
}
