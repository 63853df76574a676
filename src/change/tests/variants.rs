//! A fact that is one map, or several, each for some bodies: what less is asked of any of them.

use super::*;

/// [`BASE`] with another health check.
fn health_check(value: &str) -> String {
    let stated = "{ every: 2y, items: [network, clients] }";
    edited(stated, value)
}

/// What is told from one health check to another, and the other way round.
fn both_ways(old: &str, new: &str, there: &str, back: &str) {
    let (a, b) = (health_check(old), health_check(new));
    let expected = |line: &str| match line {
        "" => Vec::new(),
        line => vec![format!("controls.health_check{line}")],
    };
    assert_eq!(told(&a, &b), expected(there), "{old} → {new}");
    assert_eq!(told(&b, &a), expected(back), "{new} → {old}");
}

#[test]
fn a_variant_that_goes_leaves_its_bodies_with_nothing() {
    both_ways(
        "[{ for: [jia], every: 2y }, { for: [yi], every: 2y }]",
        "[{ for: [jia], every: 2y }]",
        "[1] removed weakened weaker",
        "[1] added strengthened stronger",
    );
    both_ways(
        "[{ for: [jia], every: 2y }, { for: [yi], every: 2y }]",
        "[{ for: [jia], every: 2y }, { for: [yi], not_applicable: 無 }]",
        "[1] changed weakened weaker",
        "[1] changed strengthened stronger",
    );
    both_ways(
        "[{ for: [jia], every: 2y }, { for: [E], every: 2y }]",
        "[{ for: [jia], every: 2y }]",
        "[1] removed changed neutral",
        "[1] added changed neutral",
    );
}

#[test]
fn one_map_and_its_variants_are_compared_by_body() {
    let (weaker, stronger) = (" changed weakened weaker", " changed strengthened stronger");
    let longer = "[{ for: [yi], every: 9y }, { for: [jia], every: 9y }]";
    both_ways("{ every: 2y }", longer, weaker, stronger);
    let one = "[{ for: [yi], every: 2y }, { for: [jia], every: 9y }]";
    both_ways("{ every: 2y }", one, weaker, stronger);
    both_ways("{ every: 2y }", "[]", weaker, stronger);
    let modes = "[{ for: [yi], not_applicable: 無 }, { for: [jia], not_applicable: 無 }]";
    both_ways(
        "{ by_law: { law: classification } }",
        modes,
        weaker,
        stronger,
    );
    let crossed = "[{ for: [yi], every: 1y }, { for: [jia], every: 9y }]";
    let unclear = " changed changed unclear";
    both_ways("{ every: 2y }", crossed, unclear, unclear);
}

#[test]
fn the_same_for_every_body_is_no_weakening() {
    let same = " changed editorial neutral";
    let variants = "[{ for: [yi], every: 2y }, { for: [jia], every: 2y }]";
    both_ways("{ every: 2y }", variants, same, same);
    both_ways(
        "[{ for: [yi], every: 2y }, { every: 2y }]",
        "[{ for: [jia], every: 2y }, { for: [D], every: 2y }]",
        same,
        same,
    );
    let swapped = "[{ for: [jia], every: 2y }, { for: [yi], every: 2y }]";
    both_ways(variants, swapped, "", "");
    both_ways("{ every: 2y }", "[{ every: 2y }]", "", "");
}

#[test]
fn a_body_that_goes_over_to_another_variant() {
    both_ways(
        "[{ for: [jia, yi], every: 3y }, { for: [E], every: 1y }]",
        "[{ for: [jia], every: 3y }, { for: [yi], every: 1y }]",
        " changed strengthened stronger",
        " changed weakened weaker",
    );
    // The first that names a body holds for it.
    both_ways(
        "[{ every: 2y }, { for: [yi], every: 9y }]",
        "[{ for: [yi], every: 9y }, { every: 2y }]",
        " changed weakened weaker",
        " changed strengthened stronger",
    );
}

#[test]
fn a_word_and_its_variants() {
    let with = |nda: &str| format!("{BASE}personnel: {{ nda: {nda} }}\n");
    assert_eq!(
        told(&with("must"), &with("[{ for: [C], strength: must }]")),
        ["personnel.nda[0].for added scope weaker"]
    );
    assert_eq!(
        told(&with("must"), &with("[]")),
        ["personnel.nda changed weakened weaker"]
    );
}
