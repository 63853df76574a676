//! Equality and order, as CEL has them, and undecided where dates or durations do not decide.

use std::cmp::Ordering;

use super::numbers::{self, Number};
use super::{Cause, Content, Evaluator, Given, Host, List, Record, Value};
use crate::cel::Data;
use crate::cel::data::find;
use crate::cel::functions::Binary;
use crate::text::DateRange;

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    /// Whether two values are equal. Values of different types are not; numbers are one type here.
    pub(super) fn equal(
        &mut self,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<bool, H::Node> {
        match (&a.content, &b.content) {
            (Content::Text(a), Content::Text(b)) => {
                self.work(a.len().min(b.len()) / 64)?;
                Ok(**a == **b)
            }
            (Content::Bool(a), Content::Bool(b)) => Ok(a == b),
            (Content::Null, Content::Null) => Ok(true),
            (Content::Bytes(a), Content::Bytes(b)) => Ok(a == b),
            (Content::Object(a), Content::Object(b)) => Ok(self.host.same(*a, *b)),
            (Content::Date(a), Content::Date(b)) => dates_equal(*a, *b).ok_or(Cause::Undecided),
            (Content::Duration(a), Content::Duration(b)) => {
                a.compare(*b).map(Ordering::is_eq).ok_or(Cause::Undecided)
            }
            (Content::List(a), Content::List(b)) => self.lists_equal(a, b),
            (Content::Record(_) | Content::Map(_), Content::Record(_) | Content::Map(_)) => {
                self.mappings_equal(a, b)
            }
            (a, b) => Ok(match (Number::of(a), Number::of(b)) {
                (Some(a), Some(b)) => numbers::compare(a, b) == Some(Ordering::Equal),
                _ => false,
            }),
        }
    }

    /// One unequal pair decides, whatever other pairs leave undecided.
    fn lists_equal(
        &mut self,
        a: &List<'a, H::Node>,
        b: &List<'a, H::Node>,
    ) -> Given<bool, H::Node> {
        if a.len(self.host) != b.len(self.host) {
            return Ok(false);
        }
        let (mut at_a, mut at_b) = (0, 0);
        let mut undecided = false;
        while let (Some(a), Some(b)) = (self.next(a, &mut at_a), self.next(b, &mut at_b)) {
            match self.equal(&a?, &b?) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(Cause::Undecided) => undecided = true,
                Err(cause) => return Err(cause),
            }
        }
        if undecided {
            Err(Cause::Undecided)
        } else {
            Ok(true)
        }
    }

    fn mappings_equal(
        &mut self,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<bool, H::Node> {
        let (ours, theirs) = (entries(a), entries(b));
        if ours.len() != theirs.len() {
            return Ok(false);
        }
        for (key, value) in &ours {
            let mut found = None;
            for (other, candidate) in &theirs {
                self.work(1)?;
                if self.equal(key, other)? {
                    found = Some(candidate);
                    break;
                }
            }
            match found {
                Some(candidate) if self.equal(value, candidate)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// `None` where one of the numbers is NaN: then no order holds.
    pub(super) fn order(
        &mut self,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
        function: &'static str,
    ) -> Given<Option<Ordering>, H::Node> {
        match (&a.content, &b.content) {
            (Content::Text(a), Content::Text(b)) => {
                self.work(a.len().min(b.len()) / 64)?;
                Ok(Some((**a).cmp(&**b)))
            }
            (Content::Bool(a), Content::Bool(b)) => Ok(Some(a.cmp(b))),
            (Content::Bytes(a), Content::Bytes(b)) => Ok(Some(a.cmp(b))),
            (Content::Duration(a), Content::Duration(b)) => {
                a.compare(*b).map(Some).ok_or(Cause::Undecided)
            }
            (a, b) => match (Number::of(a), Number::of(b)) {
                (Some(a), Some(b)) => Ok(numbers::compare(a, b)),
                _ => Err(Cause::NoOverload { function }),
            },
        }
    }

    /// Whether a text is among the texts of a list, for the steps of reading it; nothing where one
    /// before it cannot be read.
    fn is_written_in(&mut self, a: &Value<'a, H::Node>, list: &List<'a, H::Node>) -> Option<bool> {
        let (Some(sought), List::Host(list)) = (a.as_text(), list) else {
            return None;
        };
        let (mut found, mut steps) = (false, 0);
        for text in self.host.texts(*list)? {
            let text = text?;
            steps += 1 + sought.len().min(text.len()) as u64 / 64;
            found = text == sought;
            if found {
                break;
            }
        }
        self.budget.spend(steps).then_some(found)
    }

    /// `a in b`: of a list as `exists`, of a mapping its keys.
    pub(super) fn contained(
        &mut self,
        a: &Value<'a, H::Node>,
        b: &Value<'a, H::Node>,
    ) -> Given<bool, H::Node> {
        match &b.content {
            Content::List(list) => {
                if let Some(found) = self.is_written_in(a, list) {
                    return Ok(found);
                }
                let mut undecided = false;
                let mut cursor = 0;
                while let Some(element) = self.next(list, &mut cursor) {
                    match self.equal(a, &element?) {
                        Ok(true) => return Ok(true),
                        Ok(false) => {}
                        Err(Cause::Undecided) => undecided = true,
                        Err(cause) => return Err(cause),
                    }
                }
                if undecided {
                    Err(Cause::Undecided)
                } else {
                    Ok(false)
                }
            }
            Content::Record(fields) => Ok(a
                .as_text()
                .is_some_and(|name| find(fields, name, 0).is_some())),
            Content::Map(made) => {
                for (key, _) in made.iter() {
                    if self.equal(a, key)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Err(Cause::NoOverload { function: "in" }),
        }
    }
}

fn entries<'a, N: Copy>(value: &Value<'a, N>) -> Vec<(Value<'a, N>, Value<'a, N>)> {
    match &value.content {
        Content::Record(fields) => fields
            .iter()
            .map(|(name, data): &(Box<str>, Data)| {
                (
                    Value::new(Content::Text(crate::cel::Text::Borrowed(name))),
                    Value::data(data),
                )
            })
            .collect(),
        Content::Map(entries) => entries.to_vec(),
        _ => Vec::new(),
    }
}

/// Two dates are equal where both are one day and the same, unequal where no day is in both.
pub(super) fn dates_equal(a: DateRange, b: DateRange) -> Option<bool> {
    match () {
        () if a.is_day() && a == b => Some(true),
        () if a.last < b.first || b.last < a.first => Some(false),
        () => None,
    }
}

/// Whether dates stand in an order; nothing where that hangs on which days of them are meant.
pub(super) fn dates_ordered(run: Binary, a: DateRange, b: DateRange) -> Option<bool> {
    match run {
        Binary::Less => is_before(a, b),
        Binary::LessOrEqual => is_before(b, a).map(|after| !after),
        Binary::Greater => is_before(b, a),
        Binary::GreaterOrEqual => is_before(a, b).map(|before| !before),
        _ => None,
    }
}

/// Whether `a` is before `b`: decided only where all days of both agree.
fn is_before(a: DateRange, b: DateRange) -> Option<bool> {
    match () {
        () if a.last < b.first => Some(true),
        () if a.first >= b.last => Some(false),
        () => None,
    }
}
