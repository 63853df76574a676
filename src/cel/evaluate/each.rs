//! Comprehensions: elements are read one by one, and only as many as decide.

use std::sync::Arc;

use super::fields::missing;
use super::walk::{Going, Walk};
use super::{
    Cause, Content, Evaluator, Given, Host, Id, List, Node, Op, Outcome, Record, Value, truth,
};
use crate::cel::program::{Comprehension, Each};
use crate::cel::trace::Role;
use crate::cel::{Data, Failure, Read, Text};

/// What a comprehension goes over: all elements of a list, or those that a selection has.
enum Over<'a, N> {
    List(List<'a, N>, usize),
    Selection(Walk<'a, N>),
}

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    pub(super) fn each(&mut self, node: &'a Node, each: &'a Comprehension) -> Outcome<'a, H::Node> {
        let Comprehension {
            kind,
            list,
            local,
            guard,
            body,
            columns,
            split,
            question,
            ..
        } = each;
        let Some(mut list_of) = walked(self.eval(*list)?.content) else {
            return Err(Cause::NoOverload { function: "each" }.at(node));
        };
        let going = Going {
            node,
            above: self.node(*list),
            kind: *kind,
            local: usize::from(*local),
            guard: *guard,
            body: *body,
            columns,
            split: split.as_ref(),
            question: *question,
        };
        self.forget_constants(each);
        let over = match self.selection(&going, &mut list_of) {
            Some(selection) => {
                let walk = self.chosen(&going, selection);
                self.selections[going.local] = Some((walk.selection(), 0));
                Over::Selection(walk)
            }
            None => Over::List(list_of, 0),
        };
        let outcome = match (kind, body) {
            (Each::All, Some(body)) => self.quantify(&going, over, *body, false),
            (Each::Exists, Some(body)) => self.quantify(&going, over, *body, true),
            (Each::ExistsOne, Some(body)) => self.exactly_one(&going, over, *body),
            _ => self.collect(&going, over),
        };
        self.selections[going.local] = None;
        outcome
    }

    /// `all` is decided by one false, `exists` by one true, whatever other elements fail of.
    fn quantify(
        &mut self,
        going: &Going<'a>,
        mut over: Over<'a, H::Node>,
        body: Id,
        decisive: bool,
    ) -> Outcome<'a, H::Node> {
        let mut first_failure = None;
        while let Some(element) = self.advance(going, &mut over) {
            match self.holds(going, &mut over, element, body) {
                Ok(value) if value == decisive => return Ok(truth(decisive)),
                Ok(_) => {}
                Err(failure) if failure.is_budget() => return Err(failure),
                Err(failure) => {
                    first_failure.get_or_insert(failure);
                }
            }
        }
        first_failure.map_or_else(|| Ok(truth(!decisive)), Err)
    }

    #[inline(never)] // as all that few lists are gone over for: see `seldom`
    fn exactly_one(
        &mut self,
        going: &Going<'a>,
        mut over: Over<'a, H::Node>,
        body: Id,
    ) -> Outcome<'a, H::Node> {
        let mut count = 0_usize;
        while let Some(element) = self.advance(going, &mut over) {
            count += usize::from(self.holds(going, &mut over, element, body)?);
        }
        Ok(truth(count == 1))
    }

    /// `filter` keeps elements, `map` makes new ones.
    #[inline(never)]
    fn collect(&mut self, going: &Going<'a>, mut over: Over<'a, H::Node>) -> Outcome<'a, H::Node> {
        let mut made = Vec::new();
        while let Some(element) = self.advance(going, &mut over) {
            let is_sure = element.map_err(|cause| cause.at(going.node))?;
            self.tracer.begin();
            let one = self.make(going, &mut over, is_sure);
            let role = match one {
                Ok(_) => Role::Made,
                Err(_) => Role::Failed,
            };
            self.end_element(going, role);
            made.extend(one?);
        }
        Ok(Value::new(Content::List(List::Made(made.into()))))
    }

    /// What an element becomes; nothing where the guard leaves it out.
    fn make(
        &mut self,
        going: &Going<'a>,
        over: &mut Over<'a, H::Node>,
        is_sure: bool,
    ) -> Result<Option<Value<'a, H::Node>>, Failure<H::Node>> {
        if let Some(guard) = going.guard
            && !self.asked(going, over, guard, is_sure)?
        {
            return Ok(None);
        }
        match going.body {
            Some(body) => self.eval(body).map(Some),
            None => Ok(Some(self.locals[going.local].clone())),
        }
    }

    fn holds(
        &mut self,
        going: &Going<'a>,
        over: &mut Over<'a, H::Node>,
        element: Given<bool, H::Node>,
        body: Id,
    ) -> Result<bool, Failure<H::Node>> {
        let is_sure = element.map_err(|cause| cause.at(going.node))?;
        self.tracer.begin();
        let held = self.asked(going, over, body, is_sure);
        let decisive = going.kind != Each::All;
        let role = match held {
            Ok(value) if value == decisive => Role::Decided,
            Ok(_) => Role::Passed,
            Err(_) => Role::Failed,
        };
        self.end_element(going, role);
        held
    }

    /// Whether the condition holds of the element, whose first part may be known not to decide it.
    fn asked(
        &mut self,
        going: &Going<'a>,
        over: &mut Over<'a, H::Node>,
        condition: Id,
        is_sure: bool,
    ) -> Result<bool, Failure<H::Node>> {
        let (Over::Selection(walk), Some(split), true) = (over, going.split, is_sure) else {
            return self.condition(condition);
        };
        if let Some((held, steps)) = walk.outcome() {
            let is_paid = self.budget.spend(steps);
            return is_paid
                .then_some(held)
                .ok_or_else(|| Cause::Budget.at(going.node));
        }
        let before = self.budget.used();
        let held = self.rest(split, going.kind == Each::All)?;
        walk.note(held, self.budget.used() - before);
        Ok(held)
    }

    /// Puts the next element where its variable is; says whether the first part of the condition is
    /// known not to decide it.
    fn advance(
        &mut self,
        going: &Going<'a>,
        over: &mut Over<'a, H::Node>,
    ) -> Option<Given<bool, H::Node>> {
        match over {
            Over::List(list, cursor) => {
                let element = self.next(list, cursor)?;
                Some(element.map(|element| {
                    self.locals[going.local] = element;
                    false
                }))
            }
            Over::Selection(walk) => {
                let (mut steps, element) = walk.next(going.more());
                steps += element.map_or(0, |element| match element.is_sure {
                    true => going.more() + element.steps,
                    false => 1,
                });
                if !self.budget.spend(steps) {
                    return Some(Err(Cause::Budget));
                }
                let element = element?;
                // What is known of one like it needs no look, unless it is itself what is asked for.
                let is_asked_for = matches!(going.kind, Each::Filter | Each::Map);
                if is_asked_for || walk.outcome().is_none() {
                    self.locals[going.local] = walk.element(element.at);
                    if let Some((_, at)) = &mut self.selections[going.local] {
                        *at = element.at;
                    }
                }
                Some(Ok(element.is_sure))
            }
        }
    }

    /// Tells the tracer what an element did, and where its variable is named.
    fn end_element(&mut self, going: &Going<'a>, role: Role) {
        if !T::ON {
            return;
        }
        let (each, local) = (going.node, going.local);
        let names = |node: &&Node| {
            matches!(node.op, Op::Local(index) if usize::from(index) == local)
                && (each.start..each.end).contains(&node.start)
        };
        let named = self.program.nodes.iter().find(names);
        let range = named.map_or(0..0, |node| usize::from(node.start)..usize::from(node.end));
        self.tracer.end_element(range, &self.locals[local], role);
    }

    /// The next element of a list, for one step.
    #[inline]
    pub(super) fn next(
        &mut self,
        list: &List<'a, H::Node>,
        cursor: &mut usize,
    ) -> Option<Given<Value<'a, H::Node>, H::Node>> {
        let read = list.next(self.host, cursor)?;
        Some(match read {
            _ if !self.budget.spend(1) => Err(Cause::Budget),
            Read::Value(value) => Ok(value),
            read => Err(missing(&read, list.node(), &Arc::from("[]"))),
        })
    }
}

