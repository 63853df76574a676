//! How many columns of a terminal a text takes.

use unicode_width::UnicodeWidthStr;

/// Columns of a terminal that `text` takes; full-width characters take two (UAX #11).
pub fn display_width(text: &str) -> usize {
    text.width()
}
