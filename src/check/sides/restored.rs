//! A plan with its switches put back: grade, sector and scope as they were before a change.
//!
//! Some values decide which duties a plan has. A change could turn them, and be judged by what it
//! says itself. So the plan is also read as it would be with those values as they were, by writing
//! them back into its text; what is found there is told at the lines of the plan as it is. Which
//! values those are, the schema says. Invariant: what cannot be put back is told, never left out.
//!
//! In the same way a plan is read with what it stated before and states no more: did that alone make a
//! failure go?

use crate::change::{Change, Changes, Class, Effect, Kind, Pair, compare};
use crate::check::sides::rewritten::Edits;
use crate::document::Node;
use crate::finding::{Basis, Finding, Place, Related};
use crate::plan::{Field, Plan, PlanFiles, Schema, Shape, ShapeId, is_mode, without_keys};
use crate::text::{Day, Localized};

/// A plan as it is, but for its switches.
#[derive(Debug)]
pub(in crate::check) struct Restored {
    /// Its files.
    pub(in crate::check) files: PlanFiles,
    edits: Edits,
    switches: Vec<Place>,
}

impl Restored {
    /// Puts back what changed; `None` where no switch did, `Err` with the first that did where the
    /// plan before cannot be had from it.
    pub(in crate::check) fn of(
        old: &Plan<'_>,
        new: &PlanFiles,
        (changes, is_turned): (&Changes<'_>, Turned),
        today: Day,
    ) -> Option<Result<Self, Place>> {
        let schema = old.schema();
        let turned = || {
            let all = changes.all.iter();
            all.filter(|change| is_turned(change, schema))
        };
        let switches: Vec<Place> = turned().map(now).collect();
        let first = switches.first()?.clone();
        let restored = Edits::back(turned(), schema).and_then(|edits| {
            let files = edits.applied(new)?;
            let left = compare(old, &Plan::new(&files, schema), today);
            let is_whole = left.all.iter().all(|change| !is_turned(change, schema));
            is_whole.then_some(Self {
                files,
                edits,
                switches,
            })
        });
        Some(restored.ok_or(first))
    }

    /// A finding of it, at the lines of the plan as it is, with the switch that would hide it.
    pub(in crate::check) fn told(&self, mut finding: Finding) -> Finding {
        self.edits.put_back(&mut finding.place);
        let related = finding.related.iter_mut();
        related.for_each(|related| self.edits.put_back(&mut related.place));
        if let Basis::Consistency(place) = &mut finding.basis {
            self.edits.put_back(place);
        }
        let of_body = |switch: &&Place| {
            let mut bodies = finding.bodies.iter();
            bodies.any(|body| switch.path.starts_with(&format!("bodies[{}]", body.id)))
        };
        let switch = self.switches.iter().find(of_body).or(self.switches.first());
        finding.related.extend(switch.map(|switch| Related {
            place: switch.clone(),
            text: Localized::new("此處之變更尚待核准", "this change is not approved yet").into(),
        }));
        // Lines to write, and what expressions saw, were of another text.
        finding.write = None;
        finding.trace = None;
        finding
            .message
            .zh_tw
            .push_str("（變更核准前，仍依變更前之等級、範圍判定）");
        let english = " (judged by grade and scope as they were, until the change is approved)";
        finding.message.en.push_str(english);
        finding
    }
}

/// What changed, at its line in the plan as it is; where it is gone, at what is nearest to where it was.
fn now(change: &Change<'_>) -> Place {
    let was = change.place();
    Place {
        path: was.path.clone(),
        title: was.title.clone(),
        ..change.pair().new.place.clone()
    }
}

/// Whether a change is one of those to be put back.
pub(in crate::check) type Turned = fn(&Change<'_>, &Schema) -> bool;

/// Whether a change makes a field that was stated silent, or says it another way: in a document, by the
/// law, in an annex, as not applicable. A row that is taken away says nothing another way, and what holds
/// for other bodies says the same.
pub(in crate::check) fn is_unsaid(change: &Change<'_>) -> bool {
    let is_row = change.path().ends_with(']');
    if is_scope(change) {
        return false;
    }
    change.pairs.iter().any(|Pair { old, new }| {
        let was_stated = old.node.is_some_and(is_stated);
        match new.node.filter(|new| !new.is_null()) {
            None => was_stated && !is_row,
            Some(new) => was_stated && (!is_stated(new) || is_split(old.node, new)),
        }
    })
}

/// Whether a change takes a statement away, be it a row.
pub(in crate::check) fn is_taken(change: &Change<'_>) -> bool {
    let mut pairs = change.pairs.iter();
    pairs.any(|Pair { old, new }| {
        let was_stated = old.node.is_some_and(is_stated);
        was_stated && new.node.is_none_or(Node::is_null)
    })
}

/// Whether what was one statement is one for some bodies, and said another way for others.
fn is_split(old: Option<Node<'_>>, new: Node<'_>) -> bool {
    old.is_some_and(|old| !old.is_list()) && new.is_list() && new.items().any(is_mode)
}

/// Every switch, and every merger, whether or not less is asked since, with what follows it.
pub(in crate::check) fn is_apart(change: &Change<'_>, schema: &Schema) -> bool {
    let is_merger = matches!(change.kind, Kind::Merged | Kind::Split);
    is_merger || follows(change) || is_turned(change, schema)
}

/// Whether a change only cites by another name what has another name.
fn follows(change: &Change<'_>) -> bool {
    change.class == Class::Editorial && (change.reference.is_some() || is_scope(change))
}

/// For whom something holds.
fn is_scope(change: &Change<'_>) -> bool {
    let key = change.path().rsplit('.').next();
    matches!(key, Some("for" | "except"))
}

/// Whether a change makes a thing silent, turns a switch, or calls something otherwise, with all that
/// follows: a failure may hang on all of them, and is found by the name that it had.
pub(in crate::check) fn is_as_it_was(change: &Change<'_>, schema: &Schema) -> bool {
    let is_called = match change.kind {
        Kind::Renumbered | Kind::Renamed | Kind::Merged | Kind::Split => true,
        Kind::Moved => change.reference.is_some(),
        _ => follows(change),
    };
    is_called || is_unsaid(change) || is_turned(change, schema)
}

/// Facts beside a mode are stated.
fn is_stated(node: Node<'_>) -> bool {
    !node.is_null() && !is_mode(node)
}

/// Whether a change turns a value that decides which duties are owed, or takes away what holds one. What
/// only follows another name turns nothing.
pub(in crate::check) fn is_switch(change: &Change<'_>, schema: &Schema) -> bool {
    change.class < Class::Editorial && is_turned(change, schema)
}

/// The same with what follows another name.
fn is_turned(change: &Change<'_>, schema: &Schema) -> bool {
    let path = without_keys(change.path());
    let field = |path: &str| schema.resolve(path).map(|id| schema.field(id));
    // For whom a thing holds decides whom its switches are for.
    if let (true, Some((of, _))) = (is_scope(change), path.rsplit_once('.')) {
        return field(of).is_some_and(|of| decides(of, schema));
    }
    let Some(field) = field(&path) else {
        return false;
    };
    if is_scalar(field, schema) {
        return decides(field, schema);
    }
    let is_taken = match change.kind {
        Kind::Removed => true,
        // What was merged keeps its grade until it is agreed that it does not.
        Kind::Merged | Kind::Split => change.effect == Effect::Weaker,
        // Two maps or lists are told apart by what is in them: here one is not stated.
        Kind::Changed => !change.path().ends_with(']'),
        _ => false,
    };
    is_taken && change.pair().old.node.is_some() && decides(field, schema)
}

fn is_scalar(field: &Field, schema: &Schema) -> bool {
    matches!(schema.shape(field.shape), Shape::Scalar(_))
}

/// Whether a field is a value that decides which duties are owed, or holds one.
fn decides(field: &Field, schema: &Schema) -> bool {
    let is_one = |field: &Field| {
        let is_of_scope = field.marks.concern.is_some() && is_scalar(field, schema);
        field.marks.switch || is_of_scope
    };
    let mut open: Vec<ShapeId> = vec![field.shape];
    let mut seen = Vec::new();
    if is_one(field) {
        return true;
    }
    while let Some(shape) = open.pop() {
        if seen.contains(&shape) {
            continue;
        }
        seen.push(shape);
        open.extend(schema.item_of(shape));
        for field in schema.fields(shape).iter().map(|id| schema.field(*id)) {
            if is_one(field) {
                return true;
            }
            open.push(field.shape);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::document::{Limits, parse};
    use crate::text::SourceFile;

    const OLD: &str = "\
header: { title: 計畫, agency: jia }
bodies:
  - { id: jia, name: 甲局, grade: C, sector: government, graded_on: 2019-06-01 }
  - id: yi
    name: 乙所
    grade: D
    sector: government
    graded_on: 2019-06-01
";

    fn files(text: &str) -> PlanFiles {
        let parsed = parse(
            &Arc::new(SourceFile::new("plan.yaml", text)),
            Limits::default(),
        );
        PlanFiles {
            folder: "plans/a".into(),
            main: parsed.document.expect("it can be read"),
            sections: BTreeMap::new(),
            annexes: BTreeMap::new(),
        }
    }

    fn restored(old: &str, new: &str) -> Option<Result<String, String>> {
        let schema = Schema::builtin();
        let (old, new) = (files(old), files(new));
        let (old, plan) = (Plan::new(&old, &schema), Plan::new(&new, &schema));
        let today = "2026-11-20".parse().expect("a day");
        let changes = compare(&old, &plan, today);
        let restored = Restored::of(&old, &new, (&changes, is_switch), today)?;
        let text = |restored: Restored| restored.files.main.file().text().to_owned();
        Some(restored.map(text).map_err(|place| place.path.to_string()))
    }

    /// `OLD` with the first of some texts each in place of the other.
    fn changed(changes: &[(&str, &str)]) -> String {
        changes.iter().fold(OLD.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        })
    }

    #[test]
    fn whatever_switches_are_turned_together_are_put_back_together() {
        let row =
            "  - { id: jia, name: 甲局, grade: C, sector: government, graded_on: 2019-06-01 }\n";
        let block = OLD.find("  - id: yi").expect("the second body");
        let changes: &[&[(&str, &str)]] = &[
            &[("grade: C", "grade: E")],
            &[("grade: C", "grade: { delegated_to: D-01 }")],
            &[(", sector: government, graded_on: 2019-06-01 }", " }")],
            &[("    sector: government\n    graded_on: 2019-06-01\n", "")],
            &[
                ("    grade: D\n", "    grade: D\n    status: dissolved\n"),
                ("agency: jia", "agency: yi"),
            ],
            &[(row, "")],
            &[(&OLD[block..], "")],
            &[(
                &OLD[OLD.find("bodies").expect("bodies")..],
                "bodies: { annex: a-1 }\n",
            )],
            &[("header: { title: 計畫, agency: jia }\n", "")],
            &[
                ("header: { title: 計畫, agency: jia }\n", ""),
                ("grade: C, sector: government", "sector: government"),
            ],
        ];
        for changes in changes {
            let new = changed(changes);
            let text = restored(OLD, &new).expect("a switch was turned");
            // That nothing is left is asked before it is given; here, that it can be given.
            assert!(text.is_ok(), "{new}{text:?}");
        }
    }

    #[test]
    fn what_is_no_switch_stays_as_it_is() {
        assert_eq!(restored(OLD, OLD), None);
        assert_eq!(
            restored(OLD, &changed(&[("name: 甲局", "name: 甲處")])),
            None
        );
        let new = changed(&[("name: 甲局, grade: C", "name: 甲處, grade: D")]);
        let text = restored(OLD, &new).expect("a switch").expect("put back");
        assert!(text.contains("name: 甲處, grade: C"), "{text}");
    }

    #[test]
    fn what_cannot_be_put_back_is_told_at_its_place() {
        // Nothing stands where the bodies were, and nothing can be written into nothing.
        let told = restored(OLD, "# 全部刪去\n").expect("a switch was turned");
        assert_eq!(told, Err("header".to_owned()));
    }
}
