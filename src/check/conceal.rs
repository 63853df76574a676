//! Personal data that one finding tells of is quoted by none.
//!
//! In: the findings of one plan. Out: the same findings, in whose file, words, paths and lines to
//! write every private match is reduced to its first character. Bytes stay where they are, so that
//! places hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::{Basis, Finding, Place};
use crate::text::{Localized, SourceFile, Span};

/// Conceals what any of the findings marks as private.
pub fn conceal(findings: &mut [Finding]) {
    let private: Vec<Place> = findings
        .iter()
        .map(|finding| &finding.place)
        .filter(|place| place.private)
        .cloned()
        .collect();
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
    let mut files: BTreeMap<String, Arc<SourceFile>> = BTreeMap::new();
    for place in &private {
        let name = place.file.name().to_owned();
        let file = files.entry(name).or_insert_with(|| Arc::clone(&place.file));
        *file = Arc::new(without(file, place.span));
    }
    for finding in findings {
        conceal_one(finding, &words, &files);
    }
}

/// The first character, and a mark for each other.
pub(super) fn masked(text: &str) -> String {
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

/// The file with marks over all of a span but its first character, byte for byte.
fn without(file: &SourceFile, span: Span) -> SourceFile {
    let mut text = file.text().to_owned();
    let range = span.range();
    let first = text[range.clone()].chars().next().map_or(0, char::len_utf8);
    let marks: String = text[range.start + first..range.end]
        .chars()
        .map(mark)
        .collect();
    text.replace_range(range.start + first..range.end, &marks);
    SourceFile::new(file.name(), text)
}

fn conceal_one(
    finding: &mut Finding,
    words: &[(String, String)],
    files: &BTreeMap<String, Arc<SourceFile>>,
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
    let place = |place: &mut Place| {
        if let Some(file) = files.get(place.file.name()) {
            place.file = Arc::clone(file);
        }
        if says(&place.path) {
            place.path = clean(&place.path).into();
        }
        place.title.iter_mut().for_each(localized);
    };
    localized(&mut finding.message);
    finding.help.iter_mut().for_each(localized);
    place(&mut finding.place);
    for related in &mut finding.related {
        place(&mut related.place);
        localized(&mut related.text);
    }
    if let Basis::Consistency(other) = &mut finding.basis {
        place(other);
    }
    // Lines that say it cannot be written without it.
    finding.write = finding.write.take().filter(|edit| !says(&edit.text));
}
