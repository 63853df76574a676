//! Where the next row goes in a plan.

use std::sync::Arc;

use super::{Proposal, Snapshot, stand_newest_first};
use crate::finding::Edit;
use crate::plan::{Draft, Plan, insert, insert_first, replace_silent};
use crate::text::SourceFile;

impl Proposal {
    /// The edit that writes the row into the plan's `history`, and the file that it is for; `None`
    /// where `history` stands as something that rows cannot be added to.
    pub fn edit<'p>(&self, plan: &Plan<'p>) -> Option<(&'p Arc<SourceFile>, Edit)> {
        let row = self.to_write();
        let Some(section) = plan.section("history") else {
            let history = Draft::Map(vec![("history".to_owned(), Draft::List(vec![row]))]);
            return Some((plan.main_file(), insert(plan.root(), &history)?));
        };
        let node = section.node;
        let edit = if node.is_null() {
            // An alias is read as nothing, and means rows all the same.
            let is_alias = node.document().file().slice(node.span()).starts_with('*');
            replace_silent((!is_alias).then_some(node)?, &Draft::List(vec![row]))
        } else if node.is_list() && stand_newest_first(&Snapshot::read(plan, "").rows) {
            insert_first(node, &row)?
        } else {
            insert(node, &row).filter(|_| node.is_list())?
        };
        Some((plan.file_of(node), edit))
    }
}
