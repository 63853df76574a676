//! Whether a value asks less or more than another: by the direction that the schema gives its field.

use std::cmp::Ordering;

use super::meaning::{bare, folded};
use super::told::{Class, Effect};
use crate::document::Node;
use crate::plan::{Clock, Concern, Direction, Field, Marks, Scalar, is_mode};
use crate::text::{DateRange, Day, Duration, Unit};

/// What the comparison of single values needs to know beside them.
#[derive(Clone, Copy)]
pub(super) struct Ground {
    /// The clock of the old plan.
    pub(super) old: Clock,
    /// The clock of the new plan.
    pub(super) new: Clock,
    /// From which day on an issue date is ahead.
    pub(super) today: Day,
}

/// How two single values differ: `None` where they do not, else `Layout` (the same in another
/// spelling), `Editorial` (the same but for width and punctuation) or `Changed`.
pub(super) fn difference(
    scalar: &Scalar,
    old: Node<'_>,
    new: Node<'_>,
    ground: Ground,
) -> Option<Class> {
    let (a, b) = (old.written(), new.written());
    if a == b {
        return None;
    }
    let same = match scalar {
        Scalar::Date => equal(DateRange::parse(a), DateRange::parse(b)),
        Scalar::Duration => {
            spans(a, b, ground).is_some_and(|(a, b)| a.compare(b) == Some(Ordering::Equal))
        }
        Scalar::Integer | Scalar::Number => equal(a.parse::<f64>().ok(), b.parse::<f64>().ok()),
        _ => false,
    };
    // Width and punctuation may be those of a text; a figure or a word of the schema is what it is.
    let same_words = || match scalar {
        Scalar::Integer | Scalar::Number | Scalar::Boolean | Scalar::Words(_) => false,
        Scalar::Text => folded(a) == folded(b) || bare(a) == bare(b) && !bare(a).is_empty(),
        _ => folded(a) == folded(b),
    };
    Some(match () {
        () if same => Class::Layout,
        () if same_words() => Class::Editorial,
        () => Class::Changed,
    })
}

fn equal<T: PartialEq + Copy>(a: Option<T>, b: Option<T>) -> bool {
    a.is_some() && a == b
}

fn spans(old: &str, new: &str, ground: Ground) -> Option<(Duration, Duration)> {
    Some((ground.old.duration(old)?, ground.new.duration(new)?))
}

/// The effect of another value of a field.
pub(super) fn of_value(
    marks: &Marks,
    scalar: &Scalar,
    binds: bool,
    (old, new): (Node<'_>, Node<'_>),
    ground: Ground,
) -> Effect {
    if marks.switch {
        return Effect::Weaker;
    }
    let (a, b) = (old.written(), new.written());
    let order = match (&marks.direction, scalar) {
        (Some(Direction::Later { ahead }), _) => return of_date(a, b, ahead.as_deref(), ground),
        (Some(Direction::Words(words)), _) => {
            let place = |word| words.iter().position(|other| other == word);
            place(a).zip(place(b)).map(|(a, b)| a.cmp(&b))
        }
        (Some(Direction::Absent | Direction::Unclear), _) => None,
        (Some(Direction::Truth(strongest)), _) => truths(old, new, *strongest),
        (None, Scalar::Boolean) if binds => truths(old, new, true),
        (Some(Direction::Higher), _) => figures(a, b, scalar, ground),
        (Some(Direction::Lower), _) => figures(a, b, scalar, ground).map(Ordering::reverse),
        _ => return Effect::Neutral,
    };
    match order {
        Some(Ordering::Less) => Effect::Stronger,
        Some(Ordering::Greater) => Effect::Weaker,
        Some(Ordering::Equal) => Effect::Neutral,
        None => unfigured(a, b),
    }
}

/// How much a plan binds itself by a value: stated 3, adopted from the law or left to a document 2,
/// in an annex that is not there 1, not applicable or nothing 0.
pub(super) fn weight(node: Node<'_>) -> u8 {
    match () {
        () if !is_mode(node) => u8::from(!(node.is_list() && node.items().len() == 0)) * 3,
        () if names(node, "by_law") || names(node, "delegated_to") => 2,
        () if names(node, "annex") => 1,
        () => 0,
    }
}

/// Whether a mode stands at a map, and names something.
pub(super) fn names(node: Node<'_>, mode: &str) -> bool {
    node.get(mode).is_some_and(|value| match () {
        () if value.is_map() => value.entries().next().is_some(),
        () if value.is_list() => value.items().next().is_some(),
        () => !value.is_null() && !value.written().trim().is_empty(),
    })
}

