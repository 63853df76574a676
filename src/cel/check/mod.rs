//! Syntax → program: one pass that resolves every name and field, types every node, and picks the
//! operators and functions from the table that evaluation runs.
//!
//! Knows the objects of a plan only through the [`Catalogue`]. All problems of an expression are
//! told at once: a part with a problem has type [`Type::Dyn`], which raises no second one.

mod arguments;
mod calls;
mod each;
mod kept;
mod literals;
mod names;
mod paths;
mod problems;
mod split;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::parse::{Kind, Syntax, parse};
use super::program::{Closed, Id, Kept, Node, Op, Program};
use super::{Catalogue, Data, Problem, Type};
use paths::{PathId, Paths};

/// What an expression may name.
#[derive(Clone, Copy)]
pub struct Scope<'s> {
    /// The fields of objects.
    pub catalogue: &'s dyn Catalogue,
    /// The variables in the order of the bindings; at most 255.
    pub variables: &'s [(&'s str, Type)],
    /// The variable whose fields may be named bare, such as `plan` for `bodies`. A variable of the
    /// same name comes first.
    pub open: Option<&'s str>,
}

/// What the place of an expression asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// True or false, as `assert` and `when`.
    Bool,
    /// Values read from the plan, as `at` and `related`: a path, an index, a `filter`, a list of them.
    Places,
    /// A value of this type, as the `to` of a fix.
    Value(Type),
    /// Anything, as `show`.
    Any,
}

/// Compiles an expression.
///
/// # Errors
///
/// All problems that keep it from compiling, in reading order.
pub fn compile(
    source: &str,
    scope: &Scope<'_>,
    expected: &Expected,
) -> Result<Program, Vec<Problem>> {
    let syntax = parse(source).map_err(|problem| vec![problem])?;
    let mut checker = Checker {
        source,
        scope: *scope,
        nodes: Vec::new(),
        problems: Vec::new(),
        locals: Vec::new(),
        variables: Vec::new(),
        paths: Paths::default(),
        types: Vec::new(),
        silent: Vec::new(),
        names: Vec::new(),
        closed: Vec::new(),
        constants: 0,
    };
    let root = checker.value(&syntax);
    checker.expect(&root, expected, &syntax.range);
    if !checker.problems.is_empty() {
        checker
            .problems
            .sort_by_key(|problem| (problem.range.start, problem.range.end));
        return Err(checker.problems);
    }
    checker.variables.sort_unstable();
    checker.types.resize(checker.nodes.len(), Type::Dyn);
    Ok(Program {
        source: source.into(),
        reads: checker.paths.reads(&checker.scope),
        nodes: checker.nodes.into(),
        names: checker.names.into(),
        closed: checker.closed.into(),
        conditions: OnceLock::new(),
        root: root.id,
        result: root.ty,
        variables: checker.variables.into(),
        types: checker.types.into(),
        silent: checker.silent.into(),
    })
}

/// The variable of an enclosing comprehension.
struct Local {
    name: String,
    ty: Type,
    paths: Vec<PathId>,
}

/// A node and what is known of it.
struct Typed {
    id: Id,
    ty: Type,
    /// The places its value may come from.
    paths: Vec<PathId>,
    /// Whether it is a path that is never silent.
    certain: bool,
}

struct Checker<'s> {
    source: &'s str,
    scope: Scope<'s>,
    nodes: Vec<Node>,
    problems: Vec<Problem>,
    locals: Vec<Local>,
    variables: Vec<(u8, Arc<str>)>,
    paths: Paths,
    types: Vec<Type>,
    silent: Vec<Id>,
    names: Vec<Arc<str>>,
    closed: Vec<Closed>,
    /// How many parts of comprehensions have a place because they name no element.
    constants: u8,
}

impl Checker<'_> {
    /// An expression whose value is used as it is, not only a field of it.
    fn value(&mut self, syntax: &Syntax) -> Typed {
        let typed = self.expression(syntax);
        self.paths.note(&typed.paths);
        typed
    }

    fn expression(&mut self, syntax: &Syntax) -> Typed {
        let typed = self.kind(syntax);
        let at = usize::from(typed.id.0);
        if self.types.len() <= at {
            self.types.resize(at + 1, Type::Dyn);
        }
        self.types[at] = typed.ty.clone();
        typed
    }

    fn kind(&mut self, syntax: &Syntax) -> Typed {
        match &syntax.kind {
            Kind::Literal(data) => self.constant(data.clone(), &syntax.range),
            Kind::Name(name) => self.name(name, &syntax.range),
            Kind::Select(select) => self.select(select),
            Kind::Has(path) => self.has(path, &syntax.range),
            Kind::Call(call) => self.call(call, &syntax.range),
            Kind::List(elements) => self.list(elements, &syntax.range),
            Kind::Map(entries) => self.map(entries, &syntax.range),
            Kind::Each(comprehension) => self.each(comprehension, &syntax.range),
        }
    }

    fn push(&mut self, op: Op, range: &Range<usize>) -> Id {
        let byte = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let id = u16::try_from(self.nodes.len());
        let id = id.expect("internal: 2 KB of text make fewer than 65,536 nodes");
        self.nodes.push(Node {
            op,
            start: byte(range.start),
            end: byte(range.end),
            kept: Kept::Not,
            closed: None,
        });
        Id(id)
    }

    /// A value that comes from no place of the plan.
    fn made(&mut self, op: Op, ty: Type, range: &Range<usize>) -> Typed {
        Typed {
            id: self.push(op, range),
            ty,
            paths: Vec::new(),
            certain: false,
        }
    }

    fn constant(&mut self, data: Data, range: &Range<usize>) -> Typed {
        let ty = data.ty();
        self.made(Op::Constant(data), ty, range)
    }

    /// Stands where a problem has been told.
    fn wrong(&mut self, problem: Problem, range: &Range<usize>) -> Typed {
        self.problems.push(problem);
        self.made(Op::Constant(Data::Null), Type::Dyn, range)
    }

    fn show(&self, ty: &Type) -> String {
        ty.show(self.scope.catalogue)
    }

    fn expect(&mut self, root: &Typed, expected: &Expected, range: &Range<usize>) {
        let found = self.show(&root.ty);
        let wanted = match expected {
            Expected::Any => return,
            Expected::Bool if root.ty.fits(&Type::Bool) => return,
            Expected::Value(wanted) if root.ty.fits(wanted) => return,
            Expected::Places
                if !self.problems.is_empty() || self.paths.any_of_host(root, &self.scope) =>
            {
                return;
            }
            Expected::Places => return self.problems.push(problems::no_place(range.clone())),
            Expected::Bool => "bool".to_owned(),
            Expected::Value(wanted) => self.show(wanted),
        };
        self.problems
            .push(problems::wrong_result(range.clone(), &found, &wanted));
    }
}
