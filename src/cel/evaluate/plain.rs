//! Comparisons of what is plain: a field with a word or a figure, a field with another, a word with a list
//! of the policy. No value is made of either side.
//!
//! Where a side is not plain, or cannot be read, nothing is taken and nothing is said: the value is
//! made the long way, with the failure that comes of it.

use std::cmp::Ordering;

use super::compare::{dates_equal, dates_ordered};
use super::{Content, Evaluator, Host, Id, Kept, List, Op, Record, texts};
use crate::cel::data::find;
use crate::cel::functions::Binary;
use crate::cel::{Data, Plain};
use crate::text::edit_distance;

/// Something and the steps it takes.
type Priced<T> = (T, u64);

/// What a list of the policy holds.
enum Listed<'a> {
    /// Constants that stand in the expression.
    Written(&'a [Id]),
    Data(&'a [Data]),
}

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    /// Whether a comparison holds, for its steps.
    pub(super) fn plainly(&mut self, run: Binary, (a, b): (Id, Id)) -> Option<bool> {
        let (held, steps) = match run {
            Binary::In => {
                let (listed, steps) = self.list_of_policy(b)?;
                let (sought, before) = self.plain(a)?;
                let (held, after) = self.is_among(sought, &listed)?;
                (held, steps + before + after)
            }
            _ => {
                // What is written beside a field is nearer than the field.
                let (other, steps) = self.plain(b)?;
                let (one, before) = self.plain(a)?;
                let (held, after) = compared(run, one, other)?;
                (held, steps + before + after)
            }
        };
        self.budget.spend(steps).then_some(held)
    }

    /// A side that is plain.
    pub(super) fn plain(&self, id: Id) -> Option<Priced<Plain<'a>>> {
        let node = self.node(id);
        match node.kept {
            Kept::ForAll(place) => {
                let known = self.constants.get(usize::from(place))?.as_ref()?;
                return Some((known.value.as_plain()?, known.steps));
            }
            Kept::ForEach(local, column) => {
                if let Some((selection, at)) = &self.selections[usize::from(local)]
                    && let Some(known) = selection.plain(usize::from(column), *at)
                {
                    return Some(known);
                }
            }
            Kept::Not => {}
        }
        match &node.op {
            Op::Constant(data) => Some((data.as_plain()?, 1)),
            Op::Local(index) => Some((self.locals[usize::from(*index)].as_plain()?, 1)),
            Op::Variable(index) => {
                let value = self.bindings.get(usize::from(*index))?.as_ref()?;
                Some((value.as_plain()?, 1))
            }
            Op::Field { object, slot, .. } => {
                let owner = self.bound(*object)?.as_object()?;
                Some((self.host.plain(owner, *slot)?, 2))
            }
            Op::Key { .. } => {
                let (data, steps) = self.data(id)?;
                Some((data.as_plain()?, steps))
            }
            // What is kept of elements has to be made the long way first.
            Op::Binary(Binary::EditDistance, a, b) if node.kept == Kept::Not => {
                self.plain_distance(*a, *b)
            }
            _ => None,
        }
    }

    /// How far two texts are apart that are plain.
    fn plain_distance(&self, a: Id, b: Id) -> Option<Priced<Plain<'a>>> {
        let (Plain::Text(b), steps) = self.plain(b)? else {
            return None;
        };
        let (Plain::Text(a), before) = self.plain(a)? else {
            return None;
        };
        let (_, work) = texts::measuring(a, b)?;
        let steps = 1 + steps + before + (a.len() / 64 + work) as u64;
        let distance = i64::try_from(edit_distance(a, b)).ok()?;
        Some((Plain::Int(distance), steps))
    }

    /// What a variable is bound to.
    fn bound(&self, id: Id) -> Option<&super::Value<'a, H::Node>> {
        match self.node(id).op {
            Op::Local(index) => self.locals.get(usize::from(index)),
            Op::Variable(index) => self.bindings.get(usize::from(index))?.as_ref(),
            _ => None,
        }
    }

    /// Policy data below a variable, as `params.minimum`.
    fn data(&self, id: Id) -> Option<Priced<&'a Data>> {
        let Op::Key { record, hint, name } = &self.node(id).op else {
            return None;
        };
        let (fields, steps) = match self.bound(*record) {
            Some(value) => match value.content {
                Content::Record(fields) => (fields, 1),
                _ => return None,
            },
            None => match self.data(*record)? {
                (Data::Record(fields), steps) => (&**fields, steps),
                _ => return None,
            },
        };
        Some((
            find(fields, self.program.name(*name), *hint as usize)?,
            steps + 1,
        ))
    }

    /// A list of the policy.
    fn list_of_policy(&self, id: Id) -> Option<Priced<Listed<'a>>> {
        let node = self.node(id);
        match &node.op {
            Op::List(elements) => {
                let is_constant = |&id: &Id| matches!(self.node(id).op, Op::Constant(_));
                let steps = 1 + elements.len() as u64;
                let written = elements.iter().all(is_constant);
                written.then_some((Listed::Written(elements), steps))
            }
            Op::Key { .. } => match self.data(id)? {
                (Data::List(elements), steps) => Some((Listed::Data(elements), steps)),
                _ => None,
            },
            _ => match self.bound(id)?.content {
                Content::List(List::Data(elements)) => Some((Listed::Data(elements), 1)),
                _ => None,
            },
        }
    }

    /// Whether a list of plain elements holds another, and the steps up to the first that is it.
    fn is_among(&self, sought: Plain<'_>, listed: &Listed<'a>) -> Option<Priced<bool>> {
        let mut steps = 0;
        let mut is_it = |element: &Data| {
            let (equal, work) = compared(Binary::Equal, sought, element.as_plain()?)?;
            steps += 1 + work;
            Some(equal)
        };
        let found = match listed {
            Listed::Data(elements) => any(elements.iter().map(&mut is_it)),
            Listed::Written(elements) => any(elements.iter().map(|&id| match &self.node(id).op {
                Op::Constant(data) => is_it(data),
                _ => None,
            })),
        };
        Some((found?, steps))
    }
}

