//! The places of the source form: which marks hold there, and what its values are called.

use serde_json::{Map, Value as Json, json};

use super::modes;
use crate::document::Node;

/// A site of the source form, in whichever form it is read.
pub(in crate::plan) trait Marked {
    /// Whether the mark of that name stands under `x-plangate`.
    fn has_mark(&self, name: &str) -> bool;
}

impl Marked for Json {
    fn has_mark(&self, name: &str) -> bool {
        self["x-plangate"][name] == true
    }
}

impl Marked for Node<'_> {
    fn has_mark(&self, name: &str) -> bool {
        let mark = self.get("x-plangate").and_then(|marks| marks.get(name));
        mark.and_then(Node::as_bool) == Some(true)
    }
}

/// What the marks allow at a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the marks do not depend on each other"
)]
pub(in crate::plan) struct Place {
    /// A mode may stand instead of the value, or beside the keys of an object.
    pub fact: bool,
    /// The rows of the list may say for whom they hold.
    pub scoped: bool,
    /// It is a row of such a list.
    pub row: bool,
    /// A list of variants may stand instead of the object.
    pub variants: bool,
}

impl Place {
    /// A property of an object.
    pub(in crate::plan) fn of_property(site: &impl Marked) -> Self {
        let fact = site.has_mark("fact");
        Self {
            fact,
            scoped: site.has_mark("scoped"),
            row: false,
            variants: fact,
        }
    }

    /// The items of a list that stands at `list`.
    pub(in crate::plan) fn of_item(site: &impl Marked, list: Self) -> Self {
        let fact = site.has_mark("fact");
        Self {
            fact,
            scoped: site.has_mark("scoped"),
            row: list.scoped,
            variants: false,
        }
    }

    /// The object of a text or object that stands at `outer`.
    pub(in crate::plan) fn of_form(site: &impl Marked, outer: Self) -> Self {
        let fact = site.has_mark("fact");
        Self {
            fact,
            scoped: false,
            row: outer.row,
            variants: fact && outer.variants,
        }
    }

    /// The definition of the mode that may stand instead of a value here.
    pub(in crate::plan) fn mode(self) -> Option<&'static str> {
        match (self.row, self.fact) {
            (true, _) => Some("row_mode"),
            (false, true) => Some("mode"),
            (false, false) => None,
        }
    }

    /// The reserved keys beside the keys of an object here, and the definition of their values.
    pub(in crate::plan) fn beside(self) -> (&'static [&'static str], &'static str) {
        match (self.fact, self.row, self.variants) {
            (true, true, _) => (modes::RESERVED, "beside_a_row"),
            (true, false, true) => (modes::RESERVED, "beside_a_fact"),
            (true, false, false) => (modes::RESERVED, "reserved"),
            (false, true, _) => (modes::SIDE_KEYS, "beside_a_plain_row"),
            (false, false, _) => (modes::GROUNDS, "grounds"),
        }
    }

    /// What tells definitions for different places apart.
    pub(super) fn suffix(self) -> &'static str {
        match (self.row, self.scoped, self.fact) {
            (true, _, false) => "_row",
            (true, _, true) => "_fact_row",
            (_, true, true) => "_scoped_fact",
            (_, true, false) => "_scoped",
            (_, false, true) if self.variants => "_fact",
            (_, false, true) => "_fact_item",
            (_, false, false) => "",
        }
    }
}

/// The keywords that decide about a value by itself.
pub(super) const DECIDES: [&str; 9] = [
    "type",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "uniqueItems",
    "minItems",
    "minLength",
    "minProperties",
];

/// Copies what a place is called. The English title is kept as `x-en`; the other marks have been
/// written out.
pub(super) fn annotate(site: &mut Map<String, Json>, json: &Json) {
    for key in ["title", "description", "default"] {
        if let Some(text) = json.get(key) {
            site.insert(key.to_owned(), text.clone());
        }
    }
    if let Some(english) = json["x-plangate"]["en"].as_str() {
        site.insert("x-en".to_owned(), json!(english));
        // Editors show the description alone beside a name that they propose.
        let title = json["title"]
            .as_str()
            .filter(|_| json.get("description").is_none());
        if let Some(title) = title {
            site.insert(
                "description".to_owned(),
                json!(format!("{title}（{english}）")),
            );
        }
    }
}

/// A name for the scalars that many facts share; words are written where they stand.
pub(super) fn scalar_name(json: &Json) -> Option<String> {
    let known = ["type", "format", "minimum", "maximum"];
    let about = ["title", "description", "default", "x-plangate"];
    let plain = |key: &String| known.contains(&key.as_str()) || about.contains(&key.as_str());
    let has_words = json["x-plangate"].get("values").is_some();
    if has_words || !json.as_object()?.keys().all(plain) {
        return None;
    }
    let kind = json["format"].as_str().or(json["type"].as_str())?;
    let mut name = kind.strip_prefix("plan-").unwrap_or(kind).replace('-', "_");
    for (key, word) in [("minimum", "from"), ("maximum", "to")] {
        if let Some(bound) = json.get(key) {
            name = format!("{name}_{word}_{bound}");
        }
    }
    Some(name)
}

/// The spellings of a format as an ECMA 262 pattern, for readers that do not know the format. A
/// pattern may let pass what the format refuses (30 February), never the other way round.
pub(super) fn pattern_of(format: &str) -> Option<&'static str> {
    Some(match format {
        "plan-date" => concat!(
            r"^\s*(?:(?:中華)?民國)?\s*(?:\d{7}|\s*\d{1,4}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?",
            r"|\d{1,4}\s*[-./]\s*\d{1,2}(?:\s*[-./]\s*\d{1,2})?)\s*$"
        ),
        "plan-duration" => r"^(?:\d{1,6}(?:min|h|wh|d|mo|y)|立即|即時|定期|適時|視需要)$",
        "plan-day-of-year" => r"^(?:\d{1,2}-\d{1,2}|\d{1,2}月(?:\d{1,2}日|[初中底]|[上中下]旬)?)$",
        _ => return None,
    })
}
