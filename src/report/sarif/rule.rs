//! Policies as SARIF rules.

use std::collections::BTreeMap;

use super::log::{Configuration, Descriptor, Text};
use super::{escape_markdown, escape_message};
use crate::check::{Outcome, Rule};
use crate::finding::{Citation, Finding};
use crate::report::{markdown, words};
use crate::text::Language;

/// One descriptor for each policy that a finding names, sorted by id. A rule of the profile, which
/// is no policy, is described by its first finding.
pub(super) fn rules(
    outcome: &Outcome,
    findings: &[&Finding],
    language: Language,
) -> Vec<Descriptor> {
    let known: BTreeMap<&str, &Rule> = outcome.rules.iter().map(|rule| (&*rule.id, rule)).collect();
    let mut rules: BTreeMap<&str, Descriptor> = BTreeMap::new();
    for finding in findings {
        rules
            .entry(&finding.policy)
            .or_insert_with(|| match known.get(&*finding.policy) {
                Some(rule) => of_policy(rule, language),
                None => of_form(finding, language),
            });
    }
    rules.into_values().collect()
}

fn of_policy(rule: &Rule, language: Language) -> Descriptor {
    let title = words::either(&rule.title, language);
    let why = rule.why.as_deref();
    let full = [Some(title), why]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n\n");
    let cited = rule.citation.as_ref().map(Citation::written);
    let url = rule
        .citation
        .as_ref()
        .and_then(|citation| citation.url.as_deref());
    let url = url.filter(|url| markdown::is_plain_address(url));
    let (basis, help) = match language {
        Language::ZhTw => ("依據", "作法"),
        Language::En => ("Basis", "Help"),
    };
    // The colon stands outside: after punctuation, `**` before a Chinese character does not close.
    let colon = words::pick(language, "：", ": ");
    let (mut text, mut rich) = (Vec::new(), Vec::new());
    if let Some(why) = why {
        text.push(why.to_owned());
        rich.push(markdown::escape(why));
    }
    if let Some(cited) = &cited {
        let cited = words::either(cited, language);
        let escaped = markdown::escape(cited);
        text.push(format!("{basis}{colon}{cited}"));
        rich.push(match url {
            Some(url) => format!("**{basis}**{colon}[{escaped}]({url})"),
            None => format!("**{basis}**{colon}{escaped}"),
        });
    }
    let act = words::either(&rule.help, language);
    text.push(format!("{help}{colon}{act}"));
    rich.push(format!("**{help}**{colon}{}", markdown::escape(act)));
    Descriptor {
        id: rule.id.to_string(),
        short_description: plain(title),
        full_description: plain(&full),
        help: Text {
            text: escape_message(&text.join("\n\n")),
            markdown: Some(escape_markdown(&rich.join("\n\n"))),
        },
        help_uri: url.map(str::to_owned),
        default_configuration: Configuration {
            level: rule.severity.word(),
        },
    }
}

fn of_form(finding: &Finding, language: Language) -> Descriptor {
    let title = words::either(&finding.title, language);
    let help = finding
        .help
        .as_ref()
        .map_or(title, |help| words::either(help, language));
    Descriptor {
        id: finding.policy.to_string(),
        short_description: plain(title),
        full_description: plain(title),
        help: Text {
            text: escape_message(help),
            markdown: Some(escape_markdown(&markdown::escape(help))),
        },
        help_uri: None,
        default_configuration: Configuration {
            level: finding.severity.word(),
        },
    }
}

fn plain(text: &str) -> Text {
    Text {
        text: escape_message(text),
        markdown: None,
    }
}
