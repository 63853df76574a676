//! Plans to measure with: as many as wanted, the same bytes on every machine.
//!
//! A plan of the corpus is the chapters of one of the plans under `fixtures/` (real facts in our own
//! words), with registers of its own: bodies, businesses, systems, documents. Of a hundred plans 90
//! are of one body, 9 of 21 bodies and 1 of 394; each has 30 to 40 KB. Remarks (`# …`) are left out,
//! so that a byte of the corpus is a byte of content.

mod chapters;
mod dice;
mod registers;

use std::fmt::Write as _;

use chapters::Chapters;
use dice::Dice;

/// The least size of a plan in bytes; the greatest is [`GREATEST`].
pub(crate) const LEAST: usize = 30_000;
/// The greatest size of a plan in bytes.
pub(crate) const GREATEST: usize = 40_000;

/// How many bodies a plan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// A school or an office.
    One,
    /// A bureau with its offices.
    Bureau,
    /// A city with its agencies and schools.
    City,
}

impl Size {
    /// Of a hundred plans 1 is a city's and 9 are bureaus'.
    pub(crate) fn of(number: usize) -> Self {
        match number % 100 {
            50 => Self::City,
            place if place % 11 == 5 => Self::Bureau,
            _ => Self::One,
        }
    }

    /// How many bodies it has.
    pub(crate) fn bodies(self) -> usize {
        match self {
            Self::One => 1,
            Self::Bureau => 21,
            Self::City => 394,
        }
    }
}

/// The path of a plan below the corpus's folder.
pub(crate) fn path(number: usize) -> String {
    format!("plans/{number:05}/plan.yaml")
}

/// A plan by its number.
pub(crate) fn plan(number: usize) -> String {
    let size = Size::of(number);
    let mut dice = Dice::new(number);
    let base = Chapters::of(size, number);
    let mut text = String::with_capacity(GREATEST);
    header(&mut text, size, &mut dice);
    registers::bodies(&mut text, size, base.agency, &mut dice);
    let target = LEAST + dice.below(GREATEST - LEAST - 2_000);
    let room = target.saturating_sub(text.len() + base.after.len());
    registers::operations(&mut text, size, room, base.agency, &mut dice);
    text.push_str(&base.after);
    text
}

fn header(text: &mut String, size: Size, dice: &mut Dice) {
    let scope = match size {
        Size::One => "single",
        Size::Bureau => "with-subordinates",
        Size::City => "city-wide",
    };
    let (year, month, day) = (108 + dice.below(8), 1 + dice.below(12), 1 + dice.below(28));
    let _ = write!(
        text,
        "header:\n  title: 資通安全維護計畫\n  agency: {}\n  scope: {scope}\n  edition: \"1.{}\"\n  \
         issued: {year}-{month:02}-{day:02}\n  status: in-force\n",
        registers::AGENCY,
        dice.below(12),
    );
}
