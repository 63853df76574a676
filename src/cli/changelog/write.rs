//! A proposed row, written into the plan's `history`.

use std::io;
use std::path::PathBuf;

use super::{Refused, read};
use crate::change::log::{Proposal, Snapshot};
use crate::document::{self, Limits, Node};
use crate::finding::{Edit, Finding};
use crate::plan::{Draft, Plan, Schema};
use crate::source::{self, Folder, PlanFile, SourceError};
use crate::text::{Localized, SourceFile};

/// U+FEFF in UTF-8: no part of a text once it is read, and of the file all the same.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Writes the row behind the last one, in the style of what stands there; every other byte of the
/// file stays. Gives the name of the file.
pub(super) fn into_history(
    plan: &PlanFile,
    proposal: &Proposal,
    schema: &Schema,
) -> Result<String, Refused> {
    let Folder::Work(folder) = &plan.folder else {
        return Err(Refused::Usage(Localized::new(
            "--write 只寫入工作資料夾中之計畫，不寫入 Git 版本",
            "--write writes into the work tree, never into a revision",
        )));
    };
    let files = read(plan)?;
    let joined = Plan::new(&files, schema);
    if Snapshot::read(&joined, "").has_row(&proposal.edition) {
        return Err(Refused::Usage(Localized::new(
            format!("history 已有 {} 版之列；於該列補列說明", proposal.edition),
            format!(
                "history has a row of {}; add the notes to it",
                proposal.edition
            ),
        )));
    }
    let (file, edit) = proposal.edit(&joined).ok_or_else(|| {
        Refused::Usage(Localized::new(
            "計畫之 history 不是清單，無法寫入",
            "the plan's history is no list to write into",
        ))
    })?;
    if !adds_a_row(file, &edit) {
        return Err(Refused::Usage(Localized::new(
            "無法將此列寫入 history 而不動及其他內容；逐列以「- 」起行後再試，或自行貼上",
            "the row cannot be written without harm to what stands there; write history as a list of lines that begin with a dash, or paste the row by hand",
        )));
    }
    let name = file.name().rsplit('/').next().unwrap_or(file.name());
    write(&folder.join(name), file, &edit)?;
    Ok(file.name().to_owned())
}

/// Whether the file, once edited, reads as before with one row more: what no style of writing may break.
fn adds_a_row(file: &SourceFile, edit: &Edit) -> bool {
    let read = |text: &str| document::read(file.name(), text.as_bytes(), Limits::default()).1;
    let (before, after) = (read(file.text()), read(&edit.apply(file.text())));
    // What is amiss with a value that the row repeats was amiss before.
    let was_told = |after: &Finding| {
        before
            .findings
            .iter()
            .any(|before| before.policy == after.policy)
    };
    let is_as_sound = after.findings.iter().all(was_told);
    let (Some(before), Some(after)) = (before.document, after.document) else {
        return false;
    };
    let (before, after) = (apart(before.root()), apart(after.root()));
    is_as_sound
        && before.0 == after.0
        && after.1.len() == before.1.len() + 1
        && (after.1.starts_with(&before.1) || after.1.ends_with(&before.1))
}

/// What a file says beside the rows, and the rows: of the section itself where it has a file of its own.
fn apart(root: Node<'_>) -> (Vec<(String, Draft)>, Vec<Draft>) {
    let rows = |node: Node<'_>| node.items().map(Draft::of).collect();
    if !root.is_map() {
        return (Vec::new(), rows(root));
    }
    let others = root.entries().filter(|entry| entry.key != "history");
    let others = others.map(|entry| (entry.key.to_owned(), Draft::of(entry.value)));
    (
        others.collect(),
        root.get("history").map(rows).unwrap_or_default(),
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "what the user asked to be written"
)]
fn write(path: &PathBuf, file: &SourceFile, edit: &Edit) -> Result<(), Refused> {
    let bytes = source::read_file(path, Limits::default().bytes)?;
    let mark = bytes.starts_with(BYTE_ORDER_MARK);
    let text = &bytes[if mark { BYTE_ORDER_MARK.len() } else { 0 }..];
    if text != file.text().as_bytes() {
        // Not what was read: it changed meanwhile, or is not UTF-8.
        let source = io::Error::from(io::ErrorKind::InvalidData);
        let path = path.clone();
        return Err(SourceError::Unreadable { path, source }.into());
    }
    let mut edit = edit.clone();
    if file.text().contains("\r\n") {
        edit.text = edit.text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    let mut written = if mark {
        BYTE_ORDER_MARK.to_vec()
    } else {
        Vec::new()
    };
    written.extend(edit.apply(file.text()).bytes());
    std::fs::write(path, written).map_err(|error| {
        let path = path.display();
        Refused::Usage(Localized::new(
            format!("無法寫入 {path}：{error}"),
            format!("{path} cannot be written: {error}"),
        ))
    })
}
