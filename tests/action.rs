//! The script of the action, run: what it refuses to execute, and what it hands to the program.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "runs the action of this repository with a binary of its own"
)]

mod world;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use sha2::{Digest, Sha256};
use world::{Folder, folder};

const PROGRAM: &str = env!("CARGO_BIN_EXE_plangate");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn sha256(path: &str) -> String {
    let bytes = fs::read(path).expect("the file");
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn action(inputs: &[(&str, &str)]) -> Output {
    let mut command = Command::new(Path::new(ROOT).join("action/run"));
    command.current_dir(ROOT).env_remove("GITHUB_OUTPUT");
    command.envs(inputs.iter().copied());
    command.output().expect("bash runs")
}

fn told(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A program that tells what it was given.
fn probe() -> (Folder, String) {
    let script = "#!/bin/sh\nprintf '[%s]' \"$@\"; echo; env | grep -a PLANGATE_; exit 7\n";
    let folder = folder(&[("probe", script)]);
    let path = folder.path("probe");
    (folder, path)
}

#[test]
fn threat_31_nothing_runs_whose_sum_differs_or_is_not_known() {
    let (_folder, path) = probe();
    let wrong = "0".repeat(64);
    for sum in ["", "abc", &wrong] {
        for input in ["INPUT_BINARY", "INPUT_ARCHIVE"] {
            let output = action(&[
                ("INPUT_MODE", "check"),
                (input, &path),
                ("INPUT_SHA256", sum),
            ]);
            let told = told(&output);
            assert_eq!(output.status.code(), Some(2), "{input} {sum}: {told}");
            assert!(told.contains("SHA-256"), "{told}");
            assert!(!told.contains("[check]"), "it ran: {told}");
        }
    }
}

#[test]
fn an_archive_that_was_verified_is_unpacked_and_run() {
    let (folder, path) = probe();
    let named = folder.path("plangate");
    fs::copy(&path, &named).expect("a copy");
    fs::set_permissions(&named, fs::Permissions::from_mode(0o755)).expect("rights");
    let archive = folder.path("archive.tar.gz");
    let packed = Command::new("tar")
        .args(["-czf", &archive, "-C", &folder.path("."), "plangate"])
        .status();
    assert!(packed.expect("tar runs").success());
    let sum = sha256(&archive);
    let inputs = [
        ("INPUT_MODE", "check"),
        ("INPUT_ARCHIVE", &archive),
        ("INPUT_SHA256", &sum),
    ];
    let output = action(&inputs.map(|(key, value): (&str, &str)| (key, value)));
    assert_eq!(output.status.code(), Some(7), "{}", told(&output));
    assert!(told(&output).contains("[check][--format][github]"));
}

#[test]
fn the_fixtures_are_checked_by_the_program_itself() {
    let sum = sha256(PROGRAM);
    let output_file = folder(&[("out", "")]);
    let out = output_file.path("out");
    let output = action(&[
        ("INPUT_MODE", "check"),
        ("INPUT_BINARY", PROGRAM),
        ("INPUT_SHA256", &sum),
        ("INPUT_PATHS", "fixtures/plans/keelung-elementary-school\n"),
        ("GITHUB_OUTPUT", &out),
    ]);
    // A real plan has defects: 1, and never 2.
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("::error "), "{}", told(&output));
    assert_eq!(
        fs::read_to_string(out).expect("the output"),
        "exit-code=1\n"
    );
}

#[test]
fn threat_29_the_token_goes_to_no_command_that_needs_none_and_into_no_log() {
    let (_folder, path) = probe();
    let sum = sha256(&path);
    let run = |mode: &str| {
        told(&action(&[
            ("INPUT_MODE", mode),
            ("INPUT_BINARY", &path),
            ("INPUT_SHA256", &sum),
            ("PLANGATE_TOKEN", "token-of-the-run"),
            ("PLANGATE_APP_PRIVATE_KEY", "key-of-the-app"),
        ]))
    };
    for secret in ["token-of-the-run", "key-of-the-app"] {
        assert!(!run("check").contains(secret));
        assert!(!run("nonsense").contains(secret));
        assert!(run("gate").contains(secret), "the gate needs it");
    }
}

#[test]
fn a_path_is_never_an_option_and_a_message_is_never_a_command() {
    let (_folder, path) = probe();
    let sum = sha256(&path);
    let binary = [("INPUT_BINARY", path.as_str()), ("INPUT_SHA256", &sum)];
    let paths = "--policies=/etc\na b\n$(id)\n";
    let checked = action(
        &[
            &binary[..],
            &[("INPUT_MODE", "check"), ("INPUT_PATHS", paths)],
        ]
        .concat(),
    );
    let told_paths = told(&checked);
    assert!(
        told_paths.contains("[./--policies=/etc][a b][$(id)]"),
        "{told_paths}"
    );
    let refused = action(&[&binary[..], &[("INPUT_MODE", "x\n::warning::y")]].concat());
    assert!(
        !told(&refused).contains("\n::warning"),
        "{}",
        told(&refused)
    );
}

#[test]
fn every_command_of_the_action_is_one() {
    let script = fs::read_to_string(Path::new(ROOT).join("action/run")).expect("the script");
    let lines = script.split("arguments=(").skip(1);
    let commands: Vec<Vec<&str>> = lines
        .map(|rest| {
            rest.split(')')
                .next()
                .unwrap_or_default()
                .split(' ')
                .collect()
        })
        .collect();
    assert_eq!(commands.len(), 4, "{commands:?}");
    for command in commands {
        // With the help asked for as well, every word before it has been understood.
        let run = world::run(&[&command[..], &["--help"]].concat());
        assert_eq!(run.code, 0, "{command:?}: {}", run.err);
    }
}
