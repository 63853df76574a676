//! Plans → groups that can be judged and written one after the other.
//!
//! A report is sorted by the names of files. The files of a plan lie in its folder, so that plans of
//! different folders never mix, and what is found in one can be written before the next is read. A
//! plan that lies inside of another's folder belongs with it.

use std::iter;
use std::ops::Range;

/// The groups of plans with these names, in their order; one group where they are not in order.
pub(super) fn groups(names: &[&str]) -> Vec<Range<usize>> {
    if !names.is_sorted() {
        return iter::once(0..names.len()).collect();
    }
    let mut groups: Vec<(&str, Range<usize>)> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let mut folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut start = at;
        while let Some((other, range)) = groups.last()
            && (is_within(other, folder) || is_within(folder, other))
        {
            start = range.start;
            folder = if is_within(folder, other) {
                other
            } else {
                folder
            };
            groups.pop();
        }
        groups.push((folder, start..at + 1));
    }
    groups.into_iter().map(|(_, range)| range).collect()
}

/// Whether a folder is another or lies in it; everything lies in the one without a name.
fn is_within(inner: &str, outer: &str) -> bool {
    let below = || {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    outer.is_empty() || inner == outer || below()
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;

    fn check(names: &[&str], expected: &[Range<usize>]) {
        assert_eq!(groups(names), expected, "{names:?}");
    }

    #[test]
    fn plans_of_different_folders_are_apart() {
        check(
            &[
                "plans/a/plan.yaml",
                "plans/ab/plan.yaml",
                "plans/b/plan.yaml",
            ],
            &[0..1, 1..2, 2..3],
        );
        check(&[], &[]);
    }

    #[test]
    fn a_plan_inside_of_another_is_written_with_it() {
        check(
            &[
                "a/b/plan.yaml",
                "a/c/plan.yaml",
                "a/plan.yaml",
                "a/z/plan.yaml",
                "b/plan.yaml",
            ],
            &[0..4, 4..5],
        );
        check(
            &["a/draft.yaml", "a/plan.yaml", "b/plan.yaml"],
            &[0..2, 2..3],
        );
    }

    #[test]
    fn a_plan_at_the_top_or_out_of_order_keeps_all_together() {
        let check = |names: &[&str]| check(names, slice::from_ref(&(0..names.len())));
        check(&["a/plan.yaml", "b/plan.yaml", "plan.yaml"]);
        check(&["b/plan.yaml", "<stdin>"]);
    }
}
