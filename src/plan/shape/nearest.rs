//! The nearest known word to one that is not known.

use crate::text::edit_distance;

/// Longer words are not compared: no name of the schema is that long.
const LONGEST: usize = 40;

/// The place of the word in `known` that `written` was meant to be; `None` where none is near.
///
/// Letter case and the choice of `-`, `_` and blanks do not count, and two letters that changed
/// places count as one slip. What is proposed here may be written into a plan without a second look,
/// so that short words have to be nearer than long ones. Of several at one distance the first wins.
pub(super) fn nearest<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<usize> {
    let written = folded(written);
    if written.is_empty() || written.chars().count() > LONGEST {
        return None;
    }
    let slips = known.into_iter().map(|word| slips(&written, &folded(word)));
    let near = slips
        .enumerate()
        .filter_map(|(place, slips)| Some((slips?, place)));
    near.min().map(|(_, place)| place)
}

fn folded(word: &str) -> String {
    let separators = ['_', '-', ' ', '\u{3000}'];
    let letters = word.chars().filter(|letter| !separators.contains(letter));
    letters
        .flat_map(char::to_lowercase)
        .take(LONGEST + 1)
        .collect()
}

/// How many slips of the keys lead from one word to the other; `None` where they are too many.
fn slips(written: &str, word: &str) -> Option<usize> {
    let (a, b) = (written.chars().count(), word.chars().count());
    let allowed = match a.max(b) {
        0..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    };
    if a.abs_diff(b) > allowed {
        return None;
    }
    let distance = edit_distance(written, word);
    let swapped = distance == 2 && sorted(written) == sorted(word);
    Some(if swapped { 1 } else { distance }).filter(|&slips| slips <= allowed)
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 6] = [
        "hours",
        "every",
        "who",
        "kind",
        "max_tolerable_interruption",
        "平均",
    ];

    fn check(written: &str, expected: Option<&str>) {
        assert_eq!(
            nearest(written, KNOWN).map(|place| KNOWN[place]),
            expected,
            "{written}"
        );
    }

    #[test]
    fn a_slip_of_the_keys_is_near() {
        check("hour", Some("hours"));
        check("evrey", Some("every"));
        check("knd", Some("kind"));
        check(
            "max_tolerable_interuption",
            Some("max_tolerable_interruption"),
        );
    }

    #[test]
    fn case_and_separators_do_not_count() {
        check(
            "Max-Tolerable Interruption",
            Some("max_tolerable_interruption"),
        );
        check("WHO", Some("who"));
    }

    #[test]
    fn another_word_is_not_near() {
        check("whom", Some("who"));
        check("when", None);
        check("house", None);
        check("平", None);
        check("", None);
        check(&"x".repeat(1000), None);
    }
}
