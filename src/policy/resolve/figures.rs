//! Tables, scopes, deadlines and days of a policy.

use super::Resolver;
use super::paths::fact_path;
use crate::cel::Type;
use crate::document::{Node, NodeId, Spanned};
use crate::finding::Severity;
use crate::policy::params::read_table;
use crate::policy::policy::{Deadline, FactPath, Scope};
use crate::policy::raw::{RawDeadline, RawScope};
use crate::policy::table::{GRADES, SECTORS, Table};
use crate::text::{Day, Duration, parse_day};

impl Resolver<'_, '_, '_> {
    pub(super) fn deadline(&mut self, raw: &RawDeadline) -> Option<Deadline> {
        let after = match raw.after.value.as_str() {
            "graded_on" => None,
            _ => Some(self.after(&raw.after)?),
        };
        Some(Deadline {
            after,
            within: self.table(raw.within, "policy/deadline", |node| {
                node.as_str().and_then(Duration::parse)
            })?,
            not_before: raw.not_before.as_ref().and_then(|day| self.day(day)),
            until_year_end: raw
                .until
                .as_ref()
                .is_some_and(|until| until.value == "year_end"),
        })
    }

    /// The date of the plan from which grace runs.
    fn after(&mut self, path: &Spanned<String>) -> Option<FactPath> {
        let it = self.it.clone();
        let text = self.compiler.text;
        let (found, ty) = fact_path(
            path,
            text,
            &it,
            self.compiler.catalogue,
            self.compiler.problems,
        )?;
        if ty != Type::Date {
            let zh = format!(
                "「{}」不是日期；deadline.after 應為 graded_on 或日期之路徑",
                path.value
            );
            let en = format!(
                "{} is no date; deadline.after is graded_on or the path of a date",
                path.value
            );
            self.compiler
                .problems
                .say("policy/deadline", path.span, zh, en);
            return None;
        }
        Some(found)
    }

    pub(super) fn scope(&mut self, raw: &RawScope) -> Scope {
        let mut indices = |words: &Option<Vec<Spanned<String>>>, known: &[String]| -> Vec<u8> {
            let mut found = Vec::new();
            for word in words.iter().flatten() {
                match known.iter().position(|other| *other == word.value) {
                    Some(at) => found.extend(u8::try_from(at).ok()),
                    None => {
                        let zh = format!("「{}」不在 {} 之內", word.value, known.join("、"));
                        let en = format!("{} is none of {}", word.value, known.join(", "));
                        self.compiler
                            .problems
                            .say("policy/scope", word.span, zh, en);
                    }
                }
            }
            found
        };
        let sectors = SECTORS.map(str::to_owned);
        let grades = GRADES.map(|grade| grade.to_string());
        Scope {
            sectors: indices(&raw.sector, &sectors),
            grades: indices(&raw.grade, &grades),
        }
    }

    pub(super) fn severity(&mut self, id: NodeId) -> Option<Table<Severity>> {
        self.table(id, "policy/severity", |node| {
            Severity::parse(node.written())
        })
    }

    pub(super) fn table<T>(
        &mut self,
        id: NodeId,
        rule: &str,
        leaf: impl Fn(Node<'_>) -> Option<T>,
    ) -> Option<Table<T>> {
        let table = read_table(self.document.node(id), &leaf);
        table
            .map_err(|node| {
                let zh = format!("「{}」不是此處的值", node.written());
                let en = format!("{} is no value of this place", node.written());
                self.compiler.problems.say(rule, node.span(), zh, en);
            })
            .ok()
    }

    pub(super) fn day(&mut self, written: &Spanned<String>) -> Option<Day> {
        let day = parse_day(&written.value);
        if day.is_none() {
            let zh = format!("「{}」不是西元年月日", written.value);
            let en = format!("{} is no ISO day", written.value);
            self.compiler
                .problems
                .say("policy/day", written.span, zh, en);
        }
        day
    }
}
