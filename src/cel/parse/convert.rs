//! The crate's tree → [`Syntax`]: macros put back together, literals as data, places of all nodes.
//!
//! The crate tells the places of nodes only beside an error. But a tree holds the tokens of its text in
//! the order in which they are written: so tree and tokens are walked side by side, and every node
//! finds its own. Parentheses that only group, and signs that undo each other, are in no tree; they
//! are passed over.

use std::ops::Range;

use cel_interpreter::common::ast::{
    CallExpr, ComprehensionExpr, EntryExpr, Expr, IdedExpr, ListExpr, LiteralValue, MapExpr,
    SelectExpr, operators,
};

use super::macros::recognize;
use super::syntax::{Call, Comprehension, Kind, Select, Syntax};
use super::tokens::Tokens;
use super::{MAX_DEPTH, MAX_NESTING, too_deep, too_nested};
use crate::cel::{Data, Problem, ProblemKind};

/// Converts the tree of a text with these tokens.
pub(super) fn convert(source: &str, tokens: &Tokens, tree: IdedExpr) -> Result<Syntax, Problem> {
    Converter {
        source,
        tokens,
        next: 0,
        depth: 0,
        nesting: 0,
    }
    .expression(tree)
}

struct Converter<'s> {
    source: &'s str,
    tokens: &'s Tokens,
    /// The first token that belongs to no node yet.
    next: usize,
    depth: usize,
    nesting: usize,
}

