//! What to say about values of the right type: not among the choices, misspelled, out of range.

use serde_json::Value as Json;

use super::choices::{Choice, choices, meant};
use super::found::shortened;
use super::problem::Problem;
use super::respell;
use super::rule;
use super::site::Site;
use super::types::no_value;
use crate::document::Rule;
use crate::text::Localized;

/// None of the words that the place knows.
pub(super) fn unknown_word(site: Site<'_>) -> Problem<'_> {
    let (title, text) = (site.title(), site.node.written());
    let shown = shortened(text);
    let (zh, en) = (
        format!("「{}」沒有「{shown}」這個選項", title.zh_tw),
        format!("`{}` has no choice \"{shown}\"", title.en),
    );
    let problem = Problem::new(rule::UNKNOWN_WORD, site.node, zh, en);
    let choices = choices(site);
    if let Some(choice) = meant(text, &choices) {
        let word = choice.word;
        let title = choice.titled(|zh| format!("（{zh}）"), |en| format!(", {en}"));
        let help = Localized::new(
            format!("寫成 {word}{}", title.zh_tw),
            format!("write `{word}`{}", title.en),
        );
        return problem.help(help).write(site.node.span(), word);
    }
    let (zh, en): (Vec<String>, Vec<String>) = choices.iter().map(said).unzip();
    problem.help(Localized::new(
        format!("可用選項：{}", zh.join("、")),
        format!("choices: {}", en.join(", ")),
    ))
}

/// A word with its titles.
fn said(choice: &Choice<'_>) -> (String, String) {
    let title = choice.titled(|zh| format!(" {zh}"), |en| format!(" ({en})"));
    let word = choice.word;
    (
        format!("{word}{}", title.zh_tw),
        format!("{word}{}", title.en),
    )
}

/// The rule that a misspelled text breaks; an edition is only misspelled where it is blank.
pub(super) fn rule_of_format(site: Site<'_>) -> Rule {
    match site.scalar().and_then(|scalar| scalar["format"].as_str()) {
        Some("plan-date") => rule::NOT_A_DATE,
        Some("plan-duration") => rule::NOT_A_DURATION,
        Some("plan-day-of-year") => rule::NOT_A_DAY_OF_YEAR,
        _ => rule::NO_VALUE,
    }
}

/// A text that is no date, no duration, no day of the year.
pub(super) fn misspelled(site: Site<'_>) -> Problem<'_> {
    let text = site.node.written();
    let rule = rule_of_format(site);
    let written = match rule {
        rule::NOT_A_DATE => respell::date(text),
        rule::NOT_A_DURATION => respell::duration(text),
        rule::NOT_A_DAY_OF_YEAR => None,
        _ => return no_value(site),
    };
    let problem = is_no(site, rule, text);
    match written {
        Some(written) => {
            let help = Localized::new(format!("寫成 {written}"), format!("write `{written}`"));
            problem.help(help).write(site.node.span(), written)
        }
        None => problem.help(spellings(rule)),
    }
}

fn is_no<'p>(site: Site<'p>, rule: Rule, text: &str) -> Problem<'p> {
    let (title, shown) = (site.title(), shortened(text));
    let (zh, en) = (
        format!("「{}」之「{shown}」{}", title.zh_tw, rule.zh_tw),
        format!("\"{shown}\" of `{}` is {}", title.en, rule.en),
    );
    Problem::new(rule, site.node, zh, en)
}

fn spellings(rule: Rule) -> Localized {
    match rule {
        rule::NOT_A_DATE => Localized::new(
            "西元或民國皆可，須為曆上所有之日，例如 2022-04-27、111-04-27、111年4月27日、109年2月",
            "a day, month or year of the calendar, such as `2022-04-27`, `111-04-27`, `109年2月`",
        ),
        rule::NOT_A_DURATION => Localized::new(
            "數字加單位：15min、8h、24wh（工作小時）、14d、3mo、2y；或 立即、即時、定期、適時、視需要",
            "a figure and its unit: `15min`, `8h`, `24wh` (working hours), `14d`, `3mo`, `2y`; or `立即`, `定期`",
        ),
        _ => Localized::new(
            "月日，例如 10-31，或 11月中、3月底",
            "month and day, such as `10-31`, or `11月中`",
        ),
    }
}

