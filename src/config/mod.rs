//! What a plans repository says about itself: `plangate.yaml`, and `waivers.yaml` beside it.
//!
//! In: the text of a file. Out: a [`Config`], or waivers, and findings at their place. Knows nothing
//! of plans or policies. Invariant: a key that is not known is a finding, never ignored.

mod approvals;
mod exceptions;
pub mod roster;

pub use exceptions::{WAIVERS_SCHEMA, read_waivers};

use std::sync::Arc;

use serde::Deserialize;

pub use approvals::{ApprovalRule, RequiredRole, RoleOf};

use crate::document::{self, Limits, Spanned};
use crate::finding::{Finding, Lowered, Place, Severity};
use crate::text::{Language, Localized, SourceFile};
use exceptions::RawLowered;

/// The configuration of a plans repository.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folders or files that hold plans, relative to `plangate.yaml`.
    pub plans: Vec<String>,
    /// Language of the output.
    pub language: Language,
    /// Folders of local packs, relative to `plangate.yaml`.
    pub packs: Vec<String>,
    /// What blocks.
    pub gate: Gate,
    /// Which changes need whose approval.
    pub approvals: Vec<ApprovalRule>,
}

/// What blocks.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The least severity of a failure that blocks.
    pub fail_on: Severity,
    /// Of a change: what it brings, or everything that its plans come to.
    pub block: Block,
    /// Policies whose failures weigh less for a time.
    pub lowered: Vec<Lowered>,
}

/// Which findings of a change block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// Those that it brings, and those whose value it touches.
    New,
    /// All.
    All,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            plans: vec!["plans".to_owned()],
            language: Language::default(),
            packs: Vec::new(),
            gate: Gate {
                fail_on: Severity::Error,
                block: Block::New,
                lowered: Vec::new(),
            },
            approvals: Vec::new(),
        }
    }
}

/// The JSON Schema of `plangate.yaml`, for editors.
pub const SCHEMA: &str = include_str!("../../policies/schema/plangate.schema.json");

/// Reads `plangate.yaml`. What cannot be used keeps its default and is a finding.
pub fn read(file: &Arc<SourceFile>) -> (Config, Vec<Finding>) {
    let parsed = document::parse(file, Limits::default());
    let mut findings = parsed.findings;
    let mut config = Config::default();
    let Some(document) = parsed.document else {
        return (config, findings);
    };
    match document::from_node::<RawConfig>(document.root()) {
        Ok(raw) => raw.apply(&mut config, file, &mut findings),
        Err(error) => {
            let place = Place::new(file, error.span, "");
            let help = Localized::new(
                "可用的鍵：plans、language、packs、gate、approvals",
                "known keys: plans, language, packs, gate, approvals",
            );
            let finding = Finding::of_form(
                "config/shape",
                Severity::Error,
                place,
                error.message,
                Some(help),
            );
            findings.push(finding);
        }
    }
    (config, findings)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    plans: Option<Vec<String>>,
    language: Option<Spanned<String>>,
    packs: Option<Vec<String>>,
    gate: Option<RawGate>,
    #[serde(default)]
    approvals: Vec<ApprovalRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGate {
    fail_on: Option<Spanned<String>>,
    block: Option<Spanned<String>>,
    lower: Option<Vec<RawLowered>>,
}

impl RawConfig {
    fn apply(self, config: &mut Config, file: &Arc<SourceFile>, findings: &mut Vec<Finding>) {
        let mut reject = |word: &Spanned<String>, path: &str, known: &str| {
            let message = Localized::new(
                format!("「{}」不是 {path} 的值", word.value),
                format!("{} is no value of {path}", word.value),
            );
            let help = Localized::new(format!("可用的值：{known}"), format!("one of {known}"));
            let place = Place::new(file, word.span, path);
            let finding =
                Finding::of_form("config/value", Severity::Error, place, message, Some(help));
            findings.push(finding);
        };
        if let Some(word) = self.language {
            match Language::ALL
                .into_iter()
                .find(|language| language.tag() == word.value)
            {
                Some(language) => config.language = language,
                None => reject(&word, "language", "zh-TW, en"),
            }
        }
        let (fail_on, block, lower) = self.gate.map_or((None, None, None), |gate| {
            (gate.fail_on, gate.block, gate.lower)
        });
        if let Some(word) = block {
            match word.value.as_str() {
                "new" => config.gate.block = Block::New,
                "all" => config.gate.block = Block::All,
                _ => reject(&word, "gate.block", "new, all"),
            }
        }
        if let Some(word) = fail_on {
            match Severity::parse(&word.value) {
                Some(severity) => config.gate.fail_on = severity,
                None => reject(&word, "gate.fail_on", "error, warning, note"),
            }
        }
        config.gate.lowered = exceptions::lowered(lower.unwrap_or_default(), file, findings);
        config.plans = self
            .plans
            .unwrap_or_else(|| std::mem::take(&mut config.plans));
        config.packs = self.packs.unwrap_or_default();
        config.approvals = self.approvals;
    }
}
