//! A judged pull request → a receipt: what was judged, by what, on whose word, and what came of it.
//!
//! In: the names of the Git objects and packs that a judgement rests on, what the forge said, and the
//! verdict. Out: JSON, version 1, described by `docs/schema/evidence.schema.json`. Knows neither Git
//! nor the forge. Invariant: the same judgement gives the same receipt, so that judging again and
//! comparing the two is all the verification there is.

mod compare;
mod told;

use serde_json::{Value, json};

use crate::review::judgement::Judgement;

pub use compare::{Difference, Verification, verify};
pub use told::told;

/// The version of the shape. A key that goes or changes its meaning raises it.
pub const VERSION: u64 = 1;

/// The JSON Schema of a receipt.
pub const SCHEMA: &str = include_str!("../../../docs/schema/evidence.schema.json");

/// What a receipt is made of.
#[derive(Debug)]
pub struct Receipt<'r> {
    /// The version of the program.
    pub version: &'r str,
    /// The digest of the model of a plan that it has.
    pub plan_schema: &'r str,
    /// The law date of a plan is the later of this day and its own; it begins in Taiwan.
    pub today: String,
    /// Base, merge base and head.
    pub commits: [CommitName; 3],
    /// What judges, by path at the base, with the name of its object.
    pub control: Vec<(String, String)>,
    /// The plans that are touched.
    pub plans: Vec<PlanName>,
    /// The packs, each with its whole digest.
    pub packs: &'r [(String, String)],
    /// What came of it.
    pub judgement: &'r Judgement,
    /// The same as the verdict is printed.
    pub verdict: Value,
    /// What the forge said.
    pub said: Value,
}

/// A commit and the tree of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitName {
    /// The commit.
    pub commit: String,
    /// Its tree, which a squash or a rebase to the same files keeps.
    pub tree: String,
}

/// The folder of a plan, named by its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanName {
    /// The plan's main file.
    pub file: String,
    /// The folder at the merge base; `None` of a plan that comes.
    pub old: Option<String>,
    /// The folder at the head; `None` of a plan that goes.
    pub new: Option<String>,
    /// The main file at the head.
    pub blob: Option<String>,
}

impl Receipt<'_> {
    /// As JSON.
    pub fn json(self) -> Value {
        let [base, merge_base, head] = self
            .commits
            .map(|name| json!({ "commit": name.commit, "tree": name.tree }));
        let control = self.control.iter();
        let plans = self.plans.iter().map(|plan| {
            json!({ "file": plan.file, "old": plan.old, "new": plan.new, "blob": plan.blob })
        });
        let packs = self.packs.iter();
        json!({
            "schema": VERSION,
            "tool": {
                "name": "plangate",
                "version": self.version,
                "plan_schema": self.plan_schema,
            },
            "today": self.today,
            "objects": {
                "base": base,
                "merge_base": merge_base,
                "head": head,
                "control": control
                    .map(|(path, id)| json!({ "path": path, "id": id }))
                    .collect::<Vec<_>>(),
                "plans": plans.collect::<Vec<_>>(),
            },
            "packs": packs
                .map(|(name, digest)| json!({ "name": name, "sha256": digest }))
                .collect::<Vec<_>>(),
            "digests": digests(self.judgement),
            "verdict": self.verdict,
            "said": self.said,
        })
    }
}

/// What each rule's changes meant at the head and at every commit that was reviewed.
fn digests(judgement: &Judgement) -> Vec<Value> {
    let hex =
        |digest: &[u8]| -> String { digest.iter().map(|byte| format!("{byte:02x}")).collect() };
    let demands = judgement.asked.demands.iter();
    let told = demands.map(|demand| {
        let at = demand.digests.iter();
        let at = at.map(|(commit, digest)| (commit.to_string(), Value::from(hex(digest))));
        json!({
            "rule": &*demand.key.rule,
            "agency": &*demand.key.agency,
            "at": at.collect::<serde_json::Map<_, _>>(),
        })
    });
    told.collect()
}
