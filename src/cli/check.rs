//! `plangate check`: plans in, findings out.

use std::io;
use std::mem;
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
use crate::plan::{Validator, check_shape};
use crate::policy::PackSource;
use crate::report::{Format, Options, Part, Stream};
use crate::source::SourceError;
use crate::text::{Day, Language};

/// From how many plans on progress is worth showing.
const MANY: usize = 50;
/// How many groups of plans are judged before their findings are written: enough that one large plan
/// does not leave a core idle for long, few enough that memory does not grow with their number.
const BATCH: usize = 256;
/// The version that reports name.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(super) fn run(world: &mut World<'_>, arguments: &CheckArguments) -> io::Result<u8> {
    let builtin = PackSource::builtin();
    let base = arguments.base.as_deref();
    let base = base.map(|written| Base::open(written, arguments.repo.as_deref()));
    let base = match base.transpose() {
        Ok(base) => base,
        Err(error) => return Ok(refuse(world, &error, Language::default())),
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
    world.complain(&format!("plangate: {}", error.message().get(language)));
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
    /// Judges plans on all cores and writes what is found, in the order of their names, a batch at a
    /// time; gives whether anything blocks. A plan that cannot be read ends it: what was found in
    /// the batches before has been written by then.
    fn write(
        &self,
        found: &[Found],
        out: &mut dyn io::Write,
    ) -> io::Result<Result<bool, SourceError>> {
        let names: Vec<&str> = found.iter().map(Found::name).collect();
        let groups = batches::groups(&names);
        let tool = self.judge.tool(VERSION);
        let mut stream = Stream::new(self.format, self.options, tool, out);
        for batch in groups.chunks(BATCH) {
            let parts = batch.par_iter().map(|group| {
                let judged = self.judge(&found[group.clone()])?;
                Ok(Part::new(judged, self.format, self.options))
            });
            let parts: Result<Vec<Part>, SourceError> = parts.collect();
            match parts {
                Ok(parts) => parts.into_iter().try_for_each(|part| stream.add(part))?,
                Err(error) => return Ok(Err(error)),
            }
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

    fn judge(&self, group: &[Found]) -> Result<Vec<Judged>, SourceError> {
        group
            .par_iter()
            .map(|plan| {
                let read = self
                    .read
                    .lock()
                    .expect("internal: nobody panics with it")
                    .take();
                let read = read.unwrap_or_else(|| plans::read(plan));
                let judged = read.and_then(|read| self.judge_one(plan.name(), &read));
                self.bar.inc(1);
                judged
            })
            .collect()
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

    fn judge_one(&self, name: &str, read: &Read) -> Result<Judged, SourceError> {
        let Some(before) = &self.before else {
            return Ok(self.judge_alone(read));
        };
        let mut judged = self.judge_alone(read);
        let was = before
            .was
            .plans
            .get(name)
            .map(plans::read_file)
            .transpose()?;
        let findings = was.as_ref().map(|was| self.judge_alone(was).findings);
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
    fn judge_alone(&self, read: &Read) -> Judged {
        let Some(files) = &read.files else {
            return self.judge.unread(&read.file, read.findings.clone());
        };
        let mut judged = self.judge.plan(files);
        self.needed(&mut judged);
        if let Some((day, judge)) = self.also {
            let mut other = judge.plan(files);
            self.needed(&mut other);
            let also = Also::between(&judged.findings, &other.findings, *day);
            judged.summary.also = Some(also);
        }
        let mut of_form = read.findings.clone();
        of_form.append(&mut check_shape(files, self.validator, self.judge.schema()));
        // What policies found is concealed and sorted already.
        if !of_form.is_empty() {
            judged.findings.append(&mut of_form);
            conceal(&mut judged.findings);
            sort(&mut judged.findings);
        }
        judged
    }
}
