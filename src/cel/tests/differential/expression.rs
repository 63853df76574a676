//! Well-typed expressions of the part of CEL that both interpreters have.
//!
//! The simplest way to make a type stands first, so that what fails shrinks to it.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

/// Types of which the generator makes expressions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Bool,
    Int,
    Double,
    Text,
    Ints,
    Texts,
    System,
    Systems,
}

/// Those whose values both interpreters show alike.
pub(super) const SHOWN: &[Kind] = &[
    Kind::Bool,
    Kind::Int,
    Kind::Double,
    Kind::Text,
    Kind::Ints,
    Kind::Texts,
];

/// An expression of a type. `depth` is how far it may nest, `each` how many comprehensions are
/// around it.
pub(super) fn expression(kind: Kind, depth: u32, each: u32) -> BoxedStrategy<String> {
    let mut ways = vec![leaf(kind, each)];
    if depth > 0 {
        let make = Make {
            depth: depth - 1,
            each,
        };
        ways.extend(make.composed(kind));
        ways.extend(make.macros(kind));
        ways.push(make.conditional(kind));
    }
    Union::new(ways).boxed()
}

/// Puts expressions together.
#[derive(Clone, Copy)]
struct Make {
    depth: u32,
    each: u32,
}

impl Make {
    fn of(self, kind: Kind) -> BoxedStrategy<String> {
        expression(kind, self.depth, self.each)
    }

