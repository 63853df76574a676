//! The one resolver: what a plain scalar is by the core schema of YAML 1.2.2 (§10.3.2), and
//! whether other readers take it otherwise.
//!
//! Others are readers of YAML 1.1 (PyYAML, Ruby's Psych, Go's yaml.v2) and lenient ones of 1.2.
//! Dates such as `2026-11-20` are exempt: every plan has them, and no one takes them for a number.

#[cfg(test)]
mod tests;

/// What a plain scalar is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    /// Always finite.
    Float(f64),
    /// `.inf`, `.nan` or a number beyond what a double holds; kept as text.
    NonFinite,
    Text,
}

/// What other readers may take a plain scalar for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// `yes`, `no`, `on`, `off`, `y`, `n`.
    OldBool,
    /// `tRUE`, `nUll`: a word of the core schema in letters it does not have.
    LetterCase,
    /// `012`: octal, a float or text.
    LeadingZero,
    /// `1_0`: ten.
    Underscore,
    /// `0b11`, `-0x1F`: numbers of YAML 1.1 only.
    OldNumber,
    /// `0o14`: text in YAML 1.1.
    NewOctal,
    /// `12:30`: 750 in YAML 1.1.
    Sexagesimal,
    /// More than 64 bits.
    Overflow,
    /// `1e3`: text in YAML 1.1, which wants `1.0e+3`.
    Exponent,
    /// `=`, which PyYAML refuses.
    ValueKey,
}

/// Whether every reader takes a plain scalar for text; if not, it has to be written in quotes.
/// Says nothing of characters that YAML itself gives a meaning to.
pub fn reads_as_text(text: &str) -> bool {
    resolve(text) == (Scalar::Text, None)
}

/// Resolves a plain scalar.
pub(super) fn resolve(text: &str) -> (Scalar, Option<Doubt>) {
    let Some(&first) = text.as_bytes().first() else {
        return (Scalar::Null, None);
    };
    match first {
        b'0'..=b'9' | b'+' | b'-' | b'.' => number(text),
        // All words that mean something are at most five letters, and begin with one of these.
        b'~' | b'=' | b'f' | b'F' | b'n' | b'N' | b'o' | b'O' | b't' | b'T' | b'y' | b'Y'
            if text.len() <= 5 =>
        {
            word(text)
        }
        _ => (Scalar::Text, None),
    }
}

fn word(text: &str) -> (Scalar, Option<Doubt>) {
    let scalar = match text {
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Bool(true),
        "false" | "False" | "FALSE" => Scalar::Bool(false),
        _ => Scalar::Text,
    };
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    let doubt = match scalar {
        Scalar::Text if is(&["y", "n", "yes", "no", "on", "off"]) => Some(Doubt::OldBool),
        Scalar::Text if is(&["null", "true", "false"]) => Some(Doubt::LetterCase),
        Scalar::Text if text == "=" => Some(Doubt::ValueKey),
        _ => None,
    };
    (scalar, doubt)
}

fn number(text: &str) -> (Scalar, Option<Doubt>) {
    let (sign, body) = match text.as_bytes()[0] {
        b'+' | b'-' => text.split_at(1),
        _ => ("", text),
    };
    if is_digits(body) {
        return integer(text, body);
    }
    if let Some(scalar) = radix(sign, body) {
        return scalar;
    }
    if is_float(body) {
        return float(text, body);
    }
    special(sign, body)
}

fn integer(text: &str, body: &str) -> (Scalar, Option<Doubt>) {
    let leading_zero = (body.len() > 1 && body.starts_with('0')).then_some(Doubt::LeadingZero);
    if let Ok(value) = text.parse() {
        return (Scalar::Int(value), leading_zero);
    }
    match finite(text) {
        Scalar::NonFinite => (Scalar::NonFinite, None),
        near => (near, leading_zero.or(Some(Doubt::Overflow))),
    }
}

