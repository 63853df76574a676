use super::{Doubt, Scalar, reads_as_text, resolve};

#[track_caller]
fn check(text: &str, scalar: Scalar, doubt: Option<Doubt>) {
    assert_eq!(resolve(text), (scalar, doubt), "{text}");
}

#[test]
fn null_and_truth_have_the_words_of_the_core_schema_only() {
    for text in ["", "~", "null", "Null", "NULL"] {
        check(text, Scalar::Null, None);
    }
    for (text, value) in [
        ("true", true),
        ("True", true),
        ("TRUE", true),
        ("false", false),
    ] {
        check(text, Scalar::Bool(value), None);
    }
    for text in ["False", "FALSE"] {
        check(text, Scalar::Bool(false), None);
    }
    for text in [
        "nUll",
        "tRUE",
        "fALSE",
        ".iNF",
        "-.Inf ".trim_end_matches(' '),
        ".nAn",
    ] {
        let scalar = if text == "-.Inf" {
            Scalar::NonFinite
        } else {
            Scalar::Text
        };
        let doubt = (scalar == Scalar::Text).then_some(Doubt::LetterCase);
        check(text, scalar, doubt);
    }
}

#[test]
fn words_of_yaml_1_1_are_text_in_doubt() {
    for text in [
        "y", "Y", "n", "N", "yes", "Yes", "no", "NO", "on", "ON", "off", "Off",
    ] {
        check(text, Scalar::Text, Some(Doubt::OldBool));
    }
    check("=", Scalar::Text, Some(Doubt::ValueKey));
    for text in [
        "yes.", "none", "nowhere", "one", "offf", "是", "==", "not", "~~",
    ] {
        check(text, Scalar::Text, None);
    }
}

#[test]
fn whole_numbers() {
    for (text, value) in [("0", 0), ("-0", 0), ("+12", 12), ("-7", -7), ("0x1F", 31)] {
        check(text, Scalar::Int(value), None);
    }
    check("9223372036854775807", Scalar::Int(i64::MAX), None);
    check("-9223372036854775808", Scalar::Int(i64::MIN), None);
    for (text, value) in [("012", 12), ("-08", -8), ("00", 0)] {
        check(text, Scalar::Int(value), Some(Doubt::LeadingZero));
    }
    check("0o14", Scalar::Int(12), Some(Doubt::NewOctal));
    check(
        "9223372036854775808",
        Scalar::Float(9_223_372_036_854_775_808.0),
        Some(Doubt::Overflow),
    );
    check(
        "0xFFFFFFFFFFFFFFFF",
        Scalar::Float(18_446_744_073_709_551_616.0),
        Some(Doubt::Overflow),
    );
}

#[test]
fn numbers_with_a_point_or_a_power() {
    for (text, value) in [
        ("1.10", 1.1),
        (".5", 0.5),
        ("5.", 5.0),
        ("-1.5e+3", -1500.0),
    ] {
        check(text, Scalar::Float(value), None);
    }
    for (text, value) in [("1e3", 1000.0), ("1.5e3", 1500.0), ("1e+3", 1000.0)] {
        check(text, Scalar::Float(value), Some(Doubt::Exponent));
    }
    for text in [".inf", "-.INF", "+.Inf", ".nan", ".NaN", "1e999", "-1e999"] {
        check(text, Scalar::NonFinite, None);
    }
}

#[test]
fn numbers_of_other_readers_are_text_in_doubt() {
    for text in ["1_0", "1_000.5", "0x1_F", "-1_0"] {
        check(text, Scalar::Text, Some(Doubt::Underscore));
    }
    for text in ["0b11", "-0b1", "+0x1F", "-0o7"] {
        check(text, Scalar::Text, Some(Doubt::OldNumber));
    }
    for text in ["12:30", "12:30:45", "1:2.5", "-1:00", "0:0"] {
        check(text, Scalar::Text, Some(Doubt::Sexagesimal));
    }
}

#[test]
fn what_only_looks_like_a_number_is_text() {
    for text in [
        "2026-11-20",
        "2026-11-20 10:00:00",
        "111-04-27",
        "108.02.18",
        "111年4月27日",
        "15min",
        "24wh",
        "+",
        "-",
        ".",
        "-.",
        "+.e3",
        "1.2.3",
        "12:60",
        "12:3:",
        ":30",
        "12:300",
        "1:2:x",
        "0o8",
        "0b2",
        "0xG",
        "0x",
        "_1",
        "1-2",
        "1e",
        "e5",
        "IS-02-011",
        "02-2345-6789",
        "...",
        "1,000",
        "１２",
        "-x",
        ".infinity",
    ] {
        check(text, Scalar::Text, None);
    }
}

#[test]
fn only_what_no_reader_takes_otherwise_reads_as_text() {
    assert!(
        ["甲", "IS-02-011", "2026-11-20"]
            .into_iter()
            .all(reads_as_text)
    );
    assert!(
        !["", "no", "012", "1", "true", ".inf", "1e999"]
            .into_iter()
            .any(reads_as_text)
    );
}
