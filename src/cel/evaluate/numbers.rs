//! Numbers of three types on one line, and their arithmetic, which never wraps.

use std::cmp::Ordering;

use crate::cel::Content;
use crate::cel::functions::Binary;

/// The least number of 64 bits that `i64` does not hold, as a double.
const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

/// A number of any type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Int(i64),
    Uint(u64),
    Double(f64),
}

impl Number {
    pub(super) fn of<N>(content: &Content<'_, N>) -> Option<Self> {
        match *content {
            Content::Int(value) => Some(Self::Int(value)),
            Content::Uint(value) => Some(Self::Uint(value)),
            Content::Double(value) => Some(Self::Double(value)),
            _ => None,
        }
    }

    /// The whole number, which every integer of 64 bits is.
    fn whole(self) -> Result<i128, f64> {
        match self {
            Self::Int(value) => Ok(value.into()),
            Self::Uint(value) => Ok(value.into()),
            Self::Double(value) => Err(value),
        }
    }
}

/// Order by value; `None` where one is NaN.
pub(super) fn compare(a: Number, b: Number) -> Option<Ordering> {
    if let (Number::Int(a), Number::Int(b)) = (a, b) {
        return Some(a.cmp(&b));
    }
    match (a.whole(), b.whole()) {
        (Ok(a), Ok(b)) => Some(a.cmp(&b)),
        (Err(a), Err(b)) => a.partial_cmp(&b),
        (Ok(a), Err(b)) => compare_whole(a, b),
        (Err(a), Ok(b)) => compare_whole(b, a).map(Ordering::reverse),
    }
}

/// Exact: a double is not rounded to a whole number, nor the other way.
fn compare_whole(whole: i128, double: f64) -> Option<Ordering> {
    match () {
        () if double.is_nan() => None,
        () if double >= 2.0 * TWO_TO_63 => Some(Ordering::Less),
        () if double < -TWO_TO_63 => Some(Ordering::Greater),
        () => {
            let floor = double.floor();
            let below = whole.cmp(&to_whole(floor));
            Some(if below.is_eq() && double > floor {
                Ordering::Less
            } else {
                below
            })
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "callers pass whole numbers below 2^64"
)]
fn to_whole(double: f64) -> i128 {
    double as i128
}

/// The whole part of a double, where `i64` holds it. The least one is left out: many doubles below it
/// are rounded to it, and the specification refuses what may have been out of range.
pub(super) fn to_int(double: f64) -> Option<i64> {
    let fits = double > -TWO_TO_63 && double < TWO_TO_63;
    fits.then(|| to_whole(double.trunc()))
        .and_then(|whole| whole.try_into().ok())
}

/// The whole part of a double, where `u64` holds it.
pub(super) fn to_uint(double: f64) -> Option<u64> {
    let fits = double > -1.0 && double < 2.0 * TWO_TO_63;
    fits.then(|| to_whole(double.trunc()))
        .and_then(|whole| whole.try_into().ok())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "CEL rounds to the nearest double"
)]
pub(super) fn int_to_double(value: i64) -> f64 {
    value as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "CEL rounds to the nearest double"
)]
pub(super) fn uint_to_double(value: u64) -> f64 {
    value as f64
}

/// Why arithmetic has no answer.
pub(super) enum NoNumber {
    Overflow,
    DivisionByZero,
    NotTheseTypes,
}

/// `+ - * / %` of two numbers of one type.
pub(super) fn arithmetic(run: Binary, a: Number, b: Number) -> Result<Number, NoNumber> {
    let (a, b) = match (a, b) {
        (Number::Int(a), Number::Int(b)) => {
            if b == 0 && matches!(run, Binary::Divide | Binary::Remainder) {
                return Err(NoNumber::DivisionByZero);
            }
            let result = match run {
                Binary::Add => a.checked_add(b),
                Binary::Subtract => a.checked_sub(b),
                Binary::Multiply => a.checked_mul(b),
                Binary::Divide => a.checked_div(b),
                _ => a.checked_rem(b),
            };
            return result.map(Number::Int).ok_or(NoNumber::Overflow);
        }
        (Number::Uint(a), Number::Uint(b)) => (a, b),
        (Number::Double(a), Number::Double(b)) => return fractions(run, a, b),
        _ => return Err(NoNumber::NotTheseTypes),
    };
    if b == 0 && matches!(run, Binary::Divide | Binary::Remainder) {
        return Err(NoNumber::DivisionByZero);
    }
    let result = match run {
        Binary::Add => a.checked_add(b),
        Binary::Subtract => a.checked_sub(b),
        Binary::Multiply => a.checked_mul(b),
        Binary::Divide => a.checked_div(b),
        _ => a.checked_rem(b),
    };
    result.map(Number::Uint).ok_or(NoNumber::Overflow)
}

/// Fractions divide by zero into an infinity, as IEEE 754 and CEL have it; they have no remainder.
fn fractions(run: Binary, a: f64, b: f64) -> Result<Number, NoNumber> {
    match run {
        Binary::Add => Ok(Number::Double(a + b)),
        Binary::Subtract => Ok(Number::Double(a - b)),
        Binary::Multiply => Ok(Number::Double(a * b)),
        Binary::Divide => Ok(Number::Double(a / b)),
        _ => Err(NoNumber::NotTheseTypes),
    }
}
