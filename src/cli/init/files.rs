//! The files of a plans repository, from their templates.

use std::io;

use super::arguments::InitArguments;
use super::plan::text;
use crate::cli::schema::plan_schema;
use crate::config;

/// A file of the new repository.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Scaffold {
    /// Its path below the root, with slashes.
    pub(super) path: String,
    /// What is in it.
    pub(super) text: String,
}

/// The workflows: name of the file, and its text before the action and the branch are known.
pub(in crate::cli) const WORKFLOWS: [(&str, &str); 5] = [
    (
        "plan-validate.yml",
        include_str!("templates/workflows/plan-validate.yml"),
    ),
    (
        "plan-review-signal.yml",
        include_str!("templates/workflows/plan-review-signal.yml"),
    ),
    (
        "plan-gate.yml",
        include_str!("templates/workflows/plan-gate.yml"),
    ),
    (
        "plan-queue.yml",
        include_str!("templates/workflows/plan-queue.yml"),
    ),
    (
        "plan-evidence.yml",
        include_str!("templates/workflows/plan-evidence.yml"),
    ),
];
/// Asked only where there is a supervisor.
const GRADE_RULE: &str = include_str!("templates/grade-rule.yaml");
/// Where workflows stand.
pub(in crate::cli) const WORKFLOW_FOLDER: &str = ".github/workflows";

/// The schemas as editors read them: path and text.
pub(in crate::cli) fn schemas() -> io::Result<[(&'static str, String); 4]> {
    Ok([
        ("schema/plan.schema.json", plan_schema()?),
        ("schema/plangate.schema.json", config::SCHEMA.to_owned()),
        (
            "schema/roster.schema.json",
            config::roster::SCHEMA.to_owned(),
        ),
        (
            "schema/waivers.schema.json",
            config::WAIVERS_SCHEMA.to_owned(),
        ),
    ])
}

/// A workflow with its action and its branch.
pub(in crate::cli) fn workflow(template: &str, action: &str, branch: &str) -> String {
    template
        .replace("@ACTION@", action)
        .replace("@BRANCH@", branch)
}

/// Every file, in the order they are listed.
pub(super) fn all(arguments: &InitArguments, plan: String) -> io::Result<Vec<Scaffold>> {
    let file = |path: &str, text: String| Scaffold {
        path: path.to_owned(),
        text,
    };
    let mut files = vec![
        file("plangate.yaml", configuration(arguments)),
        file("roster.yaml", roster(arguments)),
        file(&format!("plans/{}/plan.yaml", arguments.id), plan),
    ];
    files.extend(schemas()?.map(|(path, text)| file(path, text)));
    let fixed = [
        (".gitattributes", include_str!("templates/gitattributes")),
        (
            ".vscode/settings.json",
            include_str!("templates/settings.json"),
        ),
        (
            ".vscode/extensions.json",
            include_str!("templates/extensions.json"),
        ),
        (".github/CODEOWNERS", include_str!("templates/CODEOWNERS")),
    ];
    files.extend(fixed.map(|(path, text)| file(path, text.to_owned())));
    if let Some(action) = &arguments.action {
        files.extend(WORKFLOWS.map(|(name, template)| {
            let path = format!("{WORKFLOW_FOLDER}/{name}");
            file(&path, workflow(template, action, &arguments.branch))
        }));
    }
    Ok(files)
}

/// Who supervises approves grade and scope too; without a supervisor there is no such rule. What
/// judges plans is approved at the top, by a role that is held there.
fn configuration(arguments: &InitArguments) -> String {
    let (rule, role) = match arguments.supervisor {
        Some(_) => (GRADE_RULE, "機關首長"),
        None => ("", "資通安全長"),
    };
    include_str!("templates/plangate.yaml")
        .replace("@GRADE_RULE@", rule)
        .replace("@CONTROL_ROLE@", role)
}

fn roster(arguments: &InitArguments) -> String {
    let supervised = arguments
        .supervisor
        .as_deref()
        .map_or_else(String::new, |name| {
            let name = text(name);
            format!("\n    supervisor: supervisor\n  - id: supervisor\n    name: {name}")
        });
    // What people have typed goes in last, so that nothing in it is taken for a mark.
    include_str!("templates/roster.yaml")
        .replace("@ID@", &arguments.id)
        .replacen("@SUPERVISED@", &supervised, 1)
        .replacen("@AGENCY@", &text(&arguments.agency), 1)
}
