//! The condition of a comprehension → the part that hangs on the element alone, and how what follows it
//! is decided by one text of the element, so that of a long list only a few elements are looked at.

use super::Checker;
use super::kept::{Loop, Named};
use crate::cel::functions::Binary;
use crate::cel::memory::KEYS;
use crate::cel::program::{Each, Id, Op, Other, Sought, Split};

impl Checker<'_> {
    /// Parts a condition. `named` is what each node of the comprehension names.
    pub(super) fn split(&self, each: Loop, condition: Id, named: &[Named]) -> Split {
        let own = 1 << each.local;
        let of = |id: Id| named[usize::from(id.0) - each.first];
        let alone = |id: Id| of(id).locals == own && !of(id).scope;
        let apart = |id: Id| of(id).locals & own == 0;
        let joined = |id: Id| match (&self.nodes[usize::from(id.0)].op, each.kind) {
            // What names no element at all is better kept whole.
            _ if apart(id) => None,
            (Op::Or(a, b), Each::All) => Some((*a, *b)),
            (Op::And(a, b), kind) if kind != Each::All => Some((*a, *b)),
            _ => None,
        };
        let (mut left, mut rest) = (condition, Vec::new());
        while !alone(left)
            && let Some((a, b)) = joined(left)
        {
            rest.push(b);
            left = a;
        }
        let first = alone(left).then_some(left);
        rest.extend(first.is_none().then_some(left));
        rest.reverse();
        let mut seeker = Seeker {
            checker: self,
            alone: &alone,
            apart: &apart,
            places: 0,
        };
        let link = rest.first().filter(|_| each.kind != Each::All);
        Split {
            first,
            sought: link.and_then(|&link| seeker.sought(link)),
            rest: rest.into(),
            by_columns: false,
        }
    }
}

/// Finds what a condition is decided by.
struct Seeker<'c> {
    checker: &'c Checker<'c>,
    /// Whether a node hangs on the element and on nothing else.
    alone: &'c dyn Fn(Id) -> bool,
    /// Whether a node does not hang on the element.
    apart: &'c dyn Fn(Id) -> bool,
    places: u8,
}

impl Seeker<'_> {
    fn sought(&mut self, id: Id) -> Option<Sought> {
        match self.checker.nodes[usize::from(id.0)].op {
            Op::Binary(Binary::Equal, a, b) => {
                let key = self.text(a, b, false);
                key.or_else(|| self.text(b, a, false))
            }
            Op::Binary(Binary::In, a, b) => self.text(a, b, true),
            Op::Or(a, b) => {
                let both = [self.sought(a)?, self.sought(b)?];
                Some(Sought::Either(Box::new(both)))
            }
            Op::And(a, b) if (self.alone)(a) => {
                let sought = self.sought(b)?;
                Some(Sought::Guarded(a, Box::new(sought)))
            }
            Op::And(a, _) => Some(Sought::Followed(Box::new(self.sought(a)?))),
            _ => None,
        }
    }

    fn text(&mut self, key: Id, other: Id, is_list: bool) -> Option<Sought> {
        let place = self.places;
        let fits = (self.alone)(key) && (self.apart)(other) && usize::from(place) < KEYS;
        self.places += u8::from(fits);
        let other = Other { id: other, is_list };
        fits.then_some(Sought::Text { key, other, place })
    }
}
