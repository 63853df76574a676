//! Every fuzz target for a minute, on stable, by mutation of the plans and policies at hand.
//!
//! The order of inputs is the same on every run; how far it gets depends on the machine.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../fuzz/targets.rs"]
mod targets;

const TIME: Duration = Duration::from_mins(1);

/// Larger inputs say little more and take much longer.
const LONGEST: usize = 2048;

#[test]
fn document() {
    fuzz(targets::document, &files_and(HAND_WRITTEN), TOKENS);
}

#[test]
fn plan() {
    fuzz(targets::plan, &files_and(&[]), TOKENS);
}

#[test]
fn policy() {
    fuzz(targets::policy, &files_and(&[]), TOKENS);
}

#[test]
fn expression() {
    let seeds: Vec<Vec<u8>> = EXPRESSIONS
        .iter()
        .map(|text| text.as_bytes().to_vec())
        .collect();
    fuzz(targets::expression, &seeds, SIGNS);
}

/// Expressions of the kinds that policies have.
const EXPRESSIONS: &[&str] = &[
    "own.systems.exists(s, s.core && s.protection_level == \"高\")",
    "sum(personnel.dedicated.map(p, p.count)) >= n",
    "has(header.issued) ? header.issued >= date(\"2021-08-23\") : false",
    "businesses.filter(b, !(b.name in [\"甲\", \"乙\"])).all(b, b.name.matches('^[a-z]+$'))",
    "mode(controls.edr) != \"silent\" && size(bodies) > 1",
    "compare_editions(header.edition, \"1.10\") > 0 || edit_distance('a', 'b') <= 1",
];

/// What CEL gives a meaning to.
const SIGNS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ".",
    ",",
    "?",
    ":",
    "!",
    "-",
    "+",
    "*",
    "/",
    "%",
    "&&",
    "||",
    "==",
    "!=",
    "<=",
    "<",
    " in ",
    "\"",
    "'",
    "r'",
    "b\"",
    "\\",
    "\\u{",
    "0x",
    "1e9",
    "9223372036854775807",
    "u",
    "has(",
    ".all(x, ",
    ".map(",
    "for",
    "true",
    "null",
    "plan",
    "bodies",
    "甲",
    "\n",
    "//",
    "\0",
];

/// What YAML gives a meaning to, and what only looks like it.
const TOKENS: &[&str] = &[
    ": ",
    ":",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\n",
    "\n  ",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "#",
    " # ",
    "\"",
    "'",
    "''",
    "|",
    ">",
    "|+\n",
    ">-\n",
    "|2\n",
    "&a ",
    "*a",
    "!t ",
    "!!str ",
    "<<: ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "\\",
    "\\u",
    "\\ud800",
    "\\x0",
    "\\0",
    "~",
    "null",
    "no",
    "012",
    "1_0",
    "0x1F",
    "0o7",
    "1e999",
    ".inf",
    "12:30",
    "：",
    "\u{3000}",
    "\u{a0}",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\u{85}",
    "\u{2028}",
    "\0",
    "\u{7f}",
    "\u{80}",
    "甲",
    "👨‍👩‍👧",
    "a",
    "key",
    "@",
    "`",
];

/// Shapes that the plans at hand may not have.
const HAND_WRITTEN: &[&str] = &[
    "",
    "a: 1\n",
    "- - - x\n",
    "{a: [b, {c: d}], e: }",
    "a:\n- x\n-\n- - y\n",
    "a: |\n  x\n\n  y\nb: >+\n  z\n\n\nc: |2\n   k\n",
    "a: \"x\\n\\u7532\n  y\"\nb: 'it''s\n\n  so'\n",
    "&a x: &b !t y\n*a : *b\n<<: *b\n? [c]\n: d\n",
    "%YAML 1.2\n%TAG !e! tag:x,2000:\n---\na: !e!f 1\n...\n---\nb: 2\n",
    "header:\n  title：甲\n  agency:\u{3000}乙\n",
    "a: @\nb: [\nc: \"\nd: }\n\te: 1\n",
    "\u{feff}a: 1\r\nb: 2\r\n",
];

/// Runs a target on mutations of its seeds for [`TIME`].
#[expect(
    clippy::disallowed_methods,
    reason = "the time to be spent is the point"
)]
fn fuzz(target: fn(&[u8]), seeds: &[Vec<u8>], tokens: &[&str]) {
    for seed in seeds {
        attempt(target, seed);
    }
    let end = Instant::now() + TIME;
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    while Instant::now() < end {
        let mut input = random.part_of(seeds);
        for _ in 0..=random.below(8) {
            mutate(&mut input, &mut random, seeds, tokens);
        }
        attempt(target, &input);
    }
}

/// Runs a target once and says on what input it failed.
fn attempt(target: fn(&[u8]), input: &[u8]) {
    let outcome = catch_unwind(AssertUnwindSafe(|| target(input)));
    assert!(
        outcome.is_ok(),
        "it failed on b\"{}\"",
        input.escape_ascii()
    );
}

fn mutate(input: &mut Vec<u8>, random: &mut Random, seeds: &[Vec<u8>], tokens: &[&str]) {
    let range = random.range(input.len());
    match random.below(8) {
        0 => drop(input.drain(range)),
        1 => input.truncate(range.start),
        2 => {
            let copy = input[range.clone()].to_vec();
            input.splice(range.start..range.start, copy);
        }
        3 => {
            let part = random.part_of(seeds);
            input.splice(range, part);
        }
        4 => {
            if let Some(byte) = input.get_mut(range.start) {
                *byte ^= 1 << random.below(8);
            }
        }
        5 => {
            let token = tokens[random.below(tokens.len())].repeat(1 + random.below(40));
            input.splice(range.start..range.start, token.bytes());
        }
        _ => {
            let token = tokens[random.below(tokens.len())];
            input.splice(range.start..range.start, token.bytes());
        }
    }
}

/// Seeds: the hand-written ones and every YAML file of the repository that is a plan or a policy.
fn files_and(hand_written: &[&str]) -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = hand_written
        .iter()
        .map(|text| text.as_bytes().to_vec())
        .collect();
    for folder in ["fixtures", "policies"] {
        collect(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut seeds,
        );
    }
    seeds
}

#[expect(
    clippy::disallowed_methods,
    reason = "seeds are files of the repository"
)]
fn collect(folder: &Path, seeds: &mut Vec<Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, seeds);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            seeds.extend(std::fs::read(&path));
        }
    }
}

/// xorshift64*: the same numbers on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// A number below `limit`, 0 where there is none.
    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).expect("a length");
        usize::try_from(self.next() % limit).expect("below a length")
    }

    /// A short range of a text of `length`.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(64)).min(length)
    }

    /// A stretch of a seed.
    fn part_of(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let seed = &seeds[self.below(seeds.len())];
        let start = if seed.len() > LONGEST {
            self.below(seed.len() - LONGEST)
        } else {
            0
        };
        seed[start..seed.len().min(start + LONGEST)].to_vec()
    }
}
