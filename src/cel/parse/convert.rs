//! The crate's tree → [`Syntax`]: macros put back together, literals as data, places of all nodes.

use std::ops::Range;
use std::sync::Arc;

use cel_interpreter::common::ast::{
    CallExpr, ComprehensionExpr, EntryExpr, Expr, IdedExpr, LiteralValue, MapExpr, SelectExpr,
    SourceInfo, operators,
};
use cel_interpreter::parser::ParseErrors;

use super::macros::recognize;
use super::syntax::{Call, Comprehension, Kind, Select, Syntax};
use super::tokens::Tokens;
use super::{MAX_DEPTH, MAX_NESTING, too_deep, too_nested};
use crate::cel::{Data, Problem, ProblemKind};

/// Converts a tree whose places are in `offsets`.
pub(super) fn convert(
    source: &str,
    tokens: &Tokens,
    offsets: &ParseErrors,
    tree: IdedExpr,
) -> Result<Syntax, Problem> {
    let places = offsets
        .errors
        .iter()
        .find_map(|error| error.source_info.clone());
    let places = places.unwrap_or_default();
    Converter {
        source,
        tokens,
        places,
        depth: 0,
        nesting: 0,
    }
    .expression(tree)
}

struct Converter<'s> {
    source: &'s str,
    tokens: &'s Tokens,
    places: Arc<SourceInfo>,
    depth: usize,
    nesting: usize,
}

