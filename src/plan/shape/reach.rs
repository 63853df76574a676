//! Statements that reach the same body where there can be one.

use std::collections::{BTreeMap, BTreeSet};

use super::super::join::Plan;
use super::problem::{Problem, Problems};
use super::rule;
use crate::document::Node;
use crate::text::Localized;

/// Whom the selectors of `for` and `except` reach.
pub(super) struct Reach<'p> {
    bodies: usize,
    /// The bodies of a grade, an id or a name.
    selected: BTreeMap<&'p str, Vec<usize>>,
    names: Vec<&'p str>,
}

impl<'p> Reach<'p> {
    /// Reads the bodies of a plan; dissolved ones are reached by nothing.
    pub(super) fn of(plan: &'p Plan<'p>) -> Self {
        let mut selected: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let all = plan.bodies().all();
        for (at, body) in all.iter().enumerate().filter(|(_, body)| !body.dissolved) {
            let grade = ["A", "B", "C", "D", "E"].into_iter();
            let grade = grade.filter(|grade| body.grade == grade.chars().next());
            let names: BTreeSet<&str> = grade.chain([body.id, body.name]).collect();
            for name in names {
                selected.entry(name).or_default().push(at);
            }
        }
        let names = all.iter().map(|body| body.name).collect();
        Self {
            bodies: all.len(),
            selected,
            names,
        }
    }

    /// Variants of one object that reach the same body.
    pub(super) fn check(&self, list: Node<'p>, title: &Localized, problems: &mut Problems<'p>) {
        let mut owner: Vec<Option<Node<'p>>> = vec![None; self.bodies];
        let mut unknown: BTreeMap<&str, Node<'p>> = BTreeMap::new();
        for variant in list.items().filter(|variant| variant.is_map()) {
            let Some((reached, strange)) = self.reached(variant) else {
                continue;
            };
            let body = reached
                .iter()
                .find_map(|&at| Some((self.names[at], owner[at]?)));
            let word = strange
                .iter()
                .find_map(|&word| Some((word, *unknown.get(word)?)));
            if let Some((body, before)) = body.or(word) {
                problems.add(rule::TWO_FOR_ONE_BODY, variant.span(), || {
                    two_for_one(variant, before, title, body)
                });
                continue;
            }
            for at in reached {
                owner[at] = Some(variant);
            }
            unknown.extend(strange.into_iter().map(|word| (word, variant)));
        }
    }

    /// The bodies a variant reaches, and selectors that are no body's: they may be of a register
    /// that is not there, and then the same word is still the same body.
    fn reached(&self, variant: Node<'p>) -> Option<(BTreeSet<usize>, BTreeSet<&'p str>)> {
        let selectors = |key| {
            variant.get(key).map(|node: Node<'p>| -> BTreeSet<&'p str> {
                let one = Some(node).filter(|node| !node.is_list());
                node.items().chain(one).map(Node::written).collect()
            })
        };
        let (named, excepted) = (selectors("for"), selectors("except"));
        let bodies = |words: &BTreeSet<&'p str>| -> BTreeSet<usize> {
            words
                .iter()
                .filter_map(|word| self.selected.get(word))
                .flatten()
                .copied()
                .collect()
        };
        let out = excepted.as_ref().map(bodies).unwrap_or_default();
        let (inside, strange) = match named {
            Some(words) => {
                let strange = words
                    .iter()
                    .filter(|word| !self.selected.contains_key(*word));
                (bodies(&words), strange.copied().collect())
            }
            None if excepted.is_some() => (
                self.selected.values().flatten().copied().collect(),
                BTreeSet::new(),
            ),
            None => return None,
        };
        Some((inside.difference(&out).copied().collect(), strange))
    }
}

fn two_for_one<'p>(
    variant: Node<'p>,
    before: Node<'p>,
    title: &Localized,
    body: &str,
) -> Problem<'p> {
    let scope = |node: Node<'p>| {
        let scope = node.get("for").or_else(|| node.get("except"));
        scope.unwrap_or(node).span()
    };
    Problem::new(
        rule::TWO_FOR_ONE_BODY,
        variant,
        format!("「{}」對「{body}」有二項內容", title.zh_tw),
        format!("`{}` says two things for {body}", title.en),
    )
    .span(scope(variant))
    .related(
        before,
        scope(before),
        Localized::new("另一項於此", "the other one"),
    )
    .help(Localized::new(
        "調整 for 或 except，使每一機關只適用一項",
        "change `for` or `except` so that one item holds for each body",
    ))
}
