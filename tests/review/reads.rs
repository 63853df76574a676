//! As many questions as a run asks of the forge: whoever asks, whatever started it, whatever guards the
//! branch, and whatever was said before.

use plangate::review::marker::Marker;
use serde_json::json;

use crate::budget::{CHANGED, READS, many, path};
use crate::host::Files;
use crate::key::KEY;
use crate::routes::node;
use crate::site::{Site, TOKEN};
use crate::state::{Comment, Set};

const PULL: u64 = 7;
/// The token of a person.
const PERSONAL: &str = "ghp_of_a_person";

/// Whether the statuses decide over a merge, as the forge tells it. The server is one of an agency's
/// own: which App is behind its workflows has to be asked.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Gate {
    Bare,
    Rulesets,
    Older,
    /// The older protection, waiting for an App that is nobody here.
    Another,
}

/// Under whose name it asks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Who {
    /// An App, which asks for its installation first.
    App,
    /// The token of one.
    Token,
    Person,
}

/// What starts it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Start {
    Number,
    /// A run of another workflow, which names a commit alone.
    Commit,
}

struct Life {
    site: Site,
    who: Who,
    start: Start,
    /// What each run was, and how many questions it has asked.
    asked: Vec<(&'static str, usize)>,
}

impl Life {
    fn new(agencies: usize, who: Who, start: Start, gate: Gate) -> (Self, Files, Files) {
        let (base, head) = many(agencies);
        let mut site = Site::new(&base);
        {
            let mut state = site.hub.state();
            state.app_key = Some(KEY.public.clone());
            state.accounts.insert("keeper", (77, "User"));
            let person = ("keeper", true);
            state.tokens.insert(PERSONAL.to_owned(), person);
            let names = ["policies", "changelog", "approval"];
            let app = if gate == Gate::Another { 99 } else { 12 };
            let checks = names.map(|name| (format!("plangate/{name} (main)"), Some(app)));
            match gate {
                Gate::Bare => {}
                Gate::Rulesets => state.guard.newer = Some((checks.into(), vec!["pull_request"])),
                Gate::Older | Gate::Another => state.guard.older = Some(checks.into()),
            }
        }
        site.open(PULL, "desk", &head);
        let life = Self {
            site,
            who,
            start,
            asked: Vec::new(),
        };
        (life, base, head)
    }

    /// A run, and how many requests of it did not write. The token that an App is given is no question.
    fn run(&mut self, what: &'static str) {
        let identity = match self.who {
            Who::App => vec![
                ("PLANGATE_APP_ID", "12"),
                ("PLANGATE_APP_PRIVATE_KEY", &*KEY.pem),
            ],
            Who::Token => vec![("PLANGATE_TOKEN", TOKEN)],
            Who::Person => vec![("PLANGATE_TOKEN", PERSONAL)],
        };
        let since = self.site.requests();
        let number = PULL.to_string();
        let run = match self.start {
            Start::Number => self
                .site
                .run_under(&identity, &["review", "--pull-request", &number]),
            Start::Commit => {
                let head = self.site.head(PULL).to_string();
                let payload =
                    json!({ "workflow_run": { "head_sha": head, "event": "pull_request" } });
                self.site.on_under(&identity, "workflow_run", &payload, &[])
            }
        };
        assert!(run.code < 2, "{what}: {}{}", run.out, run.err);
        assert_eq!(run.err, "", "{what}");
        let written = self.site.written(since).len();
        let asked = self.site.requests() - since - written;
        self.asked.push((what, asked));
    }

    /// Whether a comment of ours is folded.
    fn are_folded(&self) -> bool {
        !self.site.hub.state().folded.is_empty()
    }

    /// What others say: in the conversation, on a line, and as an answer to a comment of ours.
    fn strangers_speak(&mut self) {
        let mut state = self.site.hub.state();
        let ours = state.comments.iter().find(|it| it.anchor.is_some());
        let (answered, anchor) = ours
            .map(|it| (it.id, it.anchor.clone()))
            .expect("there is one");
        for at in 0..40 {
            let id = state.id();
            let (anchor, reply_to) = match at % 4 {
                0 => (None, None),
                1 => (anchor.clone(), Some(answered)),
                _ => (anchor.clone(), None),
            };
            state.comments.push(Comment {
                id,
                pull: PULL,
                author: "director".to_owned(),
                body: Marker {
                    id: "summary".to_owned(),
                    run: 1,
                    is_fixed: false,
                }
                .over("意見"),
                anchor,
                reply_to,
            });
        }
    }

