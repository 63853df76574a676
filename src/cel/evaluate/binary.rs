//! Operators and functions of two arguments.

use std::sync::Arc;

use super::compare::dates_ordered;
use super::fields::missing;
use super::numbers::{NoNumber, Number, arithmetic};
use super::{Cause, Content, Evaluator, Given, Host, List, Record, Value, truth};
use crate::cel::data::find;
use crate::cel::functions::Binary;
use crate::cel::{Read, Text};

/// The most elements of a list that an expression makes by joining two.
const MAX_JOINED: usize = 10_000;

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    pub(super) fn binary(
        &mut self,
        run: Binary,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        match run {
            Binary::Index => self.index(a, b),
            Binary::Add => self.add(a, b),
            Binary::Subtract | Binary::Multiply | Binary::Divide | Binary::Remainder => {
                calculate(run, a, b)
            }
            Binary::EditDistance | Binary::CompareEditions => self.measured(run, a, b),
            Binary::Closest => self.closest(a, b),
            Binary::Outcomes => self.outcomes(a, b),
            _ => self.relation(run, a, b).map(truth),
        }
    }

    /// The operators and functions that are true or false.
    pub(super) fn relation(
        &mut self,
        run: Binary,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<bool, H::Node> {
        match run {
            Binary::Equal => self.equal(a, b),
            Binary::NotEqual => self.equal(a, b).map(|equal| !equal),
            Binary::In => self.contained(a, b),
            Binary::Contains | Binary::StartsWith | Binary::EndsWith => self.part(run, a, b),
            Binary::Covers => match (a.as_object(), b.as_object()) {
                (Some(item), Some(body)) => Ok(self.host.covers(item, body)),
                _ => Err(Cause::NoOverload { function: "covers" }),
            },
            Binary::SurelyBefore => surely_before(a, b),
            _ => self.ordered(run, a, b),
        }
    }

    fn ordered(
        &mut self,
        run: Binary,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<bool, H::Node> {
        if let (Content::Date(a), Content::Date(b)) = (&a.content, &b.content) {
            return dates_ordered(run, *a, *b).ok_or(Cause::Undecided);
        }
        let order = self.order(a, b, run.symbol())?;
        Ok(order.is_some_and(|order| match run {
            Binary::Less => order.is_lt(),
            Binary::LessOrEqual => order.is_le(),
            Binary::Greater => order.is_gt(),
            _ => order.is_ge(),
        }))
    }

    fn index(
        &mut self,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        let index = match b.content {
            Content::Int(index) => usize::try_from(index).ok(),
            Content::Uint(index) => usize::try_from(index).ok(),
            _ => None,
        };
        let is_number = matches!(b.content, Content::Int(_) | Content::Uint(_));
        match &a.content {
            Content::List(list) if is_number => self.element(list, index.ok_or(Cause::OutOfRange)?),
            Content::Record(fields) => {
                let name = b.as_text().ok_or(Cause::NoOverload { function: "[]" })?;
                find(fields, name, 0)
                    .map(Value::data)
                    .ok_or(Cause::OutOfRange)
            }
            Content::Map(entries) => {
                for (key, value) in entries.iter() {
                    if self.equal(key, b)? {
                        return Ok(value.clone());
                    }
                }
                Err(Cause::OutOfRange)
            }
            _ => Err(Cause::NoOverload { function: "[]" }),
        }
    }

    fn element(
        &self,
        list: &List<'a, H::Node>,
        index: usize,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        match list {
            List::Host(node) if index < self.host.len(*node) => {
                match self.host.element(*node, index) {
                    Read::Value(value) => Ok(value),
                    read => Err(missing(&read, Some(*node), &Arc::from("[]"))),
                }
            }
            List::Host(_) => Err(Cause::OutOfRange),
            List::Data(elements) => elements
                .get(index)
                .map(Value::data)
                .ok_or(Cause::OutOfRange),
            List::Made(elements) => elements.get(index).cloned().ok_or(Cause::OutOfRange),
            List::Range(end) => match u32::try_from(index) {
                Ok(at) if at < *end => Ok(Value::new(Content::Int(at.into()))),
                _ => Err(Cause::OutOfRange),
            },
        }
    }

    fn add(
        &mut self,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        match (&a.content, &b.content) {
            (Content::Text(a), Content::Text(b)) => self.make_text(a.len() + b.len(), || {
                let mut text = String::with_capacity(a.len() + b.len());
                text.push_str(a);
                text.push_str(b);
                text
            }),
            (Content::Bytes(a), Content::Bytes(b)) => {
                self.reserve(a.len() + b.len())?;
                let joined: Arc<[u8]> = a.iter().chain(b.iter()).copied().collect();
                Ok(Value::new(Content::Bytes(joined)))
            }
            (Content::List(a), Content::List(b)) => {
                let length = a.len(self.host).saturating_add(b.len(self.host));
                if length > MAX_JOINED {
                    return Err(Cause::TooLong);
                }
                let mut joined = Vec::with_capacity(length);
                for list in [a, b] {
                    let mut cursor = 0;
                    while let Some(element) = self.next(list, &mut cursor) {
                        joined.push(element?);
                    }
                }
                Ok(Value::new(Content::List(List::Made(joined.into()))))
            }
            _ => calculate(Binary::Add, a, b),
        }
    }

    /// A text that an expression makes: bounded, and paid for by its length.
    pub(super) fn make_text(
        &mut self,
        length: usize,
        make: impl FnOnce() -> String,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        self.reserve(length)?;
        Ok(Value::new(Content::Text(Text::made(make()))))
    }
}

impl Binary {
    /// The operator as it is written, for failures.
    pub(in crate::cel) fn symbol(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::In => "in",
            Self::Index => "[]",
            Self::Contains => "contains",
            Self::StartsWith => "startsWith",
            Self::EndsWith => "endsWith",
            Self::EditDistance => "edit_distance",
            Self::Closest => "closest",
            Self::CompareEditions => "compare_editions",
            Self::SurelyBefore => "surely_before",
            Self::Covers => "covers",
            Self::Outcomes => "outcomes",
        }
    }

    /// Whether it is true or false of its arguments.
    pub(in crate::cel) fn is_relation(self) -> bool {
        let texts = [Self::Contains, Self::StartsWith, Self::EndsWith];
        let others = [Self::Equal, Self::NotEqual, Self::In, Self::Covers];
        self.is_order() || texts.contains(&self) || others.contains(&self)
    }

    /// Whether it asks which is greater.
    pub(in crate::cel) fn is_order(self) -> bool {
        matches!(
            self,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual
        )
    }
}

