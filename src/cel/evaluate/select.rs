//! A list that lasts × a comprehension → the elements worth looking at.
//!
//! An element that is not looked at is one of which the condition is known to be decided. To pass it
//! over costs the budget what it would cost to find that out again, so that nothing hangs on what
//! was asked before; what is found out ahead costs nothing until it is gone over.

use std::rc::Rc;
use std::sync::Arc;

use super::walk::Going;
use super::{Evaluator, Host, Id, List, Node, Record, Value};
use crate::cel::Failure;
use crate::cel::memory::{Asked, Element, Kept, Listed, Selection, Words};
use crate::cel::program::{Each, Split};

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    /// What to look at in a list, where that was worth finding out; else the list, read once
    /// where it lasts.
    pub(super) fn selection(
        &mut self,
        going: &Going<'a>,
        list: &mut List<'a, H::Node>,
    ) -> Option<Rc<Selection<'a, H::Node>>> {
        let memory = self.memory.as_deref()?;
        if T::ON || matches!(list, List::Range(_)) {
            return None;
        }
        let reads = |node: &Node| memory.lasting(self.program.closed(node)?.reads);
        let layer = reads(going.above)?;
        let outlasts = reads(going.node).is_none_or(|itself| layer < itself);
        let gains = going
            .split
            .is_some_and(|split| split.first.is_some() || split.sought.is_some())
            || !going.columns.is_empty();
        let question = Words::numbered(going.question, self.text(going.above));
        if outlasts && gains {
            match memory.asked(layer, question) {
                Some(Asked::Often(selection)) => return selection,
                Some(Asked::Once) => {
                    let selection = self.select(going, layer, list);
                    if let Some(memory) = &mut self.memory {
                        memory.ask(layer, question, Asked::Often(selection.clone()));
                    }
                    return selection;
                }
                None => {
                    if let Some(memory) = &mut self.memory {
                        memory.ask(layer, question, Asked::Once);
                    }
                }
            }
        }
        if let List::Host(_) = list
            && let Some(listed) = self.listed(going, layer, list)
        {
            *list = List::Made(Arc::clone(&listed.elements));
        }
        None
    }

    #[inline(never)] // once for a list and a question
    fn select(
        &mut self,
        going: &Going<'a>,
        layer: usize,
        list: &List<'a, H::Node>,
    ) -> Option<Rc<Selection<'a, H::Node>>> {
        let listed = self.listed(going, layer, list)?;
        let first = going.split.and_then(|split| split.first);
        let kept = match first {
            Some(first) => {
                let words = Words::of(self.text(self.node(first)));
                let rules_out = going.kind == Each::All;
                let make =
                    || self.aside(|evaluator| evaluator.keep(going, &listed, first, rules_out));
                listed.kept(words, rules_out, make)?
            }
            None => Rc::new(Kept::all(listed.elements.len())),
        };
        let columns = going.columns.iter();
        let columns = columns.map(|&part| Words::of(self.text(self.node(part))));
        Some(Rc::new(Selection::new(listed, kept, columns)))
    }

    /// The elements of a list; none where one of them cannot be read.
    #[inline(never)]
    fn listed(
        &mut self,
        going: &Going<'a>,
        layer: usize,
        list: &List<'a, H::Node>,
    ) -> Option<Rc<Listed<'a, H::Node>>> {
        let closed = self.program.closed(going.above)?;
        let words = Words::numbered(closed.number, self.text(going.above));
        let listed = match self.memory.as_deref()?.listed(layer, words) {
            Some(known) => known,
            None => {
                let elements = self.aside(|evaluator| evaluator.elements_of(list));
                let listed = Rc::new(Listed::new(elements));
                let memory = self.memory.as_deref_mut()?;
                memory.list(layer, words, Rc::clone(&listed));
                listed
            }
        };
        listed.is_whole.then_some(listed)
    }

    fn elements_of(&mut self, list: &List<'a, H::Node>) -> Option<Arc<[Value<'a, H::Node>]>> {
        if let List::Made(elements) = list {
            return Some(Arc::clone(elements));
        }
        let (mut elements, mut cursor) = (Vec::new(), 0);
        while let Some(element) = self.next(list, &mut cursor) {
            elements.push(element.ok()?);
        }
        Some(elements.into())
    }

    /// The elements that the first part of a condition leaves.
    fn keep(
        &mut self,
        going: &Going<'a>,
        listed: &Listed<'a, H::Node>,
        first: Id,
        rules_out: bool,
    ) -> Option<Kept> {
        let mut kept = Kept::default();
        for (at, element) in listed.elements.iter().enumerate() {
            self.locals[going.local] = element.clone();
            let before = self.budget.used();
            let held = self.condition(first);
            let steps = self.budget.used() - before;
            match held {
                Ok(value) if value == rules_out => kept.ruled_out += steps,
                Err(failure) if failure.is_budget() => return None,
                held => kept.elements.push(Element {
                    at,
                    is_sure: held.is_ok(),
                    steps,
                    ruled_out: kept.ruled_out,
                }),
            }
        }
        Some(kept)
    }

    /// Does something ahead that the budget pays for when it is used.
    pub(super) fn aside<R>(&mut self, make: impl FnOnce(&mut Self) -> R) -> R {
        let budget = self.budget.clone();
        let made = make(self);
        *self.budget = budget;
        made
    }

    /// The rest of a condition whose first part does not decide it.
    pub(super) fn rest(&mut self, split: &Split, decisive: bool) -> Result<bool, Failure<H::Node>> {
        let mut failed = None;
        for &link in &split.rest {
            match self.condition(link) {
                Ok(value) if value == decisive => return Ok(decisive),
                Ok(_) => {}
                Err(failure) if failure.is_budget() => return Err(failure),
                Err(failure) => {
                    failed.get_or_insert(failure);
                }
            }
        }
        failed.map_or(Ok(!decisive), Err)
    }
}
