//! A policy, resolved: one duty through its editions.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::derived::Collection;
use super::expression::Expression;
use super::forbid::Forbid;
use super::laws::{Law, Numbers, Provision};
use super::message::Message;
use super::modes::{ModeVerdict, Modes};
use super::params::Params;
use super::table::{Confidence, Row, Table};
use crate::cel::Data;
use crate::document::{Document, Node, NodeId, Spanned};
use crate::finding::{Severity, Verdict};
use crate::text::{Day, Duration, Localized, SourceFile, Span};

/// One duty.
#[derive(Debug)]
pub struct Policy {
    /// The stem of its file; names the defect. Of a local pack: `<pack>/<stem>`.
    pub id: Arc<str>,
    /// The folder it stands in.
    pub theme: Arc<str>,
    /// Its file.
    pub file: Arc<SourceFile>,
    /// The file as a tree, for the drafts of `write`.
    pub document: Document,
    /// Where in the file its title stands, for a look back at the policy.
    pub place: Span,
    /// The defect as a noun phrase.
    pub title: Arc<Localized>,
    /// The reason of the rule, zh-TW.
    pub why: Option<Arc<str>>,
    /// What the pack says it covers of `obligations.yaml`.
    pub covers: Vec<Covers>,
    /// The built-in policy that a local one asks more than, and where it says so.
    pub tightens: Option<Spanned<String>>,
    /// Whether a waiver may name it.
    pub waivable: bool,
    /// What is visited.
    pub each: Each,
    /// The list of the law that is visited for each item.
    pub over: Option<String>,
    /// The fact that the duty is about.
    pub fact: Option<FactPath>,
    /// Which of the visited things it is about, of the kind `transition`: it compares two plans, and
    /// is asked only where there are two.
    pub transition: Option<Pairs>,
    /// What it does not allow in prose, of the kind `text`.
    pub forbid: Option<Forbid>,
    /// The mandatory item it belongs to, where its fact or its items do.
    pub item: Option<u8>,
    /// Its editions, oldest first, half-open, without overlap.
    pub editions: Vec<Edition>,
    /// The next act.
    pub help: Message,
    /// Expressions shared by all its editions are compiled against these parameters.
    pub show: BTreeMap<String, Expression>,
    /// What to write instead.
    pub write: Option<Write>,
    /// Its examples; none in the embedded form.
    pub examples: Vec<super::example::Example>,
}

impl Policy {
    /// The edition in force on a day.
    pub fn on(&self, day: Day) -> Option<&Edition> {
        let edition = self
            .editions
            .iter()
            .rev()
            .find(|edition| edition.from <= day)?;
        edition
            .until
            .is_none_or(|until| day < until)
            .then_some(edition)
    }

    /// The editions that came into force up to a day, oldest first.
    pub fn up_to(&self, day: Day) -> impl Iterator<Item = &Edition> {
        self.editions
            .iter()
            .take_while(move |edition| edition.from <= day)
    }

    /// The draft of a `write`, in the policy's file.
    pub fn draft(&self, write: &Write) -> Node<'_> {
        self.document.node(write.value)
    }

    /// Where in its file the policy stands, for a related place.
    pub fn location(&self) -> (Arc<SourceFile>, Span) {
        (Arc::clone(&self.file), self.place)
    }
}

/// What a policy visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Each {
    /// The plan, once.
    Plan,
    /// The bodies.
    Bodies,
    /// The items of a list of the plan; `[*]` steps into the items of an outer list.
    Rows(Vec<String>),
    /// A collection derived from the plan.
    Derived(Collection),
}

/// Which rows a transition visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairs {
    /// Those that both plans have.
    Matched,
    /// Those of the new plan only.
    Added,
    /// Those of the old plan only.
    Removed,
}

impl Pairs {
    /// All, with the words of policies.
    pub const ALL: [(&'static str, Self); 3] = [
        ("matched", Self::Matched),
        ("added", Self::Added),
        ("removed", Self::Removed),
    ];
}

/// Where a fact is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactPath {
    /// The keys; `{need}` and `{need.id}` stand for the entry of the law's list.
    pub keys: Vec<String>,
    /// From what the keys lead.
    pub start: Start,
}

/// From what the keys of a path lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The plan as it holds for the subject body.
    Plan,
    /// The visited item.
    Item,
    /// The visited item is itself the fact.
    ItemItself,
    /// The fact of the policy.
    Fact,
}

/// Who a duty is asked of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Sectors; all where empty.
    pub sectors: Vec<u8>,
    /// Grades; all where empty.
    pub grades: Vec<u8>,
}

impl Edition {
    /// The conditions under which it asks anything: its own, and those of what stands instead of the fact.
    pub fn conditions(&self) -> impl Iterator<Item = &Expression> {
        let modes = &self.modes;
        let modes = [
            &modes.silent,
            &modes.blanket,
            &modes.by_law,
            &modes.delegated,
            &modes.not_applicable,
        ];
        let accepted = modes.into_iter().flatten().filter_map(|mode| match mode {
            ModeVerdict::Accepted(expression) => Some(expression),
            ModeVerdict::Fixed(_) => None,
        });
        accepted.chain(self.when.as_ref())
    }

