//! Whether the files of a plan have the form of the plan schema.
//!
//! In: the files of one plan as trees. Out: findings with the ids `shape/…`, in both languages, at
//! the very key or value, with what was found, what is expected and, where it is plain, what to
//! write instead. Knows nothing of policies or of the law. Invariant: no word of the library that
//! checks the schema reaches a message, and one mistake is one finding.

mod choices;
mod explain;
mod files;
mod formats;
mod found;
mod json_view;
mod keys;
mod known;
mod nearest;
mod problem;
mod reach;
mod respell;
pub mod rule;
mod site;
mod surely;
#[cfg(test)]
mod tests;
mod twice;
mod types;
mod validator;
mod values;
mod walk;

pub use validator::Validator;

use std::cell::LazyCell;

use super::join::{Plan, PlanFiles};
use super::schema::Schema;
use crate::document::Document;
use crate::finding::Finding;

use explain::explain;
use json_view::View;
use problem::Problems;
use reach::Reach;
use site::Site;
use walk::Seen;

/// What a file of a plan is.
#[derive(Debug, Clone, Copy)]
enum Part<'p> {
    /// `plan.yaml`, or an annex, which gives data under the same paths.
    Plan,
    /// A section in a file of its own.
    Section(&'p str),
}

/// Everything that is wrong with the form of a plan, in the order of its files and of their lines.
pub fn check_shape(files: &PlanFiles, validator: &Validator, schema: &Schema) -> Vec<Finding> {
    // Most plans are right, and then nobody asks what their nodes are called.
    let plan = LazyCell::new(|| Plan::new(files, schema));
    let main = std::iter::once((Part::Plan, &files.main));
    let annexes = files
        .annexes
        .values()
        .map(|document| (Part::Plan, document));
    let sections = files.sections.iter();
    let sections = sections.filter(|(name, _)| schema.field_named(schema.root(), name).is_some());
    let sections = sections.map(|(name, document)| (Part::Section(name), document));
    let mut findings = files::check(files, schema, &plan);
    for (part, document) in main.chain(sections).chain(annexes) {
        findings.append(&mut check_file(part, document, validator, schema, &plan));
    }
    findings.sort_by(|a, b| a.place.order(&b.place));
    findings
}

fn check_file<'p, F: FnOnce() -> Plan<'p>>(
    part: Part<'p>,
    document: &'p Document,
    validator: &Validator,
    schema: &'p Schema,
    plan: &LazyCell<Plan<'p>, F>,
) -> Vec<Finding> {
    let root = document.root();
    // Asked for only where there is something to tell: it reads the schema as JSON.
    let site = || match part {
        Part::Plan => Site::root(root, schema.json()),
        Part::Section(name) => Site::of_section(root, schema.json(), name),
    };
    let mut seen = Seen::default();
    let mut violations = Vec::new();
    if !validator.is_sure(part, root, &mut seen) {
        (seen, violations) = match part {
            Part::Plan => (
                Seen::plan(root, schema),
                validator.violations(View::Node(root)),
            ),
            Part::Section(name) => (
                Seen::section(name, root, schema),
                validator.violations(View::Section(name, root)),
            ),
        };
    }
    if let Part::Section(_) = part {
        // The first step leads from the plan to the section, which is the root of this file.
        for violation in &mut violations {
            violation.at.drain(..1);
        }
    }
    let mut problems = Problems::default();
    if !violations.is_empty() {
        explain(site(), violations, schema, &mut problems);
    }
    for &(list, field) in &seen.keyed {
        twice::identities(list, schema.field(field), schema, &mut problems);
    }
    for node in seen
        .unquoted
        .iter()
        .filter(|node| !problems.any_at(node.span()))
        .collect::<Vec<_>>()
    {
        problems.add(rule::QUOTE_IT, node.span(), || {
            values::unquoted(site().of(*node))
        });
    }
    if !seen.variants.is_empty() {
        let reach = Reach::of(plan);
        for &list in &seen.variants {
            reach.check(list, &site().of(list).title(), &mut problems);
        }
    }
    if problems.is_empty() {
        return Vec::new();
    }
    problems.into_findings(plan)
}
