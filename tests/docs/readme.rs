//! The two READMEs: that they say the same, and that what they say works.

#![expect(
    clippy::disallowed_methods,
    reason = "runs the commands of the README in a folder"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use plangate::finding::Verdict;

use crate::pages::{code_spans, fences, links, read, root, rows};

const READMES: [&str; 2] = ["README.md", "README.zh-TW.md"];

/// The code of a block without comments and blanks at the end.
fn code(page: &str) -> Vec<Vec<String>> {
    let bare = |line: &String| {
        line.split(" #")
            .next()
            .unwrap_or(line)
            .trim_end()
            .to_owned()
    };
    let outside = without_finding(page);
    fences(&outside)
        .iter()
        .map(|fence| fence.lines.iter().map(bare).collect())
        .collect()
}

fn finding(page: &str) -> &str {
    let inside = page
        .split("<!-- finding -->")
        .nth(1)
        .expect("the block opens");
    inside
        .split("<!-- /finding -->")
        .next()
        .expect("the block closes")
}

fn without_finding(page: &str) -> String {
    page.replace(finding(page), "")
}

#[test]
fn both_languages_say_the_same() {
    let [english, chinese] = READMES.map(read);
    let headings = |page: &str| -> Vec<usize> {
        let levels = page.lines().filter_map(|line| line.split_once("# "));
        levels
            .map(|(hashes, _)| hashes)
            .filter(|h| h.chars().all(|c| c == '#'))
            .map(str::len)
            .collect()
    };
    let own = |page: &str| -> Vec<String> {
        links(page)
            .into_iter()
            .filter(|link| !link.starts_with("README"))
            .collect()
    };
    assert_eq!(
        headings(&english),
        headings(&chinese),
        "the headings differ"
    );
    assert_eq!(code(&english), code(&chinese), "the code blocks differ");
    assert_eq!(own(&english), own(&chinese), "the links differ");
}

#[test]
fn every_verdict_is_explained() {
    for readme in READMES {
        let first = if readme == "README.md" {
            "verdict"
        } else {
            "判定"
        };
        let rows = rows(&read(readme), first);
        let told: BTreeSet<&str> = rows.iter().flat_map(|row| code_spans(&row[0])).collect();
        let all: BTreeSet<&str> = Verdict::ALL.iter().map(|verdict| verdict.word()).collect();
        assert_eq!(told, all, "{readme}");
    }
}

fn plangate(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plangate"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1");
    command.output().expect("the program starts")
}

/// A folder laid out as the README tells an officer to: a plan, a configuration, a pack.
fn officers_folder(page: &str, name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    for below in ["plans/jia", "policies/city"] {
        fs::create_dir_all(folder.join(below)).expect("the folder is made");
    }
    let block = |starts: &str| {
        let all = fences(page).into_iter();
        let mut found = all.filter(|fence| fence.lines.iter().any(|line| line.starts_with(starts)));
        found
            .next()
            .unwrap_or_else(|| panic!("a block with {starts}"))
            .lines
            .join("\n")
            + "\n"
    };
    let write = |path: &str, text: String| {
        fs::write(folder.join(path), text).expect("the file is written");
    };
    write("plans/jia/plan.yaml", block("header:"));
    write("plangate.yaml", block("plans:"));
    folder
}

/// Runs one line, its output into a file if it says so. `Err` says what went wrong.
fn run(line: &str, folder: &Path) -> Result<String, String> {
    let (line, file) = line
        .split_once(" > ")
        .map_or((line, None), |(line, file)| (line, Some(file)));
    let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
    let output = plangate(&arguments, folder);
    if let Some(file) = file {
        fs::write(folder.join(file.trim()), &output.stdout).map_err(|error| error.to_string())?;
    }
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let of_form = ["[syntax/", "[shape/", "[config/"]
        .iter()
        .find(|rule| told.contains(**rule));
    match (output.status.code(), of_form) {
        (Some(0 | 1), None) => Ok(told),
        (code, _) => {
            let complaint = String::from_utf8_lossy(&output.stderr);
            Err(format!("{line}: exit status {code:?}\n{complaint}{told}"))
        }
    }
}

#[test]
fn the_first_ten_minutes_work() {
    let page = read("README.md");
    let folder = officers_folder(&page, "ten-minutes");
    let lines = code(&page)
        .into_iter()
        .flatten()
        .filter(|line| line.starts_with("plangate "));
    let failed: Vec<String> = lines.filter_map(|line| run(&line, &folder).err()).collect();
    assert!(failed.is_empty(), "\n{}\n", failed.join("\n"));
}

#[test]
fn a_command_that_does_not_work_is_told() {
    let folder = officers_folder(&read("README.md"), "wrong-commands");
    for line in [
        "plangate chekc",
        "plangate check --nowhere",
        "plangate policy explain no-such-policy",
    ] {
        assert!(run(line, &folder).is_err(), "{line}");
    }
}

/// Every part of a plan that the README shows has the shape of a plan.
#[test]
fn every_plan_shown_has_the_shape_of_a_plan() {
    let page = read("README.md");
    let folder = officers_folder(&page, "shown-plans");
    let sections = ["header:", "controls:"];
    let plans = fences(&page).into_iter().filter(|fence| {
        fence
            .lines
            .iter()
            .any(|line| sections.iter().any(|section| line.starts_with(section)))
    });
    let mut shown = 0;
    for fence in plans {
        fs::write(folder.join("shown.yaml"), fence.lines.join("\n")).expect("the file is written");
        run("plangate check shown.yaml", &folder).expect("it has the shape");
        shown += 1;
    }
    assert_eq!(shown, 2);
    fs::write(folder.join("shown.yaml"), "heading: {}\n").expect("the file is written");
    run("plangate check shown.yaml", &folder).expect_err("it has not");
}

/// The finding of the program that the block shows: its command, and the output from the line that
/// names the same policy up to the next blank line.
fn told_again(shown: &str) -> (String, String) {
    let fence = fences(shown)
        .into_iter()
        .next()
        .expect("the block holds a code block");
    let [command, headline, ..] = fence.lines.as_slice() else {
        panic!("a command and a finding")
    };
    let arguments = command
        .strip_prefix("$ ")
        .expect("the first line is `$ plangate …`");
    let output = run(arguments, &root()).expect("the command works");
    let policy = headline
        .split(']')
        .next()
        .expect("the second line names the policy");
    let lines = output.lines().skip_while(|line| !line.starts_with(policy));
    let told: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    assert!(!told.is_empty(), "{arguments} no longer says {policy}]");
    (
        fence.lines.join("\n"),
        format!("{command}\n{}", told.join("\n")),
    )
}

/// `UPDATE=1 cargo test --test docs` writes what the program says today.
#[test]
fn the_finding_shown_is_a_real_one() {
    for readme in READMES {
        let page = read(readme);
        let (shown, told) = told_again(finding(&page));
        if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
            fs::write(root().join(readme), page.replace(&shown, &told)).expect("it is written");
        } else {
            assert!(
                shown == told,
                "{readme} shows\n{shown}\nand the program says\n{told}\n"
            );
        }
    }
}
