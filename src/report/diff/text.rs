//! Changes for a terminal: one line what, one line where.

use std::io;

use super::values::{Shown, class, class_word, item, kind, shown, title};
use super::{DiffOptions, PlanDiff, by_chapter};
use crate::change::{Change, Effect, Kind, Piece, Side};
use crate::finding::{Finding, Verdict};
use crate::report::text::{Paint, Role};
use crate::report::visible::visible;
use crate::report::words::{self, pick};

pub(super) fn render(
    plans: &[PlanDiff<'_>],
    options: DiffOptions<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    for plan in plans {
        one(plan, options, out)?;
    }
    if plans.is_empty() {
        writeln!(
            out,
            "{}",
            pick(options.language, "沒有計畫可比較", "no plans to compare")
        )?;
    }
    Ok(())
}

fn one(plan: &PlanDiff<'_>, options: DiffOptions<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let paint = Paint::new(options.color);
    let title = super::title(plan, options.language);
    writeln!(out, "{}", paint.text(Role::Strong, &visible(&title)))?;
    for (heading, changes) in by_chapter(&plan.changes, options) {
        writeln!(out, "\n{}", paint.text(Role::Frame, &heading))?;
        for change in changes {
            line(change, plan, (options, paint), out)?;
        }
    }
    if !plan.lost.is_empty() {
        let heading = pick(options.language, "不再符合之事項", "No longer met");
        writeln!(out, "\n{}", paint.text(Role::Frame, heading))?;
    }
    for lost in &plan.lost {
        verdict(lost, options, paint, out)?;
    }
    writeln!(out, "\n{}\n", summary(plan, options))
}

fn line(
    change: &Change<'_>,
    plan: &PlanDiff<'_>,
    (options, paint): (DiffOptions<'_>, Paint),
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    let role = match change.effect {
        Effect::Weaker | Effect::Unclear => Role::Removed,
        Effect::Stronger => Role::Added,
        Effect::Neutral => Role::Quiet,
    };
    let word = format!("[{}]", class(change, language));
    let word = paint.text(role, &word);
    let title = visible(&title(change, options));
    let kind = kind(change, language);
    writeln!(out, "  {word} {title}{}{kind}", pick(language, "：", ": "))?;
    let arrow = paint.text(Role::Frame, " -->");
    let is_many = change.kind == Kind::Renumbered && change.pairs.len() > 1;
    for pair in &change.pairs {
        let item = match is_many {
            true => format!(
                "{}{}",
                visible(&item(pair, language)),
                pick(language, "：", ": ")
            ),
            false => String::new(),
        };
        let values = values(shown(change, pair, plan, options), options, paint);
        writeln!(out, "        {item}{values}")?;
        let (old, new) = (at(&pair.old), at(&pair.new));
        writeln!(out, "      {arrow} {old} → {new}")?;
    }
    Ok(())
}

fn values(shown: Shown, options: DiffOptions<'_>, paint: Paint) -> String {
    let none = pick(options.language, "（無）", "(nothing)");
    let painted = |role, text: String| paint.text(role, &text).into_owned();
    let removed = |text: &str| painted(Role::Removed, format!("[-{}-]", visible(text)));
    let added = |text: &str| painted(Role::Added, format!("{{+{}+}}", visible(text)));
    match shown {
        Shown::Values(old, new) => {
            let or_none = |text: String| {
                if text.is_empty() {
                    none.to_owned()
                } else {
                    visible(&text)
                }
            };
            format!("{} → {}", or_none(old), or_none(new))
        }
        Shown::Prose(pieces) => {
            let words = pieces.iter().map(|piece| match piece {
                Piece::Same(text) => visible(text),
                Piece::Removed(text) => removed(text),
                Piece::Added(text) => added(text),
            });
            words.collect()
        }
    }
}

fn at(side: &Side<'_>) -> String {
    let start = side.place.start();
    format!(
        "{}:{}:{}",
        visible(side.place.file.name()),
        start.line,
        start.column
    )
}

fn verdict(
    lost: &Finding,
    options: DiffOptions<'_>,
    paint: Paint,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let language = options.language;
    let word = format!(
        "[{} → {}]",
        words::verdict(Verdict::Pass, language),
        words::verdict(lost.verdict, language)
    );
    let message = visible(words::either(&lost.message, language));
    let start = lost.place.start();
    writeln!(out, "  {} {}", paint.text(Role::Removed, &word), message)?;
    let at = format!(
        "{}:{}:{}",
        visible(lost.place.file.name()),
        start.line,
        start.column
    );
    writeln!(
        out,
        "      {} {at} {}",
        paint.text(Role::Frame, " -->"),
        visible(&lost.policy)
    )
}

/// One line with the counts.
fn summary(plan: &PlanDiff<'_>, options: DiffOptions<'_>) -> String {
    let language = options.language;
    let counts = plan.counts();
    if counts.is_empty() {
        return super::nothing(plan, language).to_owned();
    }
    let comma = pick(language, "、", ", ");
    let words = counts
        .iter()
        .map(|&(class, n)| format!("{} {n}", class_word(class, language)));
    let weaker = plan
        .changes
        .all
        .iter()
        .filter(|change| change.may_weaken())
        .count();
    let words = words.collect::<Vec<_>>().join(comma);
    match (language, weaker) {
        (crate::text::Language::ZhTw, 0) => format!("合計：{words}"),
        (crate::text::Language::ZhTw, n) => format!("合計：{words}；其中 {n} 項減弱或強弱不明"),
        (crate::text::Language::En, 0) => format!("in all: {words}"),
        (crate::text::Language::En, n) => format!("in all: {words}; {n} of them weaken or may"),
    }
}
