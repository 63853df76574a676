//! Comments folded away and shown again: the one thing that only GraphQL can do.

use serde::de::IgnoredAny;
use serde_json::json;

use super::GitHub;
use super::wire::Comment;
use super::writing::place;
use crate::forge::Error;
use crate::review::writes::PostedKind;

const FOLD: &str = "mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) { minimizedComment { isMinimized } } }";
const UNFOLD: &str = "mutation($id: ID!) { unminimizeComment(input: {subjectId: $id}) { unminimizedComment { isMinimized } } }";

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
        self.graph::<IgnoredAny>(&body).map(drop)
    }

    fn node_of(&mut self, comment: u64, kind: PostedKind) -> Result<String, Error> {
        if let Some(node) = self.nodes.get(&(kind, comment)) {
            return Ok(node.clone());
        }
        let route = format!("{}/{}/comments/{comment}", self.repository, place(kind));
        let comment: Comment = self.client.read(&route)?;
        Ok(comment.node_id)
    }
}