/// The effect of a binding value going away. Where a default takes its place, that is compared; the
/// weakest truth value, the weakest word (but where the schema says that it asks something), a list that
/// should be short and what spares bind nobody.
pub(super) fn of_silence(field: &Field, old: Node<'_>) -> Effect {
    let strongest = match &field.marks.direction {
        Some(Direction::Fewer | Direction::Absent) => return Effect::Stronger,
        Some(Direction::Truth(strongest)) => *strongest,
        Some(Direction::Words(words)) => {
            let place = |word: &str| words.iter().position(|other| other == word);
            let default = field.default.as_ref().and_then(serde_json::Value::as_str);
            let spares = !field.marks.asks && field.marks.concern.is_none();
            return match (place(old.written()), default.and_then(place)) {
                (Some(0), None) if spares => Effect::Neutral,
                (Some(old), Some(default)) if old < default => Effect::Stronger,
                _ => Effect::Weaker,
            };
        }
        _ => true,
    };
    match old.as_bool() {
        Some(value) if value != strongest => Effect::Neutral,
        _ => Effect::Weaker,
    }
}

/// One effect of many: what asks more of one body and less of another the words do not decide.
pub(super) fn together(effects: &[Effect]) -> Effect {
    let any = |effect| effects.contains(&effect);
    match (any(Effect::Weaker), any(Effect::Stronger)) {
        _ if any(Effect::Unclear) => Effect::Unclear,
        (true, true) => Effect::Unclear,
        (true, false) => Effect::Weaker,
        (false, true) => Effect::Stronger,
        (false, false) => Effect::Neutral,
    }
}

fn truths(old: Node<'_>, new: Node<'_>, strongest: bool) -> Option<Ordering> {
    let rank = |node: Node<'_>| node.as_bool().map(|value| value == strongest);
    rank(old).zip(rank(new)).map(|(a, b)| a.cmp(&b))
}

/// The order of two figures, spans or dates: `Less` where the new one is greater, longer or surely later.
fn figures(a: &str, b: &str, scalar: &Scalar, ground: Ground) -> Option<Ordering> {
    match scalar {
        Scalar::Duration => return spans(a, b, ground).and_then(|(a, b)| a.compare(b)),
        Scalar::Date => return dates(DateRange::parse(a)?, DateRange::parse(b)?),
        _ => {}
    }
    let (a, b): (f64, f64) = (a.parse().ok()?, b.parse().ok()?);
    a.partial_cmp(&b)
}

/// The order of two dates, where it is the same whichever days are meant.
fn dates(a: DateRange, b: DateRange) -> Option<Ordering> {
    match () {
        () if b.first > a.last => Some(Ordering::Less),
        () if b.last < a.first => Some(Ordering::Greater),
        () => None,
    }
}

/// 定期 has no figure: to write one binds, to take one away does not. Between two words without a
/// figure there is nothing to tell; of anything else the words do not decide.
fn unfigured(a: &str, b: &str) -> Effect {
    let without = |text| Duration::parse(text) == Some(Duration::Unstated);
    match (without(a), without(b)) {
        (true, true) => Effect::Neutral,
        (true, false) => Effect::Stronger,
        (false, true) => Effect::Weaker,
        (false, false) => Effect::Unclear,
    }
}

/// A date that goes back weakens, and one that is too far ahead of today: both choose another law
/// or other deadlines. Where only some of its days are too far, the words do not decide.
fn of_date(old: &str, new: &str, ahead: Option<&str>, ground: Ground) -> Effect {
    let (Some(a), Some(b)) = (DateRange::parse(old), DateRange::parse(new)) else {
        return Effect::Unclear;
    };
    let limit = ahead
        .and_then(Duration::parse)
        .and_then(|span| after(ground.today, span));
    match () {
        () if b.last < a.first => Effect::Weaker,
        () if limit.is_some_and(|limit| b.first > limit) => Effect::Weaker,
        () if limit.is_some_and(|limit| b.last > limit) => Effect::Unclear,
        () if b.first > a.last => Effect::Neutral,
        () => Effect::Unclear,
    }
}

/// The last day of a span that begins today.
fn after(today: Day, span: Duration) -> Option<Day> {
    let Duration::Length { count, unit, .. } = span else {
        return None;
    };
    let span = match unit {
        Unit::Day => jiff::Span::new().try_days(count),
        Unit::Month => jiff::Span::new().try_months(count),
        Unit::Year => jiff::Span::new().try_years(count),
        _ => return None,
    };
    today.checked_add(span.ok()?).ok()
}

/// The class of a change: what its field concerns, else its effect.
pub(super) fn class(concern: Option<Concern>, effect: Effect) -> Class {
    match (concern, effect) {
        (Some(Concern::Grade), _) => Class::Grade,
        (Some(Concern::Scope), _) => Class::Scope,
        (None, Effect::Weaker) => Class::Weakened,
        (None, Effect::Stronger) => Class::Strengthened,
        (None, Effect::Unclear | Effect::Neutral) => Class::Changed,
    }
}
