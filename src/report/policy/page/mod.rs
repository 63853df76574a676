//! A policy as a page of Markdown, and the index of all pages: `docs/policies/`.
//!
//! In: a policy with its examples. Out: the page, in Traditional Chinese and then,
//! under a heading of its own, in English. Everything on it is said by the policy's file or by
//! `laws.yaml`; nothing is written by hand. Each page is a function of the pack alone: no day of
//! today, so that it changes only where the pack does.

mod figures;
mod index;
mod parts;

use crate::policy::Policy;
use crate::report::markdown::escape;
use crate::report::words;
use crate::text::Language;

pub use index::index;

/// The page of a policy.
pub fn page(policy: &Policy) -> String {
    let mut page = format!(
        "<!-- 由 policies/{}/{}.yaml 產生，不手改 ／ generated, not edited by hand -->\n\n# {}\n\n",
        policy.theme,
        policy.id,
        escape(policy.title.get(Language::ZhTw))
    );
    page.push_str(&body(policy, Language::ZhTw));
    page.push_str("\n---\n\n## English: ");
    page.push_str(&escape(policy.title.get(Language::En)));
    page.push_str("\n\n");
    page.push_str(&body(policy, Language::En));
    page
}

fn body(policy: &Policy, language: Language) -> String {
    let mut sections = vec![parts::summary(policy, language)];
    // The reason is written in Chinese only.
    if language == Language::ZhTw
        && let Some(why) = &policy.why
    {
        sections.push(format!("> {}\n", escape(&why.replace('\n', " "))));
    }
    sections.push(parts::grounds(policy, language));
    sections.extend(figures::figures(policy, language));
    // Said once, below the tables that have the mark.
    if sections.iter().any(|section| section.contains("\\*")) {
        let star = "\\*：特定非公務機關。\n";
        let star = words::pick(language, star, "\\*: specific non-government agencies.\n");
        sections.push(star.to_owned());
    }
    sections.push(parts::checks(policy, language));
    sections.extend(parts::modes(policy, language));
    sections.push(parts::next_act(policy, language));
    if language == Language::ZhTw {
        sections.push(parts::examples(policy));
    }
    sections.join("\n")
}

/// A heading below the title of its language.
fn heading(language: Language, zh_tw: &str, en: &str) -> String {
    match language {
        Language::ZhTw => format!("## {zh_tw}\n\n"),
        Language::En => format!("### {en}\n\n"),
    }
}

/// A table of Markdown; cells are escaped already.
fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule: Vec<String> = head.iter().map(|_| "---".to_owned()).collect();
    let mut table = line(head) + &line(&rule);
    for row in rows {
        table.push_str(&line(row));
    }
    table
}
