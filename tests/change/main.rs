//! What must hold of any two plans: over the plans of the fixtures and edits that the schema makes
//! possible.

mod apply;
mod edits;
mod written;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use plangate::change::{Change, Changes, Class, compare};
use plangate::document::{Limits, parse};
use plangate::plan::{Direction, Marks, Plan, PlanFiles, Schema};
use plangate::text::SourceFile;
use proptest::prelude::*;
use serde_json::Value as Json;

use edits::Dice;

const PLANS: [&str; 5] = [
    "fangliao-household-registration",
    "kaohsiung-civil-affairs",
    "keelung-elementary-school",
    "taichung-labor-affairs",
    "taipei-city",
];

static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::builtin);
static FIXTURES: LazyLock<Vec<Json>> = LazyLock::new(|| {
    let read = |name: &&str| {
        let path = format!(
            "{}/fixtures/plans/{name}/plan.yaml",
            env!("CARGO_MANIFEST_DIR")
        );
        #[expect(clippy::disallowed_methods, reason = "a test reads the repository")]
        let text = std::fs::read_to_string(path).expect("the fixture");
        written::json(files(&text).main.root())
    };
    PLANS.iter().map(read).collect()
});

fn files(text: &str) -> PlanFiles {
    let file = Arc::new(SourceFile::new("plan.yaml", text));
    let limits = Limits {
        bytes: 1 << 22,
        ..Limits::default()
    };
    PlanFiles {
        folder: "p".into(),
        main: parse(&file, limits).document.expect("small enough"),
        sections: BTreeMap::new(),
        annexes: BTreeMap::new(),
    }
}

/// Hands two plans and the changes between them to a test.
fn between<T>(
    old: &Json,
    new: &Json,
    read: impl FnOnce(&Plan<'_>, &Plan<'_>, &Changes<'_>) -> T,
) -> T {
    let (old, new) = (files(&old.to_string()), files(&new.to_string()));
    let (old, new) = (Plan::new(&old, &SCHEMA), Plan::new(&new, &SCHEMA));
    let changes = compare(&old, &new, "2022-06-01".parse().expect("a day"));
    read(&old, &new, &changes)
}

/// A plan of the fixtures, and the same with up to `most` edits.
fn edited(which: usize, seed: u64, most: u64) -> (Json, Json) {
    let mut dice = Dice::new(seed);
    let old = FIXTURES[which % FIXTURES.len()].clone();
    let mut new = old.clone();
    for _ in 0..=dice.below(most) {
        edits::edit(&SCHEMA, &mut new, &mut dice);
    }
    (old, new)
}

fn shown(changes: &Changes<'_>) -> Vec<String> {
    let line = |change: &Change<'_>| {
        let (kind, class) = (change.kind.word(), change.class.word());
        format!("{} {kind} {class} {}", change.path(), change.effect.word())
    };
    changes.all.iter().map(line).collect()
}

/// A change as it is told from one side: both paths, kind, class and effect.
type Told = (
    Vec<(String, String)>,
    &'static str,
    &'static str,
    &'static str,
);

fn told(change: &Change<'_>, mirrored: bool) -> Told {
    let paths = change.pairs.iter().map(|pair| {
        let (old, new) = (
            pair.old.place.path.to_string(),
            pair.new.place.path.to_string(),
        );
        if mirrored { (new, old) } else { (old, new) }
    });
    let mut paths: Vec<_> = paths.collect();
    paths.sort();
    let (kind, effect) = match mirrored {
        true => (change.kind.mirrored(), change.effect.mirrored()),
        false => (change.kind, change.effect),
    };
    let marks = marks(change);
    // A date weakens by going back and by going too far ahead: this has no mirror image.
    if marks.is_some_and(|marks| matches!(marks.direction, Some(Direction::Later { .. }))) {
        return (paths, kind.word(), "one way", "");
    }
    // Every change of a switch weakens, from either side.
    if marks.is_some_and(|marks| marks.switch) {
        return (
            paths,
            kind.word(),
            change.class.word(),
            change.effect.word(),
        );
    }
    let class = match (change.class, mirrored) {
        (Class::Weakened, true) => Class::Strengthened,
        (Class::Strengthened, true) => Class::Weakened,
        (class, _) => class,
    };
    (paths, kind.word(), class.word(), effect.word())
}

/// What the schema says of the field that changed.
fn marks(change: &Change<'_>) -> Option<&'static Marks> {
    let mut plain = String::new();
    let mut depth = 0;
    for character in change.path().chars() {
        match character {
            '[' => depth += 1,
            ']' => depth -= 1,
            other if depth == 0 => plain.push(other),
            _ => {}
        }
    }
    let field = SCHEMA.resolve(&plain)?;
    Some(&SCHEMA.field(field).marks)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_changes_applied_to_the_old_plan_give_the_new_one(which in 0..5_usize, seed: u64) {
        let (old, new) = edited(which, seed, 8);
        between(&old, &new, |a, b, changes| {
            let (found, expected) = (apply::applied(a, changes), apply::meaning(b));
            let difference = apply::first_difference(&found, &expected);
            prop_assert!(difference.is_none(), "{}\n{:#?}", difference.unwrap_or_default(), shown(changes));
            Ok(())
        })?;
    }

    #[test]
    fn from_the_other_side_all_is_the_other_way_round(which in 0..5_usize, seed: u64) {
        let (old, new) = edited(which, seed, 8);
        let tell = |mirrored: bool| move |_: &Plan<'_>, _: &Plan<'_>, changes: &Changes<'_>| {
            let mut all: Vec<Told> = changes.all.iter().map(|change| told(change, mirrored)).collect();
            all.sort();
            all
        };
        prop_assert_eq!(between(&old, &new, tell(false)), between(&new, &old, tell(true)));
    }

    #[test]
    fn order_and_spelling_change_nothing_in_meaning(which in 0..5_usize, seed: u64) {
        let (_, plan) = edited(which, seed, 4);
        let mut other = plan.clone();
        written::shuffle(&SCHEMA, &mut other, &mut Dice::new(seed ^ 1));
        between(&plan, &other, |_, _, changes| {
            prop_assert!(changes.same_meaning(), "{:#?}", shown(changes));
            Ok(())
        })?;
    }

    #[test]
    fn a_plan_does_not_differ_from_itself(which in 0..5_usize, seed: u64) {
        let (_, plan) = edited(which, seed, 8);
        between(&plan, &plan, |_, _, changes| {
            prop_assert!(changes.is_empty(), "{:#?}", shown(changes));
            Ok(())
        })?;
    }
}

#[test]
fn an_edit_is_nearly_always_told() {
    let told = (0..40).filter(|&seed| {
        let (old, new) = edited(usize::try_from(seed).unwrap_or(0), seed, 1);
        between(&old, &new, |_, _, changes| !changes.is_empty())
    });
    assert!(
        told.count() > 35,
        "the edits of these tests must change something"
    );
}
