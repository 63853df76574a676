//! Problems on the way to findings: spans while reading, places with paths at the end.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::finding::{Edit, Finding, Fingerprint, Place, Related, Severity};
use crate::text::{Localized, SourceFile, Span};

use super::node::Document;
use super::rule::Rule;

/// Findings of one rule in one file; the rest is counted in the last one. A file of nothing but
/// tabs would otherwise take a gigabyte to complain about.
const SHOWN_PER_RULE: usize = 100;

/// A text of the file as part of a message, which is to stay one line.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

/// A finding whose path is not known yet.
#[derive(Debug)]
pub(super) struct Problem {
    rule: Rule,
    severity: Severity,
    span: Span,
    message: Localized,
    help: Option<Localized>,
    related: Option<(Span, Localized)>,
    write: Option<Edit>,
}

impl Problem {
    /// A problem that weighs what its rule weighs.
    pub(super) fn new(
        rule: Rule,
        span: Span,
        zh_tw: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: rule.severity,
            span,
            message: Localized::new(zh_tw, en),
            help: None,
            related: None,
            write: None,
        }
    }

    /// Adds the next act.
    pub(super) fn help(mut self, zh_tw: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Localized::new(zh_tw, en));
        self
    }

    /// Adds another place that bears on it.
    pub(super) fn related(mut self, span: Span, zh_tw: &str, en: &str) -> Self {
        self.related = Some((span, Localized::new(zh_tw, en)));
        self
    }

    /// Adds what to write in place of `span`.
    pub(super) fn write(mut self, span: Span, text: impl Into<String>) -> Self {
        self.write = Some(Edit {
            span,
            text: text.into(),
        });
        self
    }

    /// Takes back what to write, where that is not known.
    pub(super) fn unwritten(mut self) -> Self {
        self.write = None;
        self
    }

    /// Its rule.
    pub(super) fn rule(&self) -> Rule {
        self.rule
    }

    /// The byte it begins at.
    pub(super) fn start(&self) -> u32 {
        self.span.start
    }

    /// Makes it a warning.
    pub(super) fn lighter(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }
}

/// The problems of one file.
#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<Problem>,
    /// How many there were of each rule.
    counts: BTreeMap<&'static str, usize>,
}

impl Problems {
    /// Adds a problem; it is only written out while its rule is still shown.
    pub(super) fn add(&mut self, rule: Rule, problem: impl FnOnce() -> Problem) {
        let count = self.counts.entry(rule.id).or_default();
        *count += 1;
        if *count <= SHOWN_PER_RULE {
            self.list.push(problem());
        }
    }

    /// Whether a problem begins at this byte already.
    pub(super) fn any_at(&self, byte: u32) -> bool {
        self.list.iter().any(|problem| problem.span.start == byte)
    }

    /// The bytes at which problems of a rule begin.
    pub(super) fn starts_of(&self, rule: Rule) -> BTreeSet<u32> {
        let of_rule = self.list.iter().filter(|problem| problem.rule == rule);
        of_rule.map(|problem| problem.span.start).collect()
    }

    /// The findings in the order of the file.
    pub(super) fn into_findings(
        mut self,
        file: &Arc<SourceFile>,
        document: Option<&Document>,
    ) -> Vec<Finding> {
        self.list
            .sort_by_key(|problem| (problem.span, problem.rule.id));
        self.say_how_many_more();
        let mut alike: BTreeMap<(&str, String), usize> = BTreeMap::new();
        self.list
            .into_iter()
            .map(|problem| {
                let path = path_of(document, problem.span);
                let count = alike.entry((problem.rule.id, path.clone())).or_default();
                *count += 1;
                finding(file, document, problem, &path, *count)
            })
            .collect()
    }

    fn say_how_many_more(&mut self) {
        for (rule, &count) in self
            .counts
            .iter()
            .filter(|&(_, &count)| count > SHOWN_PER_RULE)
        {
            let more = count - SHOWN_PER_RULE;
            let last = self
                .list
                .iter_mut()
                .rfind(|problem| problem.rule.id == *rule);
            let last = last.expect("internal: a counted rule has problems");
            last.message
                .zh_tw
                .push_str(&format!("（此檔另有 {more} 處相同問題未列）"));
            last.message
                .en
                .push_str(&format!(" ({more} more like this in the file, not listed)"));
        }
    }
}

fn path_of(document: Option<&Document>, span: Span) -> String {
    document.map_or_else(String::new, |document| document.at(span.start).path())
}

fn finding(
    file: &Arc<SourceFile>,
    document: Option<&Document>,
    problem: Problem,
    path: &str,
    count: usize,
) -> Finding {
    let Problem {
        rule,
        severity,
        span,
        message,
        help,
        related,
        write,
    } = problem;
    let place = Place::new(file, span, path);
    let mut finding = Finding::of_form(rule.id, severity, place, message, help);
    finding.title = Localized::new(rule.zh_tw, rule.en).into();
    finding.write = write;
    finding.related = related
        .map(|(span, text)| Related {
            place: Place::new(file, span, path_of(document, span)),
            text: text.into(),
        })
        .into_iter()
        .collect();
    if count > 1 {
        // The second tab in one value is another finding than the first.
        let nth = count.to_string();
        finding.fingerprint = Fingerprint::new(&[rule.id, file.name(), path, &nth]);
    }
    finding
}
