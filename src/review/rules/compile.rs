//! Rules as written → rules that can be asked, and what is wrong with them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::nothing::Nothing;
use super::{Rule, Rules};
use crate::cel::{self, Expected, RecordField, Scope, Type};
use crate::change::{Class, Effect, Kind};
use crate::config::ApprovalRule;
use crate::config::roster::Roster;
use crate::document::Spanned;
use crate::finding::{Finding, Place, Severity};
use crate::text::{Day, Localized, SourceFile, Span};

/// Compiles the rules of `plangate.yaml`, and looks whether the roster has people for them on a day.
pub fn compile(
    rules: &[ApprovalRule],
    file: &Arc<SourceFile>,
    roster: &Roster,
    day: Day,
) -> (Rules, Vec<Finding>) {
    let mut compiling = Compiling {
        file,
        roster,
        day,
        findings: Vec::new(),
        ids: BTreeSet::new(),
    };
    let rules = rules
        .iter()
        .filter_map(|rule| compiling.rule(rule))
        .collect();
    (Rules { rules }, compiling.findings)
}

struct Compiling<'f> {
    file: &'f Arc<SourceFile>,
    roster: &'f Roster,
    day: Day,
    findings: Vec<Finding>,
    ids: BTreeSet<String>,
}

impl Compiling<'_> {
    fn say(&mut self, rule: &str, span: Span, message: Localized) {
        let place = Place::new(self.file, span, "approvals");
        let finding = Finding::of_form(rule, Severity::Error, place, message, None);
        self.findings.push(finding);
    }

    fn rule(&mut self, raw: &ApprovalRule) -> Option<Rule> {
        let id = &raw.id;
        if !self.ids.insert(id.value.clone()) {
            let message = Localized::new(
                format!("核准規則「{}」出現兩次", id.value),
                format!("approval rule {} stands twice", id.value),
            );
            self.say("approvals/duplicate", id.span, message);
        }
        let when = match &raw.when {
            None => None,
            Some(source) => Some((self.condition(source)?, source.span)),
        };
        let rule = Rule {
            id: id.value.as_str().into(),
            title: raw.title.as_deref().map(Into::into),
            when,
            require: raw.require.clone(),
            strict: raw.strict,
            text: text(raw),
        };
        self.people(raw, &rule);
        Some(rule)
    }

    fn condition(&mut self, source: &Spanned<String>) -> Option<cel::Program> {
        let variables = [("change", change())];
        let scope = Scope {
            catalogue: &Nothing,
            variables: &variables,
            open: None,
        };
        match cel::compile(&source.value, &scope, &Expected::Bool) {
            Ok(program) => Some(program),
            Err(problems) => {
                for problem in problems {
                    let span = self.within(source, &problem.range);
                    self.say("approvals/expression", span, problem.message);
                }
                None
            }
        }
    }

    /// A part of an expression; the whole where it is written with escapes or folds.
    fn within(&self, source: &Spanned<String>, range: &std::ops::Range<usize>) -> Span {
        let written = self.file.slice(source.span);
        written.find(&source.value).map_or(source.span, |at| {
            let start = source.span.start as usize + at;
            Span::new(start + range.start, start + range.end)
        })
    }

    /// Whether there is somebody to satisfy it, for each agency that it can concern.
    fn people(&mut self, raw: &ApprovalRule, rule: &Rule) {
        if raw.require.is_empty() {
            let message = Localized::new(
                format!("核准規則「{}」未寫須由誰核准", raw.id.value),
                format!("approval rule {} asks nobody to approve", raw.id.value),
            );
            self.say("approvals/nobody", raw.id.span, message);
        }
        let (roster, day) = (self.roster, self.day);
        for (id, agency) in &roster.agencies {
            if let Some(why) = rule.unsatisfiable(id, agency, roster, day) {
                self.say("approvals/nobody", raw.id.span, why);
            }
        }
    }
}

/// All that decides who has to approve what.
fn text(raw: &ApprovalRule) -> String {
    let when = raw.when.as_ref().map(|when| when.value.as_str());
    let require = raw
        .require
        .iter()
        .map(|required| (required.role.value.as_str(), required.of, required.count));
    let require: Vec<_> = require.collect();
    format!("{:?} {when:?} {require:?}", raw.id.value)
}

/// The type of `change`.
fn change() -> Type {
    let words = |words: &mut dyn Iterator<Item = &'static str>| Type::words(words);
    let classes = Class::ALL.iter().map(|class| class.word());
    let field = |name: &str, ty, optional| RecordField {
        name: name.into(),
        ty,
        optional,
    };
    Type::record([
        field("agency", Type::Text, false),
        field("section", Type::Text, false),
        field("path", Type::Text, false),
        field("class", words(&mut classes.chain(["control"])), false),
        field(
            "kind",
            words(&mut Kind::ALL.iter().map(|kind| kind.word())),
            false,
        ),
        field(
            "effect",
            words(&mut Effect::ALL.iter().map(|effect| effect.word())),
            false,
        ),
        field("chapter", Type::Int, true),
        field("body", Type::Text, true),
        field(
            "grade",
            words(&mut ["A", "B", "C", "D", "E"].into_iter()),
            true,
        ),
        field("old", Type::Dyn, true),
        field("new", Type::Dyn, true),
    ])
}
