//! What is not evaluated again: what memory holds of earlier evaluations, and the parts of a
//! comprehension that are the same for all elements, or for each element of the same list.
//!
//! All of it costs the budget what it cost the first time, and failures are made anew.

use super::{Cause, Evaluator, Host, Node, Outcome, Record};
use crate::cel::Failure;
use crate::cel::memory::{Known, Words};
use crate::cel::program::{Closed, Comprehension};

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    /// What an earlier evaluation may have made already.
    pub(super) fn remembered(
        &mut self,
        node: &'a Node,
        make: impl FnOnce(&mut Self) -> Outcome<'a, H::Node>,
    ) -> Outcome<'a, H::Node> {
        let (Some(memory), Some(closed)) = (self.memory.as_deref(), self.program.closed(node))
        else {
            return make(self);
        };
        let Closed { reads, number } = closed;
        let words = Words::numbered(number, self.text(node));
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
        if self.constants.len() <= place {
            self.constants.resize_with(place + 1, || None);
        }
        self.constants[place] = Some(known);
        Ok(value)
    }

    /// What hangs on the element alone.
    pub(super) fn for_each(
        &mut self,
        node: &'a Node,
        local: usize,
        column: usize,
    ) -> Outcome<'a, H::Node> {
        let Some((selection, at)) = &self.selections[local] else {
            return self.anew(node);
        };
        let at = *at;
        if let Some(known) = selection.known(column, at) {
            return self.paid(node, known);
        }
        let known = self.counted(|evaluator| evaluator.anew(node))?;
        let value = known.value.clone();
        if let Some((selection, _)) = &self.selections[local] {
            selection.know(column, at, known);
        }
        Ok(value)
    }

    /// A list is about to be gone over: what was the same for all elements of another is forgotten.
    pub(super) fn forget_constants(&mut self, each: &Comprehension) {
        let constants = &each.constants;
        let before = usize::from(constants.start);
        let known = self.constants.iter_mut().skip(before);
        known.take(constants.len()).for_each(|known| *known = None);
    }

    /// The words of a node.
    pub(super) fn text(&self, node: &Node) -> &'a str {
        &self.program.source[usize::from(node.start)..usize::from(node.end)]
    }

    pub(super) fn counted(
        &mut self,
        make: impl FnOnce(&mut Self) -> Outcome<'a, H::Node>,
    ) -> Result<Known<'a, H::Node>, Failure<H::Node>> {
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
