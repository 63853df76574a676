//! The words of the checker's problems: the fact, then what to write instead.

use std::ops::Range;

use super::calls::is_macro;
use crate::cel::{Problem, ProblemKind as Kind};
use crate::text::meant;

type At = Range<usize>;

fn proposal(name: &str, names: &[String]) -> (String, String) {
    match meant(name, names.iter().map(String::as_str)) {
        Some(near) => (
            format!("；是否為 {near}？"),
            format!("; did you mean {near}?"),
        ),
        None => (String::new(), String::new()),
    }
}

pub(super) fn unknown_name(at: At, name: &str, names: &[String]) -> Problem {
    let (zh, en) = proposal(name, names);
    Problem::new(
        at,
        Kind::UnknownName,
        format!("此處無名稱 {name}{zh}"),
        format!("no variable {name} here{en}"),
    )
}

pub(super) fn unknown_field(at: At, ty: &str, name: &str, names: &[String]) -> Problem {
    let (zh, en) = proposal(name, names);
    Problem::new(
        at,
        Kind::UnknownField,
        format!("{ty} 無欄位 {name}{zh}"),
        format!("{ty} has no field {name}{en}"),
    )
}

pub(super) fn field_of_list(at: At, ty: &str) -> Problem {
    Problem::new(
        at,
        Kind::WrongTypes,
        format!("{ty} 為清單，欄位須以索引、map 或 exists 取得"),
        format!("{ty} is a list: its elements have fields, by index, map or exists"),
    )
}

pub(super) fn field_of_scalar(at: At, ty: &str) -> Problem {
    Problem::new(
        at,
        Kind::WrongTypes,
        format!("{ty} 無欄位"),
        format!("{ty} has no fields"),
    )
}

pub(super) fn always_holds(at: At, field: &str) -> Problem {
    Problem::new(
        at,
        Kind::AlwaysHolds,
        format!("{field} 為必填或有預設值，此條件恆真"),
        format!("{field} is required or has a default: this always holds"),
    )
}

pub(super) fn no_path(at: At, function: &str) -> Problem {
    Problem::new(
        at,
        Kind::WrongTypes,
        format!("{function}() 的引數應為路徑，例如 {function}(controls.edr)"),
        format!("{function}() takes a path, such as {function}(controls.edr)"),
    )
}

pub(super) fn unknown_function(at: At, name: &str, is_member: bool, other_form: bool) -> Problem {
    let (zh, en) = match name {
        "type" => (
            "型別於載入時即已確定",
            "types are known when a policy is loaded",
        ),
        "dyn" => ("型別檢查不能略過", "types cannot be set aside"),
        "timestamp" => (
            "日期以 date(\"2021-08-23\") 書寫",
            "a date is written date(\"2021-08-23\")",
        ),
        "now" | "today" => ("規則不得讀取時鐘", "a policy cannot see the clock"),
        _ if other_form && is_member => ("應以函式形式書寫", "it is written before its arguments"),
        _ if other_form => ("應寫於其文字之後", "it is written after its text"),
        name if is_macro(name) => ("引數數目不符", "it takes another number of arguments"),
        _ => return nearest_function(at, name),
    };
    Problem::new(
        at,
        Kind::UnknownFunction,
        format!("無此形式之函式 {name}：{zh}"),
        format!("no such form of {name}: {en}"),
    )
}

fn nearest_function(at: At, name: &str) -> Problem {
    let signatures = crate::cel::signatures();
    let names: Vec<String> = signatures
        .iter()
        .map(|signature| signature.name.to_owned())
        .collect();
    let (zh, en) = proposal(name, &names);
    Problem::new(
        at,
        Kind::UnknownFunction,
        format!("無函式 {name}{zh}"),
        format!("no function {name}{en}"),
    )
}

pub(super) fn wrong_types(at: At, name: &str, found: &[String], takes: &str) -> Problem {
    Problem::new(
        at,
        Kind::WrongTypes,
        format!("{name} 不接受（{}），可為：{takes}", found.join(", ")),
        format!(
            "{name} does not take ({}) but: {}",
            found.join(", "),
            takes.replace('；', "; ")
        ),
    )
}

pub(super) fn never_equal(at: At, a: &str, b: &str) -> Problem {
    Problem::new(
        at,
        Kind::Impossible,
        format!("{a} 與 {b} 永不相等"),
        format!("{a} and {b} are never equal"),
    )
}

pub(super) fn compared_with_null(at: At) -> Problem {
    Problem::new(
        at,
        Kind::Impossible,
        "計畫中無 null；未載明與否以 has() 判斷",
        "nothing in a plan is null: has() tells whether it is stated",
    )
}

pub(super) fn never_in(at: At, element: &str, of: &str) -> Problem {
    Problem::new(
        at,
        Kind::Impossible,
        format!("清單元素為 {of}，不可能含 {element}"),
        format!("a list of {of} never holds {element}"),
    )
}

pub(super) fn impossible_word(at: At, word: &str, words: &[Box<str>]) -> Problem {
    let names: Vec<String> = words.iter().map(ToString::to_string).collect();
    let (zh, en) = proposal(word, &names);
    let words = words.join("、");
    Problem::new(
        at,
        Kind::OutsideWords,
        format!("其值僅能為 {words}，不可能為「{word}」{zh}"),
        format!(
            "it is one of {} and never {word:?}{en}",
            words.replace('、', ", ")
        ),
    )
}

pub(super) fn words_have_no_order(at: At, found: &[String]) -> Problem {
    Problem::new(
        at,
        Kind::WrongTypes,
        format!(
            "{} 為限定用語，無大小之分；以 in 列出所要者",
            found.join("、")
        ),
        format!(
            "{} are words without an order: list the wanted ones with `in`",
            found.join(", ")
        ),
    )
}

pub(super) fn branches(at: At, yes: &str, no: &str) -> Problem {
    Problem::new(
        at,
        Kind::WrongTypes,
        format!("條件二方型別不同：{yes} 與 {no}"),
        format!("the branches have different types: {yes} and {no}"),
    )
}

pub(super) fn not_a_condition(at: At, found: &str) -> Problem {
    Problem::new(
        at,
        Kind::WrongTypes,
        format!("此處應為 bool，而非 {found}"),
        format!("bool is wanted here, not {found}"),
    )
}

pub(super) fn not_a_list(at: At, found: &str) -> Problem {
    Problem::new(
        at,
        Kind::WrongTypes,
        format!("{found} 不是清單"),
        format!("{found} is not a list"),
    )
}

pub(super) fn no_key(at: At, found: &str) -> Problem {
    Problem::new(
        at,
        Kind::WrongTypes,
        format!("{found} 不能作為鍵"),
        format!("{found} cannot be a key"),
    )
}

pub(super) fn wrong_result(at: At, found: &str, wanted: &str) -> Problem {
    Problem::new(
        at,
        Kind::WrongResult,
        format!("運算式之結果為 {found}，此處應為 {wanted}"),
        format!("the expression gives {found}, but {wanted} is wanted"),
    )
}

pub(super) fn no_place(at: At) -> Problem {
    Problem::new(
        at,
        Kind::WrongResult,
        "運算式之結果不是計畫中的位置；以路徑、索引或 filter 指出",
        "the expression names no place of the plan: use a path, an index or filter",
    )
}
