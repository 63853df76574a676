//! The walk over a program: every node becomes the set of its values.

use super::key::Elements;
use super::known::Known;
use super::values::{Truth, Values};
use crate::cel::functions::{Binary, Unary};
use crate::cel::program::{Each, Id, Op};
use crate::cel::{Data, Program};

/// How many nodes are looked at. Beyond it everything is possible: a lint must answer as well.
const STEPS: u32 = 50_000;
/// Longer lists of the policy are not gone through one by one.
const ELEMENTS: usize = 64;

/// What an expression can come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreseen {
    /// Whether there may be a plan for which it is true.
    pub may_hold: bool,
    /// Whether there may be a plan for which it is false.
    pub may_fail: bool,
}

/// Foresees what a condition can come to.
pub fn foresee(program: &Program, known: &Known) -> Foreseen {
    let truth = Reader::of(program).values(program.root, known).truth();
    Foreseen {
        may_hold: truth.yes,
        may_fail: truth.no,
    }
}

pub(super) struct Reader<'p> {
    program: &'p Program,
    left: u32,
}

impl<'p> Reader<'p> {
    pub(super) fn of(program: &'p Program) -> Self {
        Self {
            program,
            left: STEPS,
        }
    }

    fn op(&self, id: Id) -> &'p Op {
        &self.program.nodes[usize::from(id.0)].op
    }

    fn key(&self, id: Id) -> String {
        self.program.key(id, Elements::Apart, &mut Vec::new())
    }

    /// The data of the policy that a node is, without a copy of it.
    fn data<'k>(&self, id: Id, known: &'k Known) -> Option<&'k Data>
    where
        'p: 'k,
    {
        match self.op(id) {
            Op::Constant(data) => Some(data),
            Op::Key { record, name, .. } => {
                self.data(*record, known)?.get(self.program.name(*name))
            }
            Op::Variable(_) | Op::Local(_) | Op::Field { .. } | Op::Mode(_) => {
                known.data.get(&*self.key(id)).map(|data| &**data)
            }
            _ => None,
        }
    }

    pub(super) fn values(&mut self, id: Id, known: &Known) -> Values {
        let of_type = Values::of_type(&self.program.types[usize::from(id.0)]);
        let Some(left) = self.left.checked_sub(1) else {
            return of_type;
        };
        self.left = left;
        if let Some(data) = self.data(id, known) {
            return Values::Data(data.clone());
        }
        if let Some(known) = known.values.get(&self.key(id)) {
            return known.clone();
        }
        match self.op(id) {
            Op::Has(path) => match self.op(*path) {
                Op::Key { record, name, .. } => match self.data(*record, known) {
                    Some(data) => {
                        Values::Truth(Truth::of(data.get(self.program.name(*name)).is_some()))
                    }
                    None => of_type,
                },
                _ => of_type,
            },
            Op::And(a, b) => Values::Truth(self.both(*a, *b, true, known)),
            Op::Or(a, b) => Values::Truth(self.both(*a, *b, false, known)),
            Op::If(condition, yes, no) => self.branches(*condition, *yes, *no, known),
            Op::List(ids) => {
                let values = ids.iter().map(|&id| match self.values(id, known) {
                    Values::Data(data) => Some(data),
                    _ => None,
                });
                let data: Option<Vec<Data>> = values.collect();
                data.map_or(of_type, |data| Values::Data(Data::list(data)))
            }
            Op::Unary(run, a) => self.unary(*run, *a, known).unwrap_or(of_type),
            Op::Binary(run, a, b) => self.binary(*run, *a, *b, known).unwrap_or(of_type),
            Op::Each(each) if matches!(each.kind, Each::All | Each::Exists) => {
                let truth = each
                    .body
                    .map(|body| self.each(each.kind, each.list, each.local, body, known));
                truth.map_or(of_type, Values::Truth)
            }
            _ => of_type,
        }
    }

    /// `&&` where `all`, else `||`. The second is looked at where the first does not decide; a first
    /// that has no answer decides nothing and says nothing of the second.
    fn both(&mut self, a: Id, b: Id, all: bool, known: &Known) -> Truth {
        let first = self.values(a, known).truth();
        let mut then = known.clone();
        self.assume(a, all, &mut then);
        let second = self.values(b, &then).truth();
        let mut truth = if all {
            Truth {
                yes: first.yes && second.yes,
                no: first.no || second.no,
            }
        } else {
            Truth {
                yes: first.yes || second.yes,
                no: first.no && second.no,
            }
        };
        if !self.answers(a) {
            let alone = self.values(b, known).truth();
            truth = if all {
                Truth {
                    no: truth.no || alone.no,
                    ..truth
                }
            } else {
                Truth {
                    yes: truth.yes || alone.yes,
                    ..truth
                }
            };
        }
        truth
    }

    /// Whether it has a value for every plan: no field in it may be silent, nothing in it overflow.
    fn answers(&self, id: Id) -> bool {
        match self.op(id) {
            Op::Constant(_)
            | Op::Variable(_)
            | Op::Local(_)
            | Op::Has(_)
            | Op::Mode(_)
            | Op::Stated(_) => true,
            Op::Field { object, .. } => !self.program.silent.contains(&id) && self.answers(*object),
            Op::And(a, b) | Op::Or(a, b) => self.answers(*a) && self.answers(*b),
            Op::Unary(Unary::Not, a) => self.answers(*a),
            Op::Binary(Binary::Equal | Binary::NotEqual | Binary::In, a, b) => {
                self.answers(*a) && self.answers(*b)
            }
            _ => false,
        }
    }

    fn branches(&mut self, condition: Id, yes: Id, no: Id, known: &Known) -> Values {
        let truth = self.values(condition, known).truth();
        let mut branch = |id: Id, holds: bool| {
            let mut then = known.clone();
            self.assume(condition, holds, &mut then);
            self.values(id, &then)
        };
        match (truth.yes, truth.no) {
            (true, false) => branch(yes, true),
            (false, true) => branch(no, false),
            _ => branch(yes, true).join(&branch(no, false)),
        }
    }

    fn unary(&mut self, run: Unary, a: Id, known: &Known) -> Option<Values> {
        let value = self.values(a, known);
        Some(match (run, value) {
            (Unary::Not, value) => Values::Truth(value.truth().not()),
            (Unary::Size, Values::Data(Data::List(items))) => whole(items.len()),
            (Unary::Size, Values::Data(Data::Text(text))) => whole(text.chars().count()),
            (Unary::Size, _) => match self.op(a) {
                Op::List(ids) => whole(ids.len()),
                _ => Values::Whole(0, i64::MAX),
            },
            _ => return None,
        })
    }

    fn binary(&mut self, run: Binary, a: Id, b: Id, known: &Known) -> Option<Values> {
        let is_same = self.key(a) == self.key(b);
        let (a, b) = (self.values(a, known), self.values(b, known));
        Some(Values::Truth(match run {
            Binary::Equal if is_same => Truth::of(true),
            Binary::NotEqual if is_same => Truth::of(false),
            Binary::Equal => a.equal(&b),
            Binary::NotEqual => a.equal(&b).not(),
            Binary::Less => a.less(&b, false),
            Binary::LessOrEqual => a.less(&b, true),
            Binary::Greater => b.less(&a, false),
            Binary::GreaterOrEqual => b.less(&a, true),
            Binary::In => contains(&b, &a)?,
            Binary::EditDistance => return Some(Values::Whole(0, i64::MAX)),
            Binary::CompareEditions => return Some(Values::Whole(-1, 1)),
            _ => return None,
        }))
    }

    fn each(&mut self, kind: Each, list: Id, local: u8, body: Id, known: &Known) -> Truth {
        let all = kind == Each::All;
        let of_elements = |found: Truth| match all {
            true => found,
            false => found.not(),
        };
        if let Values::Data(Data::List(items)) = self.values(list, known)
            && items.len() <= ELEMENTS
        {
            // `all` is true where none is false, `exists` false where none is true.
            let mut truth = Truth::of(true);
            for item in items {
                let mut then = known.clone();
                then.set(&format!("${local}"), item);
                let found = of_elements(self.values(body, &then).truth());
                truth = Truth {
                    yes: truth.yes && found.yes,
                    no: truth.no || found.no,
                };
            }
            return of_elements(truth);
        }
        let found = of_elements(self.values(body, known).truth());
        of_elements(Truth {
            yes: true,
            no: found.no,
        })
    }

    /// Takes it that a condition holds, or that it does not.
    pub(super) fn assume(&mut self, id: Id, holds: bool, known: &mut Known) {
        match self.op(id) {
            Op::And(a, b) if holds => {
                self.assume(*a, true, known);
                self.assume(*b, true, known);
            }
            Op::Or(a, b) if !holds => {
                self.assume(*a, false, known);
                self.assume(*b, false, known);
            }
            Op::Unary(Unary::Not, a) => self.assume(*a, !holds, known),
            Op::Binary(run, a, b) => self.compared(*run, *a, *b, holds, known),
            _ => {}
        }
        known
            .values
            .insert(self.key(id), Values::Truth(Truth::of(holds)));
    }

    fn compared(&mut self, run: Binary, a: Id, b: Id, holds: bool, known: &mut Known) {
        let (left, right) = (self.values(a, known), self.values(b, known));
        let (for_left, for_right) = match run {
            Binary::Equal => (
                left.clone().limited(&right, holds),
                right.limited(&left, holds),
            ),
            Binary::NotEqual => (
                left.clone().limited(&right, !holds),
                right.limited(&left, !holds),
            ),
            Binary::In => match &right {
                Values::Data(Data::List(items)) => (left.among(items, holds), right),
                _ => return,
            },
            Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual => {
                ordered(run, left, right, holds)
            }
            _ => return,
        };
        for (id, values) in [(a, for_left), (b, for_right)] {
            if !matches!(self.op(id), Op::Constant(_)) && values != Values::Any {
                known.values.insert(self.key(id), values);
            }
        }
    }
}

