//! The packs that an author works on: those of the paths, else those of the configuration, else the
//! built-in one.

use std::io;
use std::path::Path;

use crate::cli::arguments::PackArguments;
use crate::cli::packs::{local, read_config, refuse, tell};
use crate::cli::world::World;
use crate::finding::{Finding, Severity};
use crate::plan::Schema;
use crate::policy::{Pack, PackSource, Policy};
use crate::source::SourceError;
use crate::text::Language;

/// What only the folder of the built-in pack has.
const OF_BUILTIN: &str = "schema/plan.schema.json";

/// Packs under work.
pub(super) struct Work {
    pub(super) schema: Schema,
    pub(super) pack: Pack,
    pub(super) findings: Vec<Finding>,
    pub(super) language: Language,
    /// The packs and single files that were asked for, by their names in places; all where empty.
    wanted: Vec<String>,
}

impl Work {
    /// Loads and lints them. `None` where the world or the configuration refused; it has been told.
    pub(super) fn load(
        world: &mut World<'_>,
        arguments: &PackArguments,
    ) -> io::Result<Option<Self>> {
        let refused = |world: &mut World<'_>, error: SourceError| {
            refuse(world, &error, arguments.lang);
            Ok(None)
        };
        let (config, findings) = match read_config(arguments.config.as_deref()) {
            Ok(read) => read,
            Err(error) => return refused(world, error),
        };
        let language = arguments.lang.unwrap_or(config.language);
        if findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
        {
            tell(world, findings, language)?;
            return Ok(None);
        }
        let paths = if arguments.paths.is_empty() {
            &config.packs
        } else {
            &arguments.paths
        };
        let mut sources = vec![PackSource::builtin_with_examples()];
        let (mut wanted, mut strict) = (Vec::new(), paths.is_empty());
        for path in paths {
            match add(path, &mut sources) {
                Ok(added) => {
                    wanted.push(added.name);
                    strict |= added.is_builtin;
                }
                Err(error) => return refused(world, error),
            }
        }
        let schema = Schema::builtin();
        // A local pack is linted whenever it is loaded, the built-in one where it is asked for.
        let (pack, mut findings) = match strict {
            true => Pack::lint(&sources, &schema),
            false => Pack::load(&sources, &schema),
        };
        let mut work = Self {
            schema,
            pack,
            findings: Vec::new(),
            language,
            wanted,
        };
        findings.retain(|finding| work.wants(finding.place.file.name()));
        crate::check::sort(&mut findings);
        work.findings = findings;
        Ok(Some(work))
    }

    /// Whether a file is one of those asked for.
    pub(super) fn wants(&self, file: &str) -> bool {
        let below = |wanted: &String| {
            file.strip_prefix(wanted.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.wanted.is_empty() || self.wanted.iter().any(below)
    }

    /// The policies asked for.
    pub(super) fn policies(&self) -> impl Iterator<Item = &Policy> {
        let policies = self.pack.policies.values();
        policies.filter(|policy| self.wants(policy.file.name()))
    }
}

/// What a path has added.
struct Added {
    /// How the places of its findings begin.
    name: String,
    is_builtin: bool,
}

/// A folder is a pack; a file is one policy of the pack two folders above it. The folder of the
/// built-in pack takes the place of the one in the program.
fn add(path: &str, sources: &mut Vec<PackSource>) -> Result<Added, SourceError> {
    let typed = Path::new(path);
    let is_file = typed.is_file();
    let root = match typed.parent().and_then(Path::parent) {
        Some(root) if is_file && root.as_os_str().is_empty() => ".".to_owned(),
        Some(root) if is_file => root.to_string_lossy().into_owned(),
        _ => path.to_owned(),
    };
    let root = root.trim_end_matches('/');
    let name = match (is_file, root) {
        (true, ".") => format!("./{}", path.trim_start_matches("./")),
        (true, _) => path.to_owned(),
        (false, root) => root.to_owned(),
    };
    let source = local(root)?;
    let is_builtin = Path::new(root).join(OF_BUILTIN).is_file();
    if is_builtin {
        sources[0] = PackSource {
            name: "builtin".into(),
            local: false,
            ..source
        };
    } else if !sources
        .iter()
        .any(|other| other.name == source.name && other.local)
    {
        sources.push(source);
    }
    Ok(Added { name, is_builtin })
}