/// Whether one of them is true; nothing where one before it is not known.
fn any(mut held: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    held.find(|held| *held != Some(false))
        .unwrap_or(Some(false))
}

/// A comparison of two plain values, and what it takes; nothing of types that it does not take.
fn compared(run: Binary, a: Plain<'_>, b: Plain<'_>) -> Option<Priced<bool>> {
    if let Binary::Equal | Binary::NotEqual = run {
        let (equal, work) = match (a, b) {
            (Plain::Text(a), Plain::Text(b)) => (a == b, a.len().min(b.len()) as u64 / 64),
            (Plain::Date(a), Plain::Date(b)) => (dates_equal(a, b)?, 0),
            (Plain::Duration(a), Plain::Duration(b)) => (a.compare(b)?.is_eq(), 0),
            (a, b) => (a == b, 0),
        };
        return Some((equal == (run == Binary::Equal), work));
    }
    match (a, b) {
        (Plain::Text(a), Plain::Text(b)) => {
            let (shorter, first) = (a.len().min(b.len()) as u64 / 64, a.len() as u64 / 64);
            Some(match run {
                Binary::Contains => (a.contains(b), first),
                Binary::StartsWith => (a.starts_with(b), first),
                Binary::EndsWith => (a.ends_with(b), first),
                _ => (ordered(run, a.cmp(b))?, shorter),
            })
        }
        (Plain::Int(a), Plain::Int(b)) => Some((ordered(run, a.cmp(&b))?, 0)),
        (Plain::Bool(a), Plain::Bool(b)) => Some((ordered(run, a.cmp(&b))?, 0)),
        (Plain::Date(a), Plain::Date(b)) => Some((dates_ordered(run, a, b)?, 0)),
        (Plain::Duration(a), Plain::Duration(b)) => Some((ordered(run, a.compare(b)?)?, 0)),
        _ => None,
    }
}

fn ordered(run: Binary, order: Ordering) -> Option<bool> {
    match run {
        Binary::Less => Some(order.is_lt()),
        Binary::LessOrEqual => Some(order.is_le()),
        Binary::Greater => Some(order.is_gt()),
        Binary::GreaterOrEqual => Some(order.is_ge()),
        _ => None,
    }
}
