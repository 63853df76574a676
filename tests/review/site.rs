//! A GitHub with the people of the host: several pull requests, pushes, reviews and a merge queue, in a
//! real repository, asked and told over HTTP.

#![expect(
    clippy::disallowed_methods,
    reason = "writes the event of a workflow, and reads the summary of its step"
)]

use std::fs;

use git2::Oid;
use serde_json::Value;

use crate::host::Files;
use crate::server::Hub;
use crate::state::{Given, PULL, Pull};
use crate::world::{Folder, Run, Surroundings, folder, run_in};

/// The token of the App.
pub(crate) const TOKEN: &str = "ghs_of_the_app";
/// A token that reads, as a pull request of a fork has.
pub(crate) const READ_ONLY: &str = "ghs_of_a_fork";
/// The App.
pub(crate) const BOT: &str = "plangate[bot]";
/// Whoever has the token of a workflow.
pub(crate) const ACTIONS: &str = "github-actions[bot]";
/// The address under which this GitHub commits.
pub(crate) const WEB: &str = "noreply@127.0.0.1";

const PEOPLE: [(&str, &str); 4] = [
    ("desk", "desk@office.example"),
    ("ciso", "ciso@office.example"),
    ("director", "director@bureau.example"),
    ("other-desk", "desk@other.example"),
];

/// A GitHub.
pub(crate) struct Site {
    pub(crate) hub: Hub,
    folder: Folder,
    /// Reviews and runs so far; each is a minute after the one before.
    minute: u32,
}

impl Site {
    /// Its branch `main` has these files, and nothing is proposed.
    pub(crate) fn new(base: &Files) -> Self {
        Self::at(Hub::new(), base)
    }

    /// The same at a server that stands already.
    pub(crate) fn at(hub: Hub, base: &Files) -> Self {
        {
            let mut state = hub.state();
            let people = PEOPLE.into_iter().zip(1..);
            let people = people.map(|((login, _), id)| (login, (id, "User")));
            let programs = [(BOT, (900, "Bot")), (ACTIONS, (901, "Bot"))];
            state.accounts = people.chain(programs).collect();
            state.addresses = PEOPLE.map(|(login, address)| (address, login)).into();
            let tokens = [(TOKEN, (BOT, true)), (READ_ONLY, (ACTIONS, false))];
            state.tokens = tokens.map(|(token, who)| (token.to_owned(), who)).into();
            state.pulls.remove(&PULL);
            let main = state.commit_by("director@bureau.example", &texts(base), &[]);
            state.point("refs/heads/main", main);
        }
        Self {
            hub,
            folder: folder(&[("event.json", ""), ("summary.md", "")]),
            minute: 0,
        }
    }

    pub(crate) fn main(&self) -> Oid {
        self.hub.state().id_of("refs/heads/main")
    }

    pub(crate) fn head(&self, pull: u64) -> Oid {
        self.hub.state().head(pull)
    }

    /// A pull request upon `main`.
    pub(crate) fn open(&mut self, pull: u64, author: &'static str, files: &Files) {
        let main = self.main();
        let head = self.commit(author, files, &[main]);
        let mut state = self.hub.state();
        state.point(&format!("refs/pull/{pull}/head"), head);
        state.pulls.insert(pull, Pull::by(author));
    }

    /// A commit of somebody's.
    pub(crate) fn commit(&self, login: &str, files: &Files, parents: &[Oid]) -> Oid {
        let known = PEOPLE.into_iter().find(|(other, _)| *other == login);
        let address = known.map_or(WEB, |(_, address)| address);
        let mut state = self.hub.state();
        state.commit_by(address, &texts(files), parents)
    }

    /// A push on top of a pull request.
    pub(crate) fn push(&mut self, pull: u64, files: &Files) {
        let head = self.head(pull);
        let author = self.hub.state().pulls[&pull].author;
        let pushed = self.commit(author, files, &[head]);
        self.point_head(pull, pushed);
    }

    pub(crate) fn point_head(&self, pull: u64, commit: Oid) {
        let name = format!("refs/pull/{pull}/head");
        self.hub.state().point(&name, commit);
    }

