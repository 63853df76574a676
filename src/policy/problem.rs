//! What is wrong with a policy file, as findings in that file.

use std::sync::Arc;

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
        let place = Place::new(self.file, span, "");
        self.findings.push(Finding::of_form(
            rule,
            Severity::Error,
            place,
            message,
            None,
        ));
    }

    /// The same, in one breath.
    pub(super) fn say(&mut self, rule: &str, span: Span, zh_tw: String, en: String) {
        self.add(rule, span, Localized::new(zh_tw, en));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }
}
