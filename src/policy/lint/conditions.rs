//! Guards that can never hold, and checks that can never fail.
//!
//! A condition is asked for each row that the duty is asked of and each entry of the law's list, in
//! every edition. What stands in several editions must be possible in one of them.

use std::collections::BTreeMap;

use crate::cel::{Data, Foreseen, Known, foresee};
use crate::policy::expression::Expression;
use crate::policy::policy::{Check, Each, Edition, Policy};
use crate::policy::problem::Problems;
use crate::policy::table::{GRADES, Row, SECTORS};
use crate::text::Span;

/// Of a longer list of the law the entries are taken together.
const ENTRIES: usize = 100;

/// Says which conditions are none.
pub(super) fn check(policy: &Policy, problems: &mut Problems<'_>) {
    let mut seen = Seen::default();
    for edition in &policy.editions {
        for known in cases(policy, edition) {
            seen.edition(edition, known);
        }
    }
    seen.tell(policy, problems);
}

/// What is known of the body and of the figures, case by case.
fn cases(policy: &Policy, edition: &Edition) -> Vec<Known> {
    let scope = &edition.applies_to;
    let rows: Vec<Row> = match scope.is_all() && !edition.params.differ() {
        true => vec![Row::default()],
        false => scope.rows().collect(),
    };
    let mut cases = Vec::new();
    for row in rows {
        let known = of_row(policy, edition, row);
        let over = policy.over.as_ref();
        match over.and_then(|over| edition.params.at(row).get(over)) {
            Some(Data::List(needs)) if needs.len() <= ENTRIES => {
                let of_need = |need: &Data| {
                    let mut known = known.clone();
                    known.set("need", need.clone());
                    known
                };
                cases.extend(needs.iter().map(of_need));
            }
            _ => cases.push(known),
        }
    }
    cases
}

fn of_row(policy: &Policy, edition: &Edition, row: Row) -> Known {
    let mut known = Known::default();
    known.set("params", edition.params.at(row).clone());
    let bodies: &[&str] = match policy.each {
        Each::Bodies => &["body", "it"],
        _ => &["body"],
    };
    let scope = &edition.applies_to;
    for body in bodies {
        if let Some(grade) = row.grade.filter(|_| scope.needs_grade()) {
            let grade = GRADES[usize::from(grade)].to_string();
            known.set(&format!("{body}.grade"), Data::text(grade));
        }
        if let Some(sector) = row.sector.filter(|_| !scope.sectors.is_empty()) {
            known.set(
                &format!("{body}.sector"),
                Data::text(SECTORS[usize::from(sector)]),
            );
        }
    }
    known
}

/// What became of each condition, by where it stands.
#[derive(Default)]
struct Seen {
    guards: BTreeMap<Span, (Expression, bool)>,
    checks: BTreeMap<Span, (Expression, bool)>,
}

impl Seen {
    fn edition(&mut self, edition: &Edition, mut known: Known) {
        if let Some(when) = &edition.when {
            let foreseen = foresee(when.program(), &known);
            note(&mut self.guards, when, foreseen.may_hold);
            if !foreseen.may_hold {
                return;
            }
            known.assume(when.program(), true);
        }
        for check in &edition.checks {
            self.check(check, &mut known);
        }
    }

    /// A check after others is asked only where all of them held.
    fn check(&mut self, check: &Check, known: &mut Known) {
        let assert = &check.assert;
        let Some(when) = &check.when else {
            let Foreseen { may_fail, .. } = foresee(assert.program(), known);
            note(&mut self.checks, assert, may_fail);
            known.assume(assert.program(), true);
            return;
        };
        let guard = foresee(when.program(), known);
        note(&mut self.guards, when, guard.may_hold);
        if guard.may_hold {
            let mut then = known.clone();
            then.assume(when.program(), true);
            let may_fail = foresee(assert.program(), &then).may_fail;
            note(&mut self.checks, assert, may_fail);
        }
    }

    fn tell(self, policy: &Policy, problems: &mut Problems<'_>) {
        for (expression, possible) in self.guards.values() {
            if !possible {
                let zh = "此條件永不成立".to_owned();
                let en = "this can never hold".to_owned();
                problems.say("policy/never-applies", expression.whole(policy), zh, en);
            }
        }
        for (expression, possible) in self.checks.values() {
            if !possible {
                let zh = "此檢核永不為偽".to_owned();
                let en = "this check can never fail".to_owned();
                problems.say("policy/never-fails", expression.whole(policy), zh, en);
            }
        }
    }
}

fn note(seen: &mut BTreeMap<Span, (Expression, bool)>, expression: &Expression, possible: bool) {
    let entry = seen
        .entry(expression.span)
        .or_insert_with(|| (expression.clone(), false));
    entry.1 |= possible;
}
