//! The facts that a policy names, looked for in the plan from where the policy stands.
//!
//! In: a path of the policy, a visit. Out: the fact with its mode, its field, its title, its date. Does
//! not judge what it finds.

use super::{Scene, Visit};
use crate::cel::{Content, Data};
use crate::check::findings::basis::is_cited;
use crate::check::scene::host::Seen;
use crate::document::Node;
use crate::plan::{self, BodyIndex, Fact};
use crate::policy::{Each, Edition, FactPath, Grounds, Policy, Start};
use crate::text::{DateRange, Day, Localized};

impl<'p> Scene<'p> {
    /// The fields along a path of the policy, as the schema has them.
    pub(in crate::check) fn field_of(
        &self,
        policy: &Policy,
        path: &FactPath,
        visit: &Visit<'p>,
    ) -> Option<&'p plan::Field> {
        let base: Vec<&str> = match (path.start, &policy.each) {
            (Start::Plan, _) => Vec::new(),
            (_, Each::Bodies) => vec!["bodies"],
            (_, Each::Rows(rows)) => rows.iter().map(String::as_str).collect(),
            (_, Each::Plan | Each::Derived(_)) => return None,
        };
        let own = path.keys.iter().map(|key| segment(key, visit));
        let path: Vec<&str> = base.into_iter().chain(own).collect();
        let schema = self.plan().schema();
        let field = schema.resolve(&path.join("."))?;
        Some(schema.field(field))
    }

    /// What the fact of the policy is called.
    pub(in crate::check) fn fact_title(
        &self,
        policy: &Policy,
        visit: &Visit<'p>,
    ) -> Option<Localized> {
        let field = self.field_of(policy, policy.fact.as_ref()?, visit)?;
        Some(field.title.clone())
    }

    /// Looks for a fact along a path of the policy.
    pub(in crate::check) fn look(&mut self, path: &FactPath, visit: &Visit<'p>) -> Fact<'p> {
        let keys: Vec<&str> = path.keys.iter().map(|key| segment(key, visit)).collect();
        let body = visit.body.or(self.plan().bodies().agency());
        let item = match (path.start, &visit.it.content) {
            (Start::ItemItself, _) if visit.fact.is_some() && keys.is_empty() => {
                return visit.fact.clone().expect("internal: asked in the guard");
            }
            (Start::Item | Start::ItemItself, Content::Object(it)) => self.host.seen(*it),
            _ => None,
        };
        match item {
            Some(Seen { node, shape, .. }) => {
                plan::look_from(self.plan(), node, shape, &keys, body)
            }
            None => plan::look(self.plan(), &keys, body),
        }
    }

    /// When the body was graded: as stated, or bounded by the law's start and the oldest edition of
    /// the plan. Grace must be claimed: an unsaid day is never later than that.
    pub(in crate::check) fn graded(&self, body: Option<BodyIndex>, day: Day) -> DateRange {
        let stated = body.and_then(|body| self.plan().bodies().get(body).graded_on);
        stated.unwrap_or_else(|| {
            let last = self.first_issued.map_or(day, |issued| issued.last.min(day));
            DateRange {
                first: self.first_law,
                last: last.max(self.first_law),
            }
        })
    }

    /// The date at a path, where the plan states it.
    pub(in crate::check) fn stated_date(
        &mut self,
        path: &FactPath,
        visit: &Visit<'p>,
    ) -> Option<DateRange> {
        match self.look(path, visit).mode {
            plan::Mode::Stated(plan::Stated::One(node)) => DateRange::parse(node.written()),
            _ => None,
        }
    }

    /// Whether a `by_law` cites a provision that the edition rests on, for the body's row.
    pub(in crate::check) fn cites_the_same(
        &self,
        citations: Node<'p>,
        edition: &'p Edition,
        visit: &Visit<'p>,
    ) -> bool {
        let Grounds::Law(cites) = &edition.grounds else {
            return false;
        };
        let row = self.row(visit.body.or(self.plan().bodies().agency()));
        let written: Vec<Node<'p>> = if citations.is_list() {
            citations.items().collect()
        } else {
            vec![citations]
        };
        written.into_iter().any(|citation| {
            cites
                .iter()
                .any(|cite| is_cited(citation, cite, self.laws, edition.from, row))
        })
    }
}

/// The documents that a `delegated_to` names, as printed.
pub(in crate::check) fn written_citations(node: Node<'_>) -> Vec<String> {
    if node.is_list() {
        return node.items().flat_map(written_citations).collect();
    }
    if node.is_map() {
        let parts: Vec<&str> = node.entries().map(|entry| entry.value.written()).collect();
        return vec![parts.join(" ")];
    }
    vec![node.written().to_owned()]
}

/// A segment of a path: `{need}` is the entry of the law's list, `{need.id}` its id.
fn segment<'v>(key: &'v str, visit: &'v Visit<'_>) -> &'v str {
    match visit.need {
        Some((_, id)) if key == "{need}" || key == "{need.id}" => id,
        Some((need, _)) if key.starts_with("{need.") => {
            let field = key.trim_start_matches("{need.").trim_end_matches('}');
            match need.get(field) {
                Some(Data::Text(text)) => text,
                _ => key,
            }
        }
        _ => key,
    }
}