    /// `a <operator> b` for each of the operators.
    fn infix(self, a: Kind, operators: &'static [&'static str], b: Kind) -> BoxedStrategy<String> {
        (self.of(a), select(operators), self.of(b))
            .prop_map(|(a, operator, b)| format!("({a} {operator} {b})"))
            .boxed()
    }

    fn one(self, kind: Kind, wrap: fn(String) -> String) -> BoxedStrategy<String> {
        self.of(kind).prop_map(wrap).boxed()
    }

    fn two(self, a: Kind, b: Kind, join: fn(String, String) -> String) -> BoxedStrategy<String> {
        (self.of(a), self.of(b))
            .prop_map(move |(a, b)| join(a, b))
            .boxed()
    }

    fn conditional(self, kind: Kind) -> BoxedStrategy<String> {
        (self.of(Kind::Bool), self.of(kind), self.of(kind))
            .prop_map(|(condition, yes, no)| format!("({condition} ? {yes} : {no})"))
            .boxed()
    }

    fn composed(self, kind: Kind) -> Vec<BoxedStrategy<String>> {
        use Kind::{Bool, Double, Int, Ints, System, Systems, Text, Texts};
        const ORDER: &[&str] = &["==", "!=", "<", "<=", ">", ">="];
        const SAME: &[&str] = &["==", "!="];
        match kind {
            Bool => vec![
                self.one(Bool, |a| format!("!{a}")),
                self.infix(Bool, &["&&", "||"], Bool),
                self.infix(Int, ORDER, Int),
                self.infix(Double, ORDER, Double),
                self.infix(Text, ORDER, Text),
                self.infix(Int, ORDER, Double),
                self.infix(Ints, SAME, Ints),
                self.infix(Texts, SAME, Texts),
                self.infix(Int, &["in"], Ints),
                self.infix(Text, &["in"], Texts),
                self.two(Text, Text, |a, b| format!("{a}.contains({b})")),
                self.one(Text, |a| format!("({a} in params.labels)")),
                self.two(Int, Text, |a, b| {
                    format!("({{{a}: {b}}} == {{1.0 == 1 ? 1 : 2: 'a'}})")
                }),
                self.one(System, |a| format!("has({a}.ratio)")),
                self.two(Text, Text, |a, b| format!("{a}.startsWith({b})")),
                self.two(Text, Text, |a, b| format!("{a}.endsWith({b})")),
                self.one(System, |a| format!("has({a}.name)")),
                self.one(System, |a| format!("{a}.core")),
            ],
            Int => vec![
                self.infix(Int, &["+", "-", "*", "/", "%"], Int),
                self.one(Int, |a| format!("-({a})")),
                self.one(Text, |a| format!("size({a})")),
                self.one(Texts, |a| format!("size({a})")),
                self.one(Systems, |a| format!("size({a})")),
                self.one(Double, |a| format!("int({a})")),
                self.one(Int, |a| format!("int(uint({a}) + 1u)")),
                self.one(Text, |a| format!("int({{'a': 1, '7': 2}}[{a}])")),
                self.one(Text, |a| format!("int({a})")),
                self.two(Ints, Int, |a, b| format!("{a}[{b}]")),
            ],
            Double => vec![
                self.infix(Double, &["+", "-", "*", "/"], Double),
                self.one(Int, |a| format!("double({a})")),
                self.one(System, |a| format!("{a}.ratio")),
            ],
            Text => vec![
                self.infix(Text, &["+"], Text),
                self.one(Int, |a| format!("string({a})")),
                self.one(Bool, |a| format!("string({a})")),
                self.one(Double, |a| format!("string({a})")),
                self.two(Texts, Text, |a, b| format!("{{'a': {a}, 'b': [{b}]}}.b[0]")),
                self.one(Text, |a| format!("params.labels[{a} + '']")),
                self.one(System, |a| format!("{a}.id")),
                self.one(System, |a| format!("{a}.name")),
                self.two(Texts, Int, |a, b| format!("{a}[{b}]")),
            ],
            Ints => vec![
                self.infix(Ints, &["+"], Ints),
                self.two(Int, Int, |a, b| format!("[{a}, {b}]")),
            ],
            Texts => vec![
                self.infix(Texts, &["+"], Texts),
                self.two(Text, Text, |a, b| format!("[{a}, {b}]")),
                self.one(System, |a| format!("{a}.tags.map(t, t + '')")),
            ],
            System => vec![self.two(Systems, Int, |a, b| format!("{a}[{b}]"))],
            Systems => Vec::new(),
        }
    }

    /// Comprehensions; two may stand inside of each other.
    fn macros(self, kind: Kind) -> Vec<BoxedStrategy<String>> {
        if self.each == 2 {
            return Vec::new();
        }
        let variable = format!("v{}", self.each);
        let inner = Self {
            each: self.each + 1,
            ..self
        };
        let over = |list: Kind, verbs: &'static [&'static str], body: Kind| {
            let variable = variable.clone();
            (self.of(list), select(verbs), inner.of(body))
                .prop_map(move |(list, verb, body)| format!("{list}.{verb}({variable}, {body})"))
                .boxed()
        };
        match kind {
            Kind::Bool => vec![over(
                Kind::Systems,
                &["all", "exists", "exists_one"],
                Kind::Bool,
            )],
            Kind::Systems => vec![over(Kind::Systems, &["filter"], Kind::Bool)],
            Kind::Ints => vec![over(Kind::Systems, &["map"], Kind::Int)],
            Kind::Texts => vec![over(Kind::Systems, &["map"], Kind::Text)],
            _ => Vec::new(),
        }
    }
}

fn leaf(kind: Kind, each: u32) -> BoxedStrategy<String> {
    let words: &[&str] = match kind {
        Kind::Bool => &["true", "false", "it.core"],
        Kind::Int => &[
            "0",
            "-7",
            "3",
            "1",
            "2",
            "-9223372036854775808",
            "9223372036854775807",
            "body.count",
            "params.minimum",
        ],
        Kind::Double => &[
            "0.0",
            "1.0",
            "-0.5",
            "1e300",
            "9007199254740993.0",
            "it.ratio",
        ],
        Kind::Text => &["''", "'資通'", "'7'", "'a'", "edition", "it.name"],
        Kind::Ints => &["[]", "[1, 2]", "[0]"],
        Kind::Texts => &[
            "[]",
            "['a', '資通']",
            "params.kinds",
            "it.tags.map(t, t + '')",
        ],
        Kind::System if each == 2 => &["it", "v1", "v0"],
        Kind::System if each == 1 => &["it", "v0"],
        Kind::System => &["it"],
        Kind::Systems => &["systems", "spare"],
    };
    select(words).prop_map(str::to_owned).boxed()
}
