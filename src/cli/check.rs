//! `plangate check`: plans in, findings out.

use std::io;
use std::mem;
use std::ops::{ControlFlow, Range};
use std::sync::Mutex;

use indicatif::ProgressBar;
use rayon::prelude::*;

use super::arguments::CheckArguments;
use super::base::{Base, Was};
use super::only::{self, Early};
use super::packs::ground_of;
use super::plans::{self, Found, Read};
use super::world::World;
use super::{BLOCKED, CLEAN, COULD_NOT_CHECK, batches};
use crate::check::{
    Also, AsOf, Beside, Exceptions, Former, Judge, Judged, Reader, Settings, Transition, Used,
    conceal, removed, sort,
};
use crate::config::Block;
use crate::finding::Finding;
use crate::plan::{PlanFiles, Validator, check_shape};
use crate::policy::PackSource;
use crate::report::{Format, Options, Part, Stream};
use crate::source::SourceError;
use crate::text::{Day, Language, Localized};

/// From how many plans on progress is worth showing.
const MANY: usize = 50;
/// How many plans at most are judged together.
const TOGETHER: usize = 8;
/// From how many bytes on no more plans are judged together: of larger ones fewer stand in memory at once.
const ENOUGH: usize = 512 << 10;
/// The version that reports name.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(super) fn run(world: &mut World<'_>, arguments: &CheckArguments) -> io::Result<u8> {
    let builtin = PackSource::builtin();
    let base = match Base::of(arguments) {
        Ok(base) => base,
        Err(why) => {
            let language = arguments.shared.lang.unwrap_or_default();
            return Ok(complain(world, &why, language));
        }
    };
    let shared = &arguments.shared;
    let early = (base.is_none() && !arguments.paths.is_empty())
        .then(|| plans::find(world, &arguments.paths, arguments.repo.as_deref()));
    let known = early.as_ref().and_then(|found| found.as_deref().ok());
    let (ground, read) = only::read(known, || {
        ground_of(world, shared, base.as_ref(), builtin, Validator::new)
    });
    let Some(ground) = ground? else {
        return Ok(COULD_NOT_CHECK);
    };
    let typed = if arguments.paths.is_empty() {
        &ground.config.plans
    } else {
        &arguments.paths
    };
    let repo = arguments.repo.as_deref();
    let found = match &base {
        Some(base) => base.find(world, typed, repo),
        None => early.unwrap_or_else(|| plans::find(world, typed, repo)),
    };
    let found = found.and_then(|mut found| {
        let before = base
            .as_ref()
            .map(|base| base.plans(typed, &mut found))
            .transpose()?;
        Ok((found, before))
    });
    let (found, before) = match found {
        Ok(found) => found,
        Err(error) => return Ok(refuse(world, &error, ground.language)),
    };
    let against = base.as_ref().zip(before).map(|(base, plans)| Before {
        was: plans,
        called: base.called(),
        all: ground.config.gate.block == Block::All,
    });
    let settings = Settings {
        as_of: arguments.shared.as_of.as_of(world.today),
        today: world.today,
        all: arguments.all,
    };
    let exceptions = Exceptions {
        root: &ground.root,
        waivers: &ground.waivers,
        lowered: &ground.config.gate.lowered,
    };
    let reader = match arguments.format.into() {
        // Against a base a finding may be told in other words than its own.
        Format::Text if against.is_none() => Reader::at_terminal(ground.language),
        _ => Reader::ALL,
    };
    let judge = |settings| {
        let judge = Judge::new(&ground.pack, &ground.schema, settings);
        judge.excepting(exceptions).writing_for(reader)
    };
    let also = arguments.also_as_of.map(|day| {
        let settings = Settings {
            as_of: AsOf::Day(day),
            all: false,
            ..settings
        };
        (day, judge(settings))
    });
    let judge = judge(settings).explaining(arguments.explain);
    let options = Options {
        language: ground.language,
        color: world.color,
        fail_on: arguments.fail_on.unwrap_or(ground.config.gate.fail_on),
        all: arguments.all,
    };
    let run = Run {
        judge: &judge,
        also: also.as_ref(),
        validator: &ground.beside,
        format: arguments.format.into(),
        options,
        whole: arguments.paths.is_empty() && against.is_none(),
        before: against,
        used: Mutex::default(),
        read: Mutex::new(read),
        bar: plans::progress(world.progress && found.len() >= MANY, found.len()),
    };
    let blocks = only::judge(&judge, found.len(), || run.write(&found, world.out))?;
    run.bar.finish_and_clear();
    drop((judge, also));
    if world.ends {
        mem::forget(ground);
    }
    match blocks {
        Ok(true) => Ok(BLOCKED),
        Ok(false) => Ok(CLEAN),
        Err(error) => Ok(refuse(world, &error, options.language)),
    }
}

