//! Messages: values written for readers of a language.

use crate::cel::{Content, Value};
use crate::check::scene::Scene;
use crate::check::scene::host::Thing;
use crate::plan::yes_or_no;
use crate::policy::{Expression, Message, Placeholder, in_language};
use crate::text::{Language, Localized};
use std::collections::BTreeMap;

/// Stands for the name of the body until the findings of several bodies are merged.
pub(in crate::check) const SUBJECT: &str = "\u{fffc}";

/// Writes a message; a placeholder without an answer shows `?` and never loses the finding.
pub(in crate::check) fn fill<'p>(
    scene: &mut Scene<'p>,
    message: &'p Message,
    shown: &[&'p BTreeMap<String, Expression>],
    names_subject: bool,
) -> Localized {
    let reader = scene.reader;
    // The same in both languages: only how it is written differs.
    let mut known: Vec<(&'p Expression, Option<Value<'p, Thing<'p>>>)> = Vec::new();
    let mut value = |placeholder: &'p Placeholder, language| {
        let expression = match placeholder {
            Placeholder::Shown(name) => shown.iter().rev().find_map(|show| show.get(name)),
            Placeholder::Path(expression) => Some(expression),
        };
        let Some(expression) = expression else {
            return "?".to_owned();
        };
        let source = expression.source();
        if source == "body.name" || (names_subject && source == "it.name") {
            return SUBJECT.to_owned();
        }
        let asked = |(other, _): &(&Expression, _)| std::ptr::eq(*other, expression);
        let at = known.iter().position(asked).unwrap_or_else(|| {
            known.push((expression, scene.value(expression).ok()));
            known.len() - 1
        });
        match &known[at].1 {
            Some(value) => written(scene, value, language),
            None => "?".to_owned(),
        }
    };
    reader.sentence(|language| message.fill(language, |placeholder| value(placeholder, language)))
}

/// A value as a reader writes it: words of the schema by their titles, dates in the calendar of the
/// language, lists joined.
pub(in crate::check) fn written<'p>(
    scene: &Scene<'p>,
    value: &Value<'p, Thing<'p>>,
    language: Language,
) -> String {
    let zh = language == Language::ZhTw;
    match &value.content {
        Content::Bool(value) => yes_or_no(*value, language).to_owned(),
        Content::Int(number) => number.to_string(),
        Content::Uint(number) => number.to_string(),
        Content::Double(number) => number.to_string(),
        Content::Text(text) => match value.origin.and_then(Thing::shape) {
            Some(shape) => {
                let title = scene.plan().schema().word_title(shape, text, language);
                title.unwrap_or(text).to_owned()
            }
            None => {
                let thing = value.origin;
                let told = thing.and_then(|it| scene.host.in_words(it, text, language));
                told.unwrap_or_else(|| text.to_string())
            }
        },
        Content::Date(date) => date.show(language),
        Content::Duration(span) => span.show(language),
        Content::List(_) => {
            let elements = value.elements(scene.host).unwrap_or_default();
            let elements: Vec<String> = elements
                .iter()
                .map(|element| written(scene, element, language))
                .collect();
            elements.join(if zh { "、" } else { ", " })
        }
        Content::Object(thing) => {
            let Some(node) = scene.host.node_of(*thing) else {
                return "?".to_owned();
            };
            if thing.shape().is_none() {
                return node.written().to_owned();
            }
            let named = ["name", "title", "id"]
                .into_iter()
                .find_map(|key| node.get(key));
            match named {
                Some(name) => name.written().to_owned(),
                // A text that stands for an object with a name.
                None if !node.is_map() && !node.is_list() => node.written().to_owned(),
                None => "?".to_owned(),
            }
        }
        // The policy says it in both languages.
        Content::Record(fields) => in_language(fields, language).unwrap_or("?").to_owned(),
        _ => "?".to_owned(),
    }
}
