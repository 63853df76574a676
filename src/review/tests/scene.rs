//! A pull request of the office 乙所, which the bureau 甲局 supervises, told in a few words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use jiff::{Timestamp, ToSpan};

use crate::config::roster::{Roster, read};
use crate::review::{
    Account, Approval, Commit, CommitId, Demand, DemandKey, Outcome, PullRequest, Review,
    ReviewState, Signature, Snapshot, Standing, Want, Why, evaluate,
};
use crate::text::SourceFile;

const ROSTER: &str = "\
agencies:
  - { id: bureau, name: 甲局, folder: plans/bureau }
  - { id: office, name: 乙所, folder: plans/office, supervisor: bureau }
  - { id: other, name: 丙所, folder: plans/other, supervisor: bureau }
people:
  - id: author
    login: author
    account: 1
    emails: [author@office.example]
    roles: [{ role: 資安長, agency: office }]
  - id: ciso
    login: ciso
    account: 2
    emails: [ciso@office.example]
    roles: [{ role: 資安長, agency: office }]
  - id: director
    login: director
    account: 3
    emails: [director@bureau.example]
    roles: [{ role: 局長, agency: bureau }]
  - id: both
    login: both
    account: 4
    roles:
      - { role: 資安長, agency: office }
      - { role: 局長, agency: bureau }
  - id: foreign
    login: foreign
    account: 5
    roles: [{ role: 資安長, agency: other }]
  - id: former
    login: former
    account: 6
    roles: [{ role: 資安長, agency: office, to: 115-11-20 }]
  - id: coming
    login: coming
    account: 7
    roles: [{ role: 資安長, agency: office, from: 115-11-21 }]
  - id: unnumbered
    login: Unnumbered
    roles: [{ role: 資安長, agency: office }]
  - id: machine
    login: robot
    account: 9
    roles: [{ role: 資安長, agency: office }]
";

/// 2026-11-21, noon in Taiwan.
const NOW: &str = "2026-11-21T04:00:00Z";

pub(super) fn account(id: u64, login: &str) -> Account {
    Account {
        id,
        login: login.into(),
        is_bot: false,
    }
}

/// The account of a person of the roster.
pub(super) fn of(person: &str) -> Account {
    let person = READ
        .people
        .iter()
        .find(|own| *own.id == *person)
        .expect("on the roster");
    account(person.account.unwrap_or(80), &person.login)
}

static READ: LazyLock<Roster> = LazyLock::new(|| {
    let (roster, findings) = read(&Arc::new(SourceFile::new("roster.yaml", ROSTER)));
    assert!(findings.is_empty());
    roster
});

pub(super) fn key(rule: &str) -> DemandKey {
    DemandKey {
        rule: rule.into(),
        agency: "office".into(),
    }
}

pub(super) fn want(role: &str, agency: &str, count: usize) -> Want {
    Want {
        role: role.into(),
        agency: agency.into(),
        count,
    }
}

/// A pull request on its way to be judged.
pub(super) struct Scene {
    pub(super) snapshot: Snapshot,
    pub(super) roster: Roster,
    pub(super) demands: Vec<Demand>,
}

impl Scene {
    /// One commit `h2` of the author; the office's 資安長 has to approve what is weakened.
    pub(super) fn new() -> Self {
        let snapshot = Snapshot {
            pull_request: PullRequest {
                number: 7,
                author: Some(of("author")),
                standing: Standing::Open,
                is_draft: false,
                head: "h2".into(),
                base: "main".into(),
                requested: Vec::new(),
            },
            reviews: Vec::new(),
            commits: Vec::new(),
            pushers: vec![of("author")],
            web_address: "noreply@forge.example".into(),
            taken_at: NOW.parse().expect("a time"),
        };
        let scene = Self {
            snapshot,
            roster: READ.clone(),
            demands: Vec::new(),
        };
        let scene = scene.demand("weakened", vec![want("資安長", "office", 1)]);
        scene.commit("h2", "author@office.example")
    }

    pub(super) fn demand(mut self, rule: &str, wants: Vec<Want>) -> Self {
        let digests = BTreeMap::from([("h1".into(), [1; 32]), ("h2".into(), [2; 32])]);
        self.demands.push(Demand {
            key: key(rule),
            wants,
            digests,
        });
        self
    }

    /// What the demands' changes mean at a commit; 2 is what the head means.
    pub(super) fn meaning(mut self, commit: &str, digest: u8) -> Self {
        for demand in &mut self.demands {
            demand.digests.insert(commit.into(), [digest; 32]);
        }
        self
    }

    pub(super) fn commit(mut self, id: &str, email: &str) -> Self {
        self.snapshot.commits.push(commit(id, email, email));
        self
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut Snapshot)) -> Self {
        change(&mut self.snapshot);
        self
    }

    /// A review at the head, an hour after the one before.
    pub(super) fn review(self, who: Account, state: ReviewState) -> Self {
        self.review_at(who, state, "h2")
    }

    pub(super) fn review_at(mut self, who: Account, state: ReviewState, commit: &str) -> Self {
        let reviews = &mut self.snapshot.reviews;
        let number = i64::try_from(reviews.len()).expect("few reviews");
        let start: Timestamp = "2026-11-20T17:00:00Z".parse().expect("a time");
        reviews.push(Review {
            id: 100 + reviews.len() as u64,
            author: Some(who),
            state,
            commit: Some(commit.into()),
            submitted_at: Some(start.checked_add(number.hours()).expect("a time")),
        });
        self
    }

    pub(super) fn approved_by(self, person: &str) -> Self {
        self.review(of(person), ReviewState::Approved)
    }

    pub(super) fn outcome(&self) -> Outcome {
        evaluate(&self.snapshot, &self.roster, &self.demands)
    }

    #[track_caller]
    pub(super) fn is_approved(&self) {
        let outcome = self.outcome();
        assert!(outcome.is_approved(), "{:?}", outcome.ignored);
    }

    /// Not approved, and each ignored review has its reason.
    #[track_caller]
    pub(super) fn is_open(&self, reasons: &[Why]) {
        let outcome = self.outcome();
        assert!(!outcome.is_approved());
        let told: Vec<&Why> = outcome.ignored.iter().map(|ignored| &ignored.why).collect();
        assert_eq!(told, reasons.iter().collect::<Vec<_>>());
    }

    /// Who fills the first want of a demand.
    pub(super) fn filled(&self, demand: usize) -> Vec<Vec<String>> {
        let outcome = self.outcome();
        let approval: &Approval = &outcome.approvals[demand];
        let people = |by: &[(usize, u64)]| {
            by.iter()
                .map(|&(person, _)| self.roster.people[person].id.to_string())
                .collect()
        };
        approval
            .filled
            .iter()
            .map(|filled| people(&filled.by))
            .collect()
    }
}

pub(super) fn commit(id: &str, author: &str, committer: &str) -> Commit {
    let signature = |email: &str| Signature {
        email: email.into(),
        account: None,
    };
    Commit {
        id: CommitId::from(id),
        author: signature(author),
        committer: signature(committer),
        co_authors: Vec::new(),
        is_clean_merge: false,
        is_suggestion: false,
        touches: BTreeSet::new(),
    }
}
