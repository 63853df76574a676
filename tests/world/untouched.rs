//! A pull request that nobody has looked at yet, as the file of a snapshot has it; and the rules of
//! the base that it goes to. Tests and benchmarks begin with it.

use git2::Oid;
use serde_json::{Value, json};

/// The configuration of the base: who has to approve what.
pub(crate) const CONFIG: &str = "\
plans: [plans]
approvals:
  - id: weakened
    title: 減弱之事項
    when: change.effect == \"weaker\" && change.class != \"control\"
    require: [{ role: 資安長 }, { role: 局長, of: supervisor }]
  - id: control
    title: 控制檔
    when: change.class == \"control\"
    require: [{ role: 局長 }]
";

/// The account that we are.
pub(crate) const OWN: u64 = 42;
/// The address under which the forge commits.
pub(crate) const WEB: &str = "noreply@forge.example";

/// What the forge says of a proposal of somebody's upon a base.
pub(crate) fn said(author: &Value, base: Oid, head: Oid) -> Value {
    json!({
        "schema": 1,
        "taken_at": "2026-11-20T04:00:00Z",
        "address": "https://forge.example/jia/plans",
        "own": { "account": OWN },
        "web_address": WEB,
        "pull_request": {
            "number": 7, "title": "變更", "author": author, "standing": "open",
            "is_draft": false, "base": "main", "base_commit": base.to_string(),
            "head": head.to_string(), "head_branch": "topic", "head_repository": "jia/plans",
            "changed_files": 1, "commits": 1, "requested": [], "labels": [],
        },
        "pushers": [author],
        "reviews": [], "signatures": [], "comments": [], "statuses": [], "same_head": [7],
    })
}
