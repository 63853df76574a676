//! Lists that say something twice.

use super::{check, findings};

#[test]
fn variants_reach_each_body_once() {
    let bodies = "bodies: [{ id: a, name: 甲, grade: C }, { id: b, name: 乙, grade: D }]\n";
    let plan = |risk: &str| format!("{bodies}risk: {risk}\n");
    check(
        &plan("[{ for: [C], every: 1y }, { for: [D], not_applicable: 無 }]"),
        &[],
    );
    check(
        &plan("[{ for: [a], every: 1y }, { except: [a], every: 2y }]"),
        &[],
    );
    check(
        &plan("[{ for: [C], every: 1y }, { for: [a], every: 2y }]"),
        &["2 two-for-one-body [a]"],
    );
    check(
        &plan("[{ except: [b], every: 1y }, { for: [甲, b], every: 2y }]"),
        &["2 two-for-one-body [甲, b]"],
    );
    check(&plan("[{ every: 1y }]"), &["2 missing-key every: 1y"]);
    check(
        "risk: [{ for: [x], every: 1y }, { for: [x], every: 2y }]",
        &["1 two-for-one-body [x]"],
    );
    check("risk: [甲]", &["1 wrong-type 甲"]);
    check("risk: []", &["1 no-value []"]);
}

#[test]
fn identities_are_given_once() {
    check(
        "bodies: [{ id: a, name: 甲 }, { id: b, name: 甲 }, { id: a, name: 乙 }]",
        &["1 duplicate-item a"],
    );
    check(
        "businesses: [{ body: a, name: 甲 }, { body: b, name: 甲 }]",
        &[],
    );
    check(
        "businesses: [{ name: 甲 }, { name: 甲 }]",
        &["1 duplicate-item 甲"],
    );
    check(
        "businesses: [{ body: a, name: 甲 }, { name: 甲 }, { body: a, name: 甲 }]",
        &["1 duplicate-item 甲"],
    );
    check(
        "bodies: [{ id: a, name: 甲 }, { name: 甲 }, { name: 乙 }, { name: 甲 }]",
        &["1 duplicate-item 甲"],
    );
    check("bodies: [{ id: a, name: 甲 }, { name: a }]", &[]);
    // Scope is never identity: the same rule may hold for others in another row.
    let rule = |scope: &str| format!("{{ who: [it], kind: general, hours: 3{scope} }}");
    let rules = |a: &str, b: &str| format!("training: {{ rules: [{}, {}] }}", rule(a), rule(b));
    check(&rules(", for: [C]", ", for: [D]"), &[]);
    check(&rules("", ""), &["1 duplicate-item general"]);
    let found = findings("bodies: [{ id: a, name: 甲 }, { id: a, name: 乙 }]");
    assert_eq!(found[0].related[0].place.start().column, 16);
    let twice = "security_policy: { review: { or_on: [other, other] } }";
    check(twice, &["1 duplicate-item other"]);
}