    /// Reviews of the heads as they are.
    pub(crate) fn says(&mut self, pull: u64, logins: &[&'static str], what: &'static str) {
        let head = self.head(pull).to_string();
        for login in logins {
            self.minute += 1;
            let at = self.now();
            let mut state = self.hub.state();
            state.reviews.push(Given {
                pull,
                author: Some(login),
                state: what,
                commit: Some(head.clone()),
                at: at.clone(),
            });
            let of = state.pulls.get_mut(&pull).expect("the pull request");
            of.requested.retain(|other| other != login);
        }
    }

    /// The program with these arguments.
    pub(crate) fn run(&mut self, arguments: &[&str]) -> Run {
        self.run_under(&[("PLANGATE_TOKEN", TOKEN)], arguments)
    }

    /// The program as a workflow runs it on an event.
    pub(crate) fn on(&mut self, event: &str, payload: &Value, arguments: &[&str]) -> Run {
        self.on_as(TOKEN, event, payload, arguments)
    }

    /// The same under another token.
    pub(crate) fn on_as(
        &mut self,
        token: &str,
        event: &str,
        payload: &Value,
        arguments: &[&str],
    ) -> Run {
        self.on_under(&[("PLANGATE_TOKEN", token)], event, payload, arguments)
    }

    /// The same under whatever these variables name.
    pub(crate) fn on_under(
        &mut self,
        identity: &[(&'static str, &str)],
        event: &str,
        payload: &Value,
        arguments: &[&str],
    ) -> Run {
        fs::write(self.beside("event.json"), payload.to_string()).expect("it is ours");
        let all = [&["review", "--event"], arguments].concat();
        self.run_under(&[identity, &[("GITHUB_EVENT_NAME", event)]].concat(), &all)
    }

    /// A file beside the repository.
    pub(crate) fn beside(&self, name: &str) -> String {
        self.folder.path(name)
    }

    /// The program with these arguments and these variables, beside those that every job has.
    pub(crate) fn run_under(&mut self, more: &[(&'static str, &str)], arguments: &[&str]) -> Run {
        self.minute += 1;
        let pace = self.hub.pace.clone();
        let more = more
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        let of_job = [
            ("GITHUB_API_URL", self.hub.address()),
            ("GITHUB_SERVER_URL", self.hub.settings().server),
            ("GITHUB_REPOSITORY", "jia/plans".to_owned()),
            ("GITHUB_EVENT_PATH", self.beside("event.json")),
            ("GITHUB_STEP_SUMMARY", self.beside("summary.md")),
        ];
        let around = Surroundings {
            variables: more.chain(of_job).collect(),
            pace: Box::new(move || Box::new(pace.clone())),
            now: self.now(),
        };
        run_in(arguments, b"", &around)
    }

    fn now(&self) -> String {
        format!("2026-11-21T08:{:02}:00Z", self.minute)
    }

    /// Somebody merges a pull request, and its branch stays where it was.
    pub(crate) fn merge(&mut self, pull: u64) {
        self.minute += 1;
        let now = self.now();
        let mut state = self.hub.state();
        let of = state.pulls.get_mut(&pull).expect("the pull request");
        (of.is_open, of.merged_at) = (false, Some(now));
    }

    /// What the summary of the step has.
    pub(crate) fn step_summary(&self) -> String {
        fs::read_to_string(self.beside("summary.md")).expect("it is ours")
    }

    /// The states of policies, change log and approval at a commit.
    pub(crate) fn states(&self, commit: Oid) -> [String; 3] {
        self.statuses(commit).map(|(state, _)| state)
    }

    /// The same with their words.
    pub(crate) fn statuses(&self, commit: Oid) -> [(String, String); 3] {
        let state = self.hub.state();
        ["policies", "changelog", "approval"].map(|name| {
            let context = format!("plangate/{name} (main)");
            let set = state.status(&commit.to_string(), &context);
            set.map_or_else(
                || ("none".to_owned(), String::new()),
                |set| (set.state.clone(), set.description.clone()),
            )
        })
    }

    /// How often something was written so far.
    pub(crate) fn writes(&self) -> usize {
        self.written(0).len()
    }

    /// What was written since a request, by method and the last part of the path that is a word;
    /// GraphQL that only reads is no write.
    pub(crate) fn written(&self, since: usize) -> Vec<String> {
        let state = self.hub.state();
        let is_word = |part: &&str| part.len() < 40 && part.parse::<u64>().is_err();
        let told = state.writes(since).map(|it| {
            let word = it.path.rsplit('/').find(is_word);
            format!("{} {}", it.method, word.unwrap_or_default())
        });
        told.collect()
    }

    /// How many requests there were so far.
    pub(crate) fn requests(&self) -> usize {
        self.hub.state().log.len()
    }
}

pub(crate) fn texts(files: &Files) -> Vec<(&str, &str)> {
    let text = |bytes| std::str::from_utf8(bytes).expect("UTF-8");
    let files = files.iter();
    files.map(|(path, bytes)| (&**path, text(bytes))).collect()
}
