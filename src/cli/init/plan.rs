//! What is known of an agency, and a draft → the text of its first plan.
//!
//! Only the header and the body are stated. Every other chapter stands as a comment, with its title,
//! what it may say, and the lines that the duties of the grade propose: a plan that nobody has read
//! asserts nothing, so that no duty counts as met before a person has taken the comment away.

use super::arguments::InitArguments;
use super::draft::{Draft, KNOWN};
use crate::plan::{self, Field, Schema};
use crate::policy::GRADES;

/// How many fields of a section are named at most.
const FIELDS_NAMED: usize = 12;
/// An early day, for the probe: no time of grace hides a duty.
const LONG_AGO: &str = "2019-01-01";

/// The header and the body, as known.
pub(super) fn known(arguments: &InitArguments) -> String {
    let graded_on = arguments.graded_on.map_or_else(
        || "    # graded_on: 填寫等級核定或變更日，期限自該日起算\n".to_owned(),
        |day| format!("    graded_on: {day}\n"),
    );
    head(arguments, &graded_on)
}

/// The same for a body that was graded long ago, so that every duty speaks.
pub(super) fn probe(arguments: &InitArguments) -> String {
    head(arguments, &format!("    graded_on: {LONG_AGO}\n"))
}

fn head(arguments: &InitArguments, graded_on: &str) -> String {
    let title = text(&format!("{}資通安全維護計畫", arguments.agency));
    let (id, name) = (&arguments.id, text(&arguments.agency));
    let supervisor = arguments.supervisor.as_deref().map_or_else(
        || "  # supervisor: 填寫上級或監督機關\n".to_owned(),
        |name| format!("  supervisor: {}\n", text(name)),
    );
    let sector = arguments.sector.word();
    let grade = GRADES[usize::from(arguments.grade)];
    format!(
        "\
header:
  title: {title}
  agency: {id}
{supervisor}  scope: single
  edition: \"1.0\"
  status: draft
  # issued: 填寫發行日期
  # approver: 填寫核准者之職稱，不寫人名

bodies:
  - id: {id}
    name: {name}
    sector: {sector}
    grade: {grade}
{graded_on}"
    )
}

/// The whole plan.
pub(super) fn whole(arguments: &InitArguments, draft: &Draft, schema: &Schema) -> String {
    let grade = GRADES[usize::from(arguments.grade)];
    let mut out = format!(
        "\
# yaml-language-server: $schema=../../schema/plan.schema.json
## 第一份計畫之底稿。已知者僅基本資料與機關；其餘各章為註解，尚未主張任何事項。
## 「# 」起首之行為 {grade} 級應辦事項所建議之內容（法定之最低要求），逐章核對、改為機關實際情形後，
## 選取該章並取消註解（VS Code：Ctrl+/）。「## 」起首者為說明，可刪除。
## 隨時執行 plangate check，即知尚缺何項、依據為何。

{}",
        known(arguments)
    );
    let names = plan::item_names(schema);
    for &id in schema.fields(schema.root()) {
        let field = schema.field(id);
        let Some(chapter) = field.marks.chapter else {
            continue;
        };
        if KNOWN.contains(&&*field.name) {
            continue;
        }
        let item = field.marks.item.and_then(|item| {
            let name = names.get(usize::from(item).checked_sub(1)?)?;
            Some(format!("；法定應載明第 {item} 款「{}」", name.zh_tw))
        });
        let item = item.unwrap_or_default();
        let title = &field.title.zh_tw;
        out.push_str(&format!("\n## 第 {chapter} 章　{title}{item}\n"));
        out.push_str(&may_say(schema, field));
        if let Some(grounds) = draft.grounds.get(&field.name) {
            for ground in grounds {
                out.push_str(&format!("## 依據：{ground}\n"));
            }
        }
        match draft.sections.get(&field.name) {
            Some(lines) => out.push_str(&as_comment(lines)),
            None => out.push_str(&format!(
                "## 內容依機關實際情形撰寫於 {} 之下\n",
                field.name
            )),
        }
    }
    out
}

/// The fields of a section, with their titles.
fn may_say(schema: &Schema, section: &Field) -> String {
    let shape = schema.item_of(section.shape).unwrap_or(section.shape);
    let fields = schema.fields(shape);
    let named = fields.iter().take(FIELDS_NAMED).map(|&id| {
        let field = schema.field(id);
        format!("{} {}", field.name, field.title.zh_tw)
    });
    let named: Vec<String> = named.collect();
    let more = if fields.len() > FIELDS_NAMED {
        "等"
    } else {
        ""
    };
    format!("## 可載：{}{more}\n", named.join("、"))
}

/// Lines that assert nothing.
fn as_comment(lines: &str) -> String {
    lines.lines().map(|line| format!("# {line}\n")).collect()
}

/// A text as YAML, in quotes where another reader would take it for something else.
pub(super) fn text(text: &str) -> String {
    match plan::Draft::text(text) {
        plan::Draft::Scalar(written) => written,
        plan::Draft::List(_) | plan::Draft::Map(_) => {
            unreachable!("internal: a text is written as a scalar")
        }
    }
}
