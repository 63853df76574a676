//! Fields of objects and of policy data, and what is known of them without reading.

use std::sync::Arc;

use super::{Cause, Content, Evaluator, Host, Id, Node, Op, Outcome, Record, Value};
use crate::cel::data::find;
use crate::cel::program::Name;
use crate::cel::{Failure, Mode, Read, Slot};

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    pub(super) fn field(
        &mut self,
        node: &Node,
        object: Id,
        slot: Slot,
        name: Name,
    ) -> Outcome<'a, H::Node> {
        let Some(owner) = self.owner(object)? else {
            return Err(Cause::NoOverload { function: "." }.at(node));
        };
        match self.host.field(owner, slot) {
            Read::Value(value) => Ok(value),
            read => Err(missing(&read, Some(owner), self.program.name(name)).at(node)),
        }
    }

    /// The object that an expression gives. That of a variable is not copied out of its place.
    fn owner(&mut self, id: Id) -> Result<Option<H::Node>, Failure<H::Node>> {
        let node = self.node(id);
        let known = match node.op {
            Op::Local(index) if !T::ON => self.locals.get(usize::from(index)),
            Op::Variable(index) if !T::ON => self
                .bindings
                .get(usize::from(index))
                .and_then(Option::as_ref),
            _ => None,
        };
        let Some(known) = known else {
            return Ok(self.eval(id)?.as_object());
        };
        let object = known.as_object();
        self.work(1).map_err(|cause| cause.at(node))?;
        Ok(object)
    }

    pub(super) fn key(
        &mut self,
        node: &Node,
        record: Id,
        hint: u32,
        name: Name,
    ) -> Outcome<'a, H::Node> {
        let owner = self.eval(record)?;
        let name = self.program.name(name);
        match get(&owner, name, hint) {
            Some(Read::Value(value)) => Ok(value),
            Some(read) => Err(missing(&read, None, name).at(node)),
            None => Err(Cause::NoOverload { function: "." }.at(node)),
        }
    }

    /// False only where the path is silent; what another mode stands for is not known.
    pub(super) fn has(&mut self, node: &Node, path: Id) -> Result<bool, Failure<H::Node>> {
        match self.look(path)? {
            Looked::Stated => Ok(true),
            Looked::Silent => Ok(false),
            Looked::Instead(mode, owner, field) => {
                Err(missing(&Read::Unread(mode), owner, field).at(node))
            }
        }
    }

    /// The mode of a path: that of the first field on it that is not stated, or of its last.
    pub(super) fn mode(&mut self, path: Id) -> Result<Mode, Failure<H::Node>> {
        Ok(match self.look(path)? {
            Looked::Stated => Mode::Stated,
            Looked::Silent => Mode::Silent,
            Looked::Instead(mode, ..) => mode,
        })
    }

    /// How the last field of a path stands. It is looked at, not read; the fields above it are read.
    fn look(&mut self, path: Id) -> Result<Looked<'a, H::Node>, Failure<H::Node>> {
        let node = self.node(path);
        let Op::Field { object, slot, name } = &node.op else {
            return Ok(match self.walk(path)? {
                Walked::To(_) => Looked::Stated,
                Walked::Missing(looked) => looked,
            });
        };
        self.work(1).map_err(|cause| cause.at(node))?;
        let owner = if let Op::Local(_) | Op::Variable(_) = self.node(*object).op {
            self.owner(*object)?
        } else {
            match self.walk(*object)? {
                Walked::To(owner) => owner.as_object(),
                Walked::Missing(looked) => return Ok(looked),
            }
        };
        let Some(owner) = owner else {
            return Err(Cause::NoOverload { function: "." }.at(node));
        };
        Ok(match self.host.mode(owner, *slot) {
            Mode::Stated => Looked::Stated,
            Mode::Silent => Looked::Silent,
            mode => Looked::Instead(mode, Some(owner), self.program.name(*name)),
        })
    }

    /// Reads a path that may end early. What is no field is evaluated, and must have an answer.
    fn walk(&mut self, path: Id) -> Result<Walked<'a, H::Node>, Failure<H::Node>> {
        let node = self.node(path);
        let (Op::Field {
            object: above,
            name,
            ..
        }
        | Op::Key {
            record: above,
            name,
            ..
        }) = &node.op
        else {
            return self.eval(path).map(Walked::To);
        };
        self.work(1).map_err(|cause| cause.at(node))?;
        let owner = match self.walk(*above)? {
            Walked::To(owner) => owner,
            missing @ Walked::Missing(_) => return Ok(missing),
        };
        let object = owner.as_object();
        let name = self.program.name(*name);
        let read = match (&node.op, object) {
            (Op::Field { slot, .. }, Some(object)) => Some(self.host.field(object, *slot)),
            (Op::Key { hint, .. }, _) => get(&owner, name, *hint),
            _ => None,
        };
        match read {
            Some(Read::Value(value)) => Ok(Walked::To(value)),
            Some(Read::Silent) => Ok(Walked::Missing(Looked::Silent)),
            Some(Read::Unread(mode)) => Ok(Walked::Missing(Looked::Instead(mode, object, name))),
            None => Err(Cause::NoOverload { function: "." }.at(node)),
        }
    }
}

/// Where a path led.
enum Walked<'a, N> {
    To(Value<'a, N>),
    /// It ends early; never [`Looked::Stated`].
    Missing(Looked<'a, N>),
}

/// How a field stands.
enum Looked<'a, N> {
    Stated,
    Silent,
    /// A mode stands instead of it, with the object and the name of the field.
    Instead(Mode, Option<N>, &'a Arc<str>),
}

/// A field of policy data or of a mapping; `None` where the value has no fields.
fn get<'a, N: Copy>(owner: &Value<'a, N>, name: &str, hint: u32) -> Option<Read<'a, N>> {
    let found = match &owner.content {
        Content::Record(fields) => find(fields, name, hint as usize).map(Value::data),
        Content::Map(entries) => {
            let found = entries.iter().find(|(key, _)| key.as_text() == Some(name));
            found.map(|(_, value)| value.clone())
        }
        _ => return None,
    };
    Some(found.map_or(Read::Silent, Read::Value))
}

/// Why a read gave no value.
pub(super) fn missing<N>(read: &Read<'_, N>, node: Option<N>, field: &Arc<str>) -> Cause<N> {
    let field = Arc::clone(field);
    match read {
        Read::Unread(mode) => Cause::Unread {
            mode: *mode,
            node,
            field,
        },
        Read::Silent | Read::Value(_) => Cause::Absent { node, field },
    }
}
