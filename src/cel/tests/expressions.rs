//! Well-typed expressions that nobody wrote.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

/// Types of which the generator makes expressions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Bool,
    Int,
    Text,
    Words,
    Duration,
    Date,
    Object,
    Texts,
    Objects,
}

/// Expressions of a type, over the variables of [`super::schema`]. `depth` is how far they may nest
/// and `each` how many comprehensions are around.
pub(super) fn expression(kind: Kind, depth: u32, each: u32) -> BoxedStrategy<String> {
    let local = format!("v{each}");
    let leaf = leaf(kind, each);
    if depth == 0 {
        return leaf;
    }
    let of = |kind| expression(kind, depth - 1, each);
    let two = |a: Kind, b: Kind, join: fn(String, String) -> String| {
        (of(a), of(b)).prop_map(move |(a, b)| join(a, b)).boxed()
    };
    let one = |a: Kind, wrap: fn(String) -> String| of(a).prop_map(wrap).boxed();
    let mut ways = vec![leaf];
    let chosen = (of(Kind::Bool), of(kind), of(kind));
    ways.push(
        chosen
            .prop_map(|(c, a, b)| format!("({c} ? {a} : {b})"))
            .boxed(),
    );
    match kind {
        Kind::Bool => {
            ways.push(two(Kind::Bool, Kind::Bool, |a, b| format!("({a} && {b})")));
            ways.push(two(Kind::Bool, Kind::Bool, |a, b| format!("({a} || {b})")));
            ways.push(two(Kind::Int, Kind::Int, |a, b| format!("({a} <= {b})")));
            ways.push(two(Kind::Text, Kind::Texts, |a, b| format!("({a} in {b})")));
            ways.push(two(Kind::Words, Kind::Words, |a, b| {
                format!("({a} == {b})")
            }));
            ways.push(two(Kind::Duration, Kind::Duration, |a, b| {
                format!("({a} > {b})")
            }));
            ways.push(two(Kind::Date, Kind::Date, |a, b| format!("({a} >= {b})")));
            ways.push(two(Kind::Text, Kind::Text, |a, b| {
                format!("{a}.matches({b} + '.')")
            }));
            ways.push(two(Kind::Objects, Kind::Objects, |a, b| {
                format!("({a} != {b})")
            }));
            ways.push(one(Kind::Bool, |a| format!("!{a}")));
            ways.push(one(Kind::Object, |a| format!("has({a}.owner)")));
        }
        Kind::Int => {
            ways.push(two(Kind::Int, Kind::Int, |a, b| format!("({a} + {b} * 3)")));
            ways.push(two(Kind::Int, Kind::Int, |a, b| format!("({a} / {b} % 7)")));
            ways.push(two(Kind::Text, Kind::Text, |a, b| {
                format!("edit_distance({a}, {b})")
            }));
            ways.push(one(Kind::Texts, |a| format!("size({a})")));
            ways.push(one(Kind::Objects, |a| {
                format!("sum({a}.map(o, size(o.id)))")
            }));
            ways.push(one(Kind::Text, |a| format!("int({a})")));
        }
        Kind::Text => {
            ways.push(two(Kind::Text, Kind::Text, |a, b| format!("({a} + {b})")));
            ways.push(two(Kind::Text, Kind::Texts, |a, b| {
                format!("closest({a}, {b})")
            }));
            ways.push(one(Kind::Int, |a| format!("string({a})")));
            ways.push(one(Kind::Text, |a| format!("normalized({a})")));
            ways.push(one(Kind::Object, |a| format!("{a}.name")));
        }
        Kind::Words => ways.push(one(Kind::Object, |a| format!("{a}.level"))),
        Kind::Duration => ways.push(one(Kind::Object, |a| format!("{a}.outage"))),
        Kind::Date => {}
        Kind::Object => ways.push(two(Kind::Objects, Kind::Int, |a, b| format!("{a}[{b}]"))),
        Kind::Texts => {
            ways.push(two(Kind::Texts, Kind::Texts, |a, b| format!("({a} + {b})")));
            ways.push(one(Kind::Texts, |a| format!("distinct({a})")));
            ways.push(one(Kind::Objects, |a| format!("{a}.map(o, o.id)")));
            ways.push(two(Kind::Text, Kind::Text, |a, b| format!("[{a}, {b}]")));
        }
        Kind::Objects => ways.push(two(Kind::Object, Kind::Object, |a, b| {
            format!("[{a}, {b}]")
        })),
    }
    if each < 2 && matches!(kind, Kind::Bool | Kind::Objects) {
        let body = expression(Kind::Bool, depth - 1, each + 1);
        let verbs: &[&str] = if kind == Kind::Bool {
            &["all", "exists", "exists_one"]
        } else {
            &["filter"]
        };
        let macros = (of(Kind::Objects), select(verbs), body);
        ways.push(
            macros
                .prop_map(move |(list, verb, body)| format!("{list}.{verb}({local}, {body})"))
                .boxed(),
        );
    }
    Union::new(ways).boxed()
}

fn leaf(kind: Kind, each: u32) -> BoxedStrategy<String> {
    let words: &[&str] = match kind {
        Kind::Bool => &[
            "true",
            "false",
            "it.core",
            "stated(it.outage)",
            "(missing > 1)",
        ],
        Kind::Int => &[
            "0",
            "1",
            "-9223372036854775808",
            "body.count",
            "bodies[1].count",
            "size(systems)",
        ],
        Kind::Text => &[
            "'x'",
            "''",
            "'資通('",
            "it.name",
            "edition",
            "params.pattern",
        ],
        Kind::Words => &["'高'", "it.level", "systems[2].level"],
        Kind::Duration => &[
            "duration('8h')",
            "duration('定期')",
            "it.outage",
            "systems[2].outage",
            "params.every",
        ],
        Kind::Date => &[
            "date('109年2月')",
            "issued",
            "params.from",
            "bodies[1].graded_on",
        ],
        Kind::Object if each > 0 => &["it", "v0", "systems[1]", "annexed[0]"],
        Kind::Object => &["it", "systems[1]", "annexed[0]"],
        Kind::Texts => &["params.kinds", "['a', 'b']", "systems.map(s, s.owner)"],
        Kind::Objects => &["systems", "spare", "annexed", "systems.filter(s, s.core)"],
    };
    select(words).prop_map(str::to_owned).boxed()
}
