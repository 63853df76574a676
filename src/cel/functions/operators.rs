//! The operators.

use super::Binary;
use super::Unary;
use super::table::{Form, Function, Overloads, Param, binary, infix, unary};
use Param::{Any, Bool, Bytes, Date, Double, Duration, FreeText, Int, List, Map, Text, Uint};

const COMPARED: Overloads = &[
    (&[Int, Int], Bool),
    (&[Uint, Uint], Bool),
    (&[Double, Double], Bool),
    (&[Int, Uint], Bool),
    (&[Uint, Int], Bool),
    (&[Int, Double], Bool),
    (&[Double, Int], Bool),
    (&[Uint, Double], Bool),
    (&[Double, Uint], Bool),
    (&[FreeText, FreeText], Bool),
    (&[Bool, Bool], Bool),
    (&[Bytes, Bytes], Bool),
    (&[Date, Date], Bool),
    (&[Duration, Duration], Bool),
];
const NUMBERS: Overloads = &[
    (&[Int, Int], Int),
    (&[Uint, Uint], Uint),
    (&[Double, Double], Double),
];
const WHOLE: Overloads = &[(&[Int, Int], Int), (&[Uint, Uint], Uint)];
const ADDED: Overloads = &[
    (&[Int, Int], Int),
    (&[Uint, Uint], Uint),
    (&[Double, Double], Double),
    (&[Text, Text], Text),
    (&[Bytes, Bytes], Bytes),
    (&[List(&Any), List(&Any)], List(&Any)),
];
const ORDER: (&str, &str) = (
    "比較大小；日期為區間、期間單位不同而無從判定時，無答案",
    "order; no answer where intervals of dates or units of durations do not decide",
);
const SAME: (&str, &str) = (
    "是否相等；數值不論型別",
    "equality; numbers of different types compare by value",
);
const ARITHMETIC: (&str, &str) = (
    "算術；溢位或除以零時無答案",
    "arithmetic; no answer on overflow or division by zero",
);

pub(super) static TABLE: &[Function] = &[
    infix("_==_", "==", Binary::Equal, &[(&[Any, Any], Bool)], SAME),
    infix("_!=_", "!=", Binary::NotEqual, &[(&[Any, Any], Bool)], SAME),
    infix("_<_", "<", Binary::Less, COMPARED, ORDER),
    infix("_<=_", "<=", Binary::LessOrEqual, COMPARED, ORDER),
    infix("_>_", ">", Binary::Greater, COMPARED, ORDER),
    infix("_>=_", ">=", Binary::GreaterOrEqual, COMPARED, ORDER),
    infix(
        "_+_",
        "+",
        Binary::Add,
        ADDED,
        ("相加；文字與清單為相接", "sum; texts and lists are joined"),
    ),
    infix("_-_", "-", Binary::Subtract, NUMBERS, ARITHMETIC),
    infix("_*_", "*", Binary::Multiply, NUMBERS, ARITHMETIC),
    infix("_/_", "/", Binary::Divide, NUMBERS, ARITHMETIC),
    infix("_%_", "%", Binary::Remainder, WHOLE, ARITHMETIC),
    unary(
        "-_",
        Form::Prefix("-"),
        Unary::Negate,
        &[(&[Int], Int), (&[Double], Double)],
        ARITHMETIC,
    ),
    unary(
        "!_",
        Form::Prefix("!"),
        Unary::Not,
        &[(&[Bool], Bool)],
        ("否定", "negation"),
    ),
    infix(
        "@in",
        "in",
        Binary::In,
        &[(&[Any, List(&Any)], Bool), (&[Text, Map(&Any)], Bool)],
        (
            "清單是否含此元素，對照表是否有此鍵",
            "whether a list has the element, a mapping the key",
        ),
    ),
    binary(
        "_[_]",
        Form::Index,
        Binary::Index,
        &[
            (&[List(&Any), Int], Any),
            (&[List(&Any), Uint], Any),
            (&[Map(&Any), Text], Any),
        ],
        (
            "取元素，首個為 0；不存在時無答案",
            "the element, the first is 0; no answer where there is none",
        ),
    ),
];
