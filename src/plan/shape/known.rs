//! The keys that may stand in a map.

use super::super::expand::Place;
use super::site::{RESERVED, Site, title};
use crate::text::Localized;

use serde_json::Value as Json;

/// A key that may stand in a map.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// The key.
    pub name: String,
    /// What it is called.
    pub title: Localized,
    /// Whether it is a mode or a side key.
    pub reserved: bool,
}

impl Site<'_> {
    /// The keys that may stand in a map here, the object's own first.
    pub(super) fn known(self) -> Vec<Known> {
        let own = self.object().filter(|_| !self.is_mode());
        let own = own.and_then(|object| object["properties"].as_object());
        let own = own.into_iter().flatten().map(|(name, property)| Known {
            name: name.clone(),
            title: self
                .title_of(property)
                .unwrap_or_else(|| Localized::same(name)),
            reserved: false,
        });
        let reserved = self.reserved_keys().iter().map(|&name| Known {
            name: name.to_owned(),
            title: title(&RESERVED[name]).unwrap_or_default(),
            reserved: true,
        });
        own.chain(reserved).collect()
    }

    fn reserved_keys(self) -> &'static [&'static str] {
        match self.inside() {
            _ if self.is_mode() => {
                Place {
                    fact: true,
                    ..Place::default()
                }
                .beside()
                .0
            }
            Some(inside) if !self.reserved && self.form.get("$defs").is_none() => inside.beside().0,
            _ => &[],
        }
    }

    /// What the marks allow in its object.
    pub(super) fn inside(self) -> Option<Place> {
        let object = self.object()?;
        let alone = self.form.get("oneOf").is_none();
        Some(if alone {
            self.place
        } else {
            Place::of_form(object, self.place)
        })
    }

    fn title_of(self, property: &Json) -> Option<Localized> {
        let target = property["$ref"]
            .as_str()
            .and_then(|path| path.strip_prefix("#/$defs/"));
        title(property).or_else(|| title(&self.definitions[target?]))
    }
}
