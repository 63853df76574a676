//! The packs of a run: the built-in one, then the local ones.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::arguments::Shared;
use super::base::Base;
use super::world::World;
use crate::check::{self, Outcome};
use crate::config::{self, Config};
use crate::document::{self, Limits};
use crate::finding::{Finding, Severity, Waiver};
use crate::plan::Schema;
use crate::policy::{Loading, Pack, PackSource};
use crate::report::{self, Format, Options};
use crate::source::{self, SourceError};
use crate::text::Language;

/// Where the configuration is looked for if no argument names it.
const CONFIG: &str = "plangate.yaml";
/// The accepted exceptions, beside the configuration.
const WAIVERS: &str = "waivers.yaml";

/// What every command stands on.
pub(super) struct Ground<T> {
    /// What was made of the schema while the packs were loading.
    pub(super) beside: T,
    pub(super) schema: Schema,
    pub(super) pack: Pack,
    pub(super) config: Config,
    /// What is accepted for a time, and the folder from which it names plans.
    pub(super) waivers: Vec<Waiver>,
    pub(super) root: String,
    pub(super) language: Language,
}

/// Reads configuration and packs, and meanwhile makes of the schema what else is needed of it.
/// `None` where something in them is wrong; it has been told.
pub(super) fn ground<T: Send>(
    world: &mut World<'_>,
    shared: &Shared,
    builtin: PackSource,
    beside: impl FnOnce(&Schema) -> T + Send,
) -> std::io::Result<Option<Ground<T>>> {
    ground_of(world, shared, None, builtin, beside)
}

/// The same, all of it as it is in the base of a comparison.
pub(super) fn ground_of<T: Send>(
    world: &mut World<'_>,
    shared: &Shared,
    base: Option<&Base>,
    builtin: PackSource,
    beside: impl FnOnce(&Schema) -> T + Send,
) -> std::io::Result<Option<Ground<T>>> {
    let root = root(shared);
    let typed = shared.config.as_deref();
    let read = match base {
        None => read_config(typed).and_then(|read| Ok((read, read_waivers(&root)?))),
        Some(base) => config_of(base, typed).and_then(|read| Ok((read, waivers_of(base, &root)?))),
    };
    // Plans of a revision are named from its top, and so are those of waivers.
    let root = match base.filter(|_| Path::new(&root).is_absolute()) {
        Some(base) => base.place_of(&root).unwrap_or(root),
        None => root,
    };
    let ((config, mut findings), (waivers, amiss)) = match read {
        Ok(read) => read,
        Err(error) => {
            refuse(world, &error, shared.lang);
            return Ok(None);
        }
    };
    findings.extend(amiss);
    let language = shared.lang.unwrap_or(config.language);
    let schema = Schema::builtin();
    let mut sources = vec![builtin];
    for folder in config.packs.iter().chain(&shared.policies) {
        let source = match base {
            None => local(folder),
            Some(base) => base.pack(folder),
        };
        match source {
            Ok(source) => sources.push(source),
            Err(error) => {
                refuse(world, &error, Some(language));
                return Ok(None);
            }
        }
    }
    let ((pack, problems), beside) = rayon::join(|| load(&sources, &schema), || beside(&schema));
    findings.extend(problems);
    findings.extend(looser(&pack, &schema));
    if findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
    {
        check::sort(&mut findings);
        tell(world, findings, language)?;
        return Ok(None);
    }
    Ok(Some(Ground {
        beside,
        schema,
        pack,
        config,
        waivers,
        root,
        language,
    }))
}

/// As [`Pack::load`], on all cores, and what no plan asks for is not compiled.
pub(super) fn load(sources: &[PackSource], schema: &Schema) -> (Pack, Vec<Finding>) {
    let loading = Loading::trusting(sources, schema);
    let loaded = loading
        .files()
        .par_iter()
        .map(|file| loading.read(file))
        .collect();
    loading.finish(loaded)
}

/// Local policies that ask less than the built-in ones they tighten. The examples that tell are read
/// only where there is such a policy.
pub(super) fn looser(pack: &Pack, schema: &Schema) -> Vec<Finding> {
    let tightened = pack
        .policies
        .values()
        .filter_map(|policy| policy.tightens.as_ref());
    let ids: Vec<&str> = tightened.map(|of| of.value.as_str()).collect();
    if ids.is_empty() {
        return Vec::new();
    }
    let builtin = PackSource::builtin_with_examples().only(&ids);
    let (whole, _) = Pack::load(&[builtin], schema);
    check::looser(pack, &whole, schema)
}

