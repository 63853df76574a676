//! Where reading can be taken up again after a syntax error: at the next key of the root, for a
//! line that begins at the margin with `key:` begins an entry whatever went wrong above it.

/// The start of the next line that is an entry of the root. `from` is where this reading began and
/// `error` where it ended; the answer lies behind `from`, so reading always advances.
pub(super) fn next_entry(source: &str, from: usize, error: usize) -> Option<usize> {
    let mut at = line_start(source, error);
    if at <= from || at < error {
        at = next_line(source, error.max(from))?;
    }
    loop {
        if is_entry(&source[at..]) {
            return Some(at);
        }
        at = next_line(source, at)?;
    }
}

fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn next_line(source: &str, at: usize) -> Option<usize> {
    let after = at + source[at..].find('\n')? + 1;
    (after < source.len()).then_some(after)
}

/// Whether a text begins with a plain key and its colon.
pub(in crate::document) fn is_entry(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let begins_word = line.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let Some((key, rest)) = line.split_once(':') else {
        return false;
    };
    begins_word
        && key
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | ' '))
        && (rest.is_empty() || rest.starts_with([' ', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_goes_on_at_the_next_key_at_the_margin() {
        let source = "a: [\n  b: 1\n# c: 2\nd: 3\n";
        let d = source.find("d: 3").unwrap();
        assert_eq!(next_entry(source, 0, 3), Some(d));
        assert_eq!(
            next_entry(source, 0, d),
            Some(d),
            "an error at a key may be of what is above"
        );
        assert_eq!(next_entry(source, d, d), None, "reading always advances");
    }
}