impl Converter<'_> {
    fn expression(&mut self, tree: IdedExpr) -> Result<Syntax, Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(too_deep(self.source));
        }
        let token = self.token(tree.id);
        let range = self.tokens.range(token);
        let syntax = match tree.expr {
            Expr::Literal(literal) => self.literal(literal, token),
            Expr::Ident(name) if name.starts_with('.') => return Err(leading_dot(range)),
            Expr::Call(call) if call.func_name.starts_with('.') => return Err(leading_dot(range)),
            Expr::Ident(name) => Syntax {
                kind: Kind::Name(name),
                range,
            },
            Expr::Select(select) => self.select(select, token)?,
            Expr::Call(call) => self.call(call, token)?,
            Expr::Comprehension(comprehension) => self.comprehension(*comprehension, token)?,
            Expr::List(list) => {
                let elements = self.all(list.elements)?;
                let range = range.start..self.tokens.end_of_bracket(token);
                Syntax {
                    kind: Kind::List(elements),
                    range,
                }
            }
            Expr::Map(map) => self.map(map, token)?,
            Expr::Struct(_) | Expr::Unspecified => {
                return Err(unsupported(
                    range,
                    "不支援訊息型別",
                    "messages are not supported",
                ));
            }
        };
        self.depth -= 1;
        Ok(syntax)
    }

    fn token(&self, id: u64) -> usize {
        let start = self
            .places
            .offset_for(id)
            .map_or(0, |(start, _)| start as usize);
        self.tokens.at(start).unwrap_or(0)
    }

    fn all(&mut self, trees: Vec<IdedExpr>) -> Result<Vec<Syntax>, Problem> {
        trees
            .into_iter()
            .map(|tree| self.expression(tree))
            .collect()
    }

    fn boxed(&mut self, tree: IdedExpr) -> Result<Box<Syntax>, Problem> {
        self.expression(tree).map(Box::new)
    }

    fn literal(&self, literal: LiteralValue, token: usize) -> Syntax {
        let mut range = self.tokens.range(token);
        if self.source[range.clone()] == *"-" {
            range.end = self.tokens.range(token + 1).end;
        }
        let data = match literal {
            LiteralValue::Null => Data::Null,
            LiteralValue::Boolean(value) => Data::Bool(value.into_inner()),
            LiteralValue::Int(value) => Data::Int(value.into_inner()),
            LiteralValue::UInt(value) => Data::Uint(value.into_inner()),
            LiteralValue::Double(value) => Data::Double(value.into_inner()),
            LiteralValue::String(text) => Data::text(text.into_inner()),
            LiteralValue::Bytes(bytes) => Data::Bytes(bytes.into_inner().into()),
        };
        Syntax {
            kind: Kind::Literal(data),
            range,
        }
    }

    /// The token of a select is its `.`; that of `has(…)` is its name.
    fn select(&mut self, select: SelectExpr, token: usize) -> Result<Syntax, Problem> {
        let operand = self.boxed(*select.operand)?;
        let before = self.tokens.with_parentheses(operand.range.clone());
        let name = self.tokens.range(self.tokens.from(before.end) + 1);
        let range = before.start..name.end;
        let path = Select {
            operand,
            field: select.field,
            name,
            range: range.clone(),
        };
        if select.test {
            let end = self.tokens.end_of_bracket(token + 1);
            return Ok(Syntax {
                kind: Kind::Has(path),
                range: self.tokens.range(token).start..end,
            });
        }
        Ok(Syntax {
            kind: Kind::Select(path),
            range,
        })
    }

    fn map(&mut self, map: MapExpr, token: usize) -> Result<Syntax, Problem> {
        let mut entries = Vec::with_capacity(map.entries.len());
        for entry in map.entries {
            if let EntryExpr::MapEntry(entry) = entry.expr {
                entries.push((self.expression(entry.key)?, self.expression(entry.value)?));
            }
        }
        let range = self.tokens.range(token).start..self.tokens.end_of_bracket(token);
        Ok(Syntax {
            kind: Kind::Map(entries),
            range,
        })
    }

    /// The token of an operator is itself, of `f(…)` its name, of `x.f(…)` its parenthesis.
    fn call(&mut self, call: CallExpr, token: usize) -> Result<Syntax, Problem> {
        let target = call.target.map(|target| self.boxed(*target)).transpose()?;
        let arguments = self.all(call.args)?;
        let own = self.tokens.range(token);
        let (name, range) = if let Some(target) = &target {
            let start = self.tokens.with_parentheses(target.range.clone()).start;
            let name = self.tokens.range(token.saturating_sub(1));
            (name, start..self.tokens.end_of_bracket(token))
        } else if call.func_name == operators::INDEX {
            let start = self.operand_start(&arguments).unwrap_or(own.start);
            (own, start..self.tokens.end_of_bracket(token))
        } else if call
            .func_name
            .starts_with(|first: char| first.is_ascii_alphabetic())
        {
            let end = self.tokens.end_of_bracket(token + 1);
            (own.clone(), own.start..end)
        } else {
            let start = self
                .operand_start(&arguments)
                .unwrap_or(own.start)
                .min(own.start);
            let last = arguments
                .last()
                .map(|last| self.tokens.with_parentheses(last.range.clone()));
            (own.clone(), start..last.map_or(own.end, |last| last.end))
        };
        let call = Call {
            function: call.func_name,
            name,
            target,
            arguments,
        };
        Ok(Syntax {
            kind: Kind::Call(call),
            range,
        })
    }

    fn operand_start(&self, arguments: &[Syntax]) -> Option<usize> {
        let first = arguments.first()?;
        Some(self.tokens.with_parentheses(first.range.clone()).start)
    }

    /// The token of an expanded macro is the parenthesis of its call.
    fn comprehension(
        &mut self,
        expanded: ComprehensionExpr,
        token: usize,
    ) -> Result<Syntax, Problem> {
        let list = self.boxed(expanded.iter_range)?;
        let start = self.tokens.with_parentheses(list.range.clone()).start;
        let range = start..self.tokens.end_of_bracket(token);
        let variable = expanded.iter_var;
        let Some((each, guard, body)) = recognize(expanded.loop_step, &variable) else {
            return Err(unsupported(
                range,
                "不支援此巨集",
                "this macro is not supported",
            ));
        };
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            return Err(too_nested(range));
        }
        let guard = guard.map(|guard| self.boxed(guard)).transpose()?;
        let body = body.map(|body| self.boxed(body)).transpose()?;
        self.nesting -= 1;
        let kind = Kind::Each(Comprehension {
            each,
            list,
            variable,
            guard,
            body,
        });
        Ok(Syntax { kind, range })
    }
}

fn unsupported(range: Range<usize>, zh: &str, en: &str) -> Problem {
    Problem::new(range, ProblemKind::Unsupported, zh, en)
}

fn leading_dot(range: Range<usize>) -> Problem {
    unsupported(range, "名稱前不加點", "a name has no dot before it")
}
