//! Changes between plans → bytes: text for a terminal, Markdown by chapter to print, JSON.
//!
//! In: for each plan its [`Changes`], or that it came or went. Out: every change with the titles of
//! its fields and both its places, the weightiest classes counted. Knows nothing of how the plans
//! were found. Invariant: changes of mere layout are counted and, but for JSON, not listed.

mod apart;
mod citation;
pub mod json;
mod markdown;
mod text;
mod values;

pub(in crate::report) use values::{class_word, kind_word};

use std::io;

use crate::change::{Change, Changes, Class};
use crate::finding::Finding;
use crate::plan::{Names, Schema};
use crate::policy::Laws;
use crate::text::{Language, chapter_numeral};

/// A form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffFormat {
    /// For a terminal.
    Text,
    /// For programs; `docs/schema/diff.schema.json` describes it.
    Json,
    /// By chapter, to print or to paste into a comment.
    Markdown,
}

/// What a diff is shown with.
#[derive(Debug, Clone, Copy)]
pub struct DiffOptions<'s> {
    /// The schema that both sides were read by.
    pub schema: &'s Schema,
    /// What laws are called.
    pub laws: &'s Laws,
    /// The language of words; JSON carries both.
    pub language: Language,
    /// ANSI colours; only text looks at it.
    pub color: bool,
    /// The version of the program.
    pub version: &'static str,
}

/// One plan on both sides, or on one.
#[derive(Debug)]
pub struct PlanDiff<'p> {
    /// The file of the old plan; `None` where it is new.
    pub old: Option<&'p str>,
    /// The file of the new plan; `None` where it is gone.
    pub new: Option<&'p str>,
    /// Who the plan is of, where it says.
    pub agency: Option<&'p str>,
    /// The editions, old and new, where both are stated and differ.
    pub editions: Option<(&'p str, &'p str)>,
    /// What the ids of both sides stand for.
    pub names: (Names<'p>, Names<'p>),
    /// What changed; empty where one side is absent.
    pub changes: Changes<'p>,
    /// What is found of duties that the old plan met and the new one does not, or not surely.
    pub lost: Vec<Finding>,
}

impl PlanDiff<'_> {
    /// Whether it asks less than before, or may: a plan that is gone asks nothing.
    pub fn may_weaken(&self) -> bool {
        self.new.is_none()
            || !self.lost.is_empty()
            || self.changes.all.iter().any(Change::may_weaken)
    }

    /// Whether it means something else than before.
    pub fn differs(&self) -> bool {
        self.old.is_none() || self.new.is_none() || !self.changes.same_meaning()
    }

    fn counts(&self) -> Vec<(Class, usize)> {
        let count = |class| {
            self.changes
                .all
                .iter()
                .filter(|change| change.class == class)
                .count()
        };
        let counts = Class::ALL.into_iter().map(|class| (class, count(class)));
        counts.filter(|&(_, count)| count > 0).collect()
    }
}

/// Writes the changes of plans.
pub fn render(
    format: DiffFormat,
    plans: &[PlanDiff<'_>],
    options: DiffOptions<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        DiffFormat::Text => text::render(plans, options, out),
        DiffFormat::Json => json::render(plans, options, out),
        DiffFormat::Markdown => markdown::render(plans, options, out),
    }
}

/// The changes of a plan by chapter, each chapter's in their order; those of no chapter first.
fn by_chapter<'c, 'p>(
    changes: &'c Changes<'p>,
    options: DiffOptions<'_>,
) -> Vec<(String, Vec<&'c Change<'p>>)> {
    let mut chapters: Vec<(Option<u8>, Vec<&Change<'p>>)> = Vec::new();
    for change in changes
        .all
        .iter()
        .filter(|change| change.class != Class::Layout)
    {
        match chapters
            .iter_mut()
            .find(|(chapter, _)| *chapter == change.chapter)
        {
            Some((_, list)) => list.push(change),
            None => chapters.push((change.chapter, vec![change])),
        }
    }
    chapters.sort_by_key(|&(chapter, _)| chapter);
    let titled = chapters
        .into_iter()
        .map(|(chapter, list)| (heading(chapter, options), list));
    titled.collect()
}

/// 「玖、資通安全防護及控制措施」.
fn heading(chapter: Option<u8>, options: DiffOptions<'_>) -> String {
    let language = options.language;
    let title = chapter.and_then(|chapter| {
        let title = options.schema.chapter_title(chapter)?;
        Some(match language {
            Language::En => format!("Chapter {chapter}: {}", title.en),
            Language::ZhTw => format!("{}、{}", chapter_numeral(chapter)?, title.zh_tw),
        })
    });
    title.unwrap_or_else(|| {
        super::words::pick(language, "封面及其他", "Cover and others").to_owned()
    })
}

/// Whose plan, and between which files.
fn title(plan: &PlanDiff<'_>, language: Language) -> String {
    let pick = |zh_tw, en| super::words::pick(language, zh_tw, en);
    let who = plan
        .agency
        .map(|agency| format!("{agency}{}", pick("：", ": ")));
    let what = match (plan.old, plan.new) {
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (Some(old), None) => format!("{old} {}", pick("（已刪除）", "(gone)")),
        (None, new) => format!(
            "{} {}",
            new.unwrap_or_default(),
            pick("（新計畫）", "(new plan)")
        ),
    };
    format!("{}{what}", who.unwrap_or_default())
}

/// What is said where nothing changed in the plan.
fn nothing(plan: &PlanDiff<'_>, language: Language) -> &'static str {
    let (zh_tw, en) = match (plan.old, plan.new) {
        (Some(_), Some(_)) => ("內容無變更", "nothing changed"),
        (Some(_), None) => ("整份計畫已刪除", "the whole plan is gone"),
        (None, _) => (
            "新的計畫，無舊版可比較",
            "a new plan, nothing to compare with",
        ),
    };
    super::words::pick(language, zh_tw, en)
}
