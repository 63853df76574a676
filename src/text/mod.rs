//! Texts and the scalars written in them: source files and places, languages, dates, durations,
//! display width, likeness.
//!
//! In: characters. Out: values that remember how they were written. Knows nothing of YAML, of plans
//! or of the law. Invariant: a [`Span`] is a byte range on character boundaries of its file.

mod date;
mod duration;
mod language;
mod nearest;
mod numeral;
mod source;
mod width;

pub use date::{DateRange, Day, parse_day};
pub use duration::{Duration, Unit};
pub use language::{Language, Localized};
pub use nearest::{Spelling, edit_distance, meant, nearest};
pub use numeral::chapter_numeral;
pub use source::{Position, SourceFile, Span};
pub use width::display_width;
