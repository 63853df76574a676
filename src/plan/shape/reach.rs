//! Statements that reach the same body where there can be one.

use std::collections::{BTreeMap, BTreeSet};

use super::super::join::Plan;
use super::problem::{Problem, Problems};
use super::rule;
use crate::document::Node;
use crate::text::Localized;

/// Whom the selectors of `for` and `except` reach.
pub(super) struct Reach<'p> {
    /// The bodies of a grade, an id or a name; dissolved ones are reached by nothing.
    selected: BTreeMap<&'p str, Vec<usize>>,
    names: Vec<&'p str>,
    living: Vec<usize>,
}

/// Whom one variant reaches.
struct Scope<'p> {
    /// What `for` says; all bodies where it says nothing.
    named: Option<BTreeSet<&'p str>>,
    /// The bodies that `except` takes out.
    out: BTreeSet<usize>,
}

impl<'p> Reach<'p> {
    /// Reads the bodies of a plan.
    pub(super) fn of(plan: &'p Plan<'p>) -> Self {
        let mut selected: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let all = plan.bodies().all();
        let living = all.iter().enumerate().filter(|(_, body)| !body.dissolved);
        for (at, body) in living.clone() {
            let grade = ["A", "B", "C", "D", "E"].into_iter();
            let grade = grade.filter(|grade| body.grade == grade.chars().next());
            let names: BTreeSet<&str> = grade.chain([body.id, body.name]).collect();
            for name in names {
                selected.entry(name).or_default().push(at);
            }
        }
        let living = living.map(|(at, _)| at).collect();
        let names = all.iter().map(|body| body.name).collect();
        Self {
            selected,
            names,
            living,
        }
    }

    /// Variants of one object that reach the same body. A variant that repeats another reaches what
    /// has been taken at once, so that the time does not grow with variants times bodies.
    pub(super) fn check(&self, list: Node<'p>, title: &Localized, problems: &mut Problems<'p>) {
        if list.items().len() < 2 {
            return;
        }
        let mut owner: Vec<Option<Node<'p>>> = vec![None; self.names.len()];
        let mut unknown: BTreeMap<&str, Node<'p>> = BTreeMap::new();
        for variant in list.items().filter(|variant| variant.is_map()) {
            let Some(scope) = self.scope(variant) else {
                continue;
            };
            let body = self
                .bodies(&scope)
                .find_map(|at| Some((self.names[at], owner[at]?)));
            let word = || {
                self.strange(&scope)
                    .find_map(|word| Some((word, *unknown.get(word)?)))
            };
            if let Some((body, before)) = body.or_else(word) {
                problems.add(rule::TWO_FOR_ONE_BODY, variant.span(), || {
                    two_for_one(variant, before, title, body)
                });
                continue;
            }
            for at in self.bodies(&scope) {
                owner[at] = Some(variant);
            }
            unknown.extend(self.strange(&scope).map(|word| (word, variant)));
        }
    }

    /// `None` where a variant says nothing about whom it reaches, which is another finding.
    fn scope(&self, variant: Node<'p>) -> Option<Scope<'p>> {
        let (named, except) = (variant.get("for"), variant.get("except"));
        named.or(except)?;
        let out = except.map(words).unwrap_or_default();
        let out = out
            .iter()
            .filter_map(|word| self.selected.get(word))
            .flatten();
        Some(Scope {
            named: named.map(words),
            out: out.copied().collect(),
        })
    }

    fn bodies<'s>(&'s self, scope: &'s Scope<'p>) -> impl Iterator<Item = usize> {
        let named = scope.named.iter().flatten();
        let named = named.filter_map(|word| self.selected.get(word)).flatten();
        let all = if scope.named.is_none() {
            self.living.as_slice()
        } else {
            &[]
        };
        named
            .chain(all)
            .copied()
            .filter(|at| !scope.out.contains(at))
    }

    /// Selectors that are no body's: the register may not be there, and then the same word is still
    /// the same body.
    fn strange<'s>(&'s self, scope: &'s Scope<'p>) -> impl Iterator<Item = &'p str> {
        let named = scope.named.iter().flatten().copied();
        named.filter(|word| !self.selected.contains_key(word))
    }
}

fn words(selectors: Node<'_>) -> BTreeSet<&str> {
    let one = Some(selectors).filter(|selectors| !selectors.is_list());
    selectors.items().chain(one).map(Node::written).collect()
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