/// A text that does not follow the pattern of its place.
pub(super) fn of_other_form(site: Site<'_>) -> Problem<'_> {
    let text = site.node.written();
    let pattern = site
        .scalar()
        .and_then(|scalar| scalar["pattern"].as_str())
        .unwrap_or_default();
    if !pattern.starts_with("^[a-z]") {
        return is_no_form(site, pattern);
    }
    let problem = is_no(site, rule::NOT_AN_ID, text);
    match respell::id(text).filter(|id| id != text) {
        Some(id) => {
            let help = Localized::new(format!("寫成 {id}"), format!("write `{id}`"));
            problem.help(help).write(site.node.span(), id)
        }
        None => problem.help(Localized::new(
            "代號用小寫英文字母、數字與連字號，以字母開頭；沒有代號時不寫，以名稱識別",
            "an id has lower-case letters, digits and hyphens, and begins with a letter",
        )),
    }
}

fn is_no_form<'p>(site: Site<'p>, pattern: &str) -> Problem<'p> {
    let (title, shown) = (site.title(), shortened(site.node.written()));
    let (zh, en) = (
        format!("「{}」之「{shown}」寫法不符", title.zh_tw),
        format!("\"{shown}\" of `{}` is not of the right form", title.en),
    );
    let problem = Problem::new(rule::WRONG_FORM, site.node, zh, en);
    if pattern.is_empty() {
        return problem;
    }
    problem.help(Localized::new(
        format!("須符合 {pattern}"),
        format!("it has to match {pattern}"),
    ))
}

/// A number below the least or above the greatest.
pub(super) fn out_of_range(site: Site<'_>) -> Problem<'_> {
    let bound = |name: &str| {
        site.scalar()
            .and_then(|json| json.get(name))
            .map(Json::to_string)
    };
    let (zh, en) = match (bound("minimum"), bound("maximum")) {
        (Some(least), Some(most)) => (format!("{least} 至 {most}"), format!("{least} to {most}")),
        (Some(least), None) => (format!("{least} 以上"), format!("{least} or more")),
        (None, Some(most)) => (format!("{most} 以下"), format!("{most} or less")),
        (None, None) => (String::new(), String::new()),
    };
    let (title, found) = (site.title(), site.node.written());
    Problem::new(
        rule::OUT_OF_RANGE,
        site.node,
        format!("「{}」應為 {zh}，所填為 {found}", title.zh_tw),
        format!("`{}` must be {en}, found {found}", title.en),
    )
}

/// A text, list or map with nothing in it where something has to be.
pub(super) fn empty(site: Site<'_>) -> Problem<'_> {
    let title = site.title();
    let (zh, en) = (
        format!("「{}」未填內容", title.zh_tw),
        format!("`{}` is empty", title.en),
    );
    Problem::new(rule::NO_VALUE, site.node, zh, en).help(Localized::new(
        "至少寫一項，或刪去此欄位",
        "write something, or delete the key",
    ))
}

/// A number or truth value where text belongs.
pub(super) fn unquoted(site: Site<'_>) -> Problem<'_> {
    let (title, text) = (site.title(), site.node.written());
    let kind = if site.node.as_bool().is_some() {
        Localized::new("真假值", "a truth value")
    } else {
        Localized::new("數字", "a number")
    };
    let quoted = format!("\"{text}\"");
    Problem::new(
        rule::QUOTE_IT,
        site.node,
        format!(
            "「{}」之 {text} 未加引號，其他程式會讀成{}",
            title.zh_tw, kind.zh_tw
        ),
        format!(
            "`{text}` of `{}` has no quotes; others read it as {}",
            title.en, kind.en
        ),
    )
    .help(Localized::new(
        format!("寫成 {quoted}"),
        format!("write {quoted}"),
    ))
    .write(site.node.span(), quoted)
}
