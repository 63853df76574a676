//! `plangate diff`: two plans, or two folders of plans, in; what changed in meaning, out.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::arguments::{DiffArguments, DiffGate};
use super::check::VERSION;
use super::packs::{Ground, ground};
use super::plans::{self, Found, Read};
use super::world::World;
use super::{BLOCKED, CLEAN, COULD_NOT_CHECK};
use crate::change::{Changes, compare};
use crate::check::{Judge, Settings};
use crate::document::Node;
use crate::finding::{Finding, Severity};
use crate::plan::{Names, Plan, PlanFiles};
use crate::policy::PackSource;
use crate::report::diff::{self, DiffOptions, PlanDiff};
use crate::source::SourceError;
use crate::text::Localized;

/// The plans of both sides by what they are called below what was typed.
type Sides = BTreeMap<String, (Option<Read>, Option<Read>)>;

pub(super) fn run(world: &mut World<'_>, arguments: &DiffArguments) -> io::Result<u8> {
    let Some(ground) = ground(world, &arguments.shared, PackSource::builtin(), |_| ())? else {
        return Ok(COULD_NOT_CHECK);
    };
    let sides = match read_sides(world, arguments) {
        Ok(sides) => sides,
        Err(error) => {
            world.complain(&format!(
                "plangate: {}",
                error.message().get(ground.language)
            ));
            return Ok(COULD_NOT_CHECK);
        }
    };
    let unread: Vec<Finding> = unread(&sides);
    if !unread.is_empty() {
        super::packs::tell(world, unread, ground.language)?;
        return Ok(COULD_NOT_CHECK);
    }
    for file in doubtful(&sides) {
        let message = Localized::new(
            format!("{file} 有語法問題（如重複之鍵），變更可能未全列；先 plangate check"),
            format!(
                "{file} has problems of syntax, such as a key twice: changes may be missing; plangate check tells them"
            ),
        );
        world.complain(&format!("plangate: {}", message.get(ground.language)));
    }
    compare_all(world, arguments, &ground, &sides)
}

/// Compares what was read, and writes it.
fn compare_all(
    world: &mut World<'_>,
    arguments: &DiffArguments,
    ground: &Ground<()>,
    sides: &Sides,
) -> io::Result<u8> {
    let settings = Settings {
        as_of: arguments.shared.as_of.as_of(world.today),
        today: world.today,
        all: true,
    };
    let judge = arguments
        .verdicts
        .then(|| Judge::new(&ground.pack, &ground.schema, settings));
    let joined: Vec<(Option<Plan<'_>>, Option<Plan<'_>>)> = sides
        .values()
        .map(|(old, new)| (plan(old.as_ref(), ground), plan(new.as_ref(), ground)))
        .collect();
    let mut plans = Vec::new();
    for (old, new) in &joined {
        let mut told = told(old.as_ref(), new.as_ref(), world);
        if let (Some(judge), Some(old), Some(new)) = (&judge, old, new) {
            told.lost = judge.lost(old.files(), new.files());
        }
        plans.push(told);
    }
    // In a folder, what did not change is not worth a heading.
    if plans.len() > 1 {
        plans.retain(|plan| plan.differs() || !plan.lost.is_empty());
    }
    let options = DiffOptions {
        schema: &ground.schema,
        laws: &ground.pack.laws,
        language: ground.language,
        color: world.color,
        version: VERSION,
    };
    diff::render(arguments.format.into(), &plans, options, world.out)?;
    let blocks = match arguments.fail_on {
        None => false,
        Some(DiffGate::Weakened) => plans.iter().any(PlanDiff::may_weaken),
        Some(DiffGate::Changed) => plans.iter().any(PlanDiff::differs),
    };
    Ok(if blocks { BLOCKED } else { CLEAN })
}

fn plan<'p>(read: Option<&'p Read>, ground: &'p Ground<()>) -> Option<Plan<'p>> {
    let files: &PlanFiles = read?.files.as_ref()?;
    Some(Plan::new(files, &ground.schema))
}

fn told<'p>(old: Option<&Plan<'p>>, new: Option<&Plan<'p>>, world: &World<'_>) -> PlanDiff<'p> {
    let changes = match (old, new) {
        (Some(old), Some(new)) => compare(old, new, world.today),
        _ => Changes::default(),
    };
    let name = |plan: &Plan<'p>| plan.main_file().name();
    PlanDiff {
        old: old.map(name),
        new: new.map(name),
        agency: new.or(old).and_then(agency),
        editions: old
            .and_then(edition)
            .zip(new.and_then(edition))
            .filter(|(a, b)| a != b),
        names: (names(old), names(new)),
        changes,
        lost: Vec::new(),
    }
}

fn names<'p>(plan: Option<&Plan<'p>>) -> Names<'p> {
    plan.map(Names::of).unwrap_or_default()
}

fn edition<'p>(plan: &Plan<'p>) -> Option<&'p str> {
    let header = plan.section("header")?.node;
    let edition = header.get("edition").filter(|edition| !edition.is_map());
    edition.map(Node::written)
}

/// The agency's name; where it is in no register, what the header calls it.
fn agency<'p>(plan: &Plan<'p>) -> Option<&'p str> {
    let bodies = plan.bodies();
    if let Some(body) = bodies.agency() {
        return Some(bodies.get(body).name);
    }
    let header = plan.section("header")?.node;
    header.get("agency").and_then(Node::as_str)
}

/// Two plans are compared whatever they are called; of folders, plans of the same name below them.
fn read_sides(world: &mut World<'_>, arguments: &DiffArguments) -> Result<Sides, SourceError> {
    let repo = arguments.repo.as_deref();
    let old = plans::find(world, std::slice::from_ref(&arguments.base), repo)?;
    let new = plans::find(world, std::slice::from_ref(&arguments.head), repo)?;
    let mut sides = Sides::new();
    let alone = old.len() == 1 && new.len() == 1;
    for (found, is_new) in [(&old, false), (&new, true)] {
        for plan in found {
            let name = if alone { "" } else { below(plan) }.to_owned();
            let side = sides.entry(name).or_default();
            let read = Some(plans::read(plan)?);
            if is_new {
                side.1 = read;
            } else {
                side.0 = read;
            }
        }
    }
    Ok(sides)
}

/// What a plan is called below the folder that was typed.
fn below(plan: &Found) -> &str {
    match plan {
        Found::File(file) => &file.below,
        Found::Given(_) => plan.name(),
    }
}

/// What is wrong with plans that could not be read to their end: what is not there may well be.
fn unread(sides: &Sides) -> Vec<Finding> {
    let reads = sides.values().flat_map(|(old, new)| [old, new]).flatten();
    let broken = reads.filter(|read| read.files.is_none());
    let mut findings: Vec<Finding> = broken.flat_map(|read| read.findings.clone()).collect();
    crate::check::sort(&mut findings);
    findings
}

/// Files that were read to their end although not all of them means something: of a key that stands twice
/// only the first counts.
fn doubtful(sides: &Sides) -> BTreeSet<String> {
    let reads = sides.values().flat_map(|(old, new)| [old, new]).flatten();
    let findings = reads.flat_map(|read| &read.findings);
    let amiss = findings.filter(|finding| {
        finding.severity == Severity::Error && finding.policy.starts_with("syntax/")
    });
    amiss
        .map(|finding| finding.place.file.name().to_owned())
        .collect()
}