    /// Statuses of other programs, each set several times.
    fn others_judge(&mut self) {
        let commit = self.site.head(PULL).to_string();
        let mut state = self.site.hub.state();
        for at in 0..60 {
            state.statuses.push(Set {
                commit: commit.clone(),
                context: format!("ci/{}", at % 6),
                state: if at < 30 { "pending" } else { "success" }.to_owned(),
                description: String::new(),
                creator: "desk".to_owned(),
            });
        }
    }
}

/// The life of a pull request, a run after each thing that happens.
fn live(agencies: usize, who: Who, start: Start, gate: Gate) -> Vec<(&'static str, usize)> {
    let (mut life, base, head) = Life::new(agencies, who, start, gate);
    let mended = |count: usize| -> Files {
        let own = |number| (path(number), base[&path(number)].clone());
        head.clone()
            .into_iter()
            .chain((0..count).map(own))
            .collect()
    };
    life.run("the first");
    life.run("the same again");
    life.site.push(PULL, &mended(2));
    life.run("half of it is mended");
    assert!(life.are_folded());
    life.strangers_speak();
    life.others_judge();
    life.run("others have a say");
    life.site.push(PULL, &head);
    life.run("what was folded is back");
    life.site.says(PULL, &["ciso", "director"], "APPROVED");
    life.run("it is approved");
    life.site.push(PULL, &mended(CHANGED - 1));
    life.run("all but one are mended");
    life.asked
}

/// Every two of whoever asks, whatever starts it and whatever guards the branch meet in one of these; the
/// last two ask for the most.
fn holds(who: Who, start: Start, gate: Gate) {
    // Of the plans that do not change no question depends.
    let agencies = if gate == Gate::Older { 30 } else { CHANGED };
    let asked = live(agencies, who, start, gate);
    assert!(asked.iter().all(|(_, asked)| *asked <= READS), "{asked:?}");
}

#[test]
fn an_app_in_a_workflow_asks_at_most_twelve_things() {
    holds(Who::App, Start::Commit, Gate::Bare);
}

#[test]
fn an_app_asks_at_most_twelve_things_where_the_older_protection_holds() {
    holds(Who::App, Start::Number, Gate::Older);
}

#[test]
fn a_token_in_a_workflow_asks_at_most_twelve_things_of_an_enterprise_server() {
    holds(Who::Token, Start::Commit, Gate::Older);
}

#[test]
fn a_token_asks_at_most_twelve_things() {
    holds(Who::Token, Start::Number, Gate::Rulesets);
}

#[test]
fn a_person_s_token_in_a_workflow_asks_at_most_twelve_things() {
    holds(Who::Person, Start::Commit, Gate::Rulesets);
}

#[test]
fn a_person_asks_at_most_twelve_things_of_an_enterprise_server() {
    holds(Who::Person, Start::Number, Gate::Older);
}

#[test]
fn a_person_s_token_in_a_workflow_asks_at_most_twelve_things_where_the_older_protection_holds() {
    holds(Who::Person, Start::Commit, Gate::Older);
}

#[test]
fn an_app_in_a_workflow_asks_at_most_twelve_things_where_the_gate_waits_for_another_app() {
    holds(Who::App, Start::Commit, Gate::Another);
}

#[test]
fn of_a_hundred_and_fifty_comments_two_pages_are_read_and_ours_is_found_on_either() {
    let (mut life, ..) = Life::new(CHANGED, Who::Token, Start::Number, Gate::Bare);
    for _ in 0..3 {
        life.run("nobody speaks");
        if life.asked.len() == 1 {
            let mut state = life.site.hub.state();
            let first = state.comments.len();
            // Older than ours: what is ours moves to the second page.
            let own: Vec<Comment> = state.comments.drain(..).collect();
            for at in 0..150 {
                state.comments.push(Comment {
                    id: 10_000 + at,
                    pull: PULL,
                    author: "director".to_owned(),
                    body: "意見".to_owned(),
                    anchor: None,
                    reply_to: None,
                });
            }
            state.comments.extend(own);
            assert_eq!(state.comments.len(), first + 150);
            assert!(
                state
                    .comments
                    .iter()
                    .all(|it| !state.folded.contains(&node(it.id)))
            );
        }
    }
    let state = life.site.hub.state();
    let summaries = state
        .comments
        .iter()
        .filter(|it| it.anchor.is_none() && Marker::read(&it.body).is_some());
    assert_eq!(summaries.count(), 1, "it is not said again");
    let asked: Vec<usize> = life.asked.iter().map(|(_, asked)| *asked).collect();
    assert!(asked.iter().all(|asked| *asked <= READS), "{asked:?}");
    // One page more, and no look back: nothing was written.
    assert_eq!(asked[1], asked[0]);
}
