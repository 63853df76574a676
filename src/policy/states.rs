//! What the modes of a fact mean for a policy, and its messages for them.

use std::collections::BTreeMap;

use super::expression::Compiler;
use super::message::Message;
use super::modes::{ModeVerdict, Modes};
use super::raw::{RawMessages, RawModes, RawText};
use crate::document::Spanned;
use crate::finding::Verdict;

/// Reads `modes` of an edition over those of its policy.
pub(super) fn read_modes(
    edition: Option<&RawModes>,
    own: Option<&RawModes>,
    compiler: &mut Compiler<'_, '_>,
) -> Modes {
    let none = RawModes::default();
    let (edition, own) = (edition.unwrap_or(&none), own.unwrap_or(&none));
    let mut mode = |new: &Option<Spanned<String>>, old: &Option<Spanned<String>>| {
        new.as_ref()
            .or(old.as_ref())
            .and_then(|word| verdict(word, compiler))
    };
    Modes {
        silent: mode(&edition.silent, &own.silent),
        delegated: mode(&edition.delegated, &own.delegated),
        by_law: mode(&edition.by_law, &own.by_law),
        not_applicable: mode(&edition.not_applicable, &own.not_applicable),
        blanket: mode(&edition.blanket, &own.blanket),
    }
}

/// A verdict, or an expression over the reason that says when it is accepted.
fn verdict(word: &Spanned<String>, compiler: &mut Compiler<'_, '_>) -> Option<ModeVerdict> {
    match Verdict::parse(&word.value) {
        Some(verdict) => Some(ModeVerdict::Fixed(verdict)),
        None => compiler.condition(word).map(ModeVerdict::Accepted),
    }
}

/// Reads `messages` of a policy, then of its edition, which win.
pub(super) fn messages(
    raw: &[&Option<RawMessages>],
    shown: &[&str],
    compiler: &mut Compiler<'_, '_>,
) -> BTreeMap<&'static str, Message> {
    let mut found = BTreeMap::new();
    for messages in raw.iter().filter_map(|messages| messages.as_ref()) {
        let states: [(&'static str, &Option<RawText>); 6] = [
            ("silent", &messages.silent),
            ("delegated", &messages.delegated),
            ("by_law", &messages.by_law),
            ("not_applicable", &messages.not_applicable),
            ("pending", &messages.pending),
            ("unknown", &messages.unknown),
        ];
        for (state, text) in states {
            let message = text.as_ref().and_then(|text| compiler.message(text, shown));
            found.extend(message.map(|message| (state, message)));
        }
    }
    found
}