/// `0o14`, `0x1F` and their relatives; only the two without a sign are of the core schema.
fn radix(sign: &str, body: &str) -> Option<(Scalar, Option<Doubt>)> {
    let (prefix, digits) = body.split_at_checked(2)?;
    let base = match prefix {
        "0b" => 2,
        "0o" => 8,
        "0x" => 16,
        _ => return None,
    };
    let plain = digits.replace('_', "");
    if plain.is_empty() || !plain.chars().all(|digit| digit.is_digit(base)) {
        return None;
    }
    if !sign.is_empty() || base == 2 {
        return Some((Scalar::Text, Some(Doubt::OldNumber)));
    }
    if plain.len() < digits.len() {
        return Some((Scalar::Text, Some(Doubt::Underscore)));
    }
    let doubt = (base == 8).then_some(Doubt::NewOctal);
    Some(match i64::from_str_radix(&plain, base) {
        Ok(value) => (Scalar::Int(value), doubt),
        Err(_) => match wide(&plain, base) {
            Scalar::NonFinite => (Scalar::NonFinite, None),
            near => (near, Some(Doubt::Overflow)),
        },
    })
}

/// A number of more than 64 bits in another base, as near as a double comes.
fn wide(digits: &str, base: u32) -> Scalar {
    let value = digits
        .chars()
        .filter_map(|digit| digit.to_digit(base))
        .fold(0.0, |sum, digit| sum * f64::from(base) + f64::from(digit));
    if f64::is_finite(value) {
        Scalar::Float(value)
    } else {
        Scalar::NonFinite
    }
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?` without its sign.
fn is_float(body: &str) -> bool {
    let (mantissa, exponent) = split_exponent(body);
    let exponent = exponent.map(|power| power.strip_prefix(['+', '-']).unwrap_or(power));
    let mantissa = match mantissa.split_once('.') {
        Some(("", decimals)) => is_digits(decimals),
        Some((whole, decimals)) => is_digits(whole) && (decimals.is_empty() || is_digits(decimals)),
        None => is_digits(mantissa),
    };
    mantissa && exponent.is_none_or(is_digits)
}

fn float(text: &str, body: &str) -> (Scalar, Option<Doubt>) {
    let (mantissa, exponent) = split_exponent(body);
    let signed = exponent.is_none_or(|power| power.starts_with(['+', '-']));
    let old = exponent.is_none() || (mantissa.contains('.') && signed);
    let scalar = finite(text);
    let doubt = (!old && scalar != Scalar::NonFinite).then_some(Doubt::Exponent);
    (scalar, doubt)
}

fn split_exponent(body: &str) -> (&str, Option<&str>) {
    match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (body, None),
    }
}

fn finite(text: &str) -> Scalar {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Scalar::Float(value),
        _ => Scalar::NonFinite,
    }
}

/// What begins like a number and is none of the core schema.
fn special(sign: &str, body: &str) -> (Scalar, Option<Doubt>) {
    let infinite = matches!(body, ".inf" | ".Inf" | ".INF");
    if infinite || (sign.is_empty() && matches!(body, ".nan" | ".NaN" | ".NAN")) {
        return (Scalar::NonFinite, None);
    }
    let doubt = if body.eq_ignore_ascii_case(".inf") || body.eq_ignore_ascii_case(".nan") {
        Some(Doubt::LetterCase)
    } else if is_sexagesimal(body) {
        Some(Doubt::Sexagesimal)
    } else if body.contains('_') && body.starts_with(|first: char| first.is_ascii_digit()) {
        let plain = body.replace('_', "");
        (is_digits(&plain) || is_float(&plain)).then_some(Doubt::Underscore)
    } else {
        None
    };
    (Scalar::Text, doubt)
}

/// `[0-9][0-9_]* ( : [0-5]?[0-9] )+ ( \. [0-9_]* )?`, as YAML 1.1 and Psych read it.
fn is_sexagesimal(body: &str) -> bool {
    let (body, decimals) = body.split_once('.').unwrap_or((body, ""));
    let Some((whole, sixties)) = body.split_once(':') else {
        return false;
    };
    let is_sixtieth =
        |part: &str| matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
    is_digits(&whole.replace('_', ""))
        && sixties.split(':').all(is_sixtieth)
        && decimals
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_')
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
