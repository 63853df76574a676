//! A workflow as it stands, against the one that this version writes.

/// What became of a workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It is the one that this version writes.
    Current,
    /// It is another.
    Different,
    /// It is the same, but runs an action that can be exchanged.
    Unpinned,
}

/// Compares a workflow with its template, in which `@ACTION@` and `@BRANCH@` stand for what the
/// repository has chosen.
pub fn workflow(template: &str, text: &str) -> Found {
    let text = text.replace("\r\n", "\n");
    let action = marked(template, &text, "@ACTION@");
    let branch = marked(template, &text, "@BRANCH@");
    let mut expected = template.to_owned();
    for (mark, value) in [("@ACTION@", action), ("@BRANCH@", branch)] {
        if let Some(value) = value {
            expected = expected.replace(mark, value);
        }
    }
    if expected != text {
        return Found::Different;
    }
    match action {
        Some(action) if !is_pinned(action) => Found::Unpinned,
        _ => Found::Current,
    }
}

/// What stands in the text where the template has a mark for the first time: the rest of that line,
/// between what the template has before and behind the mark.
fn marked<'t>(template: &str, text: &'t str, mark: &str) -> Option<&'t str> {
    let line = template.lines().find(|line| line.contains(mark))?;
    let (before, behind) = line.split_once(mark)?;
    text.lines()
        .find_map(|line| line.strip_prefix(before)?.strip_suffix(behind))
}

fn is_pinned(action: &str) -> bool {
    action.rsplit_once('@').is_some_and(|(_, commit)| {
        matches!(commit.len(), 40 | 64) && commit.chars().all(|c| c.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::{Found, workflow};

    const TEMPLATE: &str =
        "on:\n  push:\n    branches: [@BRANCH@]\njobs:\n  - uses: @ACTION@\n    # @BRANCH@\n";

    fn text(action: &str, branch: &str) -> String {
        TEMPLATE
            .replace("@ACTION@", action)
            .replace("@BRANCH@", branch)
    }

    #[test]
    fn threat_30_a_tag_is_told_from_a_commit() {
        let commit = format!("o/n@{}", "a".repeat(40));
        assert_eq!(workflow(TEMPLATE, &text(&commit, "main")), Found::Current);
        assert_eq!(workflow(TEMPLATE, &text("o/n@v1", "main")), Found::Unpinned);
        let dos = text(&commit, "main").replace('\n', "\r\n");
        assert_eq!(workflow(TEMPLATE, &dos), Found::Current);
    }

    #[test]
    fn threat_02_a_line_that_was_added_is_seen() {
        let text = text(&format!("o/n@{}", "a".repeat(40)), "main");
        for changed in [
            text.clone() + "    # x\n",
            text.replace("push", "pull_request"),
            String::new(),
        ] {
            assert_eq!(workflow(TEMPLATE, &changed), Found::Different, "{changed}");
        }
    }
}
