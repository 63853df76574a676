//! The files of a plan taken together: which section stands where.

use std::cell::LazyCell;

use super::super::join::{Plan, PlanFiles};
use super::super::schema::Schema;
use super::nearest::nearest;
use super::problem::{Problem, Problems};
use super::rule;
use crate::document::{Document, Node};
use crate::finding::Finding;
use crate::text::{Localized, Span};

/// A section in two files, and a file of no section.
pub(super) fn check<'p, F: FnOnce() -> Plan<'p>>(
    files: &'p PlanFiles,
    schema: &'p Schema,
    plan: &LazyCell<Plan<'p>, F>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, document) in &files.sections {
        let mut problems = Problems::default();
        let span = first_line(document);
        if schema.field_named(schema.root(), name).is_none() {
            problems.add(rule::UNKNOWN_SECTION, span, || {
                of_no_section(name, document, schema)
            });
        } else if let Some(entry) = files.main.root().entry(name) {
            problems.add(rule::SECTION_TWICE, span, || {
                twice(name, document, schema).related(
                    entry.value,
                    entry.key_span,
                    Localized::new("採用此處", "this one is read"),
                )
            });
        }
        if !problems.is_empty() {
            findings.append(&mut problems.into_findings(plan));
        }
    }
    findings
}

fn of_no_section<'p>(name: &str, document: &'p Document, schema: &Schema) -> Problem<'p> {
    let sections = schema
        .fields(schema.root())
        .iter()
        .map(|&field| schema.field(field));
    let sections: Vec<_> = sections.collect();
    let near = nearest(name, sections.iter().map(|section| section.name.as_str()));
    let help = match near.map(|at| sections[at]) {
        Some(section) => Localized::new(
            format!("檔名改為 {}.yaml（{}）", section.name, section.title.zh_tw),
            format!("rename it to {}.yaml ({})", section.name, section.title.en),
        ),
        None => Localized::new(
            "檔名用章節之欄位名稱，例如 controls.yaml；附件列入 annexes",
            "name it as a section, such as controls.yaml; annexes are listed under `annexes`",
        ),
    };
    let (zh, en) = (
        format!("「{name}」不是章節名稱，此檔無人讀取"),
        format!("`{name}` is no section; nobody reads this file"),
    );
    on_first_line(rule::UNKNOWN_SECTION, document, zh, en).help(help)
}

fn twice<'p>(name: &str, document: &'p Document, schema: &Schema) -> Problem<'p> {
    let field = schema
        .field_named(schema.root(), name)
        .map(|field| schema.field(field));
    let title = field.map_or_else(|| Localized::same(name), |field| field.title.clone());
    let (zh, en) = (
        format!("「{}」已寫在 plan.yaml，此檔不採用", title.zh_tw),
        format!(
            "`{}` stands in plan.yaml already; this file is not read",
            title.en
        ),
    );
    on_first_line(rule::SECTION_TWICE, document, zh, en).help(Localized::new(
        format!("刪去此檔，或刪去 plan.yaml 之 {name}"),
        format!("delete this file, or `{name}` in plan.yaml"),
    ))
}

fn on_first_line(
    rule: crate::document::Rule,
    document: &Document,
    zh_tw: String,
    en: String,
) -> Problem<'_> {
    Problem::new(rule, document.root(), zh_tw, en).span(first_line(document))
}

/// The first line of what a file says.
fn first_line(document: &Document) -> Span {
    let root: Node<'_> = document.root();
    let start = root.span().start as usize;
    let text = &document.file().text()[start..];
    let line = text.find('\n').unwrap_or(text.len());
    Span::new(start, start + text[..line].trim_end().len())
}
