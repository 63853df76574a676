//! What is wrong with a policy file, as findings in that file.

use std::sync::Arc;

use super::advice::advice;
use crate::finding::{Finding, Place, Severity};
use crate::text::{Localized, SourceFile, Span};

/// Collects the problems of one file.
#[derive(Debug)]
pub(super) struct Problems<'f> {
    file: &'f Arc<SourceFile>,
    pub(super) findings: Vec<Finding>,
}

impl<'f> Problems<'f> {
    pub(super) fn of(file: &'f Arc<SourceFile>) -> Self {
        Self {
            file,
            findings: Vec::new(),
        }
    }

    /// Says what is wrong at a span of the file.
    pub(super) fn add(&mut self, rule: &str, span: Span, message: Localized) {
        self.found(rule, Severity::Error, span, message);
    }

    /// The same, in one breath.
    pub(super) fn say(&mut self, rule: &str, span: Span, zh_tw: String, en: String) {
        self.add(rule, span, Localized::new(zh_tw, en));
    }

    /// Says what is of no use. The policy loads.
    pub(super) fn warn(&mut self, rule: &str, span: Span, zh_tw: String, en: String) {
        self.found(rule, Severity::Warning, span, Localized::new(zh_tw, en));
    }

    /// Whether the policy loads.
    pub(super) fn loads(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.all(|finding| finding.severity < Severity::Error)
    }

    /// An expression is compiled for each edition: what is wrong in all of them is told once.
    fn found(&mut self, rule: &str, severity: Severity, span: Span, message: Localized) {
        let known = self.findings.iter().any(|other| {
            *other.policy == *rule && other.place.span == span && other.message == message
        });
        if !known {
            let place = Place::new(self.file, span, "");
            let finding = Finding::of_form(rule, severity, place, message, advice(rule));
            self.findings.push(finding);
        }
    }
}
