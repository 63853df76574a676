//! The authors' page: every form of every operator, function and macro.

use super::table::{Form, Function, Param, functions};
use crate::text::Localized;

/// One form of an operator or function, for the authors' page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// How it is written, such as `size(string) -> int` or `int + int -> int`.
    pub form: String,
    /// The name of its function or operator: forms of one name stand together.
    pub name: &'static str,
    /// What it does.
    pub about: Localized,
}

/// The forms that look at an expression rather than at its value.
const MACROS: &[(&str, &str, &str, &str)] = &[
    (
        "&&",
        "bool && bool -> bool",
        "且；一方為 false 即 false",
        "and; false where either is false",
    ),
    (
        "||",
        "bool || bool -> bool",
        "或；一方為 true 即 true",
        "or; true where either is true",
    ),
    ("?:", "bool ? T : T -> T", "條件", "one or the other"),
    (
        "has",
        "has(path) -> bool",
        "是否載明；僅未載明時為 false",
        "whether it is stated; false only where it is silent",
    ),
    (
        "mode",
        "mode(path) -> string",
        "載明方式，不讀取其值",
        "how it is stated, without reading it",
    ),
    (
        "stated",
        "stated(path) -> bool",
        "是否以值載明",
        "whether a value is written",
    ),
    (
        "all",
        "list<T>.all(x, bool) -> bool",
        "皆成立",
        "whether it holds for all",
    ),
    (
        "exists",
        "list<T>.exists(x, bool) -> bool",
        "有成立者",
        "whether it holds for one",
    ),
    (
        "exists_one",
        "list<T>.exists_one(x, bool) -> bool",
        "恰有一個成立",
        "whether it holds for exactly one",
    ),
    (
        "filter",
        "list<T>.filter(x, bool) -> list<T>",
        "成立者",
        "those for which it holds",
    ),
    (
        "map",
        "list<T>.map(x, U) -> list<U>",
        "逐一轉換",
        "what each becomes",
    ),
    (
        "map",
        "list<T>.map(x, bool, U) -> list<U>",
        "成立者逐一轉換",
        "what each for which it holds becomes",
    ),
];

/// Every form, in the order of the page: what looks at expressions, operators, functions.
pub fn signatures() -> Vec<Signature> {
    let functions = functions().flat_map(|function| {
        function
            .overloads
            .iter()
            .map(move |(params, result)| Signature {
                form: form(function, params, *result),
                name: shown_name(function),
                about: Localized::new(function.about.0, function.about.1),
            })
    });
    let macros = MACROS.iter().map(|(name, form, zh, en)| Signature {
        form: (*form).to_owned(),
        name,
        about: Localized::new(*zh, *en),
    });
    macros.chain(functions).collect()
}

/// The name that an author writes.
pub(in crate::cel) fn shown_name(function: &Function) -> &'static str {
    match function.form {
        Form::Infix(symbol) | Form::Prefix(symbol) => symbol,
        Form::Index => "[]",
        Form::Global | Form::Member | Form::Either => function.name,
    }
}

fn form(function: &Function, params: &[Param], result: Param) -> String {
    let (result, types) = (result.show(), params.iter().map(|param| param.show()));
    let types: Vec<String> = types.collect();
    match function.form {
        Form::Infix(symbol) => format!("{} {symbol} {} -> {result}", types[0], types[1]),
        Form::Prefix(symbol) => format!("{symbol}{} -> {result}", types[0]),
        Form::Index => format!("{}[{}] -> {result}", types[0], types[1]),
        Form::Member => {
            format!(
                "{}.{}({}) -> {result}",
                types[0],
                function.name,
                types[1..].join(", ")
            )
        }
        Form::Global | Form::Either => {
            format!("{}({}) -> {result}", function.name, types.join(", "))
        }
    }
}
