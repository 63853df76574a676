//! A condition that seeks certain texts × a selection → the elements that have them.

use std::rc::Rc;

use super::walk::{Going, Walk};
use super::{Content, Evaluator, Host, Id, List, Record};
use crate::cel::memory::{Index, KEYS, Selection, Skipped};
use crate::cel::program::{Other, Sought};
use crate::cel::{Plain, Text};

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    /// The elements of a selection that are looked at now.
    pub(super) fn chosen(
        &mut self,
        going: &Going<'a>,
        selection: Rc<Selection<'a, H::Node>>,
    ) -> Walk<'a, H::Node> {
        let sought = going.split.and_then(|split| split.sought.as_ref());
        let sought = sought.filter(|_| !selection.kept.elements.is_empty());
        let found = sought
            .and_then(|sought| self.aside(|evaluator| evaluator.found(going, sought, &selection)));
        let by_columns = going.split.is_some_and(|split| split.by_columns);
        if found.is_none() && by_columns && selection.classes.get().is_none() {
            let classes = self.aside(|evaluator| evaluator.classes(going, &selection));
            // As the index: nobody else fills it.
            let _ = selection.classes.set(classes);
        }
        let (found, prices) = found.unzip();
        Walk::new(selection, found, prices.unwrap_or_default())
    }

    /// The elements that may have a text that is sought, and the steps of what the texts are held
    /// against. Nothing where that has no answer, or none that texts can be held against.
    fn found(
        &mut self,
        going: &Going<'a>,
        sought: &'a Sought,
        selection: &Rc<Selection<'a, H::Node>>,
    ) -> Option<(Vec<usize>, [u64; KEYS])> {
        if selection.index.get().is_none() {
            let index = self.indexed(going, sought, selection);
            // Nobody else fills it: an index is made between two evaluations of the condition.
            let _ = selection.index.set(index);
        }
        let index = selection.index.get()?.as_ref()?;
        let mut others = Vec::with_capacity(KEYS);
        sought.others(&mut |other| others.push(other));
        let (mut found, mut prices) = (Vec::new(), [0; KEYS]);
        for (key, other) in others.into_iter().enumerate() {
            prices[key] = self.seek(index, key, other, &mut found)?;
        }
        Some((index.in_order(found), prices))
    }

    /// Adds the elements whose text is this one, or among these; gives the steps of asking for it.
    fn seek(
        &mut self,
        index: &Index<'a>,
        key: usize,
        other: Other,
        found: &mut Vec<usize>,
    ) -> Option<u64> {
        let before = self.budget.used();
        let value = self.eval(other.id).ok()?;
        let texts = match &value.content {
            Content::List(List::Host(list)) if other.is_list => self.host.texts(*list),
            _ => None,
        };
        if let Some(texts) = texts {
            let mut steps = 0;
            for text in texts {
                steps += 1;
                index.find(key, text?, found);
            }
            return self
                .budget
                .spend(steps)
                .then(|| self.budget.used() - before);
        }
        match &value.content {
            Content::List(list) if other.is_list => {
                let mut cursor = 0;
                while let Some(element) = self.next(list, &mut cursor) {
                    if let Some(text) = element.ok()?.as_text() {
                        index.find(key, text, found);
                    }
                }
            }
            _ if other.is_list => return None,
            Content::Text(text) => index.find(key, text, found),
            // Nothing else is equal to a text.
            _ => {}
        }
        Some(self.budget.used() - before)
    }

    #[inline(never)] // once for a selection
    fn indexed(
        &mut self,
        going: &Going<'a>,
        sought: &'a Sought,
        selection: &Rc<Selection<'a, H::Node>>,
    ) -> Option<Index<'a>> {
        let mut index = Index::default();
        for element in &selection.kept.elements {
            self.locals[going.local] = selection.listed.elements[element.at].clone();
            self.selections[going.local] = Some((Rc::clone(selection), element.at));
            let mut skipped = Skipped::default();
            let is_told = element.is_sure && self.tell(sought, &mut index, &mut skipped);
            // The element itself, the operators, the first part.
            skipped.steps += going.more() + element.steps;
            index.pass(is_told.then_some(skipped));
        }
        self.selections[going.local] = None;
        (!self.budget.is_exhausted()).then(|| index.finish())
    }

    /// A key of an element where it is a text, and its steps.
    fn text_of(&mut self, key: Id) -> Option<(Text<'a>, u64)> {
        if let Some((Plain::Text(text), steps)) = self.plain(key) {
            return Some((Text::Borrowed(text), steps));
        }
        let key = self.counted(|evaluator| evaluator.eval(key)).ok()?;
        match key.value.content {
            Content::Text(text) => Some((text, key.steps)),
            _ => None,
        }
    }

    /// Tells the index of an element's texts, and what it takes to find the condition false where
    /// none of them is sought; false where that is not known.
    fn tell(&mut self, sought: &'a Sought, index: &mut Index<'a>, skipped: &mut Skipped) -> bool {
        match sought {
            Sought::Text { key, place, .. } => {
                skipped.steps += 1;
                let Some((text, steps)) = self.text_of(*key) else {
                    return false;
                };
                skipped.steps += steps;
                skipped.asked[usize::from(*place)] += 1;
                index.put(usize::from(*place), text)
            }
            Sought::Either(both) => {
                skipped.steps += 1;
                both.iter().all(|sought| self.tell(sought, index, skipped))
            }
            Sought::Followed(sought) => {
                skipped.steps += 1;
                self.tell(sought, index, skipped)
            }
            Sought::Guarded(guard, sought) => {
                let before = self.budget.used();
                let held = self.condition(*guard);
                skipped.steps += 1 + self.budget.used() - before;
                match held {
                    Ok(true) => self.tell(sought, index, skipped),
                    Ok(false) => true,
                    Err(_) => false,
                }
            }
        }
    }
}
