//! A local policy that says it tightens a built-in one, held to it.
//!
//! Which way a figure is stricter no figure says, so both are asked: the examples of both policies
//! are judged by both, and what the built-in one fails, the local one must not pass. The examples of
//! the built-in pack stand one step beside every figure, so that a step is enough to be found.

use super::run::{Judge, Settings};
use crate::check::examples::visited::Visited;
use crate::check::examples::{example_day, example_files};
use crate::finding::{Finding, Place, Related, Severity, Verdict};
use crate::plan::Schema;
use crate::policy::{Example, Pack, Policy};
use crate::text::{Day, Localized};

/// The local policies of a pack that ask less than the built-in ones they tighten. `whole` is the
/// built-in pack with its examples.
pub fn looser(pack: &Pack, whole: &Pack, schema: &Schema) -> Vec<Finding> {
    let pairs = pack.policies.values().filter_map(|policy| {
        let of = policy.tightens.as_ref()?;
        Some((policy, whole.get(&of.value)?))
    });
    pairs
        .filter_map(|(policy, built_in)| held(pack, schema, policy, built_in))
        .collect()
}

/// What one example shows of two policies.
enum Shown {
    /// Both fail something alike.
    Alike,
    /// The built-in one fails what the local one passes, or gives more time for.
    Looser,
    /// Nothing.
    Nothing,
}

fn held(pack: &Pack, schema: &Schema, policy: &Policy, built_in: &Policy) -> Option<Finding> {
    let mut alike = false;
    let theirs = built_in.examples.iter().map(|example| (built_in, example));
    let own = policy.examples.iter().map(|example| (policy, example));
    for (of, example) in theirs.chain(own) {
        match shown(pack, schema, [policy, built_in], (of, example)) {
            Shown::Looser => return Some(is_looser(policy, of, built_in, example)),
            Shown::Alike => alike = true,
            Shown::Nothing => {}
        }
    }
    (!alike).then(|| is_another(policy, built_in))
}

fn shown(
    pack: &Pack,
    schema: &Schema,
    [policy, built_in]: [&Policy; 2],
    (of, example): (&Policy, &Example),
) -> Shown {
    let Some(day) = day(policy, of, example) else {
        return Shown::Nothing;
    };
    let Ok(files) = example_files(&example.plan) else {
        return Shown::Nothing;
    };
    let judge = Judge::new(pack, schema, Settings::on(day));
    let (local, _) = judge.policy(&files, policy);
    let (theirs, _) = judge.policy(&files, built_in);
    let mut found = Shown::Nothing;
    for failed in theirs.iter().filter(|one| one.verdict == Verdict::Fail) {
        let same = local.iter().filter(|one| is_same(one, failed));
        for verdict in same.map(|one| one.verdict) {
            match verdict {
                Verdict::Pass | Verdict::Pending => return Shown::Looser,
                Verdict::Fail => found = Shown::Alike,
                _ => {}
            }
        }
    }
    found
}

/// The day of an example, or the first of the local policy if it came later.
fn day(policy: &Policy, of: &Policy, example: &Example) -> Option<Day> {
    let own = example_day(of, example).ok()?;
    let first = policy.editions.first()?.from;
    let day = own.max(first);
    policy.on(day).map(|_| day)
}

fn is_same(a: &Visited, b: &Visited) -> bool {
    (&a.body, &a.need, &a.item) == (&b.body, &b.need, &b.item)
}

fn is_looser(policy: &Policy, of: &Policy, built_in: &Policy, example: &Example) -> Finding {
    let (id, name) = (&built_in.id, &example.name);
    let zh =
        format!("較內建政策「{id}」寬鬆：範例「{name}」依內建政策不符，依此政策卻符合或尚未到期");
    let en = format!(
        "looser than the built-in {id}: example {name} fails there, and passes or is not due here"
    );
    let mut finding = said(policy, Localized::new(zh, en));
    finding.related.push(Related {
        place: Place::new(&of.file, example.span, ""),
        text: Localized::new("顯示其寬鬆之範例", "the example that shows it").into(),
    });
    finding
}

/// Without a verdict in common nothing says that it asks for more.
fn is_another(policy: &Policy, built_in: &Policy) -> Finding {
    let id = &built_in.id;
    let zh =
        format!("無一範例依此政策與內建政策「{id}」皆不符，看不出是加嚴；另立之義務刪去 tightens");
    let en = format!(
        "no example fails both this and the built-in {id}, so that it does not show as stricter; drop \
         tightens where the duty is another"
    );
    said(policy, Localized::new(zh, en))
}

fn said(policy: &Policy, message: Localized) -> Finding {
    let span = policy.tightens.as_ref().map_or(policy.place, |of| of.span);
    let place = Place::new(&policy.file, span, "");
    let help = Localized::new(
        "地方政策包只能加嚴或新增",
        "a local pack only tightens or adds",
    );
    Finding::of_form("policy/looser", Severity::Error, place, message, Some(help))
}
