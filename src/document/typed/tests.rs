use std::sync::Arc;

use serde::Deserialize;

use crate::document::{DecodeError, Document, Limits, Spanned, from_node, parse, refuse};
use crate::text::{SourceFile, Span};

fn document(text: &str) -> Document {
    let file = Arc::new(SourceFile::new("plangate.yaml", text));
    parse(&file, Limits::default())
        .document
        .expect("small enough")
}

/// The text and the English message of the error.
fn error<T: for<'d> Deserialize<'d>>(text: &str) -> (String, String) {
    let document = document(text);
    let DecodeError { span, message } = from_node::<T>(document.root())
        .err()
        .expect("it does not decode");
    assert!(!message.zh_tw.is_empty());
    (document.file().slice(span).to_owned(), message.en)
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Gate {
    block: Spanned<Block>,
    #[serde(default)]
    approvals: Vec<Approval>,
    limit: Option<u16>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Block {
    New,
    All,
    Only(Vec<String>),
    Above { severity: String },
}

#[derive(Debug, Deserialize, PartialEq)]
struct Approval {
    role: String,
    share: f64,
}

#[test]
fn values_decode_with_their_places() {
    let text = "block: new\napprovals:\n  - { role: 資安長, share: 1 }\nlimit: 3\n";
    let document = document(text);
    let gate: Gate = from_node(document.root()).expect("it decodes");
    assert_eq!(
        gate.block,
        Spanned {
            value: Block::New,
            span: Span::new(7, 10)
        }
    );
    assert_eq!(
        gate.approvals,
        [Approval {
            role: "資安長".to_owned(),
            share: 1.0
        }]
    );
    assert_eq!(gate.limit, Some(3));
}

#[test]
fn text_is_borrowed_from_the_document() {
    let document = document("- 甲\n- \"\\u7532\"\n");
    let texts: Vec<&str> = from_node(document.root()).expect("it decodes");
    assert_eq!(texts, ["甲", "甲"]);
}

#[test]
fn enums_are_words_or_maps_of_one_key() {
    let decode = |text| from_node::<Block>(document(text).root()).expect("it decodes");
    assert_eq!(decode("all"), Block::All);
    assert_eq!(decode("only: [a]"), Block::Only(vec!["a".to_owned()]));
    assert_eq!(
        decode("above: { severity: note }"),
        Block::Above {
            severity: "note".to_owned()
        }
    );
    assert_eq!(error::<Block>("a: 1\nb: 2").1, "expected one key, found 2");
    assert_eq!(
        error::<Block>("only: a"),
        ("a".into(), "expected a list, found text".into())
    );
    assert_eq!(
        error::<Block>("none"),
        (
            "none".into(),
            "`none` is not one of `new`, `all`, `only`, `above`".into()
        )
    );
}

#[test]
fn errors_stand_at_the_value_that_is_wrong() {
    for (text, place, message) in [
        (
            "block: new\nlimit: 70000\n",
            "70000",
            "the value 70000 does not fit, expected a whole number from 0 to 65535",
        ),
        (
            "block: new\nlimit: x\n",
            "x",
            "expected a whole number from 0 to 65535, found text",
        ),
        ("block: 1.10\n", "1.10", "expected text or a map of one key"),
        (
            "block: new\napprovals: [{ role: 1.10, share: 1 }]\n",
            "1.10",
            "expected text, found a number; quote it if it is text",
        ),
        (
            "block: new\napprovals: [[a, 1]]\n",
            "[a, 1]",
            "expected a map, found a list",
        ),
        (
            "block: new\nlimits: 1\n",
            "limits",
            "unknown key `limits`; known are `block`, `approvals`, `limit`",
        ),
        ("limit: 1\n", "limit", "the key `block` is missing"),
        (
            "block: new\napprovals: [{ role: a }]\n",
            "role",
            "the key `share` is missing",
        ),
    ] {
        assert_eq!(
            error::<Gate>(text),
            (place.to_owned(), message.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn a_missing_key_is_shown_at_the_key_above_its_map() {
    #[derive(Debug, Deserialize)]
    struct Outer {
        #[serde(rename = "inner")]
        _inner: Approval,
    }
    let (place, message) = error::<Outer>("inner:\n  role: a\n");
    assert_eq!(
        (place.as_str(), message.as_str()),
        ("inner", "the key `share` is missing")
    );
}

#[test]
fn a_tuple_takes_no_more_items_than_it_has() {
    let place = ("3".to_owned(), "the list has too many items".to_owned());
    assert_eq!(error::<(u8, u8)>("[1, 2, 3]"), place);
}

#[test]
fn an_implementation_refuses_in_both_languages() {
    #[derive(Debug)]
    struct Even;
    impl<'de> Deserialize<'de> for Even {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let number = i64::deserialize(deserializer)?;
            if number % 2 == 0 {
                Ok(Self)
            } else {
                Err(refuse("應為偶數", "expected an even number"))
            }
        }
    }
    let document = document("- 2\n- 3\n");
    let error = from_node::<Vec<Even>>(document.root()).expect_err("3 is odd");
    assert_eq!(
        (error.message.zh_tw.as_str(), error.message.en.as_str()),
        ("應為偶數", "expected an even number")
    );
    assert_eq!(document.file().slice(error.span), "3");
}
