//! Fields of objects and of policy data, and what is known of them without reading.

use std::sync::Arc;

use super::{Cause, Content, Evaluator, Host, Id, Node, Op, Outcome, Record, Value, truth};
use crate::cel::data::find;
use crate::cel::{Failure, Mode, Read, Slot};

impl<'a, H: Host, T: Record<H::Node>> Evaluator<'_, 'a, H, T> {
    pub(super) fn field(
        &mut self,
        node: &Node,
        object: Id,
        slot: Slot,
        name: &Arc<str>,
    ) -> Outcome<'a, H::Node> {
        let owner = self.eval(object)?;
        let Content::Object(owner) = owner.content else {
            return Err(Cause::NoOverload { function: "." }.at(node));
        };
        match self.host.field(owner, slot) {
            Read::Value(value) => Ok(value),
            read => Err(missing(&read, Some(owner), name).at(node)),
        }
    }

    pub(super) fn key(
        &mut self,
        node: &Node,
        record: Id,
        hint: u32,
        name: &Arc<str>,
    ) -> Outcome<'a, H::Node> {
        let owner = self.eval(record)?;
        match get(&owner, name, hint) {
            Some(Some(value)) => Ok(value),
            Some(None) => Err(Cause::Absent {
                node: None,
                field: Arc::clone(name),
            }
            .at(node)),
            None => Err(Cause::NoOverload { function: "." }.at(node)),
        }
    }

    /// False only where the path is silent; what another mode stands for is not known.
    pub(super) fn has(&mut self, node: &Node, path: Id) -> Outcome<'a, H::Node> {
        match self.look(path)? {
            Mode::Stated => Ok(truth(true)),
            Mode::Silent => Ok(truth(false)),
            mode => {
                let field = match &self.program.nodes[usize::from(path.0)].op {
                    Op::Field { name, .. } | Op::Key { name, .. } => Arc::clone(name),
                    _ => Arc::from(""),
                };
                Err(Cause::Unread {
                    mode,
                    node: None,
                    field,
                }
                .at(node))
            }
        }
    }

    /// The mode of a path: that of the first field on it that is not stated, or of its last.
    pub(super) fn look(&mut self, path: Id) -> Result<Mode, Failure<H::Node>> {
        let node = &self.program.nodes[usize::from(path.0)];
        if !self.budget.spend(1) {
            return Err(Cause::Budget.at(node));
        }
        let wrong = || Cause::NoOverload { function: "." }.at(node);
        match &node.op {
            Op::Field { object, slot, .. } => match self.walk(*object)? {
                Ok(owner) => {
                    let owner = owner.as_object().ok_or_else(wrong)?;
                    Ok(self.host.mode(owner, *slot))
                }
                Err(mode) => Ok(mode),
            },
            Op::Key { record, hint, name } => match self.walk(*record)? {
                Ok(owner) => match get(&owner, name, *hint).ok_or_else(wrong)? {
                    Some(_) => Ok(Mode::Stated),
                    None => Ok(Mode::Silent),
                },
                Err(mode) => Ok(mode),
            },
            _ => self.eval(path).map(|_| Mode::Stated),
        }
    }

    /// The value above the last field of a path, or the mode that stands on the way to it.
    fn walk(&mut self, path: Id) -> Result<Result<Value<'a, H::Node>, Mode>, Failure<H::Node>> {
        if !matches!(
            self.program.nodes[usize::from(path.0)].op,
            Op::Field { .. } | Op::Key { .. }
        ) {
            return self.eval(path).map(Ok);
        }
        match self.eval(path) {
            Ok(value) => Ok(Ok(value)),
            Err(failure) => match failure.cause {
                Cause::Absent { .. } => Ok(Err(Mode::Silent)),
                Cause::Unread { mode, .. } => Ok(Err(mode)),
                _ => Err(failure),
            },
        }
    }
}

/// A field of policy data or of a mapping; `None` where the value has no fields.
fn get<'a, N: Copy>(owner: &Value<'a, N>, name: &str, hint: u32) -> Option<Option<Value<'a, N>>> {
    match &owner.content {
        Content::Record(fields) => Some(find(fields, name, hint as usize).map(Value::data)),
        Content::Map(entries) => {
            let found = entries.iter().find(|(key, _)| key.as_text() == Some(name));
            Some(found.map(|(_, value)| value.clone()))
        }
        _ => None,
    }
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
