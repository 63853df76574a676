//! A plan without a date is judged by every edition of the law; where they disagree, the answer is
//! not known. Keelung's is such a plan.

use libtest_mimic::{Failed, Trial};
use plangate::check::Visited;
use plangate::finding::{Reason, Verdict};
use plangate::text::{Day, parse_day};

use crate::plans::{KEELUNG, PACK, TODAY, judged, on_day};

/// The policies whose editions give this plan different verdicts, as the review of the plans has it for the
/// duties that the amendments of 110 and 115 brought.
const DISAGREE: [&str; 2] = [
    "banned-products-not-restricted",
    "it-staff-training-insufficient",
];

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
        let agreed = verdicts.iter().all(|&verdict| verdict == verdicts[0]);
        let undecided = visited.reason == Some(Reason::EditionsDisagree);
        let names = visited.names();
        if agreed && verdicts.first() != Some(&visited.verdict) {
            return Err(format!(
                "{names:?}: {:?} on each day, issued {visited:?}",
                verdicts[0]
            ));
        }
        if !(agreed || undecided && visited.verdict == Verdict::Unknown) {
            return Err(format!("{names:?}: {verdicts:?}, issued {visited:?}"));
        }
    }
    Ok(())
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
