//! The words a field knows, with what they mean.

use serde_json::Value as Json;

use super::nearest::nearest;
use super::site::Site;

/// A word, and its meaning where the description of the field gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice<'p> {
    /// As it is written in a plan.
    pub word: &'p str,
    /// In Chinese.
    pub meaning: Option<&'p str>,
}

/// The choices of a place; empty where it knows no words.
pub(super) fn choices(site: Site<'_>) -> Vec<Choice<'_>> {
    let words = site.scalar().and_then(|scalar| scalar["enum"].as_array());
    let description = site.description();
    let choice = |word| Choice {
        word,
        meaning: meaning(word, description),
    };
    words
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .map(choice)
        .collect()
}

/// Descriptions read 「initial 初次訂定、revision 修訂。」
fn meaning<'d>(word: &str, description: &'d str) -> Option<&'d str> {
    let clauses = description.split(['、', '，', '；', '。']);
    let mut after = clauses.filter_map(|clause| clause.trim().strip_prefix(word));
    let meaning = after.find_map(|rest| rest.strip_prefix(' '))?;
    let meaning = meaning.trim().trim_start_matches("表示").trim();
    // 「A 至 E」 says how far the words go, not what one of them means.
    (!meaning.is_empty() && !meaning.starts_with('至')).then_some(meaning)
}

/// The choice that a text was meant to be: by its meaning, or by its letters.
pub(super) fn meant<'c, 'p>(text: &str, choices: &'c [Choice<'p>]) -> Option<&'c Choice<'p>> {
    let by_meaning = choices.iter().find(|choice| choice.meaning == Some(text));
    by_meaning.or_else(|| Some(&choices[nearest(text, choices.iter().map(|choice| choice.word))?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_gives_the_meanings() {
        let text = "initial 初次訂定、revision 修訂。";
        assert_eq!(meaning("initial", text), Some("初次訂定"));
        assert_eq!(meaning("revision", text), Some("修訂"));
        assert_eq!(meaning("rev", text), None);
        assert_eq!(meaning("A", "A 至 E。"), None);
        assert_eq!(
            meaning("annex", "management-review 表示納入管理審查。"),
            None
        );
        assert_eq!(
            meaning(
                "working",
                "calendar 表示 h 為日曆小時，working 表示工作小時"
            ),
            Some("工作小時")
        );
    }

    #[test]
    fn a_choice_is_found_by_meaning_or_by_letters() {
        let known = [
            Choice {
                word: "initial",
                meaning: Some("初次訂定"),
            },
            Choice {
                word: "revision",
                meaning: Some("修訂"),
            },
        ];
        assert_eq!(meant("修訂", &known), Some(&known[1]));
        assert_eq!(meant("Initial", &known), Some(&known[0]));
        assert_eq!(meant("廢止", &known), None);
    }
}