    /// Whether what it asks hangs on the very day that is judged, beside grace.
    pub fn reads_the_day(&self) -> bool {
        let checks = self.checks.iter();
        let checks = checks.flat_map(|check| [Some(&check.assert), check.when.as_ref()]);
        let conditions = self.conditions();
        // What does not even have the word does not read it, and need not be compiled to tell.
        let reads = |condition: &Expression| {
            condition.source().contains("day")
                && condition.program().variables().any(|name| name == "day")
        };
        conditions.chain(checks.flatten()).any(reads)
    }
}

impl Scope {
    /// Whether it is asked of a row.
    pub fn includes(&self, row: Row) -> bool {
        let within = |list: &[u8], index: Option<u8>| {
            list.is_empty() || index.is_some_and(|index| list.contains(&index))
        };
        within(&self.sectors, row.sector) && within(&self.grades, row.grade)
    }

    /// Whether it is asked of everybody.
    pub fn is_all(&self) -> bool {
        self.sectors.is_empty() && self.grades.is_empty()
    }

    /// Whether the grade decides.
    pub fn needs_grade(&self) -> bool {
        !self.grades.is_empty()
    }

    /// The rows it includes.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        Row::all().filter(|&row| self.includes(row))
    }
}

/// A dated form of a duty, complete.
#[derive(Debug)]
pub struct Edition {
    /// First day.
    pub from: Day,
    /// The day after the last.
    pub until: Option<Day>,
    /// Its ground.
    pub grounds: Grounds,
    /// How sure the pack is of it.
    pub confidence: Table<Confidence>,
    /// When its text was last compared with the source.
    pub verified_on: Option<Day>,
    /// A remark for readers.
    pub note: Option<Arc<str>>,
    /// Who it is asked of.
    pub applies_to: Scope,
    /// Severity of a failure.
    pub severity: Table<Severity>,
    /// Figures.
    pub params: Arc<Params>,
    /// What expressions see as `law`: its first day.
    pub law: Data,
    /// False: nothing to judge here.
    pub when: Option<Expression>,
    /// What each mode of the fact means.
    pub modes: Modes,
    /// Ordered; the first that is false decides.
    pub checks: Vec<Check>,
    /// The time of grace.
    pub deadline: Option<Deadline>,
    /// The primary place, where not the fact or the item.
    pub at: Option<Expression>,
    /// Other places.
    pub related: Option<Expression>,
    /// The text of a failure.
    pub message: Message,
    /// Texts of other states.
    pub messages: BTreeMap<&'static str, Message>,
}

/// One assertion.
#[derive(Debug)]
pub struct Check {
    /// Part of fingerprints and waivers; never changes.
    pub id: Arc<str>,
    /// False decides.
    pub assert: Expression,
    /// False skips the check.
    pub when: Option<Expression>,
    /// `fail`, or `doubt` where the words may still satisfy the duty.
    pub verdict: Verdict,
    /// Its own severity.
    pub severity: Option<Table<Severity>>,
    /// Its own place.
    pub at: Option<Expression>,
    /// Its own other places.
    pub related: Option<Expression>,
    /// Values for its placeholders.
    pub show: BTreeMap<String, Expression>,
    /// Its own text.
    pub message: Option<Message>,
    /// Its own next act.
    pub help: Option<Message>,
    /// Its own lines to write.
    pub write: Option<Write>,
    /// False: wrong from day one.
    pub has_grace: bool,
}

/// The ground of an edition.
#[derive(Debug, Clone)]
pub enum Grounds {
    /// Provisions; the first is the primary one.
    Law(Vec<Cite>),
    /// The plan contradicts itself.
    Consistency,
    /// How a plan is written.
    Format,
}

/// A citation of a policy, before the day and the row are known.
#[derive(Debug, Clone)]
pub struct Cite {
    /// The law.
    pub law: Arc<Law>,
    /// The provision, whose article the laws know by date.
    pub provision: Option<Arc<Provision>>,
    /// Numbers of its own; they win over the provision's.
    pub numbers: Numbers,
    /// 款 taken from the number of the visited item (`"{it.number}"`).
    pub subparagraph_of_item: bool,
    /// The row of a duty table.
    pub row: Option<Arc<Localized>>,
}

/// When a duty falls due.
#[derive(Debug, Clone, PartialEq)]
pub struct Deadline {
    /// The span of grace.
    pub within: Table<Duration>,
    /// The day from which it runs, as the plan states it; `None`: the day the body was graded.
    pub after: Option<FactPath>,
    /// It does not run before this day.
    pub not_before: Option<Day>,
    /// It runs to 31 December of the year it ends in.
    pub until_year_end: bool,
}

/// What to write instead.
#[derive(Debug, Clone)]
pub struct Write {
    /// Where, if not at the fact.
    pub at: Option<FactPath>,
    /// How it meets what stands there.
    pub kind: WriteKind,
    /// The value in the policy's file, with placeholders.
    pub value: NodeId,
    /// The expressions in it, by their source.
    pub placeholders: BTreeMap<String, Expression>,
}

/// How a value meets what stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteKind {
    /// Replaces it.
    Set,
    /// Is appended to the list.
    Add,
    /// Its keys are set in the map.
    Merge,
}

/// Entries of `obligations.yaml` that a policy judges, and where their figures stand in it.
#[derive(Debug, Clone, Default)]
pub struct Covers {
    /// The entries.
    pub ids: Vec<String>,
    /// Figure of the entry → path in the policy.
    pub figures: BTreeMap<String, String>,
    /// Figure of the entry → why it is not judged.
    pub left: BTreeMap<String, String>,
}
