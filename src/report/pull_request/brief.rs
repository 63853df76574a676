//! Texts that may hold a stranger's words at any length → Markdown of a length that can be read.
//!
//! A name of seventy thousand characters would push everything else out of a summary, and make of a
//! comment one that no forge takes. What is left out is in the middle, for our own words stand on
//! both sides of a name.

use std::borrow::Cow;

use crate::report::markdown::{code, escape};

/// The longest sentence that is shown whole, in characters; ours are shorter.
const LONGEST: usize = 300;

/// Words on one line.
pub(super) fn prose(text: &str) -> String {
    escape(&brief(text))
}

/// Code within a line.
pub(super) fn named(text: &str) -> String {
    code(&brief(text))
}

fn brief(text: &str) -> Cow<'_, str> {
    let count = text.chars().count();
    if count <= LONGEST {
        return text.into();
    }
    let place = |nth: usize| {
        text.char_indices()
            .nth(nth)
            .map_or(text.len(), |(at, _)| at)
    };
    let (head, tail) = (
        &text[..place(LONGEST / 2)],
        &text[place(count - LONGEST / 2)..],
    );
    format!("{head}…{tail}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_long_name_is_kept() {
        let name = "很長".repeat(40_000);
        let told = prose(&format!("「{name}」為 C 級，應置 1 人"));
        assert!(
            told.starts_with("「很長") && told.ends_with("為 C 級，應置 1 人"),
            "{told}"
        );
        assert_eq!(told.chars().count(), LONGEST + 1);
        assert_eq!(named("甲"), "`甲`");
        assert_eq!(brief(&"很".repeat(LONGEST)), "很".repeat(LONGEST));
    }
}
