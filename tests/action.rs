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
const PROBE: &str = "#!/bin/sh\n[ \"$*\" = --version ] && exit 0\n\
     printf '[%s]' \"$@\"; echo; env | grep -a PLANGATE_; exit 7\n";

fn probe() -> (Folder, String) {
    let folder = folder(&[("probe", PROBE)]);
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

/// An archive with a program in it, and its SHA-256.
fn packed(folder: &Folder, name: &str, script: &str) -> (String, String) {
    let program = folder.path("plangate");
    fs::write(&program, script).expect("a program");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("rights");
    let archive = folder.path(name);
    let tar = Command::new("tar")
        .args(["-czf", &archive, "-C", &folder.path("."), "plangate"])
        .status();
    assert!(tar.expect("tar runs").success());
    let sum = sha256(&archive);
    (archive, sum)
}

#[test]
fn an_archive_that_was_verified_is_unpacked_and_run() {
    let folder = folder(&[("readme", "")]);
    let (archive, sum) = packed(&folder, "archive.tar.gz", PROBE);
    let output = action(&[
        ("INPUT_MODE", "check"),
        ("INPUT_ARCHIVE", &archive),
        ("INPUT_SHA256", &sum),
    ]);
    assert_eq!(output.status.code(), Some(7), "{}", told(&output));
    assert!(told(&output).contains("[check][--format][github]"));
}

/// The action with a table of its own, on a system that is said to be another: what asks the system and the network
/// are doubles, which take archives from the folder and keep a list of what was fetched.
struct Elsewhere {
    folder: Folder,
    table: String,
}

impl Elsewhere {
    fn new(system: &str, glibc: bool) -> Self {
        let script = fs::read_to_string(Path::new(ROOT).join("action/run")).expect("the script");
        let (name, machine) = system.split_once('/').expect("a name and a machine");
        let folder = folder(&[
            ("action/run", &script),
            (
                "bin/uname",
                &format!("#!/bin/sh\n[ $1 = -m ] && echo {machine} || echo {name}\n"),
            ),
            ("bin/getconf", &format!("#!/bin/sh\nexec {glibc}\n")),
            (
                "bin/curl",
                "#!/bin/sh\ncd \"${0%/*}/..\"\nfor last; do to=\"$from\" from=\"$last\"; done\n\
                 while [ \"$1\" != --output ]; do shift; done\necho \"${from##*/}\" >> fetched\n\
                 cp \"${from##*/}\" \"$2\"\n",
            ),
        ]);
        for name in ["action/run", "bin/uname", "bin/getconf", "bin/curl"] {
            let rights = fs::Permissions::from_mode(0o755);
            fs::set_permissions(folder.path(name), rights).expect("rights");
        }
        Self {
            folder,
            table: String::from("# version, target, SHA-256, address\n"),
        }
    }

    /// A row more, with an archive whose program says its name, or does not start.
    fn row(mut self, version: &str, target: &str, starts: bool) -> Self {
        let script = format!(
            "#!/bin/sh\n[ \"$*\" = --version ] && exec {starts}\necho this is {version} {target}\n"
        );
        let name = format!("{version}-{target}.tar.gz");
        let (_, sum) = packed(&self.folder, &name, &script);
        self.table += &format!("{version} {target} {sum} https://releases.example/{name}\n");
        self
    }

    fn run(&self, inputs: &[(&str, &str)]) -> (Option<i32>, String) {
        fs::write(self.folder.path("action/binaries.txt"), &self.table).expect("the table");
        let path = std::env::var("PATH").expect("a path");
        let output = Command::new(self.folder.path("action/run"))
            .env("PATH", format!("{}:{path}", self.folder.path("bin")))
            .env_remove("GITHUB_OUTPUT")
            .env("INPUT_MODE", "check")
            .envs(inputs.iter().copied())
            .output()
            .expect("bash runs");
        (output.status.code(), told(&output))
    }

    fn fetched(&self) -> String {
        fs::read_to_string(self.folder.path("fetched")).unwrap_or_default()
    }
}

const GNU: &str = "x86_64-unknown-linux-gnu";
const MUSL: &str = "x86_64-unknown-linux-musl";

#[test]
fn the_quickest_binary_that_starts_here_is_taken() {
    let both = |glibc: bool, starts: bool| {
        Elsewhere::new("Linux/x86_64", glibc)
            .row("1.0.0", MUSL, true)
            .row("1.0.0", GNU, starts)
    };
    let (code, said) = both(true, true).run(&[]);
    assert_eq!(
        (code, said.trim()),
        (Some(0), &*format!("this is 1.0.0 {GNU}"))
    );

    // Where there is no glibc, what needs one is not even fetched.
    let without = both(false, true);
    let (code, said) = without.run(&[]);
    assert_eq!(
        (code, said.trim()),
        (Some(0), &*format!("this is 1.0.0 {MUSL}"))
    );
    assert_eq!(without.fetched(), format!("1.0.0-{MUSL}.tar.gz\n"));

    // Where it is too old, the program says so when it is asked for its version, and the log says it too.
    let (code, said) = both(true, false).run(&[]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(code, Some(0), "{said}");
    assert!(
        lines[0].ends_with(&format!("the binary for {GNU} does not start here")),
        "{said}"
    );
    assert_eq!(lines[1..], [format!("this is 1.0.0 {MUSL}")]);
}

#[test]
fn all_binaries_of_a_run_are_of_one_version() {
    // The last release has no binary for glibc: then that of musl, and not an older one.
    let table = Elsewhere::new("Linux/x86_64", true)
        .row("1.0.0", MUSL, true)
        .row("1.0.0", GNU, true)
        .row("1.1.0", MUSL, true)
        .row("1.2.0", "aarch64-unknown-linux-gnu", true);
    let (_, said) = table.run(&[]);
    assert_eq!(said.trim(), format!("this is 1.1.0 {MUSL}"));
    let (_, said) = table.run(&[("INPUT_VERSION", "1.0.0")]);
    assert_eq!(said.trim(), format!("this is 1.0.0 {GNU}"));
}

#[test]
fn threat_31_a_sum_that_differs_ends_the_run_and_is_no_reason_to_take_the_next() {
    let table = Elsewhere::new("Linux/x86_64", true)
        .row("1.0.0", MUSL, true)
        .row("1.0.0", GNU, true);
    packed(
        &table.folder,
        &format!("1.0.0-{GNU}.tar.gz"),
        "#!/bin/sh\necho ran\n",
    );
    let (code, said) = table.run(&[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("SHA-256") && !said.contains("ran"), "{said}");
    assert!(!table.fetched().contains("musl"), "{}", table.fetched());
}

#[test]
fn an_archive_on_the_runner_is_any_of_the_table_for_this_system() {
    let table = Elsewhere::new("Linux/aarch64", true)
        .row("1.0.0", "aarch64-unknown-linux-gnu", true)
        .row("1.0.0", "aarch64-unknown-linux-musl", true)
        .row("1.0.0", MUSL, true);
    let offline = |target: &str| {
        let archive = table.folder.path(&format!("1.0.0-{target}.tar.gz"));
        table.run(&[("INPUT_ARCHIVE", &archive)])
    };
    for target in ["aarch64-unknown-linux-gnu", "aarch64-unknown-linux-musl"] {
        let (code, said) = offline(target);
        assert_eq!(
            (code, said.trim()),
            (Some(0), &*format!("this is 1.0.0 {target}"))
        );
    }
    let (code, said) = offline(MUSL);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("SHA-256") && !said.contains("this is"),
        "{said}"
    );
    assert_eq!(table.fetched(), "", "nothing is fetched offline");
}

#[test]
fn what_does_not_start_is_said_and_is_no_finding() {
    let broken = Elsewhere::new("Linux/x86_64", true).row("1.0.0", GNU, false);
    let (code, said) = broken.run(&[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("does not start"), "{said}");

    let unknown = Elsewhere::new("Plan9/mips", true).row("1.0.0", GNU, true);
    let (code, said) = unknown.run(&[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.starts_with("::error") && said.contains("Plan9/mips"),
        "{said}"
    );
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
