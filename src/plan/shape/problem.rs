//! Problems on the way to findings.

use std::collections::{BTreeMap, BTreeSet};

use super::super::join::Plan;
use super::super::path::place_of;
use crate::document::{Node, Rule};
use crate::finding::{Edit, Finding, Fingerprint, Related};
use crate::text::{Localized, Span};

/// Findings of one rule in one file; the rest is counted in the last finding of the file.
const SHOWN_PER_RULE: usize = 100;

/// A finding whose path is not known yet.
#[derive(Debug)]
pub(super) struct Problem<'p> {
    rule: Rule,
    node: Node<'p>,
    missing: Vec<String>,
    span: Option<Span>,
    message: Localized,
    help: Option<Localized>,
    related: Option<(Node<'p>, Span, Localized)>,
    write: Option<Edit>,
}

impl<'p> Problem<'p> {
    /// A problem with the value at a node.
    pub(super) fn new(
        rule: Rule,
        node: Node<'p>,
        zh_tw: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            node,
            missing: Vec::new(),
            span: None,
            message: Localized::new(zh_tw, en),
            help: None,
            related: None,
            write: None,
        }
    }

    /// A key that is not there: the path has it, and the nearest thing that is there is underlined.
    pub(super) fn missing(mut self, key: &str) -> Self {
        self.missing.push(key.to_owned());
        self
    }

    /// Underlines this instead of the value.
    pub(super) fn span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Adds the next act.
    pub(super) fn help(mut self, help: Localized) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds another place that bears on it.
    pub(super) fn related(mut self, node: Node<'p>, span: Span, text: Localized) -> Self {
        self.related = Some((node, span, text));
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

    fn underlined(&self) -> Span {
        self.span.unwrap_or(self.node.span())
    }

    fn finding(self, plan: &Plan<'p>) -> Finding {
        let mut place = place_of(plan, self.node, &self.missing);
        place.span = self.span.unwrap_or(place.span);
        let rule = self.rule;
        let mut finding = Finding::of_form(rule.id, rule.severity, place, self.message, self.help);
        finding.title = Localized::new(rule.zh_tw, rule.en).into();
        finding.write = self.write;
        finding.related = self
            .related
            .map(|(node, span, text)| {
                let mut place = place_of(plan, node, &[]);
                place.span = span;
                let text = text.into();
                Related { place, text }
            })
            .into_iter()
            .collect();
        finding
    }
}

/// The problems of one file.
#[derive(Debug, Default)]
pub(super) struct Problems<'p> {
    list: Vec<Problem<'p>>,
    /// Where there is one of each rule already.
    seen: BTreeMap<&'static str, BTreeSet<Span>>,
    not_looked_at: usize,
}

impl<'p> Problems<'p> {
    /// Adds a problem that underlines `span`, once; it is only written out while its rule is shown.
    pub(super) fn add(&mut self, rule: Rule, span: Span, problem: impl FnOnce() -> Problem<'p>) {
        let seen = self.seen.entry(rule.id).or_default();
        if seen.insert(span) && seen.len() <= SHOWN_PER_RULE {
            self.list.push(problem());
        }
    }

    /// Says that there is more than was looked at.
    pub(super) fn not_looked_at(&mut self, more: usize) {
        self.not_looked_at = more;
    }

    /// Whether there is a problem with this very value.
    pub(super) fn any_at(&self, span: Span) -> bool {
        self.seen.values().any(|seen| seen.contains(&span))
    }

    /// Whether there is nothing to say.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// As findings, in the order of the file.
    pub(super) fn into_findings(mut self, plan: &Plan<'p>) -> Vec<Finding> {
        self.list
            .sort_by_key(|problem| (problem.underlined(), problem.rule.id));
        let hidden = self
            .seen
            .values()
            .map(|seen| seen.len().saturating_sub(SHOWN_PER_RULE));
        let hidden = self.not_looked_at + hidden.sum::<usize>();
        if let Some(last) = self.list.last_mut().filter(|_| hidden > 0) {
            say_how_many_more(&mut last.message, hidden);
        }
        let mut findings: Vec<Finding> = self
            .list
            .into_iter()
            .map(|problem| problem.finding(plan))
            .collect();
        tell_apart(&mut findings);
        findings
    }
}

fn say_how_many_more(message: &mut Localized, more: usize) {
    message
        .zh_tw
        .push_str(&format!("（此檔另有 {more} 處問題未列）"));
    message
        .en
        .push_str(&format!(" ({more} more in the file, not listed)"));
}

/// Two findings of one rule on one path are different findings.
fn tell_apart(findings: &mut [Finding]) {
    let mut alike: BTreeMap<(String, String), usize> = BTreeMap::new();
    for finding in findings {
        let key = (finding.policy.to_string(), finding.place.path.to_string());
        let count = alike.entry(key).or_default();
        *count += 1;
        if *count > 1 {
            let (file, nth) = (finding.place.file.name(), count.to_string());
            finding.fingerprint =
                Fingerprint::new(&[&finding.policy, file, &finding.place.path, &nth]);
        }
    }
}
