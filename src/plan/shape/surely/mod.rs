//! Whether a file surely has the form of the plan schema, told on one walk beside the tree.
//!
//! In: the source form of the schema, once; then files. Out: yes, with what has to be looked at again
//! ([`Seen`]), or *perhaps not*. What is wrong, and where, is the [`Validator`](super::Validator)'s to say,
//! which takes several times as long and is not even compiled while every file is right. Invariant: what
//! is sure here the validator accepts, and what is seen on the way a walk of its own would have seen
//! (`tests` hold them against each other); the other way round costs time and nothing else, so that
//! whatever is rare is left to the validator.

mod compile;
mod modes;
#[cfg(test)]
mod tests;
mod walk;

use std::sync::Arc;

use regex::Regex;

use super::super::schema::{FieldId, Schema};
use super::formats::Accepts;
use super::walk::Seen;
use crate::document::Node;

/// What may stand at a place, by its place in the arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FormId(u16);

/// What may stand at a place of a plan.
#[derive(Debug)]
enum Form {
    Text(Text),
    /// A whole number within bounds.
    Integer(Bounds),
    /// A number within bounds.
    Number(Bounds),
    Boolean,
    /// A text, or the object.
    TextOr {
        text: FormId,
        object: FormId,
    },
    List {
        items: FormId,
        unique: bool,
    },
    Object(Object),
    /// A value of this form, or a mode instead of it.
    Fact {
        value: FormId,
        mode: ModeKind,
    },
    /// On the way: a definition that cites itself.
    Open,
}

/// What a text must be; without anything, any text.
#[derive(Debug, Default)]
struct Text {
    words: Option<Box<[Box<str>]>>,
    format: Option<Accepts>,
    pattern: Option<Arc<Regex>>,
}

/// The least and the greatest number.
#[derive(Debug, Clone, Copy)]
struct Bounds(f64, f64);

/// Named fields and what may stand beside them.
#[derive(Debug)]
struct Object {
    /// In the order of the schema, which is that of most plans.
    fields: Box<[Member]>,
    required: Box<[Box<str>]>,
    not_empty: bool,
    beside: Beside,
}

/// A field of an object.
#[derive(Debug)]
struct Member {
    name: Box<str>,
    form: FormId,
    /// The field, where it is a list whose items have an identity.
    keyed: Option<FieldId>,
}

/// The reserved keys beside the fields of an object.
#[derive(Debug, Clone, Copy)]
struct Beside {
    keys: &'static [&'static str],
    /// Modes are among them.
    fact: bool,
    /// A mode here has to say for whom.
    row: bool,
    /// A list of objects that say for whom may stand instead.
    variants: bool,
}

/// Which modes stand instead of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ModeKind {
    /// For everyone.
    Any,
    /// Of a row: it says for whom.
    OfRow,
}

/// The forms of the whole schema.
#[derive(Debug)]
pub(super) struct Forms {
    all: Vec<Form>,
    root: FormId,
    document: FormId,
    law: FormId,
}

impl Forms {
    /// Reads the source form of the schema.
    pub(super) fn of(schema: &Schema) -> Self {
        compile::forms(schema)
    }

    /// Whether a plan surely has the form of one. Where it does, `seen` has what [`Seen::plan`] finds.
    pub(super) fn accept<'p>(&self, plan: Node<'p>, seen: &mut Seen<'p>) -> bool {
        self.surely(self.root, plan, seen)
    }

    /// Whether a section in a file of its own surely has the form of one. Where it does, `seen` has what
    /// [`Seen::section`] finds.
    pub(super) fn accept_section<'p>(
        &self,
        name: &str,
        section: Node<'p>,
        seen: &mut Seen<'p>,
    ) -> bool {
        let Form::Object(plan) = self.form(self.root) else {
            return false;
        };
        let mut fields = plan.fields.iter();
        fields
            .find(|field| *field.name == *name)
            .is_some_and(|field| self.field(field, section, seen))
    }

    fn form(&self, id: FormId) -> &Form {
        &self.all[usize::from(id.0)]
    }
}