/// The world refused: nothing could be checked.
fn refuse(world: &mut World<'_>, error: &SourceError, language: Language) -> u8 {
    complain(world, &error.message(), language)
}

fn complain(world: &mut World<'_>, why: &Localized, language: Language) -> u8 {
    world.complain(&format!("plangate: {}", why.get(language)));
    COULD_NOT_CHECK
}

/// What a run compares with.
struct Before {
    was: Was,
    /// What the base is called.
    called: String,
    /// Whether everything counts, and not only what the change brings.
    all: bool,
}

/// What one run asks of every plan.
struct Run<'r> {
    judge: &'r Judge<'r>,
    /// A second law date, and who judges by it.
    also: Option<&'r (Day, Judge<'r>)>,
    validator: &'r Validator,
    format: Format,
    options: Options,
    /// The plans as they were in the base, where there is one.
    before: Option<Before>,
    /// Whether every plan of the repository is judged.
    whole: bool,
    /// The exceptions that the plans needed so far.
    used: Mutex<Used>,
    /// The only plan, where it was read while the packs were loading.
    read: Mutex<Option<Early>>,
    bar: ProgressBar,
}

impl Run<'_> {
    /// Judges plans on all cores and writes what is found, in the order of their names; gives whether
    /// anything blocks. A plan that cannot be read ends it: what was found in the batches before has been
    /// written by then.
    fn write(
        &self,
        found: &[Found],
        out: &mut dyn io::Write,
    ) -> io::Result<Result<bool, SourceError>> {
        let names: Vec<&str> = found.iter().map(Found::name).collect();
        let groups = batches::groups(&names);
        let tool = self.judge.tool(VERSION);
        let mut stream = Stream::new(self.format, self.options, tool, out);
        let judge = |batch: &[Range<usize>]| {
            let parts = batch.par_chunks(together(groups.len()));
            let parts = parts.map(|groups| self.parts(groups, found));
            parts.collect::<Result<Vec<Vec<Part>>, SourceError>>()
        };
        let written = batches::in_order(&groups, judge, |parts| match parts {
            Ok(parts) => {
                let mut parts = parts.into_iter().flatten();
                let written = parts.try_for_each(|part| stream.add(part));
                written.map_or_else(
                    |error| ControlFlow::Break(Err(error)),
                    ControlFlow::Continue,
                )
            }
            Err(error) => ControlFlow::Break(Ok(error)),
        });
        if let ControlFlow::Break(why) = written {
            return why.map(Err);
        }
        let used = self.used.lock().expect("internal: nobody panics with it");
        let mut amiss = self.judge.amiss(&used, self.whole);
        match self.removed() {
            Ok(removed) => amiss.extend(removed),
            Err(error) => return Ok(Err(error)),
        }
        stream.add(Part::of_others(amiss, self.format, self.options))?;
        let blocks = stream.end(|judged| self.judge.outcome(judged, VERSION))?;
        Ok(Ok(blocks))
    }

    /// What is to be written of neighbouring groups.
    fn parts(&self, groups: &[Range<usize>], found: &[Found]) -> Result<Vec<Part>, SourceError> {
        let start = groups.first().map_or(0, |group| group.start);
        let end = groups.last().map_or(0, |group| group.end);
        let plans = &found[start..end];
        // One group may be all plans there are.
        let judged = plans.par_chunks(together(plans.len()).max(groups.len()));
        let judged = judged.map(|plans| self.judge(plans));
        let judged: Result<Vec<Vec<Judged>>, SourceError> = judged.collect();
        let mut judged = judged?.into_iter().flatten();
        let parts = groups.iter().map(|group| {
            let judged = judged.by_ref().take(group.len()).collect();
            Part::new(judged, self.format, self.options)
        });
        Ok(parts.collect())
    }

    /// Reads plans and judges them together, as many at a time as are not too large.
    fn judge(&self, plans: &[Found]) -> Result<Vec<Judged>, SourceError> {
        let (mut judged, mut reads, mut bytes) = (Vec::with_capacity(plans.len()), Vec::new(), 0);
        for plan in plans {
            let read = self
                .read
                .lock()
                .expect("internal: nobody panics with it")
                .take();
            let read = self.with_form(read.unwrap_or_else(|| plans::read(plan))?);
            bytes += read.files.as_ref().map_or(0, PlanFiles::bytes);
            reads.push((plan.name(), read));
            if bytes > ENOUGH {
                judged.append(&mut self.judge_reads(&reads)?);
                reads.clear();
                bytes = 0;
            }
        }
        judged.append(&mut self.judge_reads(&reads)?);
        self.bar.inc(plans.len() as u64);
        Ok(judged)
    }

    /// With what is wrong in form, too: it is looked for while the tree is at hand.
    fn with_form(&self, mut read: Read) -> Read {
        if let Some(files) = &read.files {
            let mut of_form = check_shape(files, self.validator, self.judge.schema());
            read.findings.append(&mut of_form);
        }
        read
    }

    fn judge_reads(&self, reads: &[(&str, Read)]) -> Result<Vec<Judged>, SourceError> {
        let alone = self.judge_alone(reads.iter().map(|(_, read)| read));
        let Some(before) = &self.before else {
            return Ok(alone);
        };
        let judged = reads.iter().zip(alone);
        let judged =
            judged.map(|((name, read), judged)| self.judge_against(before, name, read, judged));
        judged.collect()
    }

    /// What is to be said of the plans that the base has, and that are gone.
    fn removed(&self) -> Result<Vec<Finding>, SourceError> {
        let Some(before) = &self.before else {
            return Ok(Vec::new());
        };
        let removed = before.was.removed.iter().map(|plan| {
            let read = plans::read_file(plan)?;
            Ok(removed(&read.file, Some(&before.called)))
        });
        removed.collect()
    }

    /// Notes the exceptions that a plan needed.
    fn needed(&self, judged: &mut Judged) {
        let needed = std::mem::take(&mut judged.used);
        let mut used = self.used.lock().expect("internal: nobody panics with it");
        used.join(needed);
    }

    /// Holds what was found in a plan against what is found in it as it was.
    fn judge_against(
        &self,
        before: &Before,
        name: &str,
        read: &Read,
        mut judged: Judged,
    ) -> Result<Judged, SourceError> {
        let was = before
            .was
            .plans
            .get(name)
            .map(plans::read_file)
            .transpose()?;
        let was = was.map(|was| self.with_form(was));
        let findings = self
            .judge_alone(was.iter())
            .pop()
            .map(|judged| judged.findings);
        let beside = match (&was, &read.files) {
            (None, _) => Beside::Nothing,
            (
                Some(Read {
                    files: Some(old), ..
                }),
                Some(new),
            ) => Beside::Both(Transition {
                old,
                new,
                told_elsewhere: false,
                called: Some(Former {
                    revision: &before.called,
                    moved: before.was.moved(name),
                }),
            }),
            _ => Beside::Unread,
        };
        let found = std::mem::take(&mut judged.findings);
        let findings = findings.unwrap_or_default();
        let (found, used) = self.judge.against(found, findings, beside, before.all);
        judged.findings = found;
        judged.used.join(used);
        self.needed(&mut judged);
        conceal(&mut judged.findings);
        Ok(judged)
    }

    /// A plan whose files could not be read to their end is not judged: what is not there may well
    /// be.
    fn judge_alone<'s>(&self, reads: impl Iterator<Item = &'s Read> + Clone) -> Vec<Judged> {
        let whole: Vec<&PlanFiles> = reads
            .clone()
            .filter_map(|read| read.files.as_ref())
            .collect();
        let mut judged = self.judge.plans(&whole).into_iter();
        let also = self.also.as_ref();
        let mut others = also.map(|(day, judge)| (*day, judge.plans(&whole).into_iter()));
        let judged = reads.map(|read| {
            if read.files.is_none() {
                return self.judge.unread(&read.file, read.findings.clone());
            }
            let mut judged = judged.next().expect("internal: each plan is judged");
            self.needed(&mut judged);
            if let Some((day, others)) = &mut others {
                let mut other = others.next().expect("internal: each plan is judged");
                self.needed(&mut other);
                let also = Also::between(&judged.findings, &other.findings, *day);
                judged.summary.also = Some(also);
            }
            // What policies found is concealed and sorted already.
            if !read.findings.is_empty() {
                judged.findings.extend_from_slice(&read.findings);
                conceal(&mut judged.findings);
                sort(&mut judged.findings);
            }
            judged
        });
        judged.collect()
    }
}

/// How many of so many plans are judged together: none on their own that could keep another core busy.
fn together(plans: usize) -> usize {
    let cores = rayon::current_num_threads();
    plans.div_ceil(4 * cores).clamp(1, TOGETHER)
}
