//! The functions: CEL's own, then those that plans ask for.

use super::table::{Form, Function, Param, Run, binary, unary};
use super::{Binary, Unary};
use Param::{Any, Bool, Bytes, Date, Double, Duration, Int, List, Map, Object, Text, Uint};

pub(super) static TABLE: &[Function] = &[
    unary(
        "size",
        Form::Either,
        Unary::Size,
        &[
            (&[Text], Int),
            (&[Bytes], Int),
            (&[List(&Any)], Int),
            (&[Map(&Any)], Int),
        ],
        (
            "字數、位元組數或元素數",
            "the number of characters, bytes or elements",
        ),
    ),
    binary(
        "contains",
        Form::Member,
        Binary::Contains,
        &[(&[Text, Text], Bool)],
        ("是否含此文字", "whether it contains the text"),
    ),
    binary(
        "startsWith",
        Form::Member,
        Binary::StartsWith,
        &[(&[Text, Text], Bool)],
        ("是否以此文字起始", "whether it starts with the text"),
    ),
    binary(
        "endsWith",
        Form::Member,
        Binary::EndsWith,
        &[(&[Text, Text], Bool)],
        ("是否以此文字結尾", "whether it ends with the text"),
    ),
    Function {
        name: "matches",
        form: Form::Either,
        run: Run::Matches,
        overloads: &[(&[Text, Text], Bool)],
        about: (
            "文字中是否有符合樣式之處（RE2 語法）",
            "whether the pattern is found anywhere in the text (RE2)",
        ),
    },
    unary(
        "int",
        Form::Global,
        Unary::ToInt,
        &[
            (&[Int], Int),
            (&[Uint], Int),
            (&[Double], Int),
            (&[Text], Int),
        ],
        (
            "轉為整數；小數捨去",
            "to a whole number; fractions are cut off",
        ),
    ),
    unary(
        "uint",
        Form::Global,
        Unary::ToUint,
        &[
            (&[Uint], Uint),
            (&[Int], Uint),
            (&[Double], Uint),
            (&[Text], Uint),
        ],
        (
            "轉為無號整數；小數捨去",
            "to an unsigned number; fractions are cut off",
        ),
    ),
    unary(
        "double",
        Form::Global,
        Unary::ToDouble,
        &[
            (&[Double], Double),
            (&[Int], Double),
            (&[Uint], Double),
            (&[Text], Double),
        ],
        ("轉為小數", "to a fraction"),
    ),
    unary(
        "string",
        Form::Global,
        Unary::ToText,
        &[
            (&[Text], Text),
            (&[Int], Text),
            (&[Uint], Text),
            (&[Double], Text),
            (&[Bool], Text),
        ],
        ("轉為文字", "to a text"),
    ),
    unary(
        "date",
        Form::Global,
        Unary::ToDate,
        &[(&[Text], Date)],
        (
            "讀為日期，西元或民國",
            "reads a date, of the common era or the ROC calendar",
        ),
    ),
    unary(
        "duration",
        Form::Global,
        Unary::ToDuration,
        &[(&[Text], Duration)],
        (
            "讀為期間：15min 8h 24wh 14d 3mo 2y",
            "reads a duration: 15min 8h 24wh 14d 3mo 2y",
        ),
    ),
    unary(
        "sum",
        Form::Global,
        Unary::Sum,
        &[(&[List(&Int)], Int)],
        ("總和；空清單為 0", "the sum; of an empty list, 0"),
    ),
    unary(
        "range",
        Form::Global,
        Unary::Range,
        &[(&[Int], List(&Int))],
        (
            "0 至此數（不含）之清單，至多 1000",
            "the list from 0 up to the number, at most 1000",
        ),
    ),
    unary(
        "distinct",
        Form::Global,
        Unary::Distinct,
        &[(&[List(&Any)], List(&Any))],
        (
            "去除重複，保留首個",
            "without repetitions, the first of each kept",
        ),
    ),
    unary(
        "normalized",
        Form::Global,
        Unary::Normalized,
        &[(&[Text], Text)],
        ("NFKC 正規化並去除空白", "NFKC, without white space"),
    ),
    unary(
        "has_figure",
        Form::Global,
        Unary::HasFigure,
        &[(&[Duration], Bool)],
        (
            "期間是否有數字；定期、適時、視需要沒有",
            "whether a duration has a figure; one that is regular, timely or as needed has none",
        ),
    ),
    binary(
        "edit_distance",
        Form::Global,
        Binary::EditDistance,
        &[(&[Text, Text], Int)],
        (
            "相差字數，各至多 200 字",
            "characters inserted, deleted or replaced; at most 200 characters each",
        ),
    ),
    binary(
        "closest",
        Form::Global,
        Binary::Closest,
        &[(&[Text, List(&Text)], Text)],
        ("清單中最接近者", "the nearest text of the list"),
    ),
    binary(
        "compare_editions",
        Form::Global,
        Binary::CompareEditions,
        &[(&[Text, Text], Int)],
        (
            "比較版次：-1、0 或 1；1.10 新於 1.9",
            "compares editions: -1, 0 or 1; 1.10 is after 1.9",
        ),
    ),
    binary(
        "surely_before",
        Form::Global,
        Binary::SurelyBefore,
        &[(&[Date, Date], Bool)],
        (
            "是否無論指何日均早於後者；不能確定者為否",
            "whether a date is before another whichever days are meant; false where that is not sure",
        ),
    ),
    binary(
        "outcomes",
        Form::Global,
        Binary::Outcomes,
        &[(&[Text, List(&List(&Int))], List(&Int))],
        (
            "各因子取值之所有組合，依 product、sum、maximum 計算，至多 100000 個",
            "what each combination of one value of every list comes to by product, sum or maximum; at most 100000",
        ),
    ),
    binary(
        "covers",
        Form::Global,
        Binary::Covers,
        &[(&[Object, Object], Bool)],
        (
            "該列是否適用於該機關（for、except）",
            "whether a row holds for a body (its for and except)",
        ),
    ),
];
