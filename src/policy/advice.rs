//! The next act for each problem of a policy file, by its code.

use crate::text::Localized;

/// Code, zh-TW, English.
const ADVICE: &[(&str, &str, &str)] = &[
    (
        "policy/cite",
        "改引 laws.yaml 中已有之法規與規定，或於該檔補上；條號由 laws.yaml 依日期決定",
        "cite a law and a provision of laws.yaml, or add them there; it knows the article by date",
    ),
    (
        "policy/cost",
        "以 filter 縮小內層清單，或拆為數個檢核",
        "narrow the inner list with filter, or split it into several checks",
    ),
    (
        "policy/editions",
        "由新到舊排列，前一版之 until 不得晚於次一版之 from",
        "write the newest first; until of an edition is not after from of the next",
    ),
    (
        "policy/edition-gap",
        "刪去 until，或以 note 說明何以其間無此義務",
        "take until away, or say in note why nothing was owed in between",
    ),
    (
        "policy/never-applies",
        "改正 when 或 applies_to；此政策永不作成判定",
        "correct when or applies_to: this policy never judges anything",
    ),
    (
        "policy/never-fails",
        "改正此檢核，或刪去；永不為偽者不檢核任何事",
        "correct the check or take it away: what is never false checks nothing",
    ),
    (
        "policy/outside-words",
        "改用綱要所列之值（plangate schema）",
        "use a value that the schema lists (plangate schema)",
    ),
    (
        "policy/placeholder",
        "二種語言使用相同之佔位，且僅用該狀態下有值者",
        "use the same placeholders in both languages, and only those that have a value in that state",
    ),
    (
        "policy/table",
        "補上所缺之列，或以 applies_to 限縮適用之等級與類別",
        "add the row, or narrow applies_to",
    ),
    (
        "policy/unguarded",
        "先以 has() 判斷，例如 has(x) && x > 1；未載明時亦應有結論者，以 !has(x) || … 書寫",
        "guard it with has(), such as has(x) && x > 1, or !has(x) || … where silence is well",
    ),
    (
        "policy/unused-param",
        "刪去，或於運算式、訊息、write 中使用",
        "take it away, or use it in an expression, a message or write",
    ),
    (
        "policy/unused-show",
        "刪去，或於訊息中以 {名稱} 使用",
        "take it away, or use it in a message as {name}",
    ),
];

/// The next act, where one fits every problem of the code.
pub(super) fn advice(code: &str) -> Option<Localized> {
    let known = ADVICE.iter().find(|(other, ..)| *other == code);
    known.map(|&(_, zh, en)| Localized::new(zh, en))
}
