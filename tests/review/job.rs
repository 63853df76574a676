//! A job of a workflow: the script of the action, run by a shell with the program itself.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "runs the action of this repository with the program itself"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::host::{office, rarer};
use crate::site::{Site, TOKEN};

impl Site {
    /// The action in a mode, upon an event about a pull request: its exit code and its log.
    pub(crate) fn job(&self, mode: &str, number: u64) -> (i32, String) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let program = env!("CARGO_BIN_EXE_plangate");
        let bytes = fs::read(program).expect("the program");
        let digest = Sha256::digest(bytes);
        let sum: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let payload = json!({ "action": "closed", "pull_request": { "number": number } });
        let file = self.beside("event.json");
        fs::write(&file, payload.to_string()).expect("it is ours");
        let output = Command::new(root.join("action/run"))
            .env_remove("GITHUB_OUTPUT")
            .envs([
                ("INPUT_MODE", mode),
                ("INPUT_BINARY", program),
                ("INPUT_SHA256", &sum),
                ("PLANGATE_TOKEN", TOKEN),
                ("GITHUB_REPOSITORY", "jia/plans"),
                ("GITHUB_API_URL", &self.hub.address()),
                ("GITHUB_SERVER_URL", &self.hub.settings().server),
                ("GITHUB_EVENT_NAME", "pull_request_target"),
                ("GITHUB_EVENT_PATH", &file),
                ("GITHUB_STEP_SUMMARY", &self.beside("summary.md")),
            ])
            .output()
            .expect("bash runs");
        let log = [output.stdout, output.stderr].concat();
        let log = String::from_utf8_lossy(&log).into_owned();
        assert!(!log.contains(TOKEN), "{log}");
        (output.status.code().expect("a code"), log)
    }
}

#[test]
fn the_action_gates_a_pull_request_with_the_program_itself() {
    let (start, _) = rarer();
    let mut site = Site::new(&start);
    let wrong = office(&start, "every: 1y\n    items", "every: 3y\n    items");
    site.open(8, "desk", &wrong);
    let (code, log) = site.job("gate", 8);
    assert_eq!(code, 1, "{log}");
    assert_eq!(site.states(site.head(8)), ["failure", "failure", "pending"]);
    assert!(site.step_summary().contains("⛔ 尚不能合併"));
}
