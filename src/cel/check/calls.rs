//! Operators and functions.

use std::ops::Range;

use super::arguments::{Resolved, resolve};
use super::problems;
use super::{Checker, Typed};
use crate::cel::Type;
use crate::cel::functions::{Binary, Form, Function, Run, function, shown_name};
use crate::cel::parse::{Call, Syntax};
use crate::cel::program::{Id, Op};

impl Checker<'_> {
    pub(super) fn call(&mut self, call: &Call, range: &Range<usize>) -> Typed {
        match (
            call.function.as_str(),
            call.target.is_some(),
            &*call.arguments,
        ) {
            ("_&&_", false, [a, b]) => {
                let op = Op::And(self.condition(a).id, self.condition(b).id);
                self.made(op, Type::Bool, range)
            }
            ("_||_", false, [a, b]) => {
                let op = Op::Or(self.condition(a).id, self.condition(b).id);
                self.made(op, Type::Bool, range)
            }
            ("_?_:_", false, [condition, yes, no]) => self.conditional(condition, yes, no, range),
            (name @ ("mode" | "stated"), false, [path]) => self.look(name, path, range),
            (name, is_member, _) => match function(name) {
                Some(function) if is_written(function.form, is_member) => {
                    self.function(function, call, range)
                }
                known => {
                    let arguments = call
                        .target
                        .iter()
                        .map(|target| &**target)
                        .chain(&call.arguments);
                    for argument in arguments.filter(|_| !is_macro(name)) {
                        self.value(argument);
                    }
                    let at = call.name.clone();
                    let problem = problems::unknown_function(at, name, is_member, known.is_some());
                    self.wrong(problem, range)
                }
            },
        }
    }

    fn conditional(
        &mut self,
        condition: &Syntax,
        yes: &Syntax,
        no: &Syntax,
        range: &Range<usize>,
    ) -> Typed {
        let condition = self.condition(condition);
        let (yes, no) = (self.expression(yes), self.expression(no));
        if !yes.ty.meets(&no.ty) {
            let problem =
                problems::branches(range.clone(), &self.show(&yes.ty), &self.show(&no.ty));
            return self.wrong(problem, range);
        }
        let paths = yes.paths.iter().chain(&no.paths).copied().collect();
        let id = self.push(Op::If(condition.id, yes.id, no.id), range);
        Typed {
            id,
            ty: yes.ty.join(&no.ty),
            paths,
            certain: false,
        }
    }

    fn function(
        &mut self,
        function: &'static Function,
        call: &Call,
        range: &Range<usize>,
    ) -> Typed {
        let written: Vec<&Syntax> = call
            .target
            .iter()
            .map(|target| &**target)
            .chain(&call.arguments)
            .collect();
        let (problems_before, first) = (self.problems.len(), self.nodes.len());
        let arguments: Vec<Typed> = written
            .iter()
            .enumerate()
            .map(|(index, argument)| {
                let picked = function.form == Form::Index && index == 0;
                if picked {
                    self.expression(argument)
                } else {
                    self.value(argument)
                }
            })
            .collect();
        let types: Vec<&Type> = arguments.iter().map(|argument| &argument.ty).collect();
        let Some(Resolved { mut ty, is_element }) = resolve(function.overloads, &types) else {
            let problem = self.wrong_types(function, call, &types, range);
            return self.wrong(problem, range);
        };
        if self.problems.len() == problems_before {
            self.check_literals(function, &written, &arguments);
        }
        let ids: Vec<Id> = arguments.iter().map(|argument| argument.id).collect();
        let op = match (function.run, &*ids) {
            (Run::Unary(run), [a]) => self.folded(run, *a, written[0]),
            (Run::Binary(run), [a, b]) => {
                if run == Binary::Index
                    && let Some(field) = self.literal_key(&arguments[0].ty, written[1])
                {
                    ty = field;
                }
                Op::Binary(run, *a, *b)
            }
            (Run::Matches, [text, pattern]) => self.matches(*text, *pattern, written[1]),
            _ => unreachable!("internal: every overload of a function has its number of arguments"),
        };
        let paths = match (is_element, function.form) {
            (true, Form::Index) => arguments[0].paths.clone(),
            (true, _) => arguments
                .iter()
                .flat_map(|argument| argument.paths.iter().copied())
                .collect(),
            (false, _) => Vec::new(),
        };
        let walks = matches!(op, Op::Unary(..)) && matches!(arguments[0].ty, Type::List(_));
        let local = u8::try_from(self.locals.len()).expect("internal: comprehensions nest 3 deep");
        let closed = walks.then(|| self.closed(first, local, range)).flatten();
        let id = self.push(op, range);
        self.close(id, closed);
        Typed {
            id,
            ty,
            paths,
            certain: false,
        }
    }

    fn wrong_types(
        &self,
        function: &Function,
        call: &Call,
        types: &[&Type],
        range: &Range<usize>,
    ) -> crate::cel::Problem {
        let shown: Vec<String> = types.iter().map(|ty| self.show(ty)).collect();
        let name = shown_name(function);
        match (function.run, types) {
            (Run::Binary(Binary::Equal | Binary::NotEqual), [a, b]) => {
                if **a == Type::Null || **b == Type::Null {
                    return problems::compared_with_null(range.clone());
                }
                problems::never_equal(range.clone(), &shown[0], &shown[1])
            }
            (Run::Binary(Binary::In), [_, Type::List(element)]) => {
                problems::never_in(range.clone(), &shown[0], &self.show(element))
            }
            (Run::Binary(run), [a, b]) if run.is_order() && (is_words(a) || is_words(b)) => {
                problems::words_have_no_order(range.clone(), &shown)
            }
            _ => problems::wrong_types(call.name.clone(), name, &shown, &forms(function)),
        }
    }
}

fn is_written(form: Form, as_member: bool) -> bool {
    match form {
        Form::Either => true,
        Form::Member => as_member,
        Form::Global | Form::Infix(_) | Form::Prefix(_) | Form::Index => !as_member,
    }
}

/// Whether its arguments are no values of their own.
pub(super) fn is_macro(name: &str) -> bool {
    matches!(
        name,
        "all" | "exists" | "exists_one" | "map" | "filter" | "has" | "mode" | "stated"
    )
}

fn is_words(ty: &Type) -> bool {
    matches!(ty, Type::Enum(_))
}

/// The first forms of a function, to show what it takes.
fn forms(function: &Function) -> String {
    let lists = function.overloads.iter().map(|(params, _)| {
        let types: Vec<String> = params.iter().map(|param| param.show()).collect();
        types.join(", ")
    });
    lists.take(4).collect::<Vec<_>>().join("；")
}
