//! Which conditions of a conjunction come first and look at one variable alone.

use super::{bound, compiled};
use crate::cel::{Budget, evaluate};

#[test]
fn conditions_lead_until_one_reads_something_else() {
    for (source, expected) in [
        ("has(it.owner) && it.core", vec!["has(it.owner)", "it.core"]),
        (
            "it.name == 'a' && (has(it.owner) || it.core) && it.id in params.kinds && it.core",
            vec!["it.name == 'a'", "has(it.owner) || it.core"],
        ),
        ("it.core || has(it.owner)", vec!["it.core || has(it.owner)"]),
        ("systems.exists(s, s.name == it.name) && it.core", vec![]),
        ("body.id == 'a' && it.core", vec![]),
        ("true && unknown > 3", vec![]),
    ] {
        let program = compiled(source).expect("an expression");
        let leading = program.leading("it");
        let sources: Vec<&str> = leading.map(|condition| condition.source()).collect();
        assert_eq!(sources, expected, "{source}");
    }
}

#[test]
fn what_is_false_by_itself_makes_the_whole_false() {
    let conditions = [
        "has(it.owner)",
        "it.name == 'a'",
        "it.name.contains('公文')",
        "it.core",
    ];
    for first in conditions {
        for second in conditions {
            let source = format!("{first} && {second} && [body.id][9] == 'a'");
            bound(&source, |program, world, bindings| {
                let leading: Vec<_> = program.leading("it").collect();
                assert_eq!(leading.len(), 2, "{source}");
                let mut own = vec![None; bindings.len()];
                own[1].clone_from(&bindings[1]);
                // Once with a value and once without, so that neither answer is left over for the other.
                let asked = leading.iter().map(|condition| {
                    let both = [&own[..], &own[..1]].into_iter();
                    condition.holds_for(world, both)
                });
                let asked: Vec<_> = asked.collect();
                assert!(asked.iter().all(|said| said[1].is_none()), "{source}");
                if asked.iter().any(|said| said[0] == Some(false)) {
                    let whole = evaluate(program, world, bindings, &mut Budget::default(), None);
                    let whole = whole.map(|value| value.as_bool());
                    assert_eq!(whole, Ok(Some(false)), "{source}");
                }
            });
        }
    }
}
