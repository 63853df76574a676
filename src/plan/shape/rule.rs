//! The rules of the shape: what may be wrong with the form of a plan that is good YAML.

use crate::document::Rule;
use crate::finding::Severity;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident: $severity:ident $id:literal $zh:literal $en:literal;)+) => {
        $(
            $(#[$doc])*
            pub const $name: Rule =
                Rule { id: $id, severity: Severity::$severity, zh_tw: $zh, en: $en };
        )+

        /// Every rule of the shape.
        pub const RULES: &[Rule] = &[$($name),+];
    };
}

rules! {
    /// A key that the schema does not have at this place; what it says would be read by nobody.
    UNKNOWN_KEY: Error "shape/unknown-key" "沒有這個欄位" "unknown field";
    /// A key without which the thing has no identity.
    MISSING_KEY: Error "shape/missing-key" "缺少必要欄位" "missing field";
    /// A key with nothing behind it; silence is written by leaving the key out.
    NO_VALUE: Error "shape/no-value" "欄位未填內容" "field without a value";
    /// A list where a text belongs, a text where a number belongs.
    WRONG_TYPE: Error "shape/wrong-type" "內容型別不符" "value of the wrong type";
    /// A number or truth value where text belongs: right here, but read differently by others.
    QUOTE_IT: Warning "shape/quote-it" "文字未加引號" "text without quotes";
    /// None of the words that the field knows.
    UNKNOWN_WORD: Error "shape/unknown-word" "沒有這個選項" "unknown choice";
    /// Not a date of the calendar in one of the spellings.
    NOT_A_DATE: Error "shape/not-a-date" "不是日期" "not a date";
    /// Not a figure with a unit, nor one of the words for none.
    NOT_A_DURATION: Error "shape/not-a-duration" "不是時間長度" "not a duration";
    /// Not a day that comes every year.
    NOT_A_DAY_OF_YEAR: Error "shape/not-a-day-of-year" "不是每年之月日" "not a day of the year";
    /// Ids are cited, so that everybody has to be able to type them.
    NOT_AN_ID: Error "shape/not-an-id" "不是代號" "not an id";
    /// Any other spelling that the schema prescribes.
    WRONG_FORM: Error "shape/wrong-form" "寫法不符" "value of the wrong form";
    /// A number that cannot be.
    OUT_OF_RANGE: Error "shape/out-of-range" "數值超出範圍" "number out of range";
    /// An identity that two items of a list share, or a word said twice.
    DUPLICATE_ITEM: Error "shape/duplicate-item" "重複的項目" "duplicate item";
    /// One thing said twice for the same body; nobody can tell which holds.
    TWO_FOR_ONE_BODY: Error "shape/two-for-one-body" "同一機關有二項內容" "two statements for one body";
    /// A section in plan.yaml and in a file of its own; only the first is read.
    SECTION_TWICE: Error "shape/section-twice" "章節寫在兩個檔案" "section in two files";
    /// A file that is no section, so that nobody reads it.
    UNKNOWN_SECTION: Error "shape/unknown-section" "檔名不是章節名稱" "file of no section";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_distinct_and_of_the_shape_family() {
        let mut ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        assert!(ids.iter().all(|id| id.starts_with("shape/")));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RULES.len());
    }
}
