//! The patterns of a policy of the kind `text`.

use super::Against;
use crate::cel::Patterns;
use crate::policy::forbid::{Entry, Forbid};
use crate::policy::problem::Problems;
use crate::policy::raw::{RawCheck, RawForbid, RawPolicy};

impl RawForbid {
    /// The pattern as a check that never holds.
    pub(super) fn as_check(&self) -> RawCheck {
        let mut assert = self.pattern.clone();
        "false".clone_into(&mut assert.value);
        RawCheck {
            id: self.id.clone(),
            when: self.when.clone(),
            verdict: self.verdict.clone(),
            severity: self.severity,
            message: self.message.clone(),
            help: self.help.clone(),
            ..RawCheck::of_assert(&assert)
        }
    }
}

/// The patterns; `None` for a policy of another kind, or where something in them is wrong.
pub(super) fn forbid(
    raw: &RawPolicy,
    against: &Against<'_>,
    problems: &mut Problems<'_>,
) -> Option<Forbid> {
    let is_text = raw.kind.as_ref().is_some_and(|kind| kind.value == "text");
    if let Some(kind) = raw
        .kind
        .as_ref()
        .filter(|kind| !["plan", "text", "transition"].contains(&kind.value.as_str()))
    {
        let zh = format!(
            "kind 只能是 plan、text 或 transition，不是「{}」",
            kind.value
        );
        let en = format!("kind is plan, text or transition, not {}", kind.value);
        problems.say("policy/kind", kind.span, zh, en);
    }
    let shape_of_plan = raw.fact.is_some() || raw.over.is_some() || raw.each.is_some();
    if is_text == raw.forbid.is_empty() || is_text && (shape_of_plan || !raw.checks.is_empty()) {
        let zh = "kind: text 之政策以 forbid 列出樣式，不寫 each、over、fact、checks；其他政策不寫 forbid";
        let en = "a policy of kind text lists patterns under forbid and has no each, over, fact or checks; \
                  no other has forbid";
        problems.say(
            "policy/kind",
            raw.title.zh_tw.span,
            zh.to_owned(),
            en.to_owned(),
        );
        return None;
    }
    if !is_text {
        return None;
    }
    let root = against.schema.root();
    for section in raw
        .sections
        .iter()
        .filter(|name| against.schema.field_named(root, &name.value).is_none())
    {
        let zh = format!("計畫中沒有「{}」一節", section.value);
        problems.say(
            "policy/sections",
            section.span,
            zh,
            format!("the plan has no section {}", section.value),
        );
    }
    let sources: Vec<&str> = raw
        .forbid
        .iter()
        .map(|entry| entry.pattern.value.as_str())
        .collect();
    let patterns = match against.trusted {
        true => Ok(Patterns::trusted(&sources)),
        false => Patterns::compile(&sources),
    };
    let patterns = match patterns {
        Ok(patterns) => patterns,
        Err(at) => {
            let span = raw.forbid[at].pattern.span;
            let zh = "樣式不合 RE2 語法，或過大".to_owned();
            problems.say(
                "policy/pattern",
                span,
                zh,
                "no pattern of RE2, or too large".to_owned(),
            );
            return None;
        }
    };
    let entry = |entry: &RawForbid| Entry {
        check: entry.id.value.as_str().into(),
        suggest: entry
            .suggest
            .as_ref()
            .map(|text| text.value.as_str().into()),
    };
    Some(Forbid {
        sections: raw
            .sections
            .iter()
            .map(|section| section.value.clone())
            .collect(),
        private: raw.private,
        patterns,
        entries: raw.forbid.iter().map(entry).collect(),
    })
}
