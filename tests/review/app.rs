//! A review by a GitHub App from end to end: its key signs, GitHub holds the signature against the
//! public key, and the token that comes of it does the work.

use serde_json::json;

use crate::host::rarer;
use crate::key::{AppKey, KEY};
use crate::site::Site;
use crate::state::{Fault, PULL};
use crate::world::Run;

const ONE: [&str; 3] = ["review", "--pull-request", "7"];

/// A GitHub that knows the App, and no token but those it gives out.
fn site() -> Site {
    let (start, head) = rarer();
    let mut site = Site::new(&start);
    site.open(PULL, "desk", &head);
    {
        let mut state = site.hub.state();
        state.tokens.clear();
        state.app_key = Some(KEY.public.clone());
    }
    site
}

fn review(site: &mut Site, id: &str, pem: &str) -> Run {
    let app = [("PLANGATE_APP_ID", id), ("PLANGATE_APP_PRIVATE_KEY", pem)];
    site.run_under(&app, &ONE)
}

fn refused(status: u16, message: &'static str) -> Fault {
    Fault::Refused {
        status,
        headers: Vec::new(),
        message,
    }
}

#[test]
fn an_app_signs_is_given_a_token_and_reviews_with_it() {
    let mut site = site();
    let run = review(&mut site, "12", &KEY.pem);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert_eq!(
        site.states(site.head(PULL)),
        ["success", "success", "pending"]
    );
    let state = site.hub.state();
    let asked: Vec<&str> = state.log.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(
        asked[..2],
        [
            "/repos/jia/plans/installation",
            "/app/installations/31/access_tokens"
        ]
    );
    assert_eq!(
        state.bodies[1],
        json!({
            "repositories": ["plans"],
            "permissions": { "contents": "read", "pull_requests": "write", "statuses": "write" },
        })
    );
    assert!(
        state.log.iter().all(|it| it.status < 300),
        "{:?}",
        state.log
    );
    let given: Vec<&String> = state.tokens.keys().collect();
    assert_eq!(given, ["ghs_minted"]);
    // Whatever anybody reads afterwards has neither the key nor what came of it.
    let posted = state.bodies.iter().skip(2).map(ToString::to_string);
    let told: String = posted.chain([run.out, run.err]).collect();
    drop(state);
    let told = told + &site.step_summary();
    assert!(!told.contains("ghs_minted") && !told.contains("PRIVATE KEY"));
    let line = KEY.pem.lines().nth(1).expect("a line of the key");
    assert!(!told.contains(line));
}

#[test]
fn an_app_that_gets_no_token_is_told_why_and_what_to_do() {
    let another = AppKey::new();
    let expired = "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
    let cases = [
        ("12", &another, None, "不接受此 App 之簽章"),
        ("13", &*KEY, None, "不接受此 App 之簽章"),
        ("12", &*KEY, Some((0, refused(401, expired))), "本機時鐘"),
        (
            "12",
            &*KEY,
            Some((0, refused(404, "Not Found"))),
            "未安裝於本儲存庫",
        ),
        (
            "12",
            &*KEY,
            Some((1, refused(403, "This installation has been suspended"))),
            "已停用",
        ),
        (
            "12",
            &*KEY,
            Some((
                1,
                refused(
                    422,
                    "The permissions requested are not granted to this installation.",
                ),
            )),
            "缺少所需之權限",
        ),
    ];
    for (id, key, fault, why) in cases {
        let mut site = site();
        if let Some((ahead, fault)) = fault {
            site.hub.will(ahead, fault);
        }
        let run = review(&mut site, id, &key.pem);
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(run.err.contains(why), "{why}: {}", run.err);
        assert!(
            !run.err.contains("eyJ"),
            "a signed name is shown: {}",
            run.err
        );
        assert!(site.hub.state().statuses.is_empty() && site.hub.state().comments.is_empty());
    }
}

#[test]
fn a_token_that_is_taken_back_in_the_middle_leaves_no_green_behind() {
    let mut whole = site();
    review(&mut whole, "12", &KEY.pem);
    let requests = whole.requests();
    for at in 2..requests {
        let mut site = site();
        for later in at..requests + 8 {
            site.hub.will(later, refused(401, "Bad credentials"));
        }
        let run = review(&mut site, "12", &KEY.pem);
        let complete = site.states(site.head(PULL)) == whole.states(whole.head(PULL));
        assert!(run.code == 2 || complete, "{at}: {}", run.err);
        assert!(
            run.err.contains("權杖無效或已過期") || complete,
            "{at}: {}",
            run.err
        );
        let approval = &site.states(site.head(PULL))[2];
        assert!(
            matches!(&**approval, "none" | "pending"),
            "{at}: {approval}"
        );
    }
}