impl Converter<'_> {
    fn expression(&mut self, tree: IdedExpr) -> Result<Syntax, Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(too_deep(self.source));
        }
        let syntax = match tree.expr {
            Expr::Literal(literal) => self.literal(literal),
            Expr::Ident(name) if name.starts_with('.') => return Err(self.leading_dot()),
            Expr::Call(call) if call.func_name.starts_with('.') => return Err(self.leading_dot()),
            Expr::Ident(name) => Syntax {
                kind: Kind::Name(name),
                range: self.first_range(),
            },
            Expr::Select(select) if select.test => self.has(select)?,
            Expr::Select(select) => {
                let select = self.select(select)?;
                Syntax {
                    range: select.range.clone(),
                    kind: Kind::Select(select),
                }
            }
            Expr::Call(call) => self.call(call)?,
            Expr::Comprehension(comprehension) => self.comprehension(*comprehension)?,
            Expr::List(list) => self.list(list)?,
            Expr::Map(map) => self.map(map)?,
            Expr::Struct(_) | Expr::Unspecified => {
                return Err(unsupported(
                    self.first_range(),
                    "不支援訊息型別",
                    "messages are not supported",
                ));
            }
        };
        self.depth -= 1;
        Ok(syntax)
    }

    /// The token that a node begins with.
    fn first(&mut self) -> usize {
        self.next = self.tokens.past(self.next, "(!-");
        self.take()
    }

    fn first_range(&mut self) -> Range<usize> {
        let first = self.first();
        self.tokens.range(first)
    }

    /// The token behind what was read last, whose parentheses close before it.
    fn after(&mut self) -> usize {
        self.next = self.tokens.past(self.next, ")");
        self.take()
    }

    fn take(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    /// Goes on behind the bracket that closes this one; gives the byte it ends at.
    fn close(&mut self, open: usize) -> usize {
        let close = self.tokens.partner(open);
        self.next = close + 1;
        self.tokens.range(close).end
    }

    /// What stands between commas, or between a key and its value.
    fn element(&mut self, tree: IdedExpr) -> Result<Syntax, Problem> {
        self.next = self.tokens.past(self.next, "),:");
        self.expression(tree)
    }

    fn elements(&mut self, trees: Vec<IdedExpr>) -> Result<Vec<Syntax>, Problem> {
        trees.into_iter().map(|tree| self.element(tree)).collect()
    }

    fn boxed(&mut self, tree: IdedExpr) -> Result<Box<Syntax>, Problem> {
        self.expression(tree).map(Box::new)
    }

    /// A number takes a minus before it with it, where no other sign stands there.
    fn literal(&mut self, literal: LiteralValue) -> Syntax {
        self.next = self.tokens.past(self.next, "(");
        let (signs, token) = (self.next, self.first());
        let mut range = self.tokens.range(token);
        if signs + 1 == token && self.tokens.is(signs, "-") {
            range.start = self.tokens.range(signs).start;
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

    fn select(&mut self, select: SelectExpr) -> Result<Select, Problem> {
        let operand = self.boxed(*select.operand)?;
        let before = self.tokens.with_parentheses(operand.range.clone());
        self.after();
        let name = self.take();
        let name = self.tokens.range(name);
        Ok(Select {
            operand,
            field: select.field,
            range: before.start..name.end,
            name,
        })
    }

    fn has(&mut self, select: SelectExpr) -> Result<Syntax, Problem> {
        let start = self.first_range().start;
        let open = self.take();
        let path = self.select(select)?;
        Ok(Syntax {
            kind: Kind::Has(path),
            range: start..self.close(open),
        })
    }

    fn list(&mut self, list: ListExpr) -> Result<Syntax, Problem> {
        let open = self.first();
        let elements = self.elements(list.elements)?;
        Ok(Syntax {
            kind: Kind::List(elements),
            range: self.tokens.range(open).start..self.close(open),
        })
    }

    fn map(&mut self, map: MapExpr) -> Result<Syntax, Problem> {
        let open = self.first();
        let mut entries = Vec::with_capacity(map.entries.len());
        for entry in map.entries {
            if let EntryExpr::MapEntry(entry) = entry.expr {
                entries.push((self.element(entry.key)?, self.element(entry.value)?));
            }
        }
        Ok(Syntax {
            kind: Kind::Map(entries),
            range: self.tokens.range(open).start..self.close(open),
        })
    }

    fn call(&mut self, mut call: CallExpr) -> Result<Syntax, Problem> {
        let named = call
            .func_name
            .starts_with(|first: char| first.is_ascii_alphabetic());
        let function = std::mem::take(&mut call.func_name);
        let (name, target, arguments, range) = match call.target {
            Some(target) => self.member(*target, call.args)?,
            None if named => self.function(call.args)?,
            None => self.operator(&function, call.args)?,
        };
        let call = Call {
            function,
            name,
            target,
            arguments,
        };
        Ok(Syntax {
            kind: Kind::Call(call),
            range,
        })
    }

    /// `x.f(…)`
    fn member(&mut self, target: IdedExpr, arguments: Vec<IdedExpr>) -> Result<Called, Problem> {
        let target = self.boxed(target)?;
        let start = self.start(&target);
        self.after();
        let (name, open) = (self.take(), self.take());
        let arguments = self.elements(arguments)?;
        let range = start..self.close(open);
        Ok((self.tokens.range(name), Some(target), arguments, range))
    }

    /// `f(…)`
    fn function(&mut self, arguments: Vec<IdedExpr>) -> Result<Called, Problem> {
        let (name, open) = (self.first_range(), self.take());
        let arguments = self.elements(arguments)?;
        let range = name.start..self.close(open);
        Ok((name, None, arguments, range))
    }

    /// `!a`, `a && b`, `a[b]`, `a ? b : c`: named by its first token that is not of an operand.
    fn operator(&mut self, function: &str, operands: Vec<IdedExpr>) -> Result<Called, Problem> {
        let mut operands = operands.into_iter();
        let mut read = Vec::with_capacity(operands.len());
        let token = if matches!(function, operators::NEGATE | operators::LOGICAL_NOT) {
            let sign = if function == operators::NEGATE {
                "-"
            } else {
                "!"
            };
            let other = if sign == "-" { "(!" } else { "(-" };
            self.next = self.tokens.past(self.next, other);
            self.take()
        } else {
            read.extend(
                operands
                    .next()
                    .map(|first| self.expression(first))
                    .transpose()?,
            );
            self.after()
        };
        for operand in operands {
            read.push(self.element(operand)?);
        }
        let own = self.tokens.range(token);
        let start = read
            .first()
            .map_or(own.start, |first| self.start(first).min(own.start));
        let end = match function {
            operators::INDEX => self.close(token),
            _ => read.last().map_or(own.end, |last| self.wide(last).end),
        };
        Ok((own, None, read, start..end))
    }

    /// The bytes of a node with the parentheses around it.
    fn wide(&self, syntax: &Syntax) -> Range<usize> {
        self.tokens.with_parentheses(syntax.range.clone())
    }

    fn start(&self, syntax: &Syntax) -> usize {
        self.wide(syntax).start
    }

    /// A macro that was expanded.
    fn comprehension(&mut self, expanded: ComprehensionExpr) -> Result<Syntax, Problem> {
        let list = self.boxed(expanded.iter_range)?;
        let start = self.start(&list);
        self.after();
        let (_, open) = (self.take(), self.take());
        let range = start..self.tokens.range(self.tokens.partner(open)).end;
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
        self.first();
        let mut part = |tree: Option<IdedExpr>| {
            let part = tree.map(|tree| self.element(tree)).transpose();
            part.map(|part| part.map(Box::new))
        };
        let (guard, body) = (part(guard)?, part(body)?);
        self.nesting -= 1;
        self.close(open);
        let kind = Kind::Each(Comprehension {
            each,
            list,
            variable,
            guard,
            body,
        });
        Ok(Syntax { kind, range })
    }

    fn leading_dot(&mut self) -> Problem {
        unsupported(
            self.first_range(),
            "名稱前不加點",
            "a name has no dot before it",
        )
    }
}

/// A call: the place of its name, its target, its arguments, and all of its bytes.
type Called = (Range<usize>, Option<Box<Syntax>>, Vec<Syntax>, Range<usize>);

fn unsupported(range: Range<usize>, zh: &str, en: &str) -> Problem {
    Problem::new(range, ProblemKind::Unsupported, zh, en)
}
