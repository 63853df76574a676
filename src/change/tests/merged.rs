//! A body that says of which others it came: nothing that they were is lost on the way.

use super::*;

/// What is told of 乙所 and 丙所, with these fields, where they become 丁所 with those, and back.
fn both_ways(yi: &str, bing: &str, ding: &str, there: &str, back: &str) {
    let plan = |bodies: &[(&str, &str)]| {
        let rows = bodies.iter().map(|(names, fields)| match fields {
            &"" => format!("  - {{ {names} }}\n"),
            fields => format!("  - {{ {names}, {fields} }}\n"),
        });
        format!("bodies:\n{}", rows.collect::<String>())
    };
    let old = plan(&[("id: yi, name: 乙所", yi), ("id: bing, name: 丙所", bing)]);
    let new = plan(&[("id: ding, name: 丁所, merged_from: [yi, bing]", ding)]);
    let expected = [format!("bodies[ding] merged {there}")];
    assert_eq!(told(&old, &new), expected, "{old}→\n{new}");
    let expected = [format!("bodies[yi] split {back}")];
    assert_eq!(told(&new, &old), expected, "{new}→\n{old}");
}

#[test]
fn a_grade_that_a_merger_loses_is_a_weakening_of_the_grade() {
    let (weaker, stronger) = ("grade weaker", "grade stronger");
    both_ways("grade: D", "grade: D", "", weaker, stronger);
    both_ways("grade: C", "grade: D", "grade: D", weaker, stronger);
    let status = "grade: D, grade_status: approved";
    both_ways(status, status, "grade: D", weaker, stronger);
    // What is lost for one and won for the other is less for one of them from either side.
    both_ways("grade: C", "grade: E", "grade: D", weaker, weaker);
    both_ways(
        "grade: D",
        "grade: D",
        "grade: { delegated_to: IS-1 }",
        weaker,
        stronger,
    );
}

#[test]
fn a_status_that_a_merger_loses_is_one_of_the_scope() {
    let dissolved = "grade: D, status: dissolved";
    both_ways(
        "grade: D",
        "grade: D",
        dissolved,
        "scope weaker",
        "scope stronger",
    );
    both_ways(
        "grade: D",
        dissolved,
        "grade: D",
        "scope stronger",
        "scope weaker",
    );
}

#[test]
fn a_switch_that_a_merger_turns_weakens_from_either_side() {
    let graded = "grade: D, graded_on: 108-05-01";
    let other = "grade: D, sector: specific_non_government";
    both_ways(
        "grade: D",
        "grade: D",
        other,
        "scope weaker",
        "scope weaker",
    );
    both_ways(
        "grade: D",
        other,
        "grade: D",
        "scope weaker",
        "scope weaker",
    );
    both_ways(graded, graded, "grade: D", "grade weaker", "grade weaker");
    let later = "grade: D, graded_on: 110-05-01";
    both_ways(graded, graded, later, "grade weaker", "grade weaker");
}

#[test]
fn an_honest_merger_is_none() {
    let (same, graded) = ("scope neutral", "grade: D, graded_on: 108-05-01");
    both_ways("grade: D", "grade: D", "grade: D", same, same);
    both_ways("", "", "", same, same);
    let explicit = "grade: D, graded_on: 2019-05-01, sector: government, status: active";
    both_ways(graded, graded, explicit, same, same);
    let (later, kept) = ("grade: D, graded_on: 110-05-01", graded);
    both_ways(graded, later, kept, same, same);
    both_ways(
        "grade: D",
        "grade: D",
        "grade: C",
        "scope stronger",
        "scope weaker",
    );
}
