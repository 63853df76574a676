//! A repository of 10,000 plans and 1,000 commits: what each command takes of it, as a whole.
//!
//! Every step is the command line itself, in this process, from its arguments to its last byte. The
//! repository is generated once and kept below `target/`; making it is not measured. Run it with
//! `cargo bench --bench repository`; `-- review` measures only the steps that have that word. With the path of
//! a program in `PLANGATE`, such as one that `action/build` made, that is measured, as a process from its
//! start to its end. Without `--bench` (`cargo test --benches`) the same steps run over 100 plans and 20
//! commits, and what they come to is checked instead of measured.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark is a program of its own: it reads files, asks the time and prints"
)]

use std::ffi::OsString;
use std::io;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

#[path = "corpus/mod.rs"]
mod corpus;
#[path = "end_to_end/cpu.rs"]
mod cpu;
#[path = "repository/generated.rs"]
mod generated;
#[path = "plans/mod.rs"]
#[expect(dead_code, reason = "only the day of the benchmarks is wanted")]
mod plans;
#[path = "program/mod.rs"]
mod program;
#[path = "../tests/world/untouched.rs"]
mod untouched;

use cpu::cpu_time;
use generated::{CHANGED, FOLLOWED, Generated};

/// What is measured.
const WHOLE: (usize, usize) = (10_000, 1_000);
/// What is checked.
const SMALL: (usize, usize) = (100, 20);

/// A command over the repository.
struct Step {
    name: &'static str,
    arguments: Vec<String>,
    /// How often it is measured.
    rounds: usize,
}

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_bench = arguments.iter().any(|argument| argument == "--bench");
    let words: Vec<&String> = arguments
        .iter()
        .filter(|word| !word.starts_with("--"))
        .collect();
    let (plans, commits) = if is_bench { WHOLE } else { SMALL };
    match Generated::keep(plans, commits) {
        Ok(repository) if is_bench => measure(&repository, &words),
        Ok(repository) => check(&repository),
        Err(error) => {
            eprintln!("repository: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The steps, the longest last.
fn steps(repository: &Generated) -> Vec<Step> {
    let git = repository.git.to_string_lossy();
    let followed = format!("main:{}", generated::folder(FOLLOWED));
    let snapshot = repository.snapshot.to_string_lossy();
    let step = |name, rounds, arguments: &[&str]| Step {
        name,
        arguments: arguments.iter().map(|&word| word.to_owned()).collect(),
        rounds,
    };
    let law = ["--as-of", "2026-11-20", "--format", "json", "--repo", &git];
    let check = |name, rounds, words: &[&str]| {
        let arguments = [&["check"], words, &law].concat();
        step(name, rounds, &arguments)
    };
    let review = [
        "review",
        "--format",
        "json",
        "--repository",
        &git,
        "--snapshot",
        &snapshot,
    ];
    let changelog = ["changelog", &followed, "--format", "json", "--repo", &git];
    vec![
        step("review of 5 changed plans", 9, &review),
        check(
            "check --base, 5 changed plans",
            9,
            &["proposal:plans", "--base", "main"],
        ),
        step("changelog of one plan", 9, &changelog),
        check("check of one plan", 9, &[&followed]),
        check("check of everything", 3, &["main:plans"]),
        step(
            "check of everything, as text",
            3,
            &[
                "check",
                "main:plans",
                "--as-of",
                "2026-11-20",
                "--repo",
                &git,
            ],
        ),
    ]
}

impl Step {
    fn run(&self, out: &mut dyn io::Write) -> u8 {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        program::run(&arguments, out)
    }

    /// By another program, whose words nobody reads; gives its exit code.
    fn run_by(&self, program: &OsString) -> u8 {
        let mut command = Command::new(program);
        let ended = command
            .args(&self.arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .status();
        let ended = ended.expect("the program of PLANGATE starts");
        ended
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .expect("it ends by itself")
    }
}

/// Wall and CPU time of each step: the least and the middle of its rounds.
fn measure(repository: &Generated, words: &[&String]) {
    let middle = |times: &mut Vec<Duration>| {
        times.sort();
        (times[0], times[times.len() / 2])
    };
    let program = std::env::var_os("PLANGATE");
    println!(
        "{:32} {:>10} {:>10} {:>10} {:>10}   in ms",
        "", "CPU least", "middle", "wall least", "middle"
    );
    let is_wanted = |step: &Step| words.iter().all(|word| step.name.contains(word.as_str()));
    for step in steps(repository).into_iter().filter(is_wanted) {
        let (mut wall, mut cpu) = (Vec::new(), Vec::new());
        for _ in 0..step.rounds {
            let (start, before) = (Instant::now(), cpu_time());
            // To keep what is written would be the benchmark's own work.
            let code = match &program {
                Some(program) => step.run_by(program),
                None => step.run(&mut io::sink()),
            };
            cpu.push(cpu_time().saturating_sub(before));
            wall.push(start.elapsed());
            assert!(code < 2, "{}: it can be done", step.name);
        }
        let ((cpu, cpu_middle), (wall, wall_middle)) = (middle(&mut cpu), middle(&mut wall));
        print!("{:32}", step.name);
        // What another process computes is not told here.
        let own = |time| program.is_none().then_some(time);
        for time in [own(cpu), own(cpu_middle), Some(wall), Some(wall_middle)] {
            let figure = time.map(|time: Duration| format!("{:.1}", time.as_secs_f64() * 1e3));
            print!(" {:>10}", figure.as_deref().unwrap_or("-"));
        }
        println!();
    }
}

/// Each step comes to what the repository was made for.
fn check(repository: &Generated) {
    for step in steps(repository) {
        let mut out = Vec::new();
        let code = step.run(&mut out);
        assert!(code < 2, "{}: exit {code}", step.name);
        if step.name == "check of everything, as text" {
            assert!(!out.is_empty(), "{}: it says something", step.name);
            continue;
        }
        let told: Value = serde_json::from_slice(&out).expect("JSON");
        let count = |key: &str| told[key].as_array().map_or(0, Vec::len);
        let (found, expected) = match step.name {
            "changelog of one plan" => (count("rows"), repository.states()),
            "check of one plan" => (plans_of(&told), 1),
            "check of everything" => (plans_of(&told), repository.plans),
            "check --base, 5 changed plans" => (plans_of(&told), CHANGED.len()),
            _ => (count("plans"), CHANGED.len()),
        };
        assert_eq!(found, expected, "{}", step.name);
    }
    println!("{} passed, 0 failed", steps(repository).len());
}

fn plans_of(told: &Value) -> usize {
    told["summary"]["plans"].as_array().map_or(0, Vec::len)
}
