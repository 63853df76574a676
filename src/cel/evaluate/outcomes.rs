//! Everything a formula over several factors can come to.

use super::{Cause, Content, Evaluator, Given, Host, List, Record, Value};

/// The most combinations that are enumerated.
const MAX_COMBINATIONS: usize = 100_000;
const WRONG: &str = "outcomes";

impl<'a, H: Host, T: Record<'a, H::Node>> Evaluator<'_, 'a, H, T> {
    /// One value for each combination, so that how often a value comes up is seen too. No factor
    /// and no value of a factor give nothing.
    pub(super) fn outcomes(
        &mut self,
        formula: &Value<'a, H::Node>,
        factors: &Value<'a, H::Node>,
    ) -> Given<Value<'a, H::Node>, H::Node> {
        let wrong = || Cause::NoOverload { function: WRONG };
        let formula = formula.as_text().ok_or_else(wrong)?;
        let mut lists = Vec::new();
        for factor in self.elements(factors)? {
            let values: Option<Vec<i64>> = self.elements(&factor)?.iter().map(whole).collect();
            lists.push(values.ok_or_else(wrong)?);
        }
        let combine: fn(i64, i64) -> Option<i64> = match formula {
            "product" => i64::checked_mul,
            "sum" => i64::checked_add,
            "maximum" => |a, b| Some(a.max(b)),
            _ => return Err(Cause::Argument { function: WRONG }),
        };
        let mut all: Option<Vec<i64>> = None;
        for values in lists {
            let count = values.len() * all.as_ref().map_or(1, Vec::len);
            if count > MAX_COMBINATIONS {
                return Err(Cause::TooLong);
            }
            self.work(count)?;
            all = Some(match all {
                None => values,
                Some(before) => product(&before, &values, combine).ok_or(Cause::Overflow)?,
            });
        }
        let all = all.unwrap_or_default().into_iter();
        let made = all.map(|value| Value::new(Content::Int(value))).collect();
        Ok(Value::new(Content::List(List::Made(made))))
    }

    fn elements(&mut self, list: &Value<'a, H::Node>) -> Given<Vec<Value<'a, H::Node>>, H::Node> {
        let Content::List(list) = &list.content else {
            return Err(Cause::NoOverload { function: WRONG });
        };
        let mut cursor = 0;
        let mut elements = Vec::new();
        while let Some(element) = self.next(list, &mut cursor) {
            elements.push(element?);
        }
        Ok(elements)
    }
}

/// Each of the first with each of the second; nothing where one of them is too large.
fn product(a: &[i64], b: &[i64], combine: fn(i64, i64) -> Option<i64>) -> Option<Vec<i64>> {
    let pairs = a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b)));
    pairs.map(|(a, b)| combine(a, b)).collect()
}

fn whole<N>(value: &Value<'_, N>) -> Option<i64> {
    match value.content {
        Content::Int(value) => Some(value),
        _ => None,
    }
}
