//! The words a field knows, with what they are called.

use serde_json::Value as Json;

use super::nearest::nearest;
use super::site::Site;
use crate::text::Localized;

/// A word, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice<'p> {
    /// As it is written in a plan.
    pub word: &'p str,
    /// In Chinese.
    pub zh_tw: &'p str,
    /// In English.
    pub en: &'p str,
}

/// The choices of a place; empty where it knows no words.
pub(super) fn choices(site: Site<'_>) -> Vec<Choice<'_>> {
    let values = site.scalar().map(|scalar| &scalar["x-plangate"]["values"]);
    let values = values.and_then(Json::as_object).into_iter().flatten();
    let choices = values.map(|(word, titles)| Choice {
        word,
        zh_tw: titles["zh-TW"].as_str().unwrap_or(word),
        en: titles["en"].as_str().unwrap_or(word),
    });
    choices.collect()
}

impl Choice<'_> {
    /// What it is called where that says more than the word itself, put into words.
    pub(super) fn titled(&self, zh_tw: fn(&str) -> String, en: fn(&str) -> String) -> Localized {
        let more = |title: &str, put: fn(&str) -> String| match title == self.word {
            true => String::new(),
            false => put(title),
        };
        Localized::new(more(self.zh_tw, zh_tw), more(self.en, en))
    }
}

/// The choice that a text was meant to be: by its title, or by its letters.
pub(super) fn meant<'c, 'p>(text: &str, choices: &'c [Choice<'p>]) -> Option<&'c Choice<'p>> {
    let by_title = choices.iter().find(|choice| choice.zh_tw == text);
    by_title.or_else(|| Some(&choices[nearest(text, choices.iter().map(|choice| choice.word))?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_found_by_title_or_by_letters() {
        let known = [
            Choice {
                word: "initial",
                zh_tw: "初次訂定",
                en: "first issue",
            },
            Choice {
                word: "revision",
                zh_tw: "修訂",
                en: "revision",
            },
        ];
        assert_eq!(meant("修訂", &known), Some(&known[1]));
        assert_eq!(meant("Initial", &known), Some(&known[0]));
        assert_eq!(meant("廢止", &known), None);
    }
}
