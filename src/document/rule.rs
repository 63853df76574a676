//! The rules of the profile: what YAML may do that a plan may not, and why it is refused.

use crate::finding::Severity;

/// A rule of the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The id of its findings.
    pub id: &'static str,
    /// What its findings weigh; single findings may weigh less.
    pub severity: Severity,
    /// The defect as a noun phrase, in zh-TW.
    pub zh_tw: &'static str,
    /// The defect as a noun phrase, in English.
    pub en: &'static str,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident: $severity:ident $id:literal $zh:literal $en:literal;)+) => {
        $(
            $(#[$doc])*
            pub const $name: Rule =
                Rule { id: $id, severity: Severity::$severity, zh_tw: $zh, en: $en };
        )+

        /// Every rule, by place in this list and not by weight.
        pub const RULES: &[Rule] = &[$($name),+];
    };
}

rules! {
    /// Two readers would decode the bytes differently.
    INVALID_UTF8: Error "syntax/invalid-utf8" "檔案不是 UTF-8 編碼" "file is not UTF-8";
    /// Some readers end the file here.
    NUL: Error "syntax/nul" "空字元（NUL）" "NUL character";
    /// A tab has no width in YAML, and readers differ on where it may stand.
    TAB: Error "syntax/tab" "定位字元（Tab）" "tab character";
    /// Cannot be seen, and readers differ on whether it ends a line.
    CONTROL_CHARACTER: Error "syntax/control-character" "控制字元" "control character";
    /// Shows the text in another order than the one it is read in.
    BIDIRECTIONAL_CHARACTER: Error "syntax/bidirectional-character" "雙向文字控制字元" "bidirectional control character";
    /// Cannot be seen, and makes two equal words differ.
    INVISIBLE_CHARACTER: Warning "syntax/invisible-character" "看不見的字元" "invisible character";
    /// `：` looks like the colon after a key but is part of the text.
    FULL_WIDTH_COLON: Error "syntax/full-width-colon" "以全形冒號代替半形冒號" "full-width colon in place of a colon";
    /// Looks like the blank that YAML needs but is part of the text.
    IDEOGRAPHIC_SPACE: Error "syntax/ideographic-space" "以全形空格代替半形空格" "wide space in place of a space";
    /// Readers differ on which of the two counts.
    DUPLICATE_KEY: Error "syntax/duplicate-key" "重複的欄位" "duplicate key";
    /// A few bytes may stand for gigabytes, and the place of a value is no longer where it is read.
    ALIAS: Error "syntax/alias" "別名（*）" "alias";
    /// Only an alias has use for it.
    ANCHOR: Error "syntax/anchor" "錨點（&）" "anchor";
    /// Not part of YAML 1.2; half of the readers copy the keys and half keep `<<`.
    MERGE_KEY: Error "syntax/merge-key" "合併鍵（<<）" "merge key";
    /// Changes how the value is read, or what it is made into.
    TAG: Error "syntax/tag" "型別標記（!）" "tag";
    /// Changes how the whole file is read.
    DIRECTIVE: Error "syntax/directive" "YAML 指令（%）" "directive";
    /// Readers take the first, the last, or all.
    SEVERAL_DOCUMENTS: Error "syntax/several-documents" "一個檔案內有多份文件" "several documents in one file";
    /// No plan needs it, and deep nesting exhausts readers.
    TOO_DEEP: Error "syntax/too-deep" "巢狀過深" "nesting too deep";
    /// Refused before it is read.
    TOO_LARGE: Error "syntax/too-large" "檔案過大" "file too large";
    /// Not read beyond this point.
    TOO_MANY_NODES: Error "syntax/too-many-nodes" "內容項目過多" "too many nodes";
    /// `1:` and `\"1\":` are one key to some readers and two to others.
    NON_STRING_KEY: Error "syntax/non-string-key" "欄位名稱不是文字" "key is not a string";
    /// Other readers take the unquoted word for something else.
    AMBIGUOUS_SCALAR: Warning "syntax/ambiguous-scalar" "不同程式會讀成不同值" "value that readers take differently";
    /// Cannot be compared and has no form in JSON.
    NON_FINITE_NUMBER: Error "syntax/non-finite-number" "不是有限的數值" "number that is not finite";
    /// The parser could not read on.
    NOT_YAML: Error "syntax/not-yaml" "YAML 語法錯誤" "not valid YAML";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_distinct_and_of_the_syntax_family() {
        let mut ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        assert!(ids.iter().all(|id| id.starts_with("syntax/")));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RULES.len());
    }
}
