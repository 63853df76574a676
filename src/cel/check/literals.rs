//! Literals that can be judged while compiling: words of an enumeration, keys, patterns, dates.

use std::ops::Range;

use super::problems;
use super::{Checker, Typed};
use crate::cel::functions::{Binary, Function, Run, Unary};
use crate::cel::parse::{Kind, Syntax};
use crate::cel::pattern;
use crate::cel::program::{Id, Op};
use crate::cel::{Data, Problem, ProblemKind, Type};
use crate::text::{DateRange, Duration};

impl Checker<'_> {
    /// `it.grade == "F"`, `"F" in it.grades`, `it.class in ["layuot"]`: a word that cannot be.
    pub(super) fn check_literals(
        &mut self,
        function: &Function,
        written: &[&Syntax],
        typed: &[Typed],
    ) {
        let compares = matches!(
            function.run,
            Run::Binary(Binary::Equal | Binary::NotEqual | Binary::In)
        );
        let ([a, b], [left, right]) = (typed, written) else {
            return;
        };
        if !compares {
            return;
        }
        self.check_words(&a.ty, right);
        self.check_words(&b.ty, left);
    }

    fn check_words(&mut self, ty: &Type, literal: &Syntax) {
        let words = match ty {
            Type::Enum(words) => words,
            Type::List(element) => match &**element {
                Type::Enum(words) => words,
                _ => return,
            },
            _ => return,
        };
        for (word, range) in literal_texts(literal) {
            if !words.iter().any(|known| **known == *word) {
                self.problems
                    .push(problems::impossible_word(range, word, words));
            }
        }
    }

    /// The type of `record["key"]`; a key that the record lacks is a problem.
    pub(super) fn literal_key(&mut self, ty: &Type, key: &Syntax) -> Option<Type> {
        let (Type::Record(record), Kind::Literal(Data::Text(key_text))) = (ty, &key.kind) else {
            return None;
        };
        if let Some((_, field)) = record.field(key_text) {
            return Some(field.ty.clone());
        }
        let names: Vec<String> = record
            .fields
            .iter()
            .map(|field| field.name.to_string())
            .collect();
        let shown = self.show(ty);
        self.problems.push(problems::unknown_field(
            key.range.clone(),
            &shown,
            key_text,
            &names,
        ));
        None
    }

    /// `date("…")` and `duration("…")` of a literal become constants.
    pub(super) fn folded(&mut self, run: Unary, argument: Id, written: &Syntax) -> Op {
        let Kind::Literal(Data::Text(text)) = &written.kind else {
            return Op::Unary(run, argument);
        };
        let data = match run {
            Unary::ToDate => DateRange::parse(text).map(Data::Date),
            Unary::ToDuration => Duration::parse(text).map(Data::Duration),
            _ => return Op::Unary(run, argument),
        };
        data.map_or_else(
            || {
                self.problems.push(bad_literal(run, &written.range));
                Op::Unary(run, argument)
            },
            Op::Constant,
        )
    }

    pub(super) fn matches(&mut self, text: Id, pattern: Id, written: &Syntax) -> Op {
        if let Kind::Literal(Data::Text(source)) = &written.kind {
            match pattern::compile(source) {
                Some(regex) => return Op::Pattern { text, regex: Box::new(regex) },
                None => self.problems.push(Problem::new(
                    written.range.clone(),
                    ProblemKind::BadLiteral,
                    "樣式無法編譯或過大（RE2 語法，無前後查找與回溯參照）",
                    "the pattern does not compile or is too large (RE2: no look-around, no back-references)",
                )),
            }
        }
        Op::Matches {
            text,
            pattern,
            first: Box::default(),
        }
    }
}

fn literal_texts(syntax: &Syntax) -> Vec<(&str, Range<usize>)> {
    match &syntax.kind {
        Kind::Literal(Data::Text(text)) => vec![(text, syntax.range.clone())],
        Kind::List(elements) => elements.iter().flat_map(literal_texts).collect(),
        _ => Vec::new(),
    }
}

fn bad_literal(run: Unary, range: &Range<usize>) -> Problem {
    let (zh, en) = match run {
        Unary::ToDate => (
            "不是日期，例如 2021-08-23",
            "not a date, such as 2021-08-23",
        ),
        _ => (
            "不是期間，例如 15min 8h 24wh 14d 3mo 2y",
            "not a duration, such as 15min 8h 24wh 14d 3mo 2y",
        ),
    };
    Problem::new(range.clone(), ProblemKind::BadLiteral, zh, en)
}
