//! A policy file as it is written, before anything in it is resolved.
//!
//! The keys are those of docs/policy-format.md §1; the wire format of policies lives here and nowhere else.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::document::{NodeId, Spanned};

/// A text in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawText {
    #[serde(rename = "zh-TW")]
    pub(super) zh_tw: Spanned<String>,
    pub(super) en: Spanned<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPolicy {
    pub(super) title: RawText,
    pub(super) why: Option<String>,
    pub(super) kind: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) sections: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) private: bool,
    #[serde(default)]
    pub(super) forbid: Vec<RawForbid>,
    #[serde(default)]
    pub(super) covers: Vec<NodeId>,
    pub(super) tightens: Option<Spanned<String>>,
    #[serde(default = "yes")]
    pub(super) waivable: bool,
    pub(super) severity: NodeId,
    pub(super) applies_to: Option<RawScope>,
    pub(super) each: Option<Spanned<String>>,
    pub(super) pairs: Option<Spanned<String>>,
    pub(super) over: Option<Spanned<String>>,
    pub(super) when: Option<Spanned<String>>,
    pub(super) fact: Option<Spanned<String>>,
    pub(super) modes: Option<RawModes>,
    #[serde(default)]
    pub(super) checks: Vec<RawCheck>,
    pub(super) assert: Option<Spanned<String>>,
    pub(super) at: Option<Spanned<String>>,
    pub(super) related: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) show: BTreeMap<String, Spanned<String>>,
    pub(super) message: RawText,
    pub(super) messages: Option<RawMessages>,
    pub(super) help: RawText,
    pub(super) write: Option<RawWrite>,
    pub(super) params: Option<NodeId>,
    pub(super) deadline: Option<RawDeadline>,
    pub(super) editions: Vec<RawEdition>,
    pub(super) base: Option<NodeId>,
    #[serde(default)]
    pub(super) examples: Vec<RawExample>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScope {
    pub(super) sector: Option<Vec<Spanned<String>>>,
    pub(super) grade: Option<Vec<Spanned<String>>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawModes {
    pub(super) silent: Option<Spanned<String>>,
    pub(super) delegated: Option<Spanned<String>>,
    pub(super) by_law: Option<Spanned<String>>,
    pub(super) not_applicable: Option<Spanned<String>>,
    pub(super) blanket: Option<Spanned<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCheck {
    pub(super) id: Spanned<String>,
    pub(super) assert: Spanned<String>,
    pub(super) when: Option<Spanned<String>>,
    pub(super) verdict: Option<Spanned<String>>,
    pub(super) severity: Option<NodeId>,
    pub(super) at: Option<Spanned<String>>,
    pub(super) related: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) show: BTreeMap<String, Spanned<String>>,
    pub(super) message: Option<RawText>,
    pub(super) help: Option<RawText>,
    pub(super) write: Option<RawWrite>,
    pub(super) deadline: Option<bool>,
}

/// A pattern that prose must not hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawForbid {
    pub(super) id: Spanned<String>,
    pub(super) pattern: Spanned<String>,
    pub(super) suggest: Option<Spanned<String>>,
    pub(super) when: Option<Spanned<String>>,
    pub(super) verdict: Option<Spanned<String>>,
    pub(super) severity: Option<NodeId>,
    pub(super) message: Option<RawText>,
    pub(super) help: Option<RawText>,
}

impl RawCheck {
    /// The one check of a policy that writes only `assert`.
    pub(super) fn of_assert(assert: &Spanned<String>) -> Self {
        Self {
            id: Spanned {
                value: "assert".to_owned(),
                span: assert.span,
            },
            assert: assert.clone(),
            when: None,
            verdict: None,
            severity: None,
            at: None,
            related: None,
            show: BTreeMap::new(),
            message: None,
            help: None,
            write: None,
            deadline: None,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMessages {
    pub(super) silent: Option<RawText>,
    pub(super) delegated: Option<RawText>,
    pub(super) by_law: Option<RawText>,
    pub(super) not_applicable: Option<RawText>,
    pub(super) pending: Option<RawText>,
    pub(super) unknown: Option<RawText>,
}

/// `{ set: value }` writes the value at the place, `{ add: item }` appends to the list there,
/// `{ merge: map }` replaces or adds those keys; `at` names another path than the fact.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWrite {
    pub(super) at: Option<Spanned<String>>,
    pub(super) set: Option<NodeId>,
    pub(super) add: Option<NodeId>,
    pub(super) merge: Option<NodeId>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeadline {
    pub(super) within: NodeId,
    pub(super) after: Spanned<String>,
    pub(super) not_before: Option<Spanned<String>>,
    pub(super) until: Option<Spanned<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEdition {
    pub(super) from: Spanned<String>,
    pub(super) until: Option<Spanned<String>>,
    pub(super) cite: NodeId,
    pub(super) confidence: NodeId,
    pub(super) verified_on: Option<Spanned<String>>,
    pub(super) note: Option<String>,
    pub(super) params: Option<NodeId>,
    pub(super) applies_to: Option<RawScope>,
    pub(super) deadline: Option<RawDeadline>,
    pub(super) modes: Option<RawModes>,
    pub(super) severity: Option<NodeId>,
    pub(super) message: Option<RawText>,
    pub(super) messages: Option<RawMessages>,
    #[serde(rename = "override", default)]
    pub(super) overrides: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub(super) drop: Vec<Spanned<String>>,
}

/// An example: a fragment of a plan and the verdict it must get.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExample {
    pub(super) name: Spanned<String>,
    pub(super) as_of: Option<Spanned<String>>,
    pub(super) plan: Option<NodeId>,
    pub(super) old: Option<NodeId>,
    pub(super) new: Option<NodeId>,
    pub(super) expect: NodeId,
    pub(super) at: Option<String>,
    pub(super) count: Option<u32>,
    pub(super) says: Option<String>,
    pub(super) severity: Option<String>,
    pub(super) check: Option<String>,
    pub(super) write: Option<bool>,
}
