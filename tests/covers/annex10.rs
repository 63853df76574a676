//! The controls of Annex 10: those of the policy are those of the table, at the same levels, in the
//! edition of 2026 and in the one before it.

use plangate::cel::Data;
use plangate::policy::{Confidence, Edition, Pack, Row};
use serde::Deserialize;

const POLICY: &str = "baseline-control-not-met";
/// A permission: an agency may set its own rule for passwords of external users, and need not.
const PERMITTED: i64 = 43;

/// One control of the table.
#[derive(Debug, Deserialize)]
struct Control {
    no: i64,
    level_115: String,
    level_110: String,
}

#[derive(Debug, Deserialize)]
struct Controls {
    annex10_controls: Vec<Control>,
}

/// What differs between the policy and the table.
pub(crate) fn problems(pack: &Pack, table: &str) -> Vec<String> {
    let table: Controls = serde_yaml::from_str(table).expect("the table reads");
    let policy = pack.get(POLICY).expect("the policy is there");
    let [before, now] = &policy.editions[..] else {
        return vec!["there are two editions of the controls".to_owned()];
    };
    let mut found = of_edition(now, &table, |control| &control.level_115);
    found.extend(of_edition(before, &table, |control| &control.level_110));
    // Most of the levels before 2026 are from memory.
    let sure = before.confidence.at(Row::default());
    if sure != Some(&Confidence::Memory) {
        found.push(format!("the levels before 2026 are {sure:?}"));
    }
    found
}

fn of_edition(
    edition: &Edition,
    table: &Controls,
    level: impl Fn(&Control) -> &String,
) -> Vec<String> {
    let params = edition.params.at(Row::of("government", Some('A')));
    let Some(Data::List(controls)) = params.get("controls") else {
        return vec!["no controls".to_owned()];
    };
    if controls.len() != table.annex10_controls.len() {
        return vec![format!("{} controls", controls.len())];
    }
    let before = params.get("before") == Some(&Data::Bool(true));
    let pairs = controls.iter().zip(&table.annex10_controls);
    let differ = pairs.filter_map(|(own, control)| {
        let were = own.get("were").filter(|_| before);
        let levels = were.or(own.get("levels"));
        let same = own.get("id") == Some(&Data::text(control.no.to_string()))
            && levels == Some(&Data::text(levels_from(control, level(control))));
        (!same).then(|| format!("{}: control {}: {own:?}", edition.from, control.no))
    });
    differ.collect()
}

/// A control of a level is asked of that level and of those above.
fn levels_from(control: &Control, level: &str) -> &'static str {
    match level {
        _ if control.no == PERMITTED => "無",
        "普" => "普中高",
        "中" => "中高",
        "高" => "高",
        _ => "無",
    }
}
