//! What is not evaluated again: what memory holds of earlier evaluations, and the parts of a
//! comprehension that are the same for all elements, or for each element of the same list.
//!
//! All of it costs the budget what it cost the first time, and failures are made anew.

use super::{Cause, Evaluator, Host, Node, Op, Outcome, Record};
use crate::cel::memory::{Column, Known, Words};
use crate::cel::program::Closed;

/// A column while its list is gone over.
pub(super) struct Running<'a, N> {
    known: Column<'a, N>,
    /// How many elements came before; none is reached yet where it is the greatest number.
    at: usize,
}

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    /// What an earlier evaluation may have made already.
    pub(super) fn remembered(
        &mut self,
        node: &'a Node,
        make: impl FnOnce(&mut Self) -> Outcome<'a, H::Node>,
    ) -> Outcome<'a, H::Node> {
        let (Some(memory), Some(closed)) = (self.memory.as_deref(), node.closed) else {
            return make(self);
        };
        let Closed { reads, number } = closed;
        let (text, part) = (self.text(node.start, node.end), "");
        let words = Words { number, text, part };
        if let Some(known) = memory.recall(words, reads) {
            let known = known.clone();
            return self.paid(node, known);
        }
        let known = self.counted(make)?;
        let value = known.value.clone();
        if let Some(memory) = &mut self.memory {
            memory.keep(words, reads, known);
        }
        Ok(value)
    }

    /// What stays the same while a comprehension goes over its elements.
    pub(super) fn for_all(&mut self, node: &'a Node, place: usize) -> Outcome<'a, H::Node> {
        if let Some(Some(known)) = self.constants.get(place) {
            let known = known.clone();
            return self.paid(node, known);
        }
        let known = self.counted(|evaluator| evaluator.anew(node))?;
        let value = known.value.clone();
        put(&mut self.constants, place, known);
        Ok(value)
    }

    /// What hangs on the element alone.
    pub(super) fn for_each(&mut self, node: &'a Node, place: usize) -> Outcome<'a, H::Node> {
        let Some(Some(Running { known, at })) = self.columns.get(place) else {
            return self.anew(node);
        };
        let at = *at;
        if let Some(Some(known)) = known.get(at) {
            let known = known.clone();
            return self.paid(node, known);
        }
        let known = self.counted(|evaluator| evaluator.anew(node))?;
        let value = known.value.clone();
        if let Some(Some(running)) = self.columns.get_mut(place) {
            put(&mut running.known, at, known);
        }
        Ok(value)
    }

    /// A list is about to be gone over. Columns pay where the comprehension itself is not kept for
    /// longer than a visit, and the list is the same at the next one.
    pub(super) fn begin_list(&mut self, each: &'a Node, list: &Node) {
        let Op::Each {
            constants, columns, ..
        } = &each.op
        else {
            return;
        };
        let before = usize::from(constants.start);
        let known = self.constants.iter_mut().skip(before);
        known.take(constants.len()).for_each(|known| *known = None);
        let Some(reads) = self.listed(each, list) else {
            return;
        };
        for column in columns {
            let words = self.words(each, column);
            let Some(memory) = &mut self.memory else {
                return;
            };
            let (known, at) = (memory.lend(words, reads), usize::MAX);
            put(
                &mut self.columns,
                usize::from(column.place),
                Running { known, at },
            );
        }
    }

    /// The next element is there.
    pub(super) fn begin_element(&mut self, each: &Node) {
        let Op::Each { columns, .. } = &each.op else {
            return;
        };
        for column in columns {
            if let Some(Some(running)) = self.columns.get_mut(usize::from(column.place)) {
                running.at = running.at.wrapping_add(1);
            }
        }
    }

    /// A list was gone over, as far as it was needed.
    pub(super) fn end_list(&mut self, each: &'a Node, list: &Node) {
        let Op::Each { columns, .. } = &each.op else {
            return;
        };
        for column in columns {
            let words = self.words(each, column);
            let running = self.columns.get_mut(usize::from(column.place));
            if let (Some(Running { known, .. }), Some(memory), Some(closed)) = (
                running.and_then(Option::take),
                &mut self.memory,
                list.closed,
            ) {
                memory.take_back(words, closed.reads, known);
            }
        }
    }

    /// What the list reads, where its columns are worth keeping.
    fn listed(&self, each: &Node, list: &Node) -> Option<u32> {
        let memory = self.memory.as_deref()?;
        let lasts = |closed: &Closed| memory.lasts(closed.reads);
        let list = list.closed.as_ref().filter(|closed| lasts(closed))?;
        let itself = each.closed.as_ref().is_some_and(lasts);
        (!itself).then_some(list.reads)
    }

    fn words(&self, each: &Node, column: &crate::cel::program::Column) -> Words<'a> {
        let Op::Each { guard, body, .. } = &each.op else {
            unreachable!("internal: called for comprehensions only");
        };
        let start = |id: &super::Id| self.program.nodes[usize::from(id.0)].start;
        let body = [guard, body].into_iter().flatten().map(start).min();
        let part = &self.program.nodes[usize::from(column.part.0)];
        Words {
            number: column.number,
            text: self.text(each.start, body.unwrap_or(each.end)),
            part: self.text(part.start, part.end),
        }
    }

    fn text(&self, start: u16, end: u16) -> &'a str {
        &self.program.source[usize::from(start)..usize::from(end)]
    }

    fn counted(
        &mut self,
        make: impl FnOnce(&mut Self) -> Outcome<'a, H::Node>,
    ) -> Result<Known<'a, H::Node>, crate::cel::Failure<H::Node>> {
        let before = self.budget.used();
        let value = make(self)?;
        let steps = self.budget.used() - before;
        Ok(Known { value, steps })
    }

    fn paid(&mut self, node: &Node, known: Known<'a, H::Node>) -> Outcome<'a, H::Node> {
        match self.budget.spend(known.steps) {
            true => Ok(known.value),
            false => Err(Cause::Budget.at(node)),
        }
    }
}

fn put<T>(places: &mut Vec<Option<T>>, place: usize, value: T) {
    if places.len() <= place {
        places.resize_with(place + 1, || None);
    }
    places[place] = Some(value);
}
