//! `plangate doctor`: a plans repository in, what its gate still needs out.
//!
//! What files can tell is read here; whether the branch is protected, only the forge knows. Without
//! a forge that is unknown, and unknown is not good: 狀態未受保護.

mod arguments;
mod people;
mod upkeep;

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::check::VERSION;
use super::connect::connect;
use super::packs::refuse;
use super::world::World;
use super::{BLOCKED, CLEAN, COULD_NOT_CHECK};
use crate::config::{self, Config};
use crate::document::{self, Limits};
use crate::finding::{Finding, Severity};
use crate::report::doctor;
use crate::review::health::{Point, State, protection, running};
use crate::source::{self, SourceError};
use crate::text::{Localized, SourceFile};

pub(super) use arguments::DoctorArguments;
use arguments::DoctorWord;

/// The environment of the workflow pack, which has the key of the App.
const ENVIRONMENT: &str = "plan-gate";

pub(super) fn run(world: &mut World<'_>, arguments: &DoctorArguments) -> io::Result<u8> {
    let (config, mut points) = match examine(world, &arguments.folder) {
        Ok(examined) => examined,
        Err(error) => {
            refuse(world, &error, arguments.lang);
            return Ok(COULD_NOT_CHECK);
        }
    };
    points.extend(upkeep::schemas(&arguments.folder)?);
    points.extend(protected(world, arguments));
    let language = arguments.lang.unwrap_or(config.language);
    match arguments.format {
        DoctorWord::Text => doctor::text(&points, language, world.out)?,
        DoctorWord::Json => doctor::json(&points, VERSION, world.out)?,
    }
    let blocks = points.iter().any(|point| point.state.blocks());
    Ok(if blocks { BLOCKED } else { CLEAN })
}

/// All that files tell, but for the schemas.
fn examine(world: &World<'_>, root: &Path) -> Result<(Config, Vec<Point>), SourceError> {
    let mut points = Vec::new();
    let Some(file) = read(root, "plangate.yaml")? else {
        points.push(Point::asking(
            "configuration",
            State::Wrong,
            Localized::new("沒有 plangate.yaml", "there is no plangate.yaml"),
            Localized::new(
                "以 plangate init 建立，或於計畫儲存庫之根目錄執行",
                "make one with plangate init, or run at the root of the plans repository",
            ),
        ));
        return Ok((Config::default(), points));
    };
    let (config, findings) = config::read(&file);
    points.push(well_formed("configuration", "plangate.yaml", &findings));
    points.extend(people::points(root, &config, &file, world.today)?);
    points.extend(waivers(root, world)?);
    points.extend(upkeep::workflows(root)?);
    points.push(upkeep::pack(world.today));
    points.push(upkeep::history(root));
    Ok((config, points))
}

/// A file of the repository; `None` where it is not there.
fn read(root: &Path, name: &str) -> Result<Option<Arc<SourceFile>>, SourceError> {
    let limits = Limits::default();
    let bytes = source::read_below(root, name, limits.bytes)?;
    Ok(bytes.map(|bytes| document::decode(name, &bytes, limits).file))
}

/// Whether a file reads without an error; where not, its first one.
fn well_formed(id: &'static str, name: &str, findings: &[Finding]) -> Point {
    let mut errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let Some(first) = errors.next() else {
        let found = Localized::new(format!("{name} 可讀"), format!("{name} reads"));
        return Point::good(id, found);
    };
    let line = first.place.start().line;
    let (zh_tw, en) = (&first.message.zh_tw, &first.message.en);
    Point::asking(
        id,
        State::Wrong,
        Localized::new(
            format!("{name} 第 {line} 行：{zh_tw}"),
            format!("{name} line {line}: {en}"),
        ),
        Localized::new(
            format!("修正 {name}；有誤者不採用，閘門不作成判定"),
            format!("mend {name}: what is wrong in it is not used, and the gate gives no verdict"),
        ),
    )
}

fn waivers(root: &Path, world: &World<'_>) -> Result<Option<Point>, SourceError> {
    let name = "waivers.yaml";
    let Some(file) = read(root, name)? else {
        return Ok(None);
    };
    let (waivers, findings) = config::read_waivers(&file);
    let over = waivers
        .iter()
        .filter(|waiver| waiver.until.value < world.today);
    let over = over.count();
    if over == 0 || findings.iter().any(|f| f.severity == Severity::Error) {
        return Ok(Some(well_formed("waivers", name, &findings)));
    }
    Ok(Some(Point::asking(
        "waivers",
        State::Attention,
        Localized::new(
            format!("{name} 有 {over} 項已過末日"),
            format!("{over} of {name} are over"),
        ),
        Localized::new(
            "刪除，或重新核准",
            "take them out, or have them granted again",
        ),
    )))
}

/// Whether the statuses decide and the key is safe, as the forge tells it; it is asked here and
/// nowhere else.
fn protected(world: &World<'_>, arguments: &DoctorArguments) -> Vec<Point> {
    let branch = &arguments.branch;
    if arguments.offline {
        let found = Localized::new(
            format!("「{branch}」之保護規則未查"),
            format!("the rules of {branch} were not asked for"),
        );
        let point = Point {
            id: "protection",
            state: State::Skipped,
            found,
            help: None,
        };
        return vec![point];
    }
    let mut connected = match connect(world, arguments.forge.as_deref()) {
        Ok(connected) => connected,
        Err(why) => {
            let mut points = protection(Err(&why), branch, None);
            points.extend(running(Err(&why), ENVIRONMENT, branch, false));
            return points;
        }
    };
    let app = connected.app;
    let rules = connected.forge.protection(branch);
    let rules = rules.map_err(|error| error.told());
    let mut points = protection(rules.as_ref().map(Option::as_ref), branch, app);
    let workflows = connected.forge.running(ENVIRONMENT);
    let workflows = workflows.map_err(|error| error.told());
    points.extend(running(
        workflows.as_ref(),
        ENVIRONMENT,
        branch,
        app.is_some(),
    ));
    points
}
