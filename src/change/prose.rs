//! Two texts → what stayed, what went and what came, character by character.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Texts longer than this together are shown whole: a comparison by character takes the product of
/// length and difference.
const LONGEST: usize = 8_000;
/// What stayed between two changes is shown as changed too where it is shorter than this: 「每2年」 reads
/// better than 「每」 and 「年」 around a figure that is new.
const SHORTEST: usize = 2;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// It stands in both.
    Same(String),
    /// It stands in the old text only.
    Removed(String),
    /// It stands in the new text only.
    Added(String),
}

/// The pieces from an old text to a new one: what is not `Added` is the old text, what is not
/// `Removed` is the new one.
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let mut joined = Joined::default();
    if a.len() + b.len() > LONGEST {
        joined.replace(&a, &b);
        return joined.end();
    }
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        let (from, to) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => joined.keep(&a[from], to.end == b.len()),
            _ => joined.replace(&a[from], &b[to]),
        }
    }
    joined.end()
}

/// Puts neighbouring changes together.
#[derive(Default)]
struct Joined {
    pieces: Vec<Piece>,
    removed: String,
    added: String,
}

impl Joined {
    fn keep(&mut self, same: &[char], last: bool) {
        let open = !self.removed.is_empty() || !self.added.is_empty();
        let text: String = same.iter().collect();
        if open && !last && same.len() < SHORTEST {
            self.removed.push_str(&text);
            self.added.push_str(&text);
            return;
        }
        self.close();
        self.pieces.push(Piece::Same(text));
    }

    fn replace(&mut self, old: &[char], new: &[char]) {
        self.removed.extend(old);
        self.added.extend(new);
    }

    fn close(&mut self) {
        let (removed, added) = (
            std::mem::take(&mut self.removed),
            std::mem::take(&mut self.added),
        );
        if !removed.is_empty() {
            self.pieces.push(Piece::Removed(removed));
        }
        if !added.is_empty() {
            self.pieces.push(Piece::Added(added));
        }
    }

    fn end(mut self) -> Vec<Piece> {
        self.close();
        self.pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_clause_is_shown_and_not_its_paragraph() {
        let found = pieces(
            "每年至少辦理一次內部稽核，並留存紀錄。",
            "每年至少辦理二次內部稽核，並留存紀錄。",
        );
        assert_eq!(
            found,
            [
                Piece::Same("每年至少辦理".to_owned()),
                Piece::Removed("一".to_owned()),
                Piece::Added("二".to_owned()),
                Piece::Same("次內部稽核，並留存紀錄。".to_owned()),
            ]
        );
    }

    #[test]
    fn the_pieces_are_both_texts() {
        for (old, new) in [
            ("", "甲"),
            ("甲", ""),
            ("甲乙丙丁", "丙乙丁甲"),
            ("a1b2c3", "a9b8c7"),
        ] {
            let of = |skip: fn(&Piece) -> bool| -> String {
                let kept = pieces(old, new).into_iter().filter(|piece| !skip(piece));
                kept.map(|piece| match piece {
                    Piece::Same(text) | Piece::Removed(text) | Piece::Added(text) => text,
                })
                .collect()
            };
            assert_eq!(of(|piece| matches!(piece, Piece::Added(_))), old);
            assert_eq!(of(|piece| matches!(piece, Piece::Removed(_))), new);
        }
    }
}
