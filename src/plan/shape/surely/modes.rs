//! The reserved keys: modes, and what stands beside a value.

use super::super::site::is_reserved;
use super::super::walk::Seen;
use super::walk::{any_twice, carries_mode, says_for_whom};
use super::{FormId, Forms, ModeKind};
use crate::document::{Entry, Node};

impl Forms {
    /// Whether a map surely is a mode, and nothing else.
    pub(super) fn is_mode(&self, map: Node<'_>, kind: ModeKind) -> bool {
        map.is_map()
            && map
                .entries()
                .all(|entry| is_reserved(entry.key) && self.reserved(entry))
            && carries_mode(map)
            && (kind == ModeKind::Any || says_for_whom(map))
    }

    /// Whether the value of a reserved key surely has its form.
    pub(super) fn reserved(&self, entry: Entry<'_>) -> bool {
        let value = entry.value;
        match entry.key {
            "delegated_to" | "see" => self.one_or_several(self.document, value),
            "by_law" => self.one_or_several(self.law, value),
            "cite" if value.is_list() => {
                value.items().len() > 0 && value.items().all(|one| self.ground(one))
            }
            "cite" => self.ground(value),
            "not_applicable" => is_scalar(value),
            "annex" => annex(value),
            _ => bodies(value),
        }
    }

    fn one_or_several(&self, form: FormId, value: Node<'_>) -> bool {
        if value.is_list() {
            return value.items().len() > 0 && value.items().all(|one| self.cited(form, one));
        }
        self.cited(form, value)
    }

    /// What is cited. Inside of a citation nothing is looked at again.
    fn cited(&self, form: FormId, value: Node<'_>) -> bool {
        self.surely(form, value, &mut Seen::default())
    }

    fn ground(&self, value: Node<'_>) -> bool {
        let is_law = value.is_map() && value.get("document").is_none();
        self.cited(if is_law { self.law } else { self.document }, value)
    }
}

/// The id of an annex, alone or with a column.
fn annex(value: Node<'_>) -> bool {
    let is_known = |key: &str| key == "id" || key == "column";
    let mut entries = value.entries();
    match value.is_map() {
        true => {
            entries.all(|entry| is_known(entry.key) && is_said(entry.value))
                && value.get("id").is_some()
        }
        false => is_said(value),
    }
}

/// Ids and grades, alone or in a list.
fn bodies(value: Node<'_>) -> bool {
    match value.is_list() {
        true => value.items().len() > 0 && value.items().all(is_said) && !any_twice(value),
        false => is_said(value),
    }
}

fn is_said(value: Node<'_>) -> bool {
    is_scalar(value) && !value.written().is_empty()
}

fn is_scalar(value: Node<'_>) -> bool {
    !value.is_null() && !value.is_map() && !value.is_list()
}
