//! A plan that says nothing yet → the lines that the duties of its grade propose.
//!
//! The plan is judged, one proposed edit is applied, and it is judged again, until no policy has
//! anything more to propose. Which chapters, figures and periods come out is therefore what the pack asks of the
//! grade on that day; nothing about any duty is known here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::Judge;
use crate::document::{self, Document, Limits};
use crate::finding::{Basis, Finding};
use crate::plan::PlanFiles;
use crate::policy::{Pack, Policy};
use crate::text::{Localized, SourceFile};

/// The sections that are known from the arguments; only people can say more there.
pub(super) const KNOWN: [&str; 2] = ["header", "bodies"];
/// How often all policies are asked: what one proposes may be what another waits for.
const MAX_ROUNDS: usize = 8;

/// The proposed lines.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// By section, the lines as they stand in the plan.
    pub(super) sections: BTreeMap<String, String>,
    /// By section, what they rest on, as written: 「… 第 11 條」.
    pub(super) grounds: BTreeMap<String, BTreeSet<String>>,
}

/// Asks the pack what a plan of this header and these bodies should say: each policy in turn, until
/// none has anything more to propose.
pub(super) fn draft(start: &str, judge: &Judge<'_>, pack: &Pack) -> Draft {
    let mut drafting = Drafting {
        judge,
        text: start.to_owned(),
        applied: BTreeSet::new(),
        grounds: BTreeMap::new(),
    };
    for _ in 0..MAX_ROUNDS {
        let before = drafting.applied.len();
        pack.policies
            .values()
            .for_each(|policy| drafting.ask(policy));
        if drafting.applied.len() == before {
            break;
        }
    }
    let document = parsed(&drafting.text);
    Draft {
        sections: document.map_or_else(BTreeMap::new, |document| sections(&document)),
        grounds: drafting.grounds,
    }
}

/// A plan on its way.
struct Drafting<'j> {
    judge: &'j Judge<'j>,
    text: String,
    /// What was proposed already, so that two policies cannot quarrel for ever.
    applied: BTreeSet<(Arc<str>, String)>,
    grounds: BTreeMap<String, BTreeSet<String>>,
}

impl Drafting<'_> {
    /// Applies what a policy proposes, one edit at a time, for each moves the places of the others.
    fn ask(&mut self, policy: &Policy) {
        while let Some(files) = files(&self.text) {
            let findings = self.judge.by(&files, [policy]).findings;
            let next = findings.into_iter().find(|finding| {
                finding.write.is_some()
                    && !KNOWN.contains(&section(finding))
                    && self
                        .applied
                        .insert((Arc::clone(&finding.policy), finding.message.en.clone()))
            });
            let Some((finding, edit)) = next.and_then(|f| f.write.clone().map(|edit| (f, edit)))
            else {
                return;
            };
            let edited = edit.apply(&self.text);
            // An edit that would break the file is not taken.
            if self::files(&edited).is_none() {
                continue;
            }
            self.text = edited;
            if let Some(ground) = ground(&finding) {
                let section = section(&finding).to_owned();
                let grounds = self.grounds.entry(section).or_default();
                grounds.insert(ground.zh_tw);
            }
        }
    }
}

fn section(finding: &Finding) -> &str {
    let path = &finding.place.path;
    path.split(['.', '[']).next().unwrap_or_default()
}

fn ground(finding: &Finding) -> Option<Localized> {
    match &finding.basis {
        Basis::Law(citation) | Basis::Local(citation) => Some(citation.written()),
        Basis::Consistency(_) | Basis::Format { .. } => None,
    }
}

fn parsed(text: &str) -> Option<Document> {
    let file = Arc::new(SourceFile::new("plan.yaml", text));
    let document = document::parse(&file, Limits::default()).document;
    document.filter(Document::is_complete)
}

fn files(text: &str) -> Option<PlanFiles> {
    Some(PlanFiles {
        folder: "".into(),
        main: parsed(text)?,
        sections: BTreeMap::new(),
        annexes: BTreeMap::new(),
    })
}

/// The lines of each section that is not known from the arguments.
fn sections(document: &Document) -> BTreeMap<String, String> {
    let text = document.file().text();
    let entries: Vec<_> = document.root().entries().collect();
    let starts = entries.iter().map(|entry| entry.key_span.start as usize);
    let ends = starts.clone().skip(1).chain([text.len()]);
    let slices = entries.iter().zip(starts.zip(ends));
    let own = slices.filter(|(entry, _)| !KNOWN.contains(&entry.key));
    own.map(|(entry, (start, end))| {
        (
            entry.key.to_owned(),
            text[start..end].trim_end().to_owned() + "\n",
        )
    })
    .collect()
}
