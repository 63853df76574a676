//! The nearest known word to one that is not known.

/// Longer words are not compared: no name of the schema is that long.
const LONGEST: usize = 40;

/// The place of the word in `known` that `written` was meant to be; `None` where none is near.
///
/// Letter case and the choice of `-`, `_` and blanks do not count. Two words are near when at most a
/// third of the letters differ, at most three. Of several at one distance the first wins.
pub(super) fn nearest<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<usize> {
    let written = folded(written);
    if written.is_empty() || written.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, usize)> = None;
    for (place, word) in known.into_iter().enumerate() {
        let word = folded(word);
        let allowed = match written.len().max(word.len()) {
            0..=2 => 0,
            3..=5 => 1,
            6..=8 => 2,
            _ => 3,
        };
        let limit = best.map_or(allowed, |(distance, _)| {
            allowed.min(distance.saturating_sub(1))
        });
        if let Some(distance) = distance(&written, &word, limit)
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, place));
        }
    }
    best.map(|(_, place)| place)
}

fn folded(word: &str) -> Vec<char> {
    let separators = ['_', '-', ' ', '\u{3000}'];
    let letters = word.chars().filter(|letter| !separators.contains(letter));
    letters
        .flat_map(char::to_lowercase)
        .take(LONGEST + 1)
        .collect()
}

/// How many letters are added, dropped, replaced or swapped with their neighbour; `None` above the
/// limit.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, &y) in b.iter().enumerate() {
            let replaced = above[j] + usize::from(x != y);
            row[j + 1] = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    Some(above[b.len()]).filter(|&distance| distance <= limit)
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
