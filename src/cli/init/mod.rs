//! `plangate init`: an agency and its grade in, a plans repository out.
//!
//! It writes the configuration, a roster, a first plan with every chapter, the schemas, settings of
//! editors, and the workflows that gate a merge. Invariants: nothing that is there is overwritten, and
//! where something is there nothing at all is written; what the plan proposes comes from the pack.

mod arguments;
mod draft;
mod files;
mod plan;

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::packs::tell;
use super::world::World;
use super::{CLEAN, COULD_NOT_CHECK};
use crate::check::{AsOf, Judge, Settings};
use crate::plan::Schema;
use crate::policy::{Pack, PackSource};
use crate::text::Language;

pub(super) use arguments::InitArguments;
use files::Scaffold;
pub(super) use files::{WORKFLOW_FOLDER, WORKFLOWS, schemas};

pub(super) fn run(world: &mut World<'_>, arguments: &InitArguments) -> io::Result<u8> {
    let language = arguments.lang.unwrap_or_default();
    let schema = Schema::builtin();
    let (pack, problems) = Pack::load(&[PackSource::builtin()], &schema);
    if !problems.is_empty() {
        tell(world, problems, language)?;
        return Ok(COULD_NOT_CHECK);
    }
    let settings = Settings {
        as_of: AsOf::Day(world.today),
        today: world.today,
        all: false,
    };
    let judge = Judge::new(&pack, &schema, settings);
    let draft = draft::draft(&plan::probe(arguments), &judge, &pack);
    let files = files::all(arguments, plan::whole(arguments, &draft, &schema))?;
    let taken = taken(&arguments.folder, &files);
    if !taken.is_empty() {
        refuse(world, &taken, language);
        return Ok(COULD_NOT_CHECK);
    }
    if !arguments.dry_run {
        for file in &files {
            write(&arguments.folder.join(&file.path), &file.text)?;
        }
    }
    for file in &files {
        writeln!(world.out, "{}", arguments.folder.join(&file.path).display())?;
    }
    world.out.write_all(next(arguments, language).as_bytes())?;
    Ok(CLEAN)
}

/// The files that are there already; a link counts, wherever it leads.
fn taken<'f>(folder: &Path, files: &'f [Scaffold]) -> Vec<&'f str> {
    let is_there = |file: &&Scaffold| fs::symlink_metadata(folder.join(&file.path)).is_ok();
    let taken = files.iter().filter(is_there);
    taken.map(|file| file.path.as_str()).collect()
}

fn refuse(world: &mut World<'_>, taken: &[&str], language: Language) {
    let list = taken.join(" ");
    world.complain(&match language {
        Language::ZhTw => format!("plangate: 已有下列檔案，未寫入任何檔案：{list}"),
        Language::En => format!("plangate: these are there already, nothing was written: {list}"),
    });
}

/// Creates the file; one that came into being since is left alone.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

/// What to do now.
fn next(arguments: &InitArguments, language: Language) -> String {
    let id = &arguments.id;
    let zh_tw = language == Language::ZhTw;
    let mut steps = if zh_tw {
        vec![
            format!("於 plans/{id}/plan.yaml 逐章核對底稿，改為實際情形後取消註解"),
            "執行 plangate check，看尚缺何項、依據為何".to_owned(),
            "於 roster.yaml 填入核准者之帳號；未填前無人能核准".to_owned(),
            "提出第一個合併請求，再於平台保護預設分支（docs/adoption）".to_owned(),
        ]
    } else {
        vec![
            format!(
                "read the drafts in plans/{id}/plan.yaml chapter by chapter, make them true, uncomment them"
            ),
            "run plangate check: what is missing, and by which article".to_owned(),
            "put the accounts of approvers into roster.yaml; before that nobody can approve"
                .to_owned(),
            "open the first pull request, then protect the default branch (docs/adoption)"
                .to_owned(),
        ]
    };
    if arguments.action.is_none() {
        steps.push(if zh_tw {
            "未寫入工作流程：以 --action 擁有者/名稱@完整提交雜湊 於新資料夾重跑，再複製 .github/workflows".to_owned()
        } else {
            "no workflows were written: run again in a new folder with --action OWNER/NAME@SHA and copy .github/workflows".to_owned()
        });
    }
    let head = match (zh_tw, arguments.dry_run) {
        (true, false) => "接著",
        (true, true) => "尚未寫入任何檔案。寫入後",
        (false, false) => "Next",
        (false, true) => "Nothing was written. Afterwards",
    };
    let numbered = steps.iter().enumerate();
    let numbered = numbered.map(|(at, step)| format!("  {}. {step}\n", at + 1));
    format!(
        "\n{head}{}\n{}",
        if zh_tw { "：" } else { ":" },
        numbered.collect::<String>()
    )
}
