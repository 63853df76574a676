//! What a plans repository says about itself: `plangate.yaml`.
//!
//! In: the text of the file. Out: a [`Config`] and findings at their place. Knows nothing of plans
//! or policies. Invariant: a key that is not known is a finding, never ignored.

pub mod roster;

use std::sync::Arc;

use serde::Deserialize;

use crate::document::{self, Limits, Spanned};
use crate::finding::{Finding, Place, Severity};
use crate::text::{Language, Localized, SourceFile};

/// The configuration of a plans repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Folders or files that hold plans, relative to `plangate.yaml`.
    pub plans: Vec<String>,
    /// Language of the output.
    pub language: Language,
    /// Folders of local packs, relative to `plangate.yaml`.
    pub packs: Vec<String>,
    /// What blocks.
    pub gate: Gate,
}

/// What blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// The least severity of a failure that blocks.
    pub fail_on: Severity,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            plans: vec!["plans".to_owned()],
            language: Language::default(),
            packs: Vec::new(),
            gate: Gate {
                fail_on: Severity::Error,
            },
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
                "可用的鍵：plans、language、packs、gate",
                "known keys: plans, language, packs, gate",
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
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGate {
    fail_on: Option<Spanned<String>>,
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
        if let Some(word) = self.gate.and_then(|gate| gate.fail_on) {
            match Severity::parse(&word.value) {
                Some(severity) => config.gate.fail_on = severity,
                None => reject(&word, "gate.fail_on", "error, warning, note"),
            }
        }
        config.plans = self
            .plans
            .unwrap_or_else(|| std::mem::take(&mut config.plans));
        config.packs = self.packs.unwrap_or_default();
    }
}
