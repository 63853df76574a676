//! What each stage costs, and how much more than reading and parsing the whole program does.
//!
//! The steps are interleaved and measured in CPU time, so that whatever else the machine does
//! disturbs them little and alike. Run it with `cargo bench --bench end_to_end`;
//! `-- --write DIR COUNT` writes a corpus and measures nothing. Without `--bench`
//! (`cargo test --benches`) it only checks the corpus. docs/performance.md has the figures.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark is a program of its own: it reads files, asks the time and prints"
)]

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use plangate::check::{AsOf, Judge, Reader, Settings, sort};
use plangate::document::{self, Document, Limits};
use plangate::plan::{PlanFiles, Schema, Validator, check_shape};
use plangate::policy::{Pack, PackSource};
use plangate::report::{self, Format, Options};
use plangate::text::{Language, SourceFile};
use rayon::prelude::*;

#[path = "corpus/mod.rs"]
mod corpus;
#[path = "end_to_end/cpu.rs"]
mod cpu;
#[path = "plans/mod.rs"]
mod plans;
#[path = "program/mod.rs"]
mod program;
#[path = "end_to_end/table.rs"]
mod table;

use plans::{FIXTURES, TODAY, Texts};
use table::{Row, Table, median};

/// How often a single plan is measured at once.
const TURNS: usize = 10;
/// As `plangate check --as-of 2026-11-20` judges.
const SETTINGS: Settings = Settings {
    as_of: AsOf::Day(TODAY),
    today: TODAY,
    all: false,
};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--write", folder, count, ..] => write(Path::new(folder), count.parse().unwrap_or(0)),
        _ if arguments.iter().any(|argument| argument == "--bench") => measure(),
        _ => {
            check();
            Ok(())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("end_to_end: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> io::Result<()> {
    let mut table = Table::default();
    for name in FIXTURES {
        table.push(fixture(name));
    }
    for (count, rounds) in [(100, 9), (1_000, 9)] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{count}"));
        write(&folder, count)?;
        table.push(of_corpus(&folder, count, rounds));
    }
    println!("{table}");
    cold_process()
}

/// One plan in memory, the pack loaded: what a plan costs, whatever starting costs.
fn fixture(name: &'static str) -> Row {
    let texts = Texts::fixture(name);
    let schema = Schema::builtin();
    let validator = Validator::new(&schema);
    let (pack, _) = Pack::load(&[PackSource::builtin()], &schema);
    let judge = judge(&pack, &schema);
    let everything = || {
        let files = texts.parse();
        let mut judged = judge.plan(&files);
        judged
            .findings
            .extend(check_shape(&files, &validator, &schema));
        sort(&mut judged.findings);
        let outcome = judge.outcome(vec![judged], "0");
        report::render(Format::Text, &outcome, Options::default(), &mut io::sink())
            .expect("internal: a sink takes everything");
    };
    // A thousandth of a second is little for the clock: each step is a number of turns.
    let turns = |step: &dyn Fn()| (0..TURNS).for_each(|_| step());
    let parsed = || (texts.read(), texts.parse()).1;
    Row::interleaved(
        name,
        TURNS,
        texts.bytes() * TURNS as u64,
        30,
        [
            &mut || turns(&|| assert!(texts.read() > 0)),
            &mut || turns(&|| drop(parsed())),
            &mut || turns(&|| drop(check_shape(&parsed(), &validator, &schema))),
            &mut || turns(&|| drop(judge.plan(&parsed()))),
            &mut || {
                turns(&|| {
                    assert!(texts.read() > 0);
                    everything();
                });
            },
        ],
    )
}

/// Who judges for a terminal, as the program does.
fn judge<'p>(pack: &'p Pack, schema: &'p Schema) -> Judge<'p> {
    let reader = Reader::at_terminal(Language::default());
    Judge::new(pack, schema, SETTINGS).writing_for(reader)
}

