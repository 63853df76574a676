//! A plan without a date is judged by every edition of the law; where those that ask disagree, the
//! answer is not known. Keelung's is such a plan.

use libtest_mimic::{Failed, Trial};
use plangate::check::Visited;
use plangate::finding::{Reason, Verdict};
use plangate::text::{Day, parse_day};

use crate::plans::{KEELUNG, PACK, TODAY, judged, on_day};

/// The policies whose editions give this plan different verdicts, as the review of the plans has it for the
/// duties that the amendments of 110 and 115 brought.
const DISAGREE: [&str; 1] = ["banned-products-not-restricted"];

pub(crate) fn trials() -> Vec<Trial> {
    let each = PACK.policies.keys().map(|id| {
        let name = format!("undated › {KEELUNG} › {id}");
        Trial::test(name, move || check(id).map_err(Failed::from))
    });
    let mut trials: Vec<Trial> = each.collect();
    trials.push(Trial::test(
        "undated › where the editions disagree",
        disagree,
    ));
    trials
}

fn days() -> Vec<Day> {
    let today = parse_day(TODAY).expect("a day");
    let mut days = PACK.laws.days_of_change();
    days.retain(|&day| day <= today);
    days.push(today);
    days
}

fn check(id: &str) -> Result<(), String> {
    let policy = PACK.get(id).ok_or("no such policy")?;
    let by_day: Vec<Vec<Visited>> = days()
        .into_iter()
        .map(|day| on_day(KEELUNG, policy, day))
        .collect();
    for visited in judged(KEELUNG, policy, "issued").0 {
        let same = |other: &&Visited| other.names() == visited.names();
        // An edition that is not in force visits no entry of its list: nothing is owed.
        let on = |day: &Vec<Visited>| {
            let found = day.iter().find(same);
            found.map_or(Verdict::NotApplicable, |other| other.verdict)
        };
        let verdicts: Vec<Verdict> = by_day.iter().map(on).collect();
        let agreed = agreed(&verdicts);
        let undecided = visited.reason == Some(Reason::EditionsDisagree);
        let names = visited.names();
        if agreed.is_some_and(|verdict| verdict != visited.verdict) {
            return Err(format!(
                "{names:?}: {agreed:?} on each day, issued {visited:?}"
            ));
        }
        if !(agreed.is_some() || undecided && visited.verdict == Verdict::Unknown) {
            return Err(format!("{names:?}: {verdicts:?}, issued {visited:?}"));
        }
    }
    Ok(())
}

/// What the days agree on: the same on all of them, or on those that ask something, where nobody is
/// to blame.
fn agreed(verdicts: &[Verdict]) -> Option<Verdict> {
    let same = |verdicts: &[Verdict]| {
        let first = *verdicts.first()?;
        verdicts
            .iter()
            .all(|&other| other == first)
            .then_some(first)
    };
    let asked: Vec<Verdict> = verdicts
        .iter()
        .copied()
        .filter(|&verdict| verdict != Verdict::NotApplicable)
        .collect();
    let blameless = [Verdict::Pass, Verdict::Delegated, Verdict::Unknown];
    same(verdicts).or_else(|| same(&asked).filter(|verdict| blameless.contains(verdict)))
}

fn disagree() -> Result<(), Failed> {
    let found: Vec<&str> = PACK
        .policies
        .iter()
        .filter(|(_, policy)| {
            let verdicts = judged(KEELUNG, policy, "issued").0;
            verdicts
                .iter()
                .any(|v| v.reason == Some(Reason::EditionsDisagree))
        })
        .map(|(id, _)| &**id)
        .collect();
    if found == DISAGREE {
        Ok(())
    } else {
        Err(format!("{found:?}").into())
    }
}
