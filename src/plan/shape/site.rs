//! Where a violation is: the node, and what the schema says about its place.
//!
//! Walks the source form of the schema beside the tree. Only violations are looked up, so that it
//! may take its time.

use std::sync::LazyLock;

use serde_json::{Map, Value as Json};

use super::super::expand::{Place, reserved_keys};
use super::super::fact::{MODE_KEYS, SIDE_KEYS};
use crate::document::Node;
use crate::text::Localized;

/// The reserved keys with their titles.
pub(super) static RESERVED: LazyLock<Map<String, Json>> = LazyLock::new(reserved_keys);

/// A node and its place in the schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'p> {
    /// What stands there.
    pub node: Node<'p>,
    /// The schema of the property or of the items: title, description, marks.
    pub(super) named: &'p Json,
    /// What `named` refers to: type, words, bounds.
    pub(super) form: &'p Json,
    /// What its marks allow.
    pub place: Place,
    /// It is an item of a list that stands where one object is wanted.
    pub variant: bool,
    /// It stands under a reserved key.
    pub(super) reserved: bool,
    /// The list that it is an item of.
    list: Option<&'p Json>,
    pub(super) definitions: &'p Json,
}

impl<'p> Site<'p> {
    /// The plan itself.
    pub(super) fn root(node: Node<'p>, schema: &'p Json) -> Self {
        let definitions = &schema["$defs"];
        let place = Place::default();
        let (named, form) = (schema, schema);
        Self {
            node,
            named,
            form,
            place,
            variant: false,
            reserved: false,
            list: None,
            definitions,
        }
    }

    /// The site that a section's file is.
    pub(super) fn of_section(node: Node<'p>, schema: &'p Json, section: &str) -> Self {
        let root = Self::root(node, schema);
        root.field(section, node).unwrap_or(root)
    }

    /// The site that a path of keys and indexes leads to, or the last one on the way that is there.
    pub(super) fn at(self, path: &[String]) -> Self {
        let [first, rest @ ..] = path else {
            return self;
        };
        let next = if self.node.is_list() {
            let item = first
                .parse()
                .ok()
                .and_then(|index| self.node.items().nth(index));
            item.map(|item| self.item(item))
        } else {
            self.node
                .get(first)
                .and_then(|value| self.field(first, value))
        };
        next.map_or(self, |next| next.at(rest))
    }

    /// The site of another node of the same file, from the site of the file's root.
    pub(super) fn of(self, node: Node<'p>) -> Self {
        let mut path = Vec::new();
        let mut below = Some(node);
        while let Some(node) = below {
            let key = node.own_entry().map(|entry| entry.key.to_owned());
            path.extend(key.or_else(|| node.own_index().map(|index| index.to_string())));
            below = node.parent();
        }
        path.reverse();
        self.at(&path)
    }

    fn field(self, name: &str, value: Node<'p>) -> Option<Self> {
        if let Some(property) = self
            .object()
            .and_then(|object| object["properties"].get(name))
        {
            return Some(self.child(value, property, Place::of_property(property)));
        }
        let reserved = RESERVED.get(name).filter(|_| is_reserved(name))?;
        let form = match name {
            "by_law" => &self.definitions["law_citation"],
            "cite" if value.is_map() && value.get("document").is_none() => {
                &self.definitions["law_citation"]
            }
            "cite" | "see" | "delegated_to" => &self.definitions["document_citation"],
            "annex" if value.is_map() => &reserved["then"],
            "annex" => &reserved["else"],
            "for" | "except" => &RESERVED["bodies"]["else"],
            _ => reserved,
        };
        let place = Place::default();
        Some(Self {
            node: value,
            named: reserved,
            form,
            place,
            reserved: true,
            list: None,
            ..self
        })
    }

    fn item(self, item: Node<'p>) -> Self {
        if self.form["type"] == "array" {
            let items = &self.form["items"];
            let list = Some(self.named);
            return Self {
                list,
                ..self.child(item, items, Place::of_item(items, self.place))
            };
        }
        // A list of citations, or of variants of one object.
        Self {
            node: item,
            variant: self.object().is_some() && self.place.variants,
            ..self
        }
    }

    fn child(self, node: Node<'p>, named: &'p Json, place: Place) -> Self {
        Self {
            node,
            named,
            form: self.referred(named),
            place,
            variant: false,
            list: None,
            ..self
        }
    }

    /// The object that may stand here, alone or instead of a text.
    pub(super) fn object(self) -> Option<&'p Json> {
        let is_object = |form: &&Json| form["type"] == "object";
        let forms = self.form["oneOf"].as_array();
        forms
            .into_iter()
            .flatten()
            .find(is_object)
            .or(Some(self.form).filter(is_object))
    }

    /// The scalar that may stand here, alone or instead of an object.
    pub(super) fn scalar(self) -> Option<&'p Json> {
        let is_scalar =
            |form: &&Json| !matches!(form["type"].as_str(), None | Some("object" | "array"));
        let forms = self.form["oneOf"].as_array();
        forms
            .into_iter()
            .flatten()
            .find(is_scalar)
            .map(|form| self.referred(form))
            .or(Some(self.form).filter(is_scalar))
    }

    /// What a schema refers to; itself where it does not.
    fn referred(self, json: &'p Json) -> &'p Json {
        let target = json["$ref"].as_str();
        match target.and_then(|path| path.strip_prefix("#/$defs/")) {
            Some(name) => &self.definitions[name],
            None => json,
        }
    }

    /// The items, where a list belongs here.
    pub(super) fn items(self) -> Option<&'p Json> {
        (self.form["type"] == "array").then(|| &self.form["items"])
    }

    /// What it is called; as the list is where it is an item without a title.
    pub(super) fn title(self) -> Localized {
        let (own, list) = (title(self.named), self.list.and_then(title));
        own.or(list)
            .or_else(|| title(self.form))
            .unwrap_or_default()
    }

    /// Whether a map here is or should be a mode, and nothing else.
    pub(super) fn is_mode(self) -> bool {
        let no_object = !self.reserved && self.object().is_none();
        let beside = self.inside().is_some_and(|inside| inside.fact);
        (self.place.fact || self.place.row) && (no_object || (!beside && self.has_mode()))
    }

    /// Whether its map carries a mode.
    pub(super) fn has_mode(self) -> bool {
        self.node.is_map() && MODE_KEYS.iter().any(|key| self.node.get(key).is_some())
    }
}

/// Whether a key is one of the modes or of the side keys.
pub(super) fn is_reserved(key: &str) -> bool {
    MODE_KEYS.contains(&key) || SIDE_KEYS.contains(&key)
}

/// What a schema is called in both languages.
pub(super) fn title(json: &Json) -> Option<Localized> {
    let zh = json["title"].as_str()?;
    let english = json["x-plangate"]["en"].as_str().or(json["x-en"].as_str());
    Some(Localized::new(zh, english.unwrap_or(zh)))
}