/// Many plans on disk, on all cores, beside the whole command with its start and its output.
fn of_corpus(folder: &Path, count: usize, rounds: usize) -> Row {
    let paths: Vec<PathBuf> = (0..count)
        .map(|number| folder.join(corpus::path(number)))
        .collect();
    let read = |path: &PathBuf| std::fs::read(path).expect("internal: just written");
    let parsed = |path: &PathBuf| {
        let name = path.to_string_lossy();
        let parsed = document::read(&name, &read(path), Limits::default()).1;
        alone(parsed.document.expect("internal: small enough"))
    };
    let schema = Schema::builtin();
    let validator = Validator::new(&schema);
    let (pack, _) = Pack::load(&[PackSource::builtin()], &schema);
    let judge = judge(&pack, &schema);
    let sum = |of: &(dyn Fn(&PathBuf) -> usize + Sync)| paths.par_iter().map(of).sum::<usize>();
    let bytes: usize = paths.iter().map(|path| read(path).len()).sum();
    Row::interleaved(
        &format!("{count} generated"),
        count,
        bytes as u64,
        rounds,
        [
            &mut || assert!(sum(&|path| read(path).len()) > 0),
            &mut || assert!(sum(&|path| parsed(path).main.len()) > 0),
            &mut || {
                assert_eq!(
                    sum(&|path| check_shape(&parsed(path), &validator, &schema).len()),
                    0
                );
            },
            &mut || assert!(sum(&|path| judge.plan(&parsed(path)).findings.len()) > 0),
            &mut || check_folder(folder),
        ],
    )
}

/// `plangate check FOLDER`, in this process.
fn check_folder(folder: &Path) {
    let folder = folder.to_string_lossy();
    let arguments = ["check", &folder, "--as-of", "2026-11-20"];
    let code = program::run(&arguments, &mut io::sink());
    assert!(code < 2, "the corpus can be checked");
}

/// The whole process over one plan, from `exec` to exit, beside a process that only says its version.
fn cold_process() -> io::Result<()> {
    let plan = "fixtures/plans/fangliao-household-registration/plan.yaml";
    let mut times = [const { Vec::new() }; 2];
    for _ in 0..60 {
        for (arguments, times) in [&["check", plan][..], &["--version"]]
            .iter()
            .zip(&mut times)
        {
            let mut command = Command::new(env!("CARGO_BIN_EXE_plangate"));
            command
                .args(*arguments)
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .stdout(Stdio::null());
            let start = Instant::now();
            command.status()?;
            times.push(start.elapsed());
        }
    }
    for (name, mut times) in ["plangate check one-plan", "plangate --version"]
        .iter()
        .zip(times)
    {
        let (least, median): (Option<Duration>, _) =
            (times.iter().min().copied(), median(&mut times));
        println!(
            "{name}: median {median:.1?}, least {:.1?}",
            least.unwrap_or_default()
        );
    }
    Ok(())
}

fn write(folder: &Path, count: usize) -> io::Result<()> {
    for number in 0..count {
        let path = folder.join(corpus::path(number));
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, corpus::plan(number))?;
    }
    Ok(())
}

/// The corpus is what its description says, and nothing in it is wrong in form.
fn check() {
    let schema = Schema::builtin();
    let validator = Validator::new(&schema);
    for number in [0, 1, 5, 16, 50, 99] {
        let text = corpus::plan(number);
        assert_eq!(text, corpus::plan(number), "the same bytes every time");
        assert!(
            (corpus::LEAST - 1_000..=corpus::GREATEST).contains(&text.len()),
            "{number}: {}",
            text.len()
        );
        let file = Arc::new(SourceFile::new(corpus::path(number), text));
        let parsed = document::parse(&file, Limits::default());
        assert!(
            parsed.findings.is_empty(),
            "{number}: {:?}",
            parsed.findings[0].message
        );
        let files = alone(parsed.document.expect("internal: small enough"));
        let bodies = files
            .main
            .root()
            .get("bodies")
            .map_or(0, |rows| rows.items().len());
        assert_eq!(bodies, corpus::Size::of(number).bodies());
        let findings = check_shape(&files, &validator, &schema);
        assert!(findings.is_empty(), "{number}: {:?}", findings[0].message);
    }
    let of = |size| {
        (0..100)
            .filter(|&number| corpus::Size::of(number) == size)
            .count()
    };
    assert_eq!(
        [corpus::Size::One, corpus::Size::Bureau, corpus::Size::City].map(of),
        [90, 9, 1]
    );
    println!("6 passed, 0 failed");
}

/// A plan of one file.
fn alone(main: Document) -> PlanFiles {
    PlanFiles {
        folder: "plans".into(),
        main,
        sections: BTreeMap::new(),
        annexes: BTreeMap::new(),
    }
}
