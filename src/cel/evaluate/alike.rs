//! Elements of a selection → classes of those in which a condition sees no difference, so that it is
//! evaluated once for each class.

use std::rc::Rc;

use super::walk::Going;
use super::{Evaluator, Host, Record};
use crate::cel::memory::Selection;

/// More classes than these are not told apart: to find an element's takes a look at all.
const CLASSES: usize = 16;

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    /// The classes of the elements of a selection; none where they are hardly fewer than the elements.
    pub(super) fn classes(
        &mut self,
        going: &Going<'a>,
        selection: &Rc<Selection<'a, H::Node>>,
    ) -> Option<Box<[usize]>> {
        let elements = &selection.kept.elements;
        let most = elements.len() / 2;
        let mut firsts: Vec<usize> = Vec::new();
        let mut classes = Vec::with_capacity(elements.len());
        for element in elements {
            self.locals[going.local] = selection.listed.elements[element.at].clone();
            self.selections[going.local] = Some((Rc::clone(selection), element.at));
            for &column in going.columns {
                // What has no answer is not known, and the element like no other.
                let _ = self.eval(column);
            }
            let alike = |&first: &usize| element.is_sure && selection.are_alike(first, element.at);
            let class = firsts.iter().position(alike).unwrap_or(firsts.len());
            if class == firsts.len() {
                firsts.push(element.at);
            }
            if firsts.len() > most.min(CLASSES) {
                return None;
            }
            classes.push(class);
        }
        Some(classes.into())
    }
}
