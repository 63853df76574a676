//! A pattern → the words without which it cannot match.
//!
//! In: a pattern as it was parsed. Out: few words, as bytes, of which every match holds one; nothing where a
//! match may do without, or where that would take too many.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The most words that are looked for in place of one pattern, or of a part of it.
const MAX_CHOICE: usize = 64;

/// Words of which every match holds at least one; none where a match may do without.
pub(super) fn needed(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    match pattern.kind() {
        HirKind::Concat(parts) => of_sequence(parts),
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => needed(&repeated.sub),
        HirKind::Alternation(branches) => {
            let all: Option<Vec<_>> = branches.iter().map(needed).collect();
            Some(all?.into_iter().flatten().collect())
        }
        _ => exact(pattern).filter(|words| shortest(words) > 0),
    }
}

/// Of parts that follow each other the longest words: of neighbours that are words each, all that they
/// make together, such as `02` to `09` of `0[2-9]`.
fn of_sequence(parts: &[Hir]) -> Option<Vec<Vec<u8>>> {
    let mut longest: Vec<Vec<u8>> = Vec::new();
    let mut take = |words: Vec<Vec<u8>>| {
        if shortest(&words) > shortest(&longest) {
            longest = words;
        }
    };
    let nothing = || vec![Vec::new()];
    let mut run = nothing();
    for part in parts {
        let own = exact(part);
        let longer = own.as_ref().and_then(|own| joined(&run, own));
        match (longer, own) {
            (Some(longer), _) => run = longer,
            (None, Some(own)) => take(std::mem::replace(&mut run, own)),
            (None, None) => {
                take(std::mem::replace(&mut run, nothing()));
                needed(part).into_iter().for_each(&mut take);
            }
        }
    }
    take(run);
    (!longest.is_empty()).then_some(longest)
}

/// Everything that a pattern matches, where that is a few words; what has no width is the empty one.
fn exact(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    match pattern.kind() {
        HirKind::Literal(literal) => Some(vec![literal.0.to_vec()]),
        HirKind::Class(class) => characters(class),
        HirKind::Capture(capture) => exact(&capture.sub),
        HirKind::Look(_) | HirKind::Empty => Some(vec![Vec::new()]),
        HirKind::Concat(parts) => {
            let all = parts.iter().map(exact);
            all.reduce(|run, part| joined(&run?, &part?))?
        }
        HirKind::Repetition(_) | HirKind::Alternation(_) => None,
    }
}

/// Each word followed by each other one, if that are few.
fn joined(words: &[Vec<u8>], others: &[Vec<u8>]) -> Option<Vec<Vec<u8>>> {
    let is_few = words.len() * others.len() <= MAX_CHOICE;
    let with = |word: &Vec<u8>| -> Vec<Vec<u8>> {
        let both = others.iter().map(|other| [&word[..], other].concat());
        both.collect()
    };
    is_few.then(|| words.iter().flat_map(with).collect())
}

/// The length of the shortest of several words, 0 of none.
fn shortest(words: &[Vec<u8>]) -> usize {
    words.iter().map(Vec::len).min().unwrap_or_default()
}

/// The characters of a class, if they are few.
fn characters(class: &Class) -> Option<Vec<Vec<u8>>> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let all = || class.iter().flat_map(|range| range.start()..=range.end());
    let is_few = all().nth(MAX_CHOICE).is_none();
    is_few.then(|| all().map(|one| one.to_string().into_bytes()).collect())
}
