//! A receipt and the same judgement made again → where they differ.

use serde_json::Value;

/// What Git and the packs alone decide.
const OBJECTS: [&str; 3] = ["today", "objects", "packs"];
/// What they and the word of the forge decide.
const VERDICT: [&str; 2] = ["digests", "verdict"];
/// More would tell nothing more.
const MAX_DIFFERENCES: usize = 20;
/// The longest value that is shown, in characters.
const MAX_SHOWN: usize = 80;

/// A value that is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where, as a JSON pointer.
    pub at: String,
    /// What the receipt has; `None` for nothing.
    pub stated: Option<String>,
    /// What came of judging again.
    pub again: Option<String>,
}

/// What became of judging again.
#[derive(Debug)]
pub struct Verification<'v> {
    /// The receipt.
    pub receipt: &'v Value,
    /// Whether another version of the program made it: then a difference may be the program's.
    pub is_other_tool: bool,
    /// Where the objects and packs differ.
    pub objects: Vec<Difference>,
    /// Where the verdict differs.
    pub verdict: Vec<Difference>,
    /// Where anything else does: a receipt holds nothing that was not judged.
    pub rest: Vec<Difference>,
}

impl Verification<'_> {
    /// Whether all that can be proven is.
    pub fn holds(&self) -> bool {
        let all = [&self.objects, &self.verdict, &self.rest];
        all.into_iter().all(Vec::is_empty)
    }
}

/// Compares a receipt with the one that judging again gave.
pub fn verify<'v>(receipt: &'v Value, again: &Value) -> Verification<'v> {
    let mut found = Vec::new();
    differences(receipt, again, "", &mut found);
    let part = |keys: &[&str]| {
        let of_part = |own: &&Difference| {
            let key = own.at.split('/').nth(1);
            key.is_some_and(|key| keys.contains(&key))
        };
        found
            .iter()
            .filter(of_part)
            .take(MAX_DIFFERENCES)
            .cloned()
            .collect::<Vec<_>>()
    };
    let known = [&OBJECTS[..], &VERDICT[..], &["tool"]].concat();
    let rest = found.iter().filter(|own| {
        let key = own.at.split('/').nth(1).unwrap_or_default();
        !known.contains(&key)
    });
    Verification {
        receipt,
        is_other_tool: receipt.get("tool") != again.get("tool"),
        objects: part(&OBJECTS),
        verdict: part(&VERDICT),
        rest: rest.take(MAX_DIFFERENCES).cloned().collect(),
    }
}

fn differences(stated: &Value, again: &Value, at: &str, found: &mut Vec<Difference>) {
    match (stated, again) {
        (Value::Object(stated), Value::Object(again)) => {
            let keys = stated
                .keys()
                .chain(again.keys().filter(|key| !stated.contains_key(*key)));
            for key in keys {
                pair(
                    stated.get(key),
                    again.get(key),
                    &format!("{at}/{key}"),
                    found,
                );
            }
        }
        (Value::Array(stated), Value::Array(again)) => {
            for index in 0..stated.len().max(again.len()) {
                pair(
                    stated.get(index),
                    again.get(index),
                    &format!("{at}/{index}"),
                    found,
                );
            }
        }
        _ => pair(Some(stated), Some(again), at, found),
    }
}

fn pair(stated: Option<&Value>, again: Option<&Value>, at: &str, found: &mut Vec<Difference>) {
    match (stated, again) {
        (Some(one), Some(other)) if one == other => {}
        (Some(one @ (Value::Object(_) | Value::Array(_))), Some(other))
            if std::mem::discriminant(one) == std::mem::discriminant(other) =>
        {
            differences(one, other, at, found);
        }
        _ => found.push(Difference {
            at: at.to_owned(),
            stated: stated.map(shown),
            again: again.map(shown),
        }),
    }
}

/// A value in one line that a terminal takes.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    let mut text = text
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let short: String = text.by_ref().take(MAX_SHOWN).collect();
    match text.next() {
        Some(_) => short + "…",
        None => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_differs_is_told_by_its_part() {
        let stated = json!({ "tool": 1, "packs": [1, 2], "verdict": { "a": 1 }, "said": 1 });
        let again = json!({ "tool": 1, "packs": [1], "verdict": { "a": 2 }, "said": 1 });
        let verification = verify(&stated, &again);
        let at = |all: &[Difference]| all.iter().map(|own| own.at.clone()).collect::<Vec<_>>();
        assert_eq!(at(&verification.objects), ["/packs/1"]);
        assert_eq!(at(&verification.verdict), ["/verdict/a"]);
        assert!(verification.rest.is_empty() && !verification.holds());
        assert!(verify(&stated, &stated).holds());
    }

    #[test]
    fn a_key_that_was_put_in_is_a_difference() {
        let again = json!({ "verdict": {} });
        let stated = json!({ "verdict": {}, "signed_off": true });
        assert_eq!(verify(&stated, &again).rest.len(), 1);
    }

    #[test]
    fn another_tool_is_told_and_is_no_difference_by_itself() {
        let verification = (json!({ "tool": 1 }), json!({ "tool": 2 }));
        let verification = verify(&verification.0, &verification.1);
        assert!(verification.is_other_tool && verification.holds());
    }
}
