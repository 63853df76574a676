//! The prose of a plan, and what a text policy finds in it: one visit for each match, at the very
//! characters.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::cel::{self, Found, Value};
use crate::check::findings::conceal::masked;
use crate::check::scene::Visit;
use crate::check::scene::host::{PlanHost, Thing};
use crate::document::{self, Node};
use crate::finding::Edit;
use crate::plan::Prose;
use crate::policy::{Collection, Forbid, Policy};
use crate::text::Span;

/// The most matches of one policy that are told of one plan: whoever has corrected these sees the
/// others. Without it a hostile plan would be answered by a million findings.
const MOST: usize = 1000;

/// What was found in a text.
#[derive(Debug, Clone)]
pub(in crate::check) struct Match {
    /// The check of its pattern.
    pub(in crate::check) check: Arc<str>,
    /// Its characters in the file; the whole scalar where they cannot be told apart.
    pub(in crate::check) span: Span,
    /// What messages call it: itself, or its outer characters where it is private.
    pub(in crate::check) shown: Arc<str>,
    /// Whether no output may quote it.
    pub(in crate::check) private: bool,
    /// What to write instead.
    pub(in crate::check) suggest: Option<Arc<str>>,
    /// How many matches of the same check stand before it in the same text.
    pub(in crate::check) ordinal: usize,
    /// The replacement, where it is certain.
    pub(in crate::check) edit: Option<Edit>,
}

/// Every string of prose.
pub(in crate::check) fn texts<'p>(host: &'p PlanHost<'p>) -> Vec<Visit<'p>> {
    let texts = host.derived.texts.iter().enumerate();
    texts
        .map(|(at, prose)| visit(at, prose.node, None))
        .collect()
}

/// The text policies of a pack together, so that a text is read once for all of them: in most there is
/// nothing that any of them could find.
#[derive(Debug)]
pub(in crate::check) struct Sieve<'a> {
    forbids: Vec<&'a Forbid>,
    words: OnceLock<cel::Sieve>,
}

/// Of each text policy of a pack the texts that it has to read, by their places.
#[derive(Debug)]
pub(in crate::check) struct Sifted<'p>(Vec<(&'p Forbid, Vec<usize>)>);

impl<'a> Sieve<'a> {
    /// For the text policies among these.
    pub(in crate::check) fn of(policies: impl Iterator<Item = &'a Policy>) -> Self {
        Self {
            forbids: policies
                .filter_map(|policy| policy.forbid.as_ref())
                .collect(),
            words: OnceLock::new(),
        }
    }

    /// Reads the prose of a plan.
    pub(in crate::check) fn sift(&self, host: &PlanHost<'_>) -> Sifted<'a> {
        let forbids = self.forbids.iter().copied();
        let words = self.words.get_or_init(|| Forbid::sieve(forbids.clone()));
        let mut sifted: Vec<_> = forbids.map(|forbid| (forbid, Vec::new())).collect();
        for (at, prose) in host.derived.texts.iter().enumerate() {
            words.sift(prose.node.written(), |forbid| {
                let (forbid, texts) = &mut sifted[forbid];
                if texts.last() != Some(&at) && forbid.reads(prose.section) {
                    texts.push(at);
                }
            });
        }
        Sifted(sifted)
    }
}

impl Sifted<'_> {
    /// The texts that a policy has to read. One that is not of the pack reads all.
    fn of(&self, forbid: &Forbid, host: &PlanHost<'_>) -> Vec<usize> {
        let mut all = self.0.iter();
        let own = all.find(|(known, _)| std::ptr::eq(*known, forbid));
        own.map_or_else(
            || {
                let texts = host.derived.texts.iter().enumerate();
                let read = texts.filter(|(_, prose)| forbid.reads(prose.section));
                read.map(|(at, _)| at).collect()
            },
            |(_, texts)| texts.clone(),
        )
    }
}

/// Every match; where nothing is found, the plan as a whole.
pub(in crate::check) fn matches<'p>(
    host: &'p PlanHost<'p>,
    forbid: &Forbid,
    sifted: &Sifted<'_>,
) -> Vec<Visit<'p>> {
    let mut visits: Vec<Visit<'p>> = sifted
        .of(forbid, host)
        .into_iter()
        .flat_map(|at| {
            let prose = &host.derived.texts[at];
            let matches = in_text(prose, forbid).into_iter();
            matches.map(move |found| visit(at, prose.node, Some(found)))
        })
        .take(MOST)
        .collect();
    if visits.is_empty() {
        visits.push(Visit::of(host.root(None), host.plan.root()));
    }
    visits
}

fn visit(at: usize, node: Node<'_>, found: Option<Match>) -> Visit<'_> {
    let number = u32::try_from(at).expect("internal: a plan has fewer texts than bytes");
    let it = Value::object(Thing::Derived(Collection::Texts, number));
    Visit {
        found: found.map(Box::new),
        ..Visit::of(it, node)
    }
}

fn in_text(prose: &Prose<'_>, forbid: &Forbid) -> Vec<Match> {
    let found = forbid.find(prose.node.written());
    if found.is_empty() {
        return Vec::new();
    }
    let ranges: Vec<Range<usize>> = found.iter().map(|found| found.range.clone()).collect();
    let spans = document::trace(prose.node, &ranges);
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let matches = found.iter().zip(spans).map(|(found, span)| {
        let before = seen.entry(found.pattern).or_default();
        *before += 1;
        matched(prose.node, forbid, found, (span, *before - 1))
    });
    matches.collect()
}

fn matched(
    node: Node<'_>,
    forbid: &Forbid,
    found: &Found,
    (traced, ordinal): (Option<Span>, usize),
) -> Match {
    let (check, suggest) = forbid.check(found);
    let text = &node.written()[found.range.clone()];
    let edit = suggest.zip(traced).and_then(|(suggest, span)| {
        // Only where the characters stand in the file as they are, and need no quotes.
        let literal = node.document().file().slice(span) == text;
        (literal && is_plain(suggest)).then(|| Edit {
            span,
            text: suggest.to_string(),
        })
    });
    Match {
        check: Arc::clone(check),
        span: traced.unwrap_or(node.span()),
        shown: if forbid.private {
            masked(text).into()
        } else {
            text.into()
        },
        private: forbid.private,
        suggest: suggest.cloned(),
        ordinal,
        edit,
    }
}

/// Whether a text may stand anywhere in any scalar as it is.
fn is_plain(text: &str) -> bool {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '、' | '，' | '；' | '（' | '）' | '-');
    text.chars().all(safe)
}