/// Both sides of an order that holds, or does not.
fn ordered(run: Binary, left: Values, right: Values, holds: bool) -> (Values, Values) {
    let (Some((low, high)), Some((other_low, other_high))) = (left.whole(), right.whole()) else {
        return (left, right);
    };
    // Written as `less` or `less or equal` of the one or the other.
    let (left_is_less, strict) = match (run, holds) {
        (Binary::Less, true) | (Binary::GreaterOrEqual, false) => (true, 1),
        (Binary::LessOrEqual, true) | (Binary::Greater, false) => (true, 0),
        (Binary::Greater, true) | (Binary::LessOrEqual, false) => (false, 1),
        _ => (false, 0),
    };
    if left_is_less {
        let left = Values::Whole(low, high.min(other_high.saturating_sub(strict)));
        (
            left,
            Values::Whole(other_low.max(low.saturating_add(strict)), other_high),
        )
    } else {
        let left = Values::Whole(low.max(other_low.saturating_add(strict)), high);
        (
            left,
            Values::Whole(other_low, other_high.min(high.saturating_sub(strict))),
        )
    }
}

fn contains(list: &Values, element: &Values) -> Option<Truth> {
    let Values::Data(Data::List(items)) = list else {
        return None;
    };
    let each = items
        .iter()
        .map(|item| Values::Data(item.clone()).equal(element));
    let any = each.fold(Truth::of(false), |any, one| Truth {
        yes: any.yes || one.yes,
        no: any.no && one.no,
    });
    // Where every word it may be is in the list, it is in the list.
    let covered = match element {
        Values::Words(words) => words
            .iter()
            .all(|word| items.contains(&Data::Text(word.clone()))),
        _ => false,
    };
    Some(Truth {
        no: any.no && !covered,
        ..any
    })
}

fn whole(number: usize) -> Values {
    Values::Data(Data::Int(i64::try_from(number).unwrap_or(i64::MAX)))
}