/// What hangs on which days are meant is not sure, and that is an answer.
fn surely_before<'a, N: Copy>(a: &Value<'a, N>, b: &Value<'a, N>) -> Given<bool, N> {
    match (&a.content, &b.content) {
        (Content::Date(a), Content::Date(b)) => {
            Ok(dates_ordered(Binary::Less, *a, *b) == Some(true))
        }
        _ => Err(Cause::NoOverload {
            function: "surely_before",
        }),
    }
}

fn calculate<'a, N: Copy>(
    run: Binary,
    a: &Value<'a, N>,
    b: &Value<'a, N>,
) -> Given<Value<'a, N>, N> {
    let wrong = Cause::NoOverload {
        function: run.symbol(),
    };
    let (Some(a), Some(b)) = (Number::of(&a.content), Number::of(&b.content)) else {
        return Err(wrong);
    };
    match arithmetic(run, a, b) {
        Ok(Number::Int(value)) => Ok(Value::new(Content::Int(value))),
        Ok(Number::Uint(value)) => Ok(Value::new(Content::Uint(value))),
        Ok(Number::Double(value)) => Ok(Value::new(Content::Double(value))),
        Err(NoNumber::Overflow) => Err(Cause::Overflow),
        Err(NoNumber::DivisionByZero) => Err(Cause::DivisionByZero),
        Err(NoNumber::NotTheseTypes) => Err(wrong),
    }
}