/// What a comprehension goes over: the elements of a list, the keys of a mapping.
fn walked<'a, N: Copy>(content: Content<'a, N>) -> Option<List<'a, N>> {
    let keys: Arc<[Value<'a, N>]> = match content {
        Content::List(list) => return Some(list),
        Content::Record(fields) => {
            let key =
                |(name, _): &'a (Box<str>, Data)| Value::new(Content::Text(Text::Borrowed(name)));
            fields.iter().map(key).collect()
        }
        Content::Map(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
        _ => return None,
    };
    Some(List::Made(keys))
}

impl<'a, N: Copy> List<'a, N> {
    /// The next element. `cursor` starts at 0; what it means is the list's own matter.
    #[inline]
    pub(in crate::cel) fn next<H: Host<Node = N>>(
        &self,
        host: &'a H,
        cursor: &mut usize,
    ) -> Option<Read<'a, N>> {
        let value = match self {
            Self::Host(node) => return host.next(*node, cursor),
            Self::Data(elements) => Value::data(elements.get(*cursor)?),
            Self::Range(end) => {
                let at = u32::try_from(*cursor).ok().filter(|at| at < end)?;
                Value::new(Content::Int(at.into()))
            }
            Self::Made(elements) => elements.get(*cursor)?.clone(),
        };
        *cursor += 1;
        Some(Read::Value(value))
    }

    /// How many elements it has.
    pub(in crate::cel) fn len<H: Host<Node = N>>(&self, host: &H) -> usize {
        match self {
            Self::Host(node) => host.len(*node),
            Self::Data(elements) => elements.len(),
            Self::Range(end) => *end as usize,
            Self::Made(elements) => elements.len(),
        }
    }

    fn node(&self) -> Option<N> {
        match self {
            Self::Host(node) => Some(*node),
            _ => None,
        }
    }
}
