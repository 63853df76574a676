//! The roster and the approval rules: whether there is anybody who could approve.

use std::path::Path;
use std::sync::Arc;

use super::{read, well_formed};
use crate::config::Config;
use crate::config::roster::{self, Roster};
use crate::review::health::{Point, State};
use crate::review::rules::compile;
use crate::source::SourceError;
use crate::text::{Day, Localized, SourceFile};

/// What there is to say of roster, rules, and the folders that agencies own.
pub(super) fn points(
    root: &Path,
    config: &Config,
    file: &Arc<SourceFile>,
    today: Day,
) -> Result<Vec<Point>, SourceError> {
    let name = "roster.yaml";
    let (roster, mut points) = match read(root, name)? {
        Some(roster) => {
            let (roster, findings) = roster::read(&roster);
            (roster, vec![well_formed("roster", name, &findings)])
        }
        None => {
            let point = Point::asking(
                "roster",
                State::Wrong,
                Localized::new("沒有 roster.yaml", "there is no roster.yaml"),
                Localized::new(
                    "無名冊即無人能核准；以 plangate schema roster 取得其綱要",
                    "without it nobody can approve; plangate schema roster prints its schema",
                ),
            );
            (Roster::default(), vec![point])
        }
    };
    points.extend(rules(config, file, &roster, today));
    points.extend(folders(root, &roster));
    Ok(points)
}

fn rules(config: &Config, file: &Arc<SourceFile>, roster: &Roster, today: Day) -> Vec<Point> {
    if config.approvals.is_empty() {
        return vec![Point::asking(
            "approvals",
            State::Wrong,
            Localized::new(
                "plangate.yaml 無核准規則，任何變更皆無須核准",
                "plangate.yaml has no approval rules: no change needs any approval",
            ),
            Localized::new("於 approvals 載明", "write them under approvals"),
        )];
    }
    let (_, findings) = compile(&config.approvals, file, roster, today);
    if findings.is_empty() {
        let count = config.approvals.len();
        return vec![Point::good(
            "approvals",
            Localized::new(
                format!("{count} 項核准規則，今日皆有人可核准"),
                format!("{count} approval rules, each with people for it today"),
            ),
        )];
    }
    let asks = findings.into_iter().map(|finding| {
        Point::asking(
            "approvals",
            State::Wrong,
            finding.message,
            Localized::new(
                "於 roster.yaml 填入人員，或修改規則",
                "put people into roster.yaml, or change the rule",
            ),
        )
    });
    // Several rules may want the same person.
    let mut points: Vec<Point> = Vec::new();
    for point in asks {
        if !points.contains(&point) {
            points.push(point);
        }
    }
    points
}

/// Agencies whose folder holds no plan: their changes would belong to nobody's plan.
fn folders<'r>(root: &'r Path, roster: &'r Roster) -> impl Iterator<Item = Point> + 'r {
    roster.agencies.values().filter_map(|agency| {
        let folder = agency.folder.as_deref()?;
        let is_there = root.join(folder).join("plan.yaml").is_file();
        (!is_there).then(|| {
            let name = &agency.name;
            Point::asking(
                "plan",
                State::Wrong,
                Localized::new(
                    format!("「{name}」之資料夾 {folder} 沒有 plan.yaml"),
                    format!("the folder {folder} of {name} has no plan.yaml"),
                ),
                Localized::new(
                    "更正名冊之 folder，或放入計畫",
                    "correct the folder in the roster, or put the plan there",
                ),
            )
        })
    })
}
