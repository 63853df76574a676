//! Figures and shown values that nothing uses.

use std::collections::BTreeSet;

use crate::document::Node;
use crate::policy::expression::Expression;
use crate::policy::message::{Message, Placeholder};
use crate::policy::modes::ModeVerdict;
use crate::policy::policy::{Check, Edition, Policy, Write};
use crate::policy::problem::Problems;

/// Says which of `params` and `show` nothing reads. The policy works without them, and loads.
pub(super) fn check(policy: &Policy, problems: &mut Problems<'_>) {
    let root = policy.document.root();
    params(policy, root, problems);
    let of_policy = shown_names(policy);
    names(root.get("show"), &of_policy, problems);
    let checks = root.get("checks").into_iter().flat_map(Node::items);
    for node in checks {
        let id = node.get("id").map(Node::written).unwrap_or_default();
        let mut editions = policy.editions.iter();
        let check = editions.find_map(|edition| edition.checks.iter().find(|c| *c.id == *id));
        let used = check.map(shown_by_check).unwrap_or_default();
        names(node.get("show"), &used, problems);
    }
}

fn params(policy: &Policy, root: Node<'_>, problems: &mut Problems<'_>) {
    let mut used: BTreeSet<String> = policy.over.iter().cloned().collect();
    for expression in expressions(policy) {
        for path in expression.program().reads() {
            if &*path.variable == "params" {
                match path.fields.first() {
                    Some(name) => drop(used.insert(name.to_string())),
                    // Used as a whole: anything in it may be.
                    None => return,
                }
            }
        }
    }
    // Figures that stand for an entry of the law's table are held to it by test.
    let covered = policy
        .covers
        .iter()
        .flat_map(|covers| covers.figures.values());
    for path in covered {
        let name = path.strip_prefix("params.").unwrap_or_default();
        used.insert(name.split(['.', '[']).next().unwrap_or_default().to_owned());
        used.insert("labels".to_owned());
    }
    let editions = root.get("editions").into_iter().flat_map(Node::items);
    let params = editions.filter_map(|edition| edition.get("params"));
    for node in root.get("params").into_iter().chain(params) {
        for entry in node.entries().filter(|entry| !used.contains(entry.key)) {
            let zh = format!("params.{} 未經使用", entry.key);
            let en = format!("nothing reads params.{}", entry.key);
            problems.warn("policy/unused-param", entry.key_span, zh, en);
        }
    }
}

fn names(show: Option<Node<'_>>, used: &BTreeSet<String>, problems: &mut Problems<'_>) {
    for entry in show.into_iter().flat_map(Node::entries) {
        if !used.contains(entry.key) {
            let zh = format!("show 之 {} 未經使用", entry.key);
            let en = format!("no message shows {}", entry.key);
            problems.warn("policy/unused-show", entry.key_span, zh, en);
        }
    }
}

fn shown_names(policy: &Policy) -> BTreeSet<String> {
    let mut used = of_messages([&policy.help]);
    used.extend(of_write(policy.write.as_ref()));
    for edition in &policy.editions {
        used.extend(of_messages(
            edition.messages.values().chain([&edition.message]),
        ));
        used.extend(edition.checks.iter().flat_map(shown_by_check));
    }
    used
}

fn shown_by_check(check: &Check) -> BTreeSet<String> {
    let mut used = of_messages(check.message.iter().chain(&check.help));
    used.extend(of_write(check.write.as_ref()));
    // What it does not say itself it says in the words of the policy.
    if check.message.is_none() {
        used.extend(check.show.keys().cloned());
    }
    used
}

fn of_messages<'m>(messages: impl IntoIterator<Item = &'m Message>) -> BTreeSet<String> {
    let placeholders = messages.into_iter().flat_map(Message::placeholders);
    let shown = placeholders.filter_map(|placeholder| match placeholder {
        Placeholder::Shown(name) => Some(name.clone()),
        Placeholder::Path(_) => None,
    });
    shown.collect()
}

fn of_write(write: Option<&Write>) -> impl Iterator<Item = String> {
    write
        .into_iter()
        .flat_map(|write| write.placeholders.keys().cloned())
}

/// Every expression of a policy.
fn expressions(policy: &Policy) -> Vec<&Expression> {
    let mut found: Vec<&Expression> = policy.show.values().collect();
    found.extend(
        policy
            .write
            .iter()
            .flat_map(|write| write.placeholders.values()),
    );
    found.extend(of_paths([&policy.help]));
    for edition in &policy.editions {
        found.extend(of_edition(edition));
        found.extend(edition.checks.iter().flat_map(of_check));
    }
    found
}

fn of_edition(edition: &Edition) -> Vec<&Expression> {
    let modes = &edition.modes;
    let modes = [
        &modes.silent,
        &modes.delegated,
        &modes.by_law,
        &modes.not_applicable,
        &modes.blanket,
    ];
    let modes = modes.into_iter().filter_map(|mode| match mode {
        Some(ModeVerdict::Accepted(condition)) => Some(condition),
        _ => None,
    });
    let own = [&edition.when, &edition.at, &edition.related];
    let messages = edition.messages.values().chain([&edition.message]);
    modes
        .chain(own.into_iter().flatten())
        .chain(of_paths(messages))
        .collect()
}

fn of_check(check: &Check) -> Vec<&Expression> {
    let own = [&check.when, &check.at, &check.related];
    let writes = check
        .write
        .iter()
        .flat_map(|write| write.placeholders.values());
    std::iter::once(&check.assert)
        .chain(own.into_iter().flatten())
        .chain(check.show.values())
        .chain(writes)
        .chain(of_paths(check.message.iter().chain(&check.help)))
        .collect()
}

fn of_paths<'m>(messages: impl IntoIterator<Item = &'m Message>) -> Vec<&'m Expression> {
    let placeholders = messages.into_iter().flat_map(Message::placeholders);
    let paths = placeholders.filter_map(|placeholder| match placeholder {
        Placeholder::Path(expression) => Some(expression),
        Placeholder::Shown(_) => None,
    });
    paths.collect()
}
