//! Texts of a policy in both languages, with the expressions of their placeholders.
//!
//! A message of the built-in pack is taken apart when a finding first shows it: a plan shows few of
//! them. Its tests take all of them apart, as a local pack does when it is loaded.

use std::sync::{Arc, OnceLock};

use super::expression::Expression;
use super::names::Names;
use super::template::Template;
use crate::plan::Schema;
use crate::text::{Language, Localized, Span};

/// A text in both languages with the expressions of its placeholders.
#[derive(Debug, Clone)]
pub struct Message {
    source: Localized,
    parts: OnceLock<Parts>,
    later: Option<Later>,
}

/// A message taken apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub(super) zh_tw: Template,
    pub(super) en: Template,
    pub(super) placeholders: Vec<Placeholder>,
    /// Where each placeholder first stands in the policy's file.
    pub(super) places: Vec<Span>,
}

/// What taking a message apart needs.
#[derive(Debug, Clone)]
struct Later {
    shown: Box<[Box<str>]>,
    names: Arc<Names>,
    schema: Schema,
}

/// What a placeholder stands for.
#[derive(Debug, Clone)]
pub enum Placeholder {
    /// A value of `show`.
    Shown(String),
    /// A path from a variable.
    Path(Expression),
}

impl Message {
    pub(super) fn new(source: Localized, parts: Parts) -> Self {
        Self {
            source,
            parts: OnceLock::from(parts),
            later: None,
        }
    }

    /// A message that is known to be right. Its placeholders are `shown` or paths from variables.
    pub(super) fn trusted(
        source: Localized,
        shown: &[&str],
        names: &Arc<Names>,
        schema: &Schema,
    ) -> Self {
        let later = Later {
            shown: shown.iter().map(|&name| name.into()).collect(),
            names: Arc::clone(names),
            schema: schema.clone(),
        };
        Self {
            source,
            parts: OnceLock::new(),
            later: Some(later),
        }
    }

    fn parts(&self) -> &Parts {
        self.parts.get_or_init(|| {
            let later = self.later.as_ref();
            later.map_or_else(Parts::default, |later| later.parts(&self.source))
        })
    }

    /// Writes the message. `value` gives a placeholder in a language, `?` where it has no answer.
    pub fn fill<'m>(
        &'m self,
        language: Language,
        mut value: impl FnMut(&'m Placeholder) -> String,
    ) -> String {
        let parts = self.parts();
        let template = match language {
            Language::ZhTw => &parts.zh_tw,
            Language::En => &parts.en,
        };
        template.fill(|number| value(&parts.placeholders[number]))
    }

    /// The message as it is written, braces and all.
    pub fn source(&self) -> &Localized {
        &self.source
    }

    /// The placeholders, in the order they are first met.
    pub fn placeholders(&self) -> &[Placeholder] {
        &self.parts().placeholders
    }

    /// The placeholders, each with where it first stands in the policy's file; none of a message that
    /// was trusted.
    pub(super) fn placed(&self) -> impl Iterator<Item = (&Placeholder, Span)> {
        let parts = self.parts();
        parts.placeholders.iter().zip(parts.places.iter().copied())
    }
}

impl Later {
    fn parts(&self, source: &Localized) -> Parts {
        let mut found: Vec<String> = Vec::new();
        let mut template = |text: &str| {
            let parsed = Template::parse(text, |source, _| {
                let known = found.iter().position(|other| other == source);
                known.unwrap_or_else(|| {
                    found.push(source.to_owned());
                    found.len() - 1
                })
            });
            parsed.expect("internal: messages of the built-in pack are right, by test")
        };
        let (zh_tw, en) = (template(&source.zh_tw), template(&source.en));
        Parts {
            zh_tw,
            en,
            placeholders: found.into_iter().map(|it| self.placeholder(it)).collect(),
            places: Vec::new(),
        }
    }

    fn placeholder(&self, source: String) -> Placeholder {
        if self.shown.iter().any(|name| **name == source) {
            return Placeholder::Shown(source);
        }
        Placeholder::Path(Expression::trusted(&source, &self.names, &self.schema))
    }
}
