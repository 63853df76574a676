//! Comprehensions, lists and mappings.

use std::num::NonZero;
use std::ops::Range;
use std::sync::Arc;

use super::kept::{Loop, Spared};
use super::problems;
use super::{Checker, Local, Typed};
use crate::cel::memory::{number, number_of};
use crate::cel::parse::{Comprehension, Kind, Syntax};
use crate::cel::program::{self, Closed, Each, Id, Node, Op, Split};
use crate::cel::{Data, Type};

impl Checker<'_> {
    pub(super) fn each(&mut self, written: &Comprehension, range: &Range<usize>) -> Typed {
        let first = self.nodes.len();
        let list = self.value(&written.list);
        let Some(element) = list.ty.walked().cloned() else {
            let ty = self.show(&list.ty);
            let problem = problems::not_a_list(written.list.range.clone(), &ty);
            return self.wrong(problem, range);
        };
        let local = u8::try_from(self.locals.len()).expect("internal: comprehensions nest 3 deep");
        let listed = self.closed(first, local, &written.list.range);
        self.close(list.id, listed);
        let paths = list.paths.clone();
        self.locals.push(Local {
            name: written.variable.clone(),
            ty: element.clone(),
            paths,
        });
        let guard = written.guard.as_ref().map(|guard| self.condition(guard));
        let body = written.body.as_ref().map(|body| match written.each {
            Each::Map => self.value(body),
            Each::All | Each::Exists | Each::ExistsOne | Each::Filter => self.condition(body),
        });
        self.locals.pop();
        let kind = written.each;
        let (ty, paths) = match (kind, &body) {
            (Each::Map, Some(body)) => (Type::list(body.ty.clone()), body.paths.clone()),
            (Each::Filter, _) => (Type::list(element), list.paths.clone()),
            _ => (Type::Bool, Vec::new()),
        };
        let (guard, body) = (guard.map(|guard| guard.id), body.map(|body| body.id));
        let Spared {
            constants,
            columns,
            split,
        } = self.keep(Loop {
            first,
            local,
            kind,
            list: list.id,
            guard,
            body,
        });
        let question = self.question(written, split.as_ref(), &columns);
        let op = Op::Each(Box::new(program::Comprehension {
            kind,
            list: list.id,
            local,
            guard,
            body,
            constants,
            columns,
            split,
            question,
        }));
        let closed = self.closed(first, local, range);
        let id = self.push(op, range);
        self.close(id, closed);
        Typed {
            id,
            ty,
            paths,
            certain: false,
        }
    }

    /// The number of what a comprehension asks of its list: of every word that decides which elements are
    /// looked at, and of the parts that are known of each. None of one that asks nothing.
    fn question(&self, written: &Comprehension, split: Option<&Split>, columns: &[Id]) -> u64 {
        if split.is_none() && columns.is_empty() {
            return 0;
        }
        let column = |id: &Id| {
            let node = &self.nodes[usize::from(id.0)];
            usize::from(node.start)..usize::from(node.end)
        };
        let condition = written.guard.as_ref().or(written.body.as_ref());
        let parts = [Some(&written.list), condition].into_iter().flatten();
        let ranges = parts.map(|part| part.range.clone());
        let ranges = ranges.chain(columns.iter().map(column));
        let words = ranges.filter_map(|range| self.source.get(range));
        let how = match written.each {
            Each::All => "all",
            _ => "any",
        };
        number_of(words.chain([how, &*written.variable]))
    }

    /// What an expression hangs on whose nodes begin at `first`, and whose own variables of
    /// comprehensions at `local`.
    pub(super) fn closed(&self, first: usize, local: u8, range: &Range<usize>) -> Option<Closed> {
        let reads = reads(&self.nodes[first..], local)?;
        let number = number(self.source.get(range.clone())?);
        Some(Closed { reads, number })
    }

    /// Takes note of what a node hangs on. What finds no number is not remembered, and costs the same.
    pub(super) fn close(&mut self, id: Id, closed: Option<Closed>) {
        let number = u8::try_from(self.closed.len() + 1);
        let number = number.ok().and_then(NonZero::new);
        let node = &mut self.nodes[usize::from(id.0)];
        if let (Some(closed), Some(number), None) = (closed, number, node.closed) {
            self.closed.push(closed);
            node.closed = Some(number);
        }
    }

    /// An expression that must be true or false.
    pub(super) fn condition(&mut self, syntax: &Syntax) -> Typed {
        let typed = self.value(syntax);
        if !typed.ty.fits(&Type::Bool) {
            let found = self.show(&typed.ty);
            self.problems
                .push(problems::not_a_condition(syntax.range.clone(), &found));
        }
        typed
    }

    /// A list of constants becomes one constant, which no evaluation builds again.
    pub(super) fn list(&mut self, elements: &[Syntax], range: &Range<usize>) -> Typed {
        let first = self.nodes.len();
        let typed: Vec<Typed> = elements.iter().map(|element| self.value(element)).collect();
        let constants = self.nodes[first..]
            .iter()
            .all(|node| matches!(node.op, Op::Constant(_)));
        if constants && self.nodes.len() - first == elements.len() {
            let data = self.nodes.drain(first..).filter_map(|node| match node.op {
                Op::Constant(data) => Some(data),
                _ => None,
            });
            let data = Data::list(data);
            return self.constant(data, range);
        }
        let ty = typed
            .iter()
            .map(|element| element.ty.clone())
            .reduce(|a, b| a.join(&b));
        let ty = Type::list(ty.unwrap_or(Type::Dyn));
        let paths = typed
            .iter()
            .flat_map(|element| element.paths.iter().copied())
            .collect();
        let ids = typed.iter().map(|element| element.id).collect();
        Typed {
            id: self.push(Op::List(ids), range),
            ty,
            paths,
            certain: false,
        }
    }

    pub(super) fn map(&mut self, entries: &[(Syntax, Syntax)], range: &Range<usize>) -> Typed {
        let typed: Vec<(Typed, Typed)> = entries
            .iter()
            .map(|(key, value)| (self.value(key), self.value(value)))
            .collect();
        for ((key, _), (written, _)) in typed.iter().zip(entries) {
            let is_key = matches!(
                key.ty,
                Type::Dyn | Type::Text | Type::Enum(_) | Type::Int | Type::Uint | Type::Bool
            );
            if !is_key || matches!(written.kind, Kind::Literal(Data::Null)) {
                let found = self.show(&key.ty);
                self.problems
                    .push(problems::no_key(written.range.clone(), &found));
            }
        }
        let is_text = |key: &Typed| key.ty.fits(&Type::Text) && key.ty != Type::Dyn;
        let texts = !typed.is_empty() && typed.iter().all(|(key, _)| is_text(key));
        let values = typed
            .iter()
            .map(|(_, value)| value.ty.clone())
            .reduce(|a, b| a.join(&b));
        let values = values.unwrap_or(Type::Dyn);
        let ty = if texts {
            Type::Map(Arc::new(values))
        } else {
            Type::Dyn
        };
        let paths = typed
            .iter()
            .flat_map(|(_, value)| value.paths.iter().copied())
            .collect();
        let ids = typed
            .iter()
            .map(|(key, value)| (key.id, value.id))
            .collect();
        Typed {
            id: self.push(Op::Map(ids), range),
            ty,
            paths,
            certain: false,
        }
    }
}

/// The variables that nodes read, as bits; `None` where they read a local outside of `local` or a
/// variable that has no bit.
fn reads(nodes: &[Node], local: u8) -> Option<u32> {
    nodes.iter().try_fold(0, |reads, node| match node.op {
        Op::Variable(index) => Some(reads | 1_u32.checked_shl(index.into())?),
        Op::Local(index) if index < local => None,
        _ => Some(reads),
    })
}
