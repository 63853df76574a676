//! Two values that differ → two short texts that differ to the eye.
//!
//! Knows texts only. Invariant: what is not the same is not shown as the same, however long it is,
//! and though only white space differs.

use std::collections::BTreeMap;

use crate::change::Piece;

/// Characters of a value that are shown.
const LONGEST: usize = 200;
/// Characters that are shown before the first difference.
pub(super) const AROUND: usize = 12;

/// The members that only one of two lists has; both whole where only their order differs.
pub(super) fn came_or_went(old: &[String], new: &[String]) -> Option<(Vec<String>, Vec<String>)> {
    let without = |list: &[String], others: &[String]| {
        let mut left: BTreeMap<&String, usize> = BTreeMap::new();
        for other in others {
            *left.entry(other).or_default() += 1;
        }
        let own = list.iter().filter(|member| match left.get_mut(member) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        own.cloned().collect::<Vec<String>>()
    };
    let (gone, came) = (without(old, new), without(new, old));
    (!gone.is_empty() || !came.is_empty()).then_some((gone, came))
}

/// Whether a text is shown in part only.
pub(super) fn is_long(text: &str) -> bool {
    text.chars().nth(LONGEST).is_some()
}

/// Both texts in what fits: from their beginning where the difference is there, else from shortly
/// before it.
pub(super) fn short(old: &str, new: &str) -> (String, String) {
    let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let most = a.len().min(b.len());
    let head = (0..most).take_while(|&at| a[at] == b[at]).count();
    let tail = (0..most - head).take_while(|&at| a[a.len() - 1 - at] == b[b.len() - 1 - at]);
    let end = a.len().max(b.len()) - tail.count();
    // One character more, so that not only the sign of what is left out tells them apart.
    let fits = a.is_empty() || b.is_empty() || end < LONGEST;
    let from = if fits { 0 } else { head.saturating_sub(AROUND) };
    (part(&a, from), part(&b, from))
}

fn part(text: &[char], from: usize) -> String {
    let rest = &text[from.min(text.len())..];
    let mut shown: String = rest.iter().take(LONGEST).collect();
    if rest.len() > LONGEST {
        shown.push('…');
    }
    match from {
        0 => shown,
        _ => format!("…{shown}"),
    }
}

/// The texts, with their white space spelled out where nothing else tells them apart.
pub(super) fn spelled(old: String, new: String) -> (String, String) {
    match old != new && bare(&old) == bare(&new) {
        true => (spell(&old), spell(&new)),
        false => (old, new),
    }
}

/// The same of the pieces of one text: what came or went must be seen.
pub(super) fn spelled_pieces(mut pieces: Vec<Piece>) -> Vec<Piece> {
    for at in 0..pieces.len() {
        let text = match &pieces[at] {
            Piece::Removed(text) | Piece::Added(text) => text,
            Piece::Same(_) => continue,
        };
        if bare(text).is_empty() {
            spell_piece(&mut pieces[at]);
            continue;
        }
        let same = match pieces.get(at + 1) {
            Some(Piece::Added(next)) => bare(text) == bare(next),
            _ => false,
        };
        if same {
            spell_piece(&mut pieces[at]);
            spell_piece(&mut pieces[at + 1]);
        }
    }
    pieces
}

fn spell_piece(piece: &mut Piece) {
    match piece {
        Piece::Removed(text) | Piece::Added(text) => *text = spell(text),
        Piece::Same(_) => {}
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// White space by its number; what acts or hides, every format spells out itself.
fn spell(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for character in text.chars() {
        match character.is_whitespace() && !character.is_control() {
            true => spelled.extend(character.escape_unicode()),
            false => spelled.push(character),
        }
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(count: usize) -> String {
        "一二三四五六七八九十".chars().cycle().take(count).collect()
    }

    #[test]
    fn long_texts_are_cut_around_what_differs() {
        let long = letters(300);
        let (old, new) = short(&format!("{long}甲"), &long);
        assert_eq!(
            (old.as_str(), new.as_str()),
            ("…九十一二三四五六七八九十甲", "…九十一二三四五六七八九十")
        );
        let (old, new) = short(&format!("甲{long}"), &format!("乙{long}"));
        assert!(old.starts_with('甲') && new.starts_with('乙') && old.ends_with('…'));
        let (old, new) = short(&letters(200), &letters(201));
        assert_ne!(old.replace('…', ""), new.replace('…', ""));
        assert_eq!(short("甲", "乙"), ("甲".to_owned(), "乙".to_owned()));
        assert_eq!(short(&long, "").0, format!("{}…", letters(200)));
    }

    #[test]
    fn of_long_lists_the_members_that_came_or_went() {
        let list =
            |names: &[&str]| -> Vec<String> { names.iter().map(|&n| n.to_owned()).collect() };
        let (a, b) = (list(&["a", "b", "b"]), list(&["b", "c", "a"]));
        assert_eq!(came_or_went(&a, &b), Some((list(&["b"]), list(&["c"]))));
        assert_eq!(came_or_went(&list(&["a", "b"]), &list(&["b", "a"])), None);
    }

    #[test]
    fn white_space_is_spelled_where_nothing_else_differs() {
        let both = |old: &str, new: &str| spelled(old.to_owned(), new.to_owned());
        assert_eq!(
            both("甲 乙", "甲\u{3000}乙"),
            ("甲\\u{20}乙".to_owned(), "甲\\u{3000}乙".to_owned())
        );
        assert_eq!(
            both("甲 乙", "丙 乙"),
            ("甲 乙".to_owned(), "丙 乙".to_owned())
        );
        let added = |text: &str| vec![Piece::Added(text.to_owned())];
        assert_eq!(spelled_pieces(added("\u{3000}")), added("\\u{3000}"));
        assert_eq!(spelled_pieces(added("\n")), added("\n"));
        assert_eq!(spelled_pieces(added("甲 乙")), added("甲 乙"));
    }
}
