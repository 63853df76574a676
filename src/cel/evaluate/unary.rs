//! Operators and functions of one argument.

use super::numbers::{int_to_double, to_int, to_uint, uint_to_double};
use super::{Cause, Content, Evaluator, Given, Host, List, Record, Value, truth};
use crate::cel::Text;
use crate::cel::functions::Unary;
use crate::text::{DateRange, Duration};

/// The longest list that `range` gives.
const MAX_RANGE: u32 = 1000;

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    pub(super) fn unary(
        &mut self,
        run: Unary,
        a: &Value<'a, H::Node>,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        match run {
            Unary::Not => a.as_bool().map(|value| truth(!value)).ok_or(wrong(run)),
            Unary::Negate => negate(&a.content).map(Value::new),
            Unary::Size => self.size(&a.content),
            Unary::ToInt => to_int_of(&a.content).map(|value| Value::new(Content::Int(value))),
            Unary::ToUint => to_uint_of(&a.content).map(|value| Value::new(Content::Uint(value))),
            Unary::ToDouble => {
                to_double_of(&a.content).map(|value| Value::new(Content::Double(value)))
            }
            Unary::ToText => written(a),
            Unary::ToDate => {
                let text = a.as_text().ok_or(wrong(run))?;
                let date = DateRange::parse(text).ok_or(Cause::Argument { function: "date" })?;
                Ok(Value::new(Content::Date(date)))
            }
            Unary::ToDuration => {
                let text = a.as_text().ok_or(wrong(run))?;
                let duration = Duration::parse(text);
                let duration = duration.ok_or(Cause::Argument {
                    function: "duration",
                })?;
                Ok(Value::new(Content::Duration(duration)))
            }
            Unary::Sum => self.sum(&a.content),
            Unary::Range => match a.content {
                Content::Int(end) => match u32::try_from(end.max(0)) {
                    Ok(end) if end <= MAX_RANGE => Ok(Value::new(Content::List(List::Range(end)))),
                    _ => Err(Cause::TooLong),
                },
                _ => Err(wrong(run)),
            },
            Unary::Distinct => self.distinct(&a.content),
            Unary::Normalized => self.normalized(a),
            Unary::HasFigure => match a.content {
                Content::Duration(span) => Ok(truth(span.has_figure())),
                _ => Err(wrong(run)),
            },
        }
    }

    fn size(&mut self, content: &Content<'a, H::Node>) -> Given<Value<'a, H::Node>, H::Node> {
        let size = match content {
            Content::Text(text) => {
                self.work(text.len() / 64)?;
                text.chars().count()
            }
            Content::Bytes(bytes) => bytes.len(),
            Content::List(list) => list.len(self.host),
            Content::Record(fields) => fields.len(),
            Content::Map(entries) => entries.len(),
            _ => return Err(wrong(Unary::Size)),
        };
        i64::try_from(size)
            .map(|size| Value::new(Content::Int(size)))
            .map_err(|_| Cause::Overflow)
    }

    fn sum(&mut self, content: &Content<'a, H::Node>) -> Given<Value<'a, H::Node>, H::Node> {
        let Content::List(list) = content else {
            return Err(wrong(Unary::Sum));
        };
        let mut total = 0_i64;
        let mut cursor = 0;
        while let Some(element) = self.next(list, &mut cursor) {
            let Content::Int(value) = element?.content else {
                return Err(wrong(Unary::Sum));
            };
            total = total.checked_add(value).ok_or(Cause::Overflow)?;
        }
        Ok(Value::new(Content::Int(total)))
    }

    fn distinct(&mut self, content: &Content<'a, H::Node>) -> Given<Value<'a, H::Node>, H::Node> {
        let Content::List(list) = content else {
            return Err(wrong(Unary::Distinct));
        };
        let mut kept: Vec<Value<'a, H::Node>> = Vec::new();
        let mut cursor = 0;
        while let Some(element) = self.next(list, &mut cursor) {
            let element = element?;
            let mut known = false;
            for other in &kept {
                self.work(1)?;
                if self.equal(other, &element)? {
                    known = true;
                    break;
                }
            }
            if !known {
                kept.push(element);
            }
        }
        Ok(Value::new(Content::List(List::Made(kept.into()))))
    }
}

/// The failure of a value whose type was not known when the policy was loaded.
fn wrong<N>(run: Unary) -> Cause<N> {
    let function = match run {
        Unary::Not => "!",
        Unary::Negate => "-",
        Unary::Size => "size",
        Unary::ToInt => "int",
        Unary::ToUint => "uint",
        Unary::ToDouble => "double",
        Unary::ToText => "string",
        Unary::ToDate => "date",
        Unary::ToDuration => "duration",
        Unary::Sum => "sum",
        Unary::Range => "range",
        Unary::Distinct => "distinct",
        Unary::Normalized => "normalized",
        Unary::HasFigure => "has_figure",
    };
    Cause::NoOverload { function }
}

/// `string(x)`
fn written<'a, N: Copy>(a: &Value<'a, N>) -> Given<Value<'a, N>, N> {
    let text = match &a.content {
        Content::Text(_) => return Ok(a.clone()),
        Content::Bool(value) => {
            let word = if *value { "true" } else { "false" };
            return Ok(Value::new(Content::Text(Text::Borrowed(word))));
        }
        Content::Int(value) => value.to_string(),
        Content::Uint(value) => value.to_string(),
        Content::Double(value) => value.to_string(),
        _ => return Err(wrong(Unary::ToText)),
    };
    Ok(Value::new(Content::Text(Text::made(text))))
}

fn negate<'a, N>(content: &Content<'a, N>) -> Given<Content<'a, N>, N> {
    match content {
        Content::Int(value) => value.checked_neg().map(Content::Int).ok_or(Cause::Overflow),
        Content::Double(value) => Ok(Content::Double(-value)),
        _ => Err(wrong(Unary::Negate)),
    }
}

fn to_int_of<N>(content: &Content<'_, N>) -> Given<i64, N> {
    match content {
        Content::Int(value) => Ok(*value),
        Content::Uint(value) => i64::try_from(*value).map_err(|_| Cause::Overflow),
        Content::Double(value) => to_int(*value).ok_or(Cause::Overflow),
        Content::Text(text) => text
            .parse()
            .map_err(|_| Cause::Argument { function: "int" }),
        _ => Err(wrong(Unary::ToInt)),
    }
}

fn to_uint_of<N>(content: &Content<'_, N>) -> Given<u64, N> {
    match content {
        Content::Uint(value) => Ok(*value),
        Content::Int(value) => u64::try_from(*value).map_err(|_| Cause::Overflow),
        Content::Double(value) => to_uint(*value).ok_or(Cause::Overflow),
        Content::Text(text) => text
            .parse()
            .map_err(|_| Cause::Argument { function: "uint" }),
        _ => Err(wrong(Unary::ToUint)),
    }
}

fn to_double_of<N>(content: &Content<'_, N>) -> Given<f64, N> {
    match content {
        Content::Double(value) => Ok(*value),
        Content::Int(value) => Ok(int_to_double(*value)),
        Content::Uint(value) => Ok(uint_to_double(*value)),
        Content::Text(text) => text
            .parse()
            .map_err(|_| Cause::Argument { function: "double" }),
        _ => Err(wrong(Unary::ToDouble)),
    }
}
