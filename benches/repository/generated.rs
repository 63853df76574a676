//! A bare repository of generated plans with a history, and a proposal that changes five of them.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use git2::{Oid, Repository, Signature, Time};
use serde_json::json;

use crate::corpus;
use crate::untouched::{CONFIG, said};

/// The plan whose change log is asked for.
pub(crate) const FOLLOWED: usize = 7;
/// The plans that the proposal changes: four offices and a bureau.
pub(crate) const CHANGED: [usize; 5] = [3, 5, 20, 41, 99];
/// Each so many commits one is of the plan that is followed.
const EVERY: usize = 10;
/// Raised when other bytes are to be generated, so that nothing old is measured.
const FORM: u32 = 2;

/// The repository, and what a forge says of the proposal.
pub(crate) struct Generated {
    pub(crate) plans: usize,
    pub(crate) commits: usize,
    pub(crate) git: PathBuf,
    pub(crate) snapshot: PathBuf,
}

/// The folder of a plan.
pub(crate) fn folder(number: usize) -> String {
    let plan = corpus::path(number);
    plan.trim_end_matches("/plan.yaml").to_owned()
}

/// The plan that a commit changes.
fn changed_by(commit: usize, plans: usize) -> usize {
    match commit % EVERY {
        0 => FOLLOWED,
        _ => commit * 7 % plans,
    }
}

impl Generated {
    /// The repository of so many plans and commits; made where it is not there yet.
    pub(crate) fn keep(plans: usize, commits: usize) -> Result<Self, Box<dyn std::error::Error>> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("repository-{plans}-{commits}-{FORM}"));
        let generated = Self {
            plans,
            commits,
            git: folder.join("plans.git"),
            snapshot: folder.join("snapshot.json"),
        };
        // Written last: half a repository has none.
        if !generated.snapshot.is_file() {
            match fs::remove_dir_all(&folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
            fs::create_dir_all(&folder)?;
            let [main, proposal] = generated.make()?;
            let desk = json!({ "id": 7, "login": "desk" });
            fs::write(&generated.snapshot, said(&desk, main, proposal).to_string())?;
        }
        Ok(generated)
    }

    /// How many states the plan that is followed has had.
    pub(crate) fn states(&self) -> usize {
        let follows = |&at: &usize| changed_by(at, self.plans) == FOLLOWED;
        1 + (1..self.commits).filter(follows).count()
    }

    fn make(&self) -> Result<[Oid; 2], git2::Error> {
        let repository = Repository::init_bare(&self.git)?;
        let history = History {
            repository: &repository,
        };
        let mut plans = repository.treebuilder(None)?;
        for number in 0..self.plans {
            let folder = history.folder(&corpus::plan(number))?;
            plans.insert(format!("{number:05}"), folder, 0o040_000)?;
        }
        let mut plans = plans.write()?;
        let mut top = repository.treebuilder(None)?;
        for (name, text) in [
            ("plangate.yaml", CONFIG),
            ("roster.yaml", &roster(self.plans)),
        ] {
            top.insert(name, repository.blob(text.as_bytes())?, 0o100_644)?;
        }
        let top = top.write()?;
        let mut head = history.commit(top, plans, 0, None)?;
        for at in 1..self.commits {
            plans = history.changed(plans, changed_by(at, self.plans), at)?;
            head = history.commit(top, plans, at, Some(head))?;
        }
        repository.reference("refs/heads/main", head, true, "")?;
        for number in CHANGED {
            plans = history.changed(plans, number, self.commits)?;
        }
        let proposal = history.commit(top, plans, self.commits, Some(head))?;
        repository.reference("refs/heads/proposal", proposal, true, "")?;
        Ok([head, proposal])
    }
}

struct History<'r> {
    repository: &'r Repository,
}

impl History<'_> {
    /// The folder of a plan.
    fn folder(&self, plan: &str) -> Result<Oid, git2::Error> {
        let mut folder = self.repository.treebuilder(None)?;
        let plan = self.repository.blob(plan.as_bytes())?;
        folder.insert("plan.yaml", plan, 0o100_644)?;
        folder.write()
    }

    /// The plans with one of them issued anew.
    fn changed(&self, plans: Oid, number: usize, at: usize) -> Result<Oid, git2::Error> {
        let plans = self.repository.find_tree(plans)?;
        let mut changed = self.repository.treebuilder(Some(&plans))?;
        let folder = self.folder(&edition(&corpus::plan(number), at))?;
        changed.insert(format!("{number:05}"), folder, 0o040_000)?;
        changed.write()
    }

    fn commit(
        &self,
        top: Oid,
        plans: Oid,
        at: usize,
        parent: Option<Oid>,
    ) -> Result<Oid, git2::Error> {
        let mut tree = self
            .repository
            .treebuilder(Some(&self.repository.find_tree(top)?))?;
        tree.insert("plans", plans, 0o040_000)?;
        let tree = self.repository.find_tree(tree.write()?)?;
        let seconds = i64::try_from(at).unwrap_or(0) * 3_600;
        let time = Time::new(1_700_000_000 + seconds, 480);
        let desk = Signature::new("承辦單位", "desk@agency.example", &time)?;
        let parent = parent
            .map(|id| self.repository.find_commit(id))
            .transpose()?;
        let parents: Vec<_> = parent.iter().collect();
        self.repository
            .commit(None, &desk, &desk, "修正計畫", &tree, &parents)
    }
}

/// The next edition of a plan: its number, its day, and the first outage that may be tolerated.
fn edition(plan: &str, at: usize) -> String {
    let mut text = String::with_capacity(plan.len() + 16);
    let mut is_raised = false;
    for line in plan.lines() {
        let (key, _) = line.split_once(": ").unwrap_or((line, ""));
        let _ = match key {
            "  edition" => writeln!(text, "{key}: \"2.{at}\""),
            "    max_tolerable_interruption" if !is_raised => {
                is_raised = true;
                writeln!(text, "{key}: {}h", 10 + at % 50)
            }
            _ => writeln!(text, "{line}"),
        };
    }
    assert!(is_raised, "the plan states an outage");
    text
}

/// An agency for each plan below one bureau.
fn roster(plans: usize) -> String {
    let mut text = String::from("agencies:\n  - { id: bureau, name: 示範局 }\n");
    for number in 0..plans {
        let _ = writeln!(
            text,
            "  - {{ id: a{number:05}, name: 第{number:05}所, folder: {}, supervisor: bureau }}",
            folder(number)
        );
    }
    text.push_str("people:\n  - { id: director, login: director, account: 1, emails: [director@bureau.example], roles: [{ role: 局長, agency: bureau }] }\n");
    text
}
