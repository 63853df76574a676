//! Policies as SARIF rules.

use std::collections::BTreeMap;

use super::escape_message;
use super::log::{Configuration, Descriptor, Text};
use crate::check::{Outcome, Rule};
use crate::finding::Finding;
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
    let help = words::either(&rule.help, language);
    let cited = rule.citation.as_ref().map(|citation| {
        let before = words::pick(language, "依據：", "basis: ");
        format!("{before}{}", words::either(&citation.written(), language))
    });
    let parts: Vec<&str> = [Some(title), rule.why.as_deref(), cited.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let described = parts.join("\n\n");
    let with_help = [described.as_str(), help].join("\n\n");
    let paragraphs = with_help
        .split("\n\n")
        .map(markdown::escape)
        .collect::<Vec<_>>();
    let url = rule
        .citation
        .as_ref()
        .and_then(|citation| citation.url.as_deref());
    Descriptor {
        id: rule.id.to_string(),
        short_description: plain(title),
        full_description: plain(&described),
        help: Text {
            text: escape_message(&with_help),
            markdown: Some(escape_message(&paragraphs.join("\n\n"))),
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
            markdown: Some(escape_message(&markdown::escape(help))),
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
