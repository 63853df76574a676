//! Every table of an edition against the sectors and grades that its duty is asked of.

use super::Resolver;
use crate::document::{Node, NodeId};
use crate::policy::params::uncovered;
use crate::policy::policy::Scope;
use crate::policy::raw::RawEdition;
use crate::policy::table::{GRADES, Row, SECTORS};

impl Resolver<'_, '_, '_> {
    /// A table must cover every row that the duty is asked of. Of a list each entry may be for some
    /// rows only, and of the policy's own figures the edition's win.
    pub(super) fn check_tables(&mut self, scope: &Scope, raw: &RawEdition) {
        let own = self.raw.params.map(|id| self.document.node(id));
        let new = raw.params.map(|id| self.document.node(id));
        let entries = |node: Option<Node<'_>>| {
            let entries = node.into_iter().flat_map(Node::entries);
            let named = entries.map(|entry| (format!("params.{}", entry.key), entry.value.id()));
            named.collect::<Vec<_>>()
        };
        let mut tables: Vec<(String, NodeId)> = entries(own);
        let overrides = entries(new);
        tables.retain(|(name, _)| overrides.iter().all(|(other, _)| other != name));
        tables.extend(overrides);
        let deadline = raw.deadline.as_ref().or(self.raw.deadline.as_ref());
        let others = [
            ("severity", Some(raw.severity.unwrap_or(self.raw.severity))),
            ("confidence", Some(raw.confidence)),
            ("deadline.within", deadline.map(|deadline| deadline.within)),
        ];
        let others = others.map(|(name, id)| Some((name.to_owned(), id?)));
        tables.extend(others.into_iter().flatten());
        for (name, id) in tables {
            self.check_table(&name, self.document.node(id), scope);
        }
    }

    fn check_table(&mut self, name: &str, node: Node<'_>, scope: &Scope) {
        let rows = scope.rows();
        let missing: Vec<(Node<'_>, Row)> = rows
            .filter_map(|row| Some((uncovered(node, row)?, row)))
            .collect();
        let Some(&(table, _)) = missing.first() else {
            return;
        };
        let grades = |sector: usize| -> String {
            let rows = missing.iter().map(|(_, row)| row);
            let rows = rows.filter(|row| row.sector.map(usize::from) == Some(sector));
            rows.filter_map(|row| Some(GRADES[usize::from(row.grade?)]))
                .collect()
        };
        let named = SECTORS
            .iter()
            .enumerate()
            .map(|(at, sector)| (sector, grades(at)));
        let named = named.filter(|(_, grades)| !grades.is_empty());
        let named: Vec<String> = named
            .map(|(sector, grades)| format!("{sector} {grades}"))
            .collect();
        let rows = named.join("、");
        let zh = format!("{name} 未涵蓋適用之等級：{rows}");
        let en = format!("{name} has no row for {}", rows.replace('、', ", "));
        let problems = &mut *self.compiler.problems;
        problems.say("policy/table", table.span(), zh, en);
    }
}
