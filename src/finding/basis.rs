//! The ground of a finding: exactly one.

use std::sync::Arc;

use super::Place;
use crate::text::{Language, Localized};

/// Why a finding is so.
#[derive(Debug, Clone)]
pub enum Basis {
    /// A provision of national law.
    Law(Citation),
    /// A provision of a local pack's own rules.
    Local(Citation),
    /// The file contradicts itself; the other place.
    Consistency(Place),
    /// A rule of the profile: how a plan is written, whatever the law says.
    Format {
        /// The id of the rule.
        rule: Arc<str>,
    },
}

/// A provision of a law in one of its editions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citation {
    /// The law's id in `laws.yaml`.
    pub law: Arc<str>,
    /// The law's name in this edition.
    pub name: Arc<Localized>,
    /// The edition, such as `110`.
    pub edition: Arc<str>,
    /// 條
    pub article: Option<u16>,
    /// 項
    pub paragraph: Option<u16>,
    /// 款
    pub subparagraph: Option<u16>,
    /// 目
    pub item: Option<u16>,
    /// 附表
    pub schedule: Option<u16>,
    /// The row of a table, such as 資通安全健診.
    pub row: Option<Arc<Localized>>,
    /// Where the text can be read.
    pub url: Option<Arc<str>>,
    /// How sure the pack is: `verified`, `secondary`, `memory` or `conflict`.
    pub confidence: &'static str,
}

impl Citation {
    /// The citation as it is written: 「資通安全責任等級分級辦法 第 11 條第 2 項」.
    pub fn written(&self) -> Localized {
        let [zh, en] = Language::ALL.map(|language| self.written_in(language));
        Localized::new(zh, en)
    }

    /// The same in one language.
    pub fn written_in(&self, language: Language) -> String {
        let mut text = self.name.get(language).to_owned();
        let is_chinese = language == Language::ZhTw;
        if is_chinese {
            text.push(' ');
        }
        for (number, (before, after, word)) in self.numbers().into_iter().zip(WORDS) {
            let Some(number) = number else { continue };
            if is_chinese {
                text.push_str(before);
                push_number(&mut text, before, number);
                text.push_str(after);
            } else {
                for part in [" ", word, " "] {
                    text.push_str(part);
                }
                text.push_str(&number.to_string());
            }
        }
        if let Some(row) = &self.row {
            let [open, close] = if is_chinese {
                ["「", "」"]
            } else {
                [", row ", ""]
            };
            for part in [open, row.get(language), close] {
                text.push_str(part);
            }
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// 條, 項, 款, 目, 附表.
    pub fn numbers(&self) -> [Option<u16>; 5] {
        [
            self.article,
            self.paragraph,
            self.subparagraph,
            self.item,
            self.schedule,
        ]
    }
}

const SCHEDULE: &str = "附表";
/// What stands before and behind each number in Chinese, and its word in English.
const WORDS: [(&str, &str, &str); 5] = [
    ("第 ", " 條", "article"),
    ("第 ", " 項", "paragraph"),
    ("第 ", " 款", "subparagraph"),
    ("第 ", " 目", "item"),
    (SCHEDULE, "", "schedule"),
];

/// Schedules are numbered in Chinese (附表五), articles in digits (第 11 條).
fn push_number(text: &mut String, before: &str, number: u16) {
    const DIGITS: [&str; 11] = [
        "", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
    ];
    match DIGITS.get(usize::from(number)) {
        Some(digit) if before == SCHEDULE => text.push_str(digit),
        _ => text.push_str(&number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_reads_as_lawyers_write_it() {
        let name = Arc::new(Localized::new("分級辦法", "Classification Regulations"));
        let article = Citation {
            name: Arc::clone(&name),
            article: Some(11),
            paragraph: Some(2),
            ..Citation::default()
        };
        assert_eq!(article.written().zh_tw, "分級辦法 第 11 條第 2 項");
        assert_eq!(
            article.written().en,
            "Classification Regulations article 11 paragraph 2"
        );
        let row = Some(Localized::new("資通安全健診", "health check"));
        let table = Citation {
            name,
            schedule: Some(5),
            row: row.map(Arc::new),
            ..Citation::default()
        };
        assert_eq!(table.written().zh_tw, "分級辦法 附表五「資通安全健診」");
    }
}
