//! What grows old: workflows, schemas, the pack, and how much of the history is here.

use std::io;
use std::path::Path;

use super::read;
use crate::cli::init::{WORKFLOW_FOLDER, WORKFLOWS, schemas as current_schemas};
use crate::plan::Schema;
use crate::policy::{Pack, PackSource};
use crate::review::health::{Found, Point, State, workflow};
use crate::source::git::Repository;
use crate::source::{self, SourceError};
use crate::text::{Day, Language, Localized};

/// Days after which a pack that nobody compared with the law is worth a look.
const OLD: i64 = 180;
/// The most bytes of a schema that are read.
const SCHEMA_BYTES: usize = 4 << 20;

/// The workflows, against those that this version writes.
pub(super) fn workflows(root: &Path) -> Result<Vec<Point>, SourceError> {
    let points = WORKFLOWS.iter().map(|(name, template)| {
        let path = format!("{WORKFLOW_FOLDER}/{name}");
        let text = read(root, &path)?;
        let found = text.as_ref().map(|file| workflow(template, file.text()));
        Ok(workflow_point(&path, found))
    });
    points.collect()
}

fn workflow_point(path: &str, found: Option<Found>) -> Point {
    let id = "workflow";
    let say =
        |zh_tw: &str, en: &str| Localized::new(format!("{path} {zh_tw}"), format!("{path} {en}"));
    match found {
        Some(Found::Current) => Point::good(id, say("與本版相同", "is that of this version")),
        Some(Found::Different) => Point::asking(
            id,
            State::Attention,
            say("與本版所寫者不同", "is not what this version writes"),
            Localized::new(
                "以 plangate init --action 於他處產生後比對，不同處須有理由",
                "compare with one made elsewhere by plangate init --action; each difference needs a reason",
            ),
        ),
        Some(Found::Unpinned) => Point::asking(
            id,
            State::Wrong,
            say(
                "之 action 未釘選至完整提交雜湊",
                "runs an action that is not pinned to a whole commit",
            ),
            Localized::new(
                "標籤可被移動；改為 40 位雜湊",
                "a tag can be moved: use the 40 digits",
            ),
        ),
        None => Point::asking(
            id,
            State::Wrong,
            say("不存在", "is not there"),
            Localized::new(
                "以 plangate init --action 於他處產生後複製",
                "make it elsewhere by plangate init --action and copy it",
            ),
        ),
    }
}

/// The schemas that editors read, against those of this version.
pub(super) fn schemas(root: &Path) -> io::Result<Vec<Point>> {
    let mut old = Vec::new();
    for (path, current) in current_schemas()? {
        let text = source::read_below(root, path, SCHEMA_BYTES).ok().flatten();
        if text.is_none_or(|text| text != current.as_bytes()) {
            old.push(path);
        }
    }
    if old.is_empty() {
        let found = Localized::new(
            "編輯器綱要與本版相同",
            "the schemas are those of this version",
        );
        return Ok(vec![Point::good("schema", found)]);
    }
    let list = old.join(" ");
    Ok(vec![Point::asking(
        "schema",
        State::Attention,
        Localized::new(
            format!("編輯器綱要缺少或與本版不同：{list}"),
            format!("schemas that are missing or not of this version: {list}"),
        ),
        Localized::new(
            "以 plangate schema plan|config|roster|waivers 重印；只影響編輯器，不影響檢核",
            "print them again with plangate schema plan|config|roster|waivers; editors only, not the check",
        ),
    )])
}

/// How long ago somebody compared the pack with the law.
pub(super) fn pack(today: Day) -> Point {
    let (pack, _) = Pack::load(&[PackSource::builtin()], &Schema::builtin());
    let editions = pack.policies.values().flat_map(|policy| &policy.editions);
    let newest = editions.filter_map(|edition| edition.verified_on).max();
    let digest = pack.sources.first().map_or("", |(_, digest)| digest);
    let Some(day) = newest else {
        return Point::asking(
            "pack",
            State::Unknown,
            Localized::new(
                "政策包未載查證日",
                "the pack does not say when it was compared",
            ),
            Localized::new("改用正式發行之版本", "use a released version"),
        );
    };
    let shown = |language| crate::text::DateRange::day(day).show(language);
    let (zh_tw, en) = (shown(Language::ZhTw), shown(Language::En));
    let found = Localized::new(
        format!("政策包 {digest} 最近與法規核對於 {zh_tw}"),
        format!("the pack {digest} was last compared with the law on {en}"),
    );
    let age = today
        .since(day)
        .map_or(i64::MAX, |span| i64::from(span.get_days()));
    if age <= OLD {
        return Point::good("pack", found);
    }
    Point::asking(
        "pack",
        State::Attention,
        found,
        Localized::new(
            "已逾半年；更新程式，其間修正之法規本版不知",
            "more than half a year ago: update the program, it knows no law amended since",
        ),
    )
}

/// Whether the history is whole: change logs and merge bases need it.
pub(super) fn history(root: &Path) -> Point {
    let id = "history";
    let shallow = Repository::around(root).and_then(|repository| repository.is_shallow());
    match shallow {
        Ok(false) => Point::good(
            id,
            Localized::new("Git 歷史完整", "the Git history is whole"),
        ),
        Ok(true) => Point::asking(
            id,
            State::Attention,
            Localized::new(
                "Git 歷史不完整（shallow）",
                "the Git history is cut off (shallow)",
            ),
            Localized::new(
                "git fetch --unshallow；變更紀錄需要完整歷史",
                "git fetch --unshallow: the change log needs all of it",
            ),
        ),
        Err(_) => Point::asking(
            id,
            State::Unknown,
            Localized::new(
                "不在可讀之 Git 儲存庫內",
                "not within a Git repository that can be read",
            ),
            Localized::new(
                "於 Git 儲存庫內執行；新建者先 git init",
                "run within a Git repository; git init for a new one",
            ),
        ),
    }
}
