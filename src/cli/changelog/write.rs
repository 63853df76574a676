//! A proposed row, written into the plan's `history`.

use std::io;
use std::path::PathBuf;

use super::{Refused, read};
use crate::change::log::Proposal;
use crate::document::Limits;
use crate::finding::Edit;
use crate::plan::{Plan, Schema};
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
    let (file, edit) = proposal.edit(&joined).ok_or_else(|| {
        Refused::Usage(Localized::new(
            "計畫之 history 不是清單，無法寫入",
            "the plan's history is no list to write into",
        ))
    })?;
    let name = file.name().rsplit('/').next().unwrap_or(file.name());
    write(&folder.join(name), file, &edit)?;
    Ok(file.name().to_owned())
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
        edit.text = edit.text.replace('\n', "\r\n");
    }
    let mut written = if mark {
        BYTE_ORDER_MARK.to_vec()
    } else {
        Vec::new()
    };
    written.extend(edit.apply(file.text()).bytes());
    std::fs::write(path, written).map_err(Refused::Io)
}
