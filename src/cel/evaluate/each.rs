//! Comprehensions: elements are read one by one, and only as many as decide.

use std::sync::Arc;

use super::fields::missing;
use super::{
    Cause, Content, Evaluator, Given, Host, Id, List, Node, Op, Outcome, Record, Value, truth,
};
use crate::cel::program::Each;
use crate::cel::trace::Role;
use crate::cel::{Data, Failure, Read, Text};

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    pub(super) fn each(&mut self, node: &'a Node) -> Outcome<'a, H::Node> {
        let Op::Each {
            kind,
            list,
            local,
            guard,
            body,
            ..
        } = &node.op
        else {
            unreachable!("internal: called for comprehensions only");
        };
        let above = &self.program.nodes[usize::from(list.0)];
        let Some(list) = walked(self.eval(*list)?.content) else {
            return Err(Cause::NoOverload { function: "each" }.at(node));
        };
        let local = usize::from(*local);
        self.begin_list(node, above);
        let outcome = match (kind, body) {
            (Each::All, Some(body)) => self.quantify(node, &list, local, *body, false),
            (Each::Exists, Some(body)) => self.quantify(node, &list, local, *body, true),
            (Each::ExistsOne, Some(body)) => self.exactly_one(node, &list, local, *body),
            _ => self.collect(node, &list, local, (*guard, *body)),
        };
        self.end_list(node, above);
        outcome
    }

    /// `all` is decided by one false, `exists` by one true, whatever other elements fail of.
    fn quantify(
        &mut self,
        node: &Node,
        list: &List<'a, H::Node>,
        local: usize,
        body: Id,
        decisive: bool,
    ) -> Outcome<'a, H::Node> {
        let mut first_failure = None;
        let mut cursor = 0;
        while let Some(element) = self.next(list, &mut cursor) {
            self.begin_element(node);
            match self.holds(node, element, (local, body), decisive) {
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

    fn exactly_one(
        &mut self,
        node: &Node,
        list: &List<'a, H::Node>,
        local: usize,
        body: Id,
    ) -> Outcome<'a, H::Node> {
        let mut count = 0_usize;
        let mut cursor = 0;
        while let Some(element) = self.next(list, &mut cursor) {
            self.begin_element(node);
            count += usize::from(self.holds(node, element, (local, body), true)?);
        }
        Ok(truth(count == 1))
    }

    /// `filter` keeps elements, `map` makes new ones.
    fn collect(
        &mut self,
        node: &Node,
        list: &List<'a, H::Node>,
        local: usize,
        (guard, body): (Option<Id>, Option<Id>),
    ) -> Outcome<'a, H::Node> {
        let mut made = Vec::new();
        let mut cursor = 0;
        while let Some(element) = self.next(list, &mut cursor) {
            self.begin_element(node);
            let element = element.map_err(|cause| cause.at(node))?;
            self.locals[local] = element;
            self.tracer.begin();
            let one = self.make(local, guard, body);
            self.end_element(
                node,
                local,
                if one.is_ok() {
                    Role::Made
                } else {
                    Role::Failed
                },
            );
            made.extend(one?);
        }
        Ok(Value::new(Content::List(List::Made(made.into()))))
    }

    /// What an element becomes; nothing where the guard leaves it out.
    fn make(
        &mut self,
        local: usize,
        guard: Option<Id>,
        body: Option<Id>,
    ) -> Result<Option<Value<'a, H::Node>>, Failure<H::Node>> {
        if let Some(guard) = guard
            && !self.condition(guard)?
        {
            return Ok(None);
        }
        match body {
            Some(body) => self.eval(body).map(Some),
            None => Ok(Some(self.locals[local].clone())),
        }
    }

    fn holds(
        &mut self,
        node: &Node,
        element: Given<Value<'a, H::Node>, H::Node>,
        (local, body): (usize, Id),
        decisive: bool,
    ) -> Result<bool, Failure<H::Node>> {
        self.locals[local] = element.map_err(|cause| cause.at(node))?;
        self.tracer.begin();
        let held = self.condition(body);
        let role = match held {
            Ok(value) if value == decisive => Role::Decided,
            Ok(_) => Role::Passed,
            Err(_) => Role::Failed,
        };
        self.end_element(node, local, role);
        held
    }

    /// Tells the tracer what an element did, and where its variable is named.
    fn end_element(&mut self, each: &Node, local: usize, role: Role) {
        if !T::ON {
            return;
        }
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
