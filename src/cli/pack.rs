//! `plangate pack`: the built-in pack as files, so that what was judged by it can be judged again when
//! the program has moved on.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::sync::Arc;

use super::arguments::{ExportArguments, PackCommand};
use super::world::World;
use super::{CLEAN, COULD_NOT_CHECK};
use crate::document::{self, Limits};
use crate::policy::PackSource;
use crate::source::{self, SourceError};
use crate::text::Localized;

pub(super) fn run(world: &mut World<'_>, command: &PackCommand) -> io::Result<u8> {
    match command {
        PackCommand::Export(arguments) => export(world, arguments),
    }
}

fn export(world: &mut World<'_>, arguments: &ExportArguments) -> io::Result<u8> {
    let language = arguments.lang.unwrap_or_default();
    let pack = PackSource::builtin();
    let shown = arguments.folder.display();
    let (told, code) = match write(&arguments.folder, &pack) {
        Ok(()) => {
            let (count, digest) = (pack.files.len(), pack.whole_digest());
            let told = Localized::new(
                format!("{shown}：{count} 檔，摘要 {digest}"),
                format!("{shown}: {count} files, digest {digest}"),
            );
            writeln!(world.out, "{}", told.get(language))?;
            return Ok(CLEAN);
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => (
            Localized::new(
                format!("{shown} 已有檔案，未予寫入；指定新的資料夾"),
                format!("{shown} holds files already and was left as it is; name a new folder"),
            ),
            COULD_NOT_CHECK,
        ),
        Err(error) => {
            let told = format!("{shown}: {error}");
            (Localized::new(told.clone(), told), COULD_NOT_CHECK)
        }
    };
    world.complain(&format!("plangate: {}", told.get(language)));
    Ok(code)
}

/// Writes a pack into a folder that is not there yet, or empty: a file more would be another pack.
fn write(folder: &Path, pack: &PackSource) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut files =
        source::yaml_files(folder, true).map_err(|error| io::Error::other(error.message().en))?;
    if files.pop().is_some() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    for (name, file) in &pack.files {
        let path = folder.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut out = OpenOptions::new().write(true).create_new(true).open(path)?;
        out.write_all(file.text().as_bytes())?;
    }
    Ok(())
}

/// A pack that was exported, in place of the built-in one. Its files go by the names that the built-in
/// ones have, for findings name them.
pub(super) fn exported(folder: &Path) -> Result<PackSource, SourceError> {
    let limits = Limits::default();
    let mut files = Vec::new();
    for path in source::yaml_files(folder, true)? {
        if let Some(bytes) = source::read_below(folder, &path, limits.bytes)? {
            let decoded = document::decode(&format!("policies/{path}"), &bytes, limits);
            files.push((path, Arc::clone(&decoded.file)));
        }
    }
    Ok(PackSource::exported(files))
}
