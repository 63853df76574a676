//! The checks of an edition.

use std::collections::BTreeMap;

use super::Resolver;
use crate::document::Spanned;
use crate::finding::Verdict;
use crate::policy::expression::Expression;
use crate::policy::policy::Check;
use crate::policy::raw::{RawCheck, RawEdition, RawForbid};

impl Resolver<'_, '_, '_> {
    pub(super) fn checks(&mut self, edition: &RawEdition) -> Vec<Check> {
        let raw = self.raw;
        let assert = raw.assert.as_ref().map(RawCheck::of_assert);
        let forbid: Vec<RawCheck> = raw.forbid.iter().map(RawForbid::as_check).collect();
        let all: Vec<&RawCheck> = assert.iter().chain(&raw.checks).chain(&forbid).collect();
        let dropped = |id: &str| edition.drop.iter().any(|other| other.value == id);
        for id in edition.overrides.keys() {
            if !all.iter().any(|check| check.id.value == *id) {
                let zh = format!("override 所指之檢核「{id}」不存在");
                let en = format!("override names {id}, which is no check");
                self.compiler
                    .problems
                    .say("policy/override", edition.from.span, zh, en);
            }
        }
        let kept = all.into_iter().filter(|check| !dropped(&check.id.value));
        kept.filter_map(|check| {
            let assert = edition.overrides.get(&check.id.value);
            self.check(check, assert.unwrap_or(&check.assert))
        })
        .collect()
    }

    fn check(&mut self, raw: &RawCheck, assert: &Spanned<String>) -> Option<Check> {
        let outer = self.raw.show.keys();
        let shown: Vec<&str> = outer.chain(raw.show.keys()).map(String::as_str).collect();
        let verdict = match raw
            .verdict
            .as_ref()
            .map(|word| (word, Verdict::parse(&word.value)))
        {
            None | Some((_, Some(Verdict::Fail))) => Verdict::Fail,
            Some((_, Some(Verdict::Doubt))) => Verdict::Doubt,
            Some((word, _)) => {
                let zh = "檢核的 verdict 只能是 fail 或 doubt".to_owned();
                let en = "the verdict of a check is fail or doubt".to_owned();
                self.compiler
                    .problems
                    .say("policy/verdict", word.span, zh, en);
                return None;
            }
        };
        Some(Check {
            id: raw.id.value.as_str().into(),
            assert: self.compiler.condition(assert)?,
            when: raw
                .when
                .as_ref()
                .and_then(|when| self.compiler.condition(when)),
            verdict,
            severity: raw.severity.and_then(|severity| self.severity(severity)),
            at: raw.at.as_ref().and_then(|at| self.compiler.value(at)),
            related: raw
                .related
                .as_ref()
                .and_then(|related| self.compiler.value(related)),
            show: self.show(&raw.show),
            message: raw
                .message
                .as_ref()
                .and_then(|text| self.compiler.message(text, &shown)),
            help: raw
                .help
                .as_ref()
                .and_then(|text| self.compiler.message(text, &shown)),
            write: raw.write.as_ref().and_then(|write| self.write(write)),
            has_grace: raw.deadline.unwrap_or(true),
        })
    }

    pub(super) fn show(
        &mut self,
        raw: &BTreeMap<String, Spanned<String>>,
    ) -> BTreeMap<String, Expression> {
        let compiled = raw
            .iter()
            .map(|(name, source)| (name.clone(), self.compiler.value(source)));
        compiled
            .filter_map(|(name, expression)| Some((name, expression?)))
            .collect()
    }
}
