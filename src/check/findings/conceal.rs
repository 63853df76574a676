//! Personal data that one finding tells of is quoted by none.
//!
//! In: the findings of one plan. Out: the same findings, in whose file, words, paths and lines to
//! write every private match is reduced to its first character. Bytes stay where they are, so that
//! places hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::{Basis, Finding, Place};
use crate::text::{Localized, SourceFile};

/// Conceals what any of the findings marks as private.
pub fn conceal(findings: &mut [Finding]) {
    let all = findings.iter().map(|finding| &finding.place);
    let mut private: Vec<Place> = all.filter(|place| place.private).cloned().collect();
    private.sort_by(Place::order);
    if private.is_empty() {
        return;
    }
    // Findings that come later may still stand in the file as it was.
    let said = |place: &Place| -> Vec<String> {
        let same = findings.iter().map(|finding| &finding.place.file);
        let same = same.filter(|file| file.name() == place.file.name());
        let mut said: Vec<String> = same.map(|file| file.slice(place.span).to_owned()).collect();
        said.sort();
        said.dedup();
        said.retain(|word| !word.is_empty());
        said
    };
    let words: Vec<(String, String)> = private
        .iter()
        .flat_map(said)
        .map(|word| (word.clone(), masked(&word)))
        .collect();
    let mut spans: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for place in &private {
        spans.entry(place.file.name()).or_default().push(place);
    }
    let files = spans
        .into_iter()
        .map(|(name, places)| (name, without(&places)));
    let files: BTreeMap<&str, Arc<SourceFile>> = files.collect();
    for finding in findings {
        conceal_one(finding, &words, &files);
    }
}

/// The first character, and a mark for each other.
pub(in crate::check) fn masked(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter();
    first.chain(characters.map(|_| '*')).collect()
}

/// A mark of as many bytes, so that nothing behind it moves; a line break stays one.
fn mark(character: char) -> &'static str {
    match (character, character.len_utf8()) {
        ('\n', _) => "\n",
        (_, 1) => "*",
        (_, 2) => "·",
        (_, 3) => "＊",
        _ => "＊*",
    }
}

/// The file of the places with marks over all of each but its first character, byte for byte.
fn without(places: &[&Place]) -> Arc<SourceFile> {
    let file = &places[0].file;
    let mut text = String::with_capacity(file.text().len());
    for place in places {
        let (start, end) = (place.span.range().start, place.span.range().end);
        // Places rise; where one begins inside of another, its rest is left.
        let from = start.max(text.len());
        let Some(hidden) = file.text().get(from..end) else {
            continue;
        };
        text.push_str(&file.text()[text.len()..from]);
        let mut characters = hidden.chars();
        if from == start {
            text.extend(characters.next());
        }
        characters.for_each(|character| text.push_str(mark(character)));
    }
    text.push_str(&file.text()[text.len()..]);
    Arc::new(SourceFile::new(file.name(), text))
}

fn conceal_one(
    finding: &mut Finding,
    words: &[(String, String)],
    files: &BTreeMap<&str, Arc<SourceFile>>,
) {
    let says = |text: &str| words.iter().any(|(word, _)| text.contains(word.as_str()));
    let clean = |text: &str| {
        words.iter().fold(text.to_owned(), |text, (word, mask)| {
            text.replace(word.as_str(), mask)
        })
    };
    let localized = |text: &mut Localized| {
        if says(&text.zh_tw) || says(&text.en) {
            *text = Localized::new(clean(&text.zh_tw), clean(&text.en));
        }
    };
    let shared = |text: &mut Arc<Localized>| {
        if says(&text.zh_tw) || says(&text.en) {
            localized(Arc::make_mut(text));
        }
    };
    let place = |place: &mut Place| {
        if let Some(file) = files.get(place.file.name()) {
            place.file = Arc::clone(file);
        }
        if says(&place.path) {
            place.path = clean(&place.path).into();
        }
        place.title.iter_mut().for_each(shared);
    };
    localized(&mut finding.message);
    finding.help.iter_mut().for_each(localized);
    place(&mut finding.place);
    for related in &mut finding.related {
        place(&mut related.place);
        shared(&mut related.text);
    }
    if let Basis::Consistency(other) = &mut finding.basis {
        place(other);
    }
    // Lines that say it cannot be written without it.
    finding.write = finding.write.take().filter(|edit| !says(&edit.text));
}
