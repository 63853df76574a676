//! `plangate policy new`: a policy that loads, whose examples hold, to be made one's own.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::cli::arguments::NewArguments;
use crate::cli::packs::{read_config, refuse};
use crate::cli::world::World;
use crate::cli::{CLEAN, COULD_NOT_CHECK};
use crate::text::Language;

/// What a new policy says; its comments tell what to fill in.
const STARTING_POINT: &str = include_str!("new.yaml");
/// The folder of a pack where neither argument nor configuration names one.
const FOLDER: &str = "policies";

pub(super) fn run(world: &mut World<'_>, arguments: &NewArguments) -> io::Result<u8> {
    let config = match read_config(arguments.config.as_deref()) {
        Ok((config, _)) => config,
        Err(error) => {
            refuse(world, &error, arguments.lang);
            return Ok(COULD_NOT_CHECK);
        }
    };
    let language = arguments.lang.unwrap_or(config.language);
    let say = |zh: String, en: String| match language {
        Language::ZhTw => zh,
        Language::En => en,
    };
    let Some(below) = file_of(&arguments.name) else {
        let name = &arguments.name;
        let zh = format!(
            "plangate: 「{name}」應為 主題/id，僅用小寫英文、數字與連字號，例如 controls/password-too-short"
        );
        let en = format!(
            "plangate: {name} should be theme/id in lower case, digits and hyphens, such as controls/password-too-short"
        );
        world.complain(&say(zh, en));
        return Ok(COULD_NOT_CHECK);
    };
    let configured = config.packs.first().map(String::as_str);
    let folder = arguments.into.as_deref().or(configured).unwrap_or(FOLDER);
    let path = Path::new(folder).join(below);
    match write(&path) {
        Ok(()) => {
            let shown = path.display();
            let zh = format!(
                "{shown}\n接著改標有「填寫」之處，再執行 plangate policy lint {shown} 與 plangate policy test {shown}"
            );
            let en = format!(
                "{shown}\nnow change what is marked 填寫 (fill in), then run plangate policy lint {shown} and plangate policy test {shown}"
            );
            writeln!(world.out, "{}", say(zh, en))?;
            Ok(CLEAN)
        }
        Err(error) => {
            let shown = path.display();
            let text = match error.kind() {
                ErrorKind::AlreadyExists => say(
                    format!("plangate: {shown} 已存在，未予覆寫"),
                    format!("plangate: {shown} is there already and was left as it is"),
                ),
                _ => format!("plangate: {shown}: {error}"),
            };
            world.complain(&text);
            Ok(COULD_NOT_CHECK)
        }
    }
}

/// `theme/id` → the file below the folder of the pack.
fn file_of(name: &str) -> Option<PathBuf> {
    let (theme, id) = name.split_once('/')?;
    let is_word = |word: &str| {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && !word.ends_with('-')
            && word.chars().all(allowed)
    };
    (is_word(theme) && is_word(id)).then(|| Path::new(theme).join(format!("{id}.yaml")))
}

/// Creates the file; one that is there is left alone, also by a race.
fn write(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(STARTING_POINT.as_bytes())
}