/// The world refused, before it is known which language the configuration asks for.
pub(super) fn refuse(world: &mut World<'_>, error: &SourceError, language: Option<Language>) {
    let message = error.message();
    let message = message.get(language.unwrap_or_default());
    world.complain(&format!("plangate: {message}"));
}

/// Findings in configuration and policies go to the error output: nothing could be checked.
pub(super) fn tell(
    world: &mut World<'_>,
    findings: Vec<Finding>,
    language: Language,
) -> std::io::Result<()> {
    let outcome = Outcome {
        findings,
        ..Outcome::default()
    };
    let options = Options {
        language,
        color: world.color,
        ..Options::default()
    };
    report::render(Format::Text, &outcome, options, world.err)
}

pub(super) fn read_config(typed: Option<&str>) -> Result<(Config, Vec<Finding>), SourceError> {
    let path = match typed {
        Some(path) => path,
        None if Path::new(CONFIG).is_file() => CONFIG,
        None => return Ok((Config::default(), Vec::new())),
    };
    let bytes = source::read_file(Path::new(path), Limits::default().bytes)?;
    let decoded = document::decode(path, &bytes, Limits::default());
    let (config, mut findings) = config::read(&decoded.file);
    findings.extend(decoded.findings);
    Ok((config, findings))
}

/// The configuration of a base. Where it has none it is the default, unless a file was named: what a
/// typing mistake leaves out is a gate.
fn config_of(base: &Base, typed: Option<&str>) -> Result<(Config, Vec<Finding>), SourceError> {
    let path = typed.unwrap_or(CONFIG);
    let Some(bytes) = base.read(path)? else {
        return match typed {
            Some(typed) => Err(base.lacks(typed)),
            None => Ok((Config::default(), Vec::new())),
        };
    };
    let decoded = document::decode(path, &bytes, Limits::default());
    let (config, mut findings) = config::read(&decoded.file);
    findings.extend(decoded.findings);
    Ok((config, findings))
}

/// The waivers of a base, where there are any.
fn waivers_of(base: &Base, root: &str) -> Result<(Vec<Waiver>, Vec<Finding>), SourceError> {
    let path = Path::new(root).join(WAIVERS);
    let path = path.to_string_lossy();
    let Some(bytes) = base.read(&path)? else {
        return Ok((Vec::new(), Vec::new()));
    };
    let decoded = document::decode(&path, &bytes, Limits::default());
    let (waivers, mut findings) = config::read_waivers(&decoded.file);
    findings.extend(decoded.findings);
    Ok((waivers, findings))
}

/// The folder of the configuration, empty where it is the working directory.
fn root(shared: &Shared) -> String {
    let path = shared.config.as_deref().unwrap_or(CONFIG);
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    folder.to_string_lossy().into_owned()
}

/// The waivers beside the configuration, where there are any.
fn read_waivers(root: &str) -> Result<(Vec<Waiver>, Vec<Finding>), SourceError> {
    let path = Path::new(root).join(WAIVERS);
    if !path.is_file() {
        return Ok((Vec::new(), Vec::new()));
    }
    let bytes = source::read_file(&path, Limits::default().bytes)?;
    let decoded = document::decode(&path.to_string_lossy(), &bytes, Limits::default());
    let (waivers, mut findings) = config::read_waivers(&decoded.file);
    findings.extend(decoded.findings);
    Ok((waivers, findings))
}

/// Reads a local pack; its name is the last part of its folder. A file that is not there any more
/// when it is read was never there.
pub(super) fn local(folder: &str) -> Result<PackSource, SourceError> {
    let limits = Limits::default();
    let root = Path::new(folder);
    let mut files = Vec::new();
    for path in source::yaml_files(root, true)? {
        let Some(bytes) = source::read_below(root, &path, limits.bytes)? else {
            continue;
        };
        let name = format!("{}/{path}", folder.trim_end_matches('/'));
        let decoded = document::decode(&name, &bytes, limits);
        files.push((path, Arc::clone(&decoded.file)));
    }
    let name = root
        .file_name()
        .map_or(folder.into(), |name| name.to_string_lossy());
    Ok(PackSource {
        name: name.as_ref().into(),
        files,
        local: true,
    })
}
