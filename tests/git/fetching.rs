//! Commits fetched from Git's own server over HTTP, and from a repository beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use git2::Oid;
use plangate::forge::Carrier;
use plangate::source::git::fetch::{
    Access, Address, Credentials, FetchError, FetchLimits, Origin, Store, Want,
};

use crate::builder::{Built, SUBMODULE, TREE, plan};
use crate::server::{Asked, Server, answer, around};
use crate::world::{Folder, folder};

const MAIN: &str = "refs/heads/main";
const HEAD: &str = "refs/pull/7/head";

/// A forge with a base of three commits and a pull request that left it at the second.
struct Forge {
    built: Built,
    second: Oid,
    head: Oid,
}

fn forge() -> Forge {
    let built = Built::bare();
    let state = |edition: &str| built.files(&[("plans/a/plan.yaml", &plan(edition))]);
    built.commit(state("1.0"), "初版");
    let second = built.commit(state("1.1"), "二版");
    built.commit(state("1.2"), "三版");
    let head = built.commit_with(state("2.0"), "修正", &[second]);
    built
        .repository
        .reference(HEAD, head, true, "test")
        .expect("it is there");
    Forge {
        built,
        second,
        head,
    }
}

impl Forge {
    fn root(&self) -> PathBuf {
        around(&self.built.repository)
    }

    fn main(&self) -> Oid {
        self.built
            .repository
            .refname_to_id(MAIN)
            .expect("it is there")
    }
}

fn want(reference: &str) -> Want {
    Want {
        reference: reference.to_owned(),
        commit: None,
    }
}

fn both() -> [Want; 2] {
    [want(MAIN), want(HEAD)]
}

fn origin(server: &Server) -> Origin {
    Origin::Forge {
        address: Address::parse(&format!("{}/repository.git", server.address))
            .expect("it is there"),
        access: Access {
            credentials: Some(Credentials {
                host: server.address.trim_start_matches("http://").to_owned(),
                user: "x-access-token".to_owned(),
                token: "a-secret-token".to_owned(),
            }),
            transport: Arc::new(Carrier::new(None).expect("a way")),
        },
    }
}

fn store() -> (Folder, Store) {
    let root = folder(&[("here/none", "")]);
    let store = Store::at(Path::new(&root.path("store"))).expect("it is there");
    (root, store)
}

fn fetched(store: &Store, origin: &Origin) -> Result<Vec<String>, FetchError> {
    let ids = store.fetch(origin, &both(), limits())?;
    Ok(ids.iter().map(ToString::to_string).collect())
}

fn limits() -> FetchLimits {
    FetchLimits {
        time: Duration::from_secs(20),
        ..FetchLimits::default()
    }
}

fn refused(server: &Server) -> FetchError {
    let (_root, store) = store();
    let error = fetched(&store, &origin(server)).expect_err("it is refused");
    assert!(
        !format!("{error:?} {error}").contains("secret"),
        "{error:?}"
    );
    error
}

#[test]
fn base_and_head_are_fetched_with_the_history_that_joins_them() {
    let forge = forge();
    let server = Server::over(&forge.root());
    let (_root, store) = store();
    let ids = fetched(&store, &origin(&server)).unwrap();
    assert_eq!(ids, [forge.main().to_string(), forge.head.to_string()]);
    let repository = store.repository();
    let base = repository.revision("refs/plangate/heads/main").unwrap();
    let head = repository.revision("refs/plangate/pull/7/head").unwrap();
    let joined = repository.merge_base(&base, &head).unwrap();
    assert_eq!(joined.commit.to_string(), forge.second.to_string());
    assert_eq!(
        repository
            .history(&head, "plans/a/plan.yaml")
            .unwrap()
            .len(),
        3
    );
    let lines: Vec<String> = server.asked().iter().map(Asked::line).collect();
    assert_eq!(
        lines,
        [
            "GET /repository.git/info/refs?service=git-upload-pack",
            "POST /repository.git/git-upload-pack",
            "POST /repository.git/git-upload-pack",
        ]
    );
}

#[test]
fn what_is_there_is_not_sent_again() {
    let forge = forge();
    let server = Server::over(&forge.root());
    let (_root, store) = store();
    fetched(&store, &origin(&server)).unwrap();
    let first = server.asked().last().unwrap().answered;
    fetched(&store, &origin(&server)).unwrap();
    assert_eq!(server.asked().len(), 5, "nothing was missing");
    let tree = forge.built.files(&[("plans/a/plan.yaml", &plan("1.3"))]);
    let newest = forge.built.commit(tree, "四版").to_string();
    assert_eq!(fetched(&store, &origin(&server)).unwrap()[0], newest);
    assert_eq!(server.asked().len(), 8);
    let second = server.asked().last().unwrap().answered;
    assert!(second * 2 < first, "{second} of {first} bytes");
}

#[test]
fn a_commit_that_the_forge_told_is_fetched_though_its_branch_has_moved() {
    let forge = forge();
    let server = Server::over(&forge.root());
    let (_root, store) = store();
    let (gone, now) = (forge.head, forge.second);
    forge
        .built
        .repository
        .reference(HEAD, now, true, "pushed")
        .unwrap();
    let learned = Store::at(&forge.built.folder()).unwrap();
    let commit = learned
        .repository()
        .revision(&gone.to_string())
        .unwrap()
        .commit;
    let wants = [Want {
        reference: HEAD.to_owned(),
        commit: Some(commit),
    }];
    let ids = store.fetch(&origin(&server), &wants, limits()).unwrap();
    assert_eq!(ids[0].to_string(), gone.to_string());
}

#[test]
fn a_repository_beside_is_read_without_any_server() {
    let forge = forge();
    let (_root, store) = store();
    let local = Origin::Local(forge.built.folder());
    let ids = fetched(&store, &local).unwrap();
    assert_eq!(ids, [forge.main().to_string(), forge.head.to_string()]);
    let base = store
        .repository()
        .revision("refs/plangate/heads/main")
        .unwrap();
    assert_eq!(
        store
            .repository()
            .history(&base, "plans/a/plan.yaml")
            .unwrap()
            .len(),
        3
    );
    let absent = store.fetch(&local, &[want("refs/pull/8/head")], limits());
    assert!(matches!(absent, Err(FetchError::NoReference { .. })));
}

#[test]
fn threat_03_a_store_holds_objects_and_nothing_that_runs() {
    let forge = forge();
    let module = Oid::from_str(&"1".repeat(40)).unwrap();
    let built = &forge.built;
    let attributes = built.blob(b"* filter=evil\n");
    let modules = built.blob(b"[submodule \"m\"]\npath = m\nurl = ext::sh -c true\n");
    let inner = built.tree(&[(b"post-checkout", 0o100_755, built.blob(b"#!/bin/sh\n"))]);
    let tree = built.tree(&[
        (b".gitattributes", 0o100_644, attributes),
        (b".gitmodules", 0o100_644, modules),
        (b"hooks", TREE, inner),
        (b"m", SUBMODULE, module),
    ]);
    built.commit(tree, "陷阱");
    let server = Server::over(&forge.root());
    let (root, store) = store();
    fetched(&store, &origin(&server)).unwrap();
    let path = PathBuf::from(root.path("store"));
    assert!(git2::Repository::open(&path).unwrap().is_bare());
    for absent in [
        "hooks/post-checkout",
        "m",
        ".gitattributes",
        "index",
        "modules",
    ] {
        assert!(!path.join(absent).exists(), "{absent}");
    }
    let handle = git2::Repository::open(&path).unwrap();
    assert!(handle.remotes().unwrap().is_empty());
}

#[test]
fn threat_28_a_token_goes_to_its_host_and_follows_no_redirect_to_another() {
    let forge = forge();
    let other = Server::over(&forge.root());
    let elsewhere = format!(
        "Location: {}/repository.git/info/refs?service=git-upload-pack\r\n",
        other.address
    );
    let server = Server::altered(&forge.root(), move |_, _| {
        answer("301 Moved Permanently", &elsewhere, "")
    });
    assert!(matches!(refused(&server), FetchError::Redirect { .. }));
    assert_eq!(server.asked().len(), 1);
    assert_eq!(other.asked().len(), 0, "the other host heard nothing");

    let after = Server::altered(&forge.root(), |number, answered| match number {
        0 => answered,
        _ => answer("302 Found", "Location: https://evil.example/\r\n", ""),
    });
    assert!(matches!(refused(&after), FetchError::Redirect { .. }));
    let sent = server.asked()[0].header("authorization").map(str::to_owned);
    assert_eq!(
        sent.as_deref(),
        Some("Basic eC1hY2Nlc3MtdG9rZW46YS1zZWNyZXQtdG9rZW4=")
    );
}

#[test]
fn threat_28_a_token_of_one_host_is_not_sent_to_another_that_was_typed() {
    let forge = forge();
    let server = Server::over(&forge.root());
    let Origin::Forge {
        address,
        mut access,
    } = origin(&server)
    else {
        unreachable!("it is a forge");
    };
    if let Some(credentials) = &mut access.credentials {
        credentials.host = "forge.example".to_owned();
    }
    let (_root, store) = store();
    fetched(&store, &Origin::Forge { address, access }).unwrap();
    let asked = server.asked();
    assert_eq!(asked.len(), 3);
    assert!(
        asked
            .iter()
            .all(|asked| asked.header("authorization").is_none())
    );
}

#[test]
fn a_repository_that_was_renamed_is_found_at_the_same_host() {
    let forge = forge();
    let server = Server::altered(&forge.root(), |number, answered| match number {
        0 => {
            let to = "Location: /repository.git/info/refs?service=git-upload-pack\r\n";
            answer("301 Moved Permanently", to, "")
        }
        _ => answered,
    });
    let (_root, store) = store();
    let Origin::Forge { access, .. } = origin(&server) else {
        unreachable!("it is a forge");
    };
    let old = Origin::Forge {
        address: Address::parse(&format!("{}/old-name", server.address)).unwrap(),
        access,
    };
    assert_eq!(fetched(&store, &old).unwrap().len(), 2);
    assert!(
        server.asked()[2]
            .line()
            .starts_with("POST /repository.git/")
    );
}

#[test]
fn what_a_forge_refuses_is_told_with_the_next_step() {
    let forge = forge();
    for status in ["401 Unauthorized", "403 Forbidden", "404 Not Found"] {
        let server = Server::altered(&forge.root(), move |_, _| answer(status, "", "no"));
        let error = refused(&server);
        assert!(error.to_string().contains("contents: read"), "{error}");
    }
    let server = Server::altered(&forge.root(), |_, _| answer("200 OK", "", "<html>sign in"));
    assert!(matches!(refused(&server), FetchError::Protocol { .. }));
    let server = Server::altered(&forge.root(), |number, answered| match number {
        0 => answered,
        _ => answer("200 OK", "", "0015ERR no \u{1b}[31mentry"),
    });
    assert!(matches!(refused(&server), FetchError::Refused { said, .. } if said == "no [31mentry"));
}

#[test]
fn an_older_server_is_refused_by_name() {
    let forge = forge();
    let old = "001e# service=git-upload-pack\n0000";
    let refs = format!("{old}003d{} refs/heads/main\n0000", "1".repeat(40));
    let server = Server::altered(&forge.root(), move |_, _| answer("200 OK", "", &refs));
    assert!(matches!(refused(&server), FetchError::Protocol { .. }));
}

#[test]
fn more_than_the_limit_is_not_read() {
    let forge = forge();
    let server = Server::over(&forge.root());
    for small in [
        FetchLimits {
            pack: 200,
            ..limits()
        },
        FetchLimits {
            objects: 2,
            ..limits()
        },
        FetchLimits {
            answer: 20,
            ..limits()
        },
    ] {
        let (_root, store) = store();
        let error = store.fetch(&origin(&server), &both(), small).unwrap_err();
        assert!(matches!(error, FetchError::TooLarge), "{error:?}");
        assert!(
            store
                .repository()
                .revision("refs/plangate/heads/main")
                .is_err()
        );
    }
}

#[test]
fn an_answer_that_breaks_off_leaves_nothing_behind() {
    let forge = forge();
    for (broken, keep) in [(0, 90), (1, 150), (2, 130), (2, 260), (2, 700)] {
        let server = Server::altered(&forge.root(), move |number, mut answered| {
            if number == broken {
                answered.truncate(keep);
            }
            answered
        });
        let (_root, store) = store();
        assert!(
            fetched(&store, &origin(&server)).is_err(),
            "{broken} {keep}"
        );
        assert!(
            store
                .repository()
                .revision("refs/plangate/heads/main")
                .is_err()
        );
    }
}

#[test]
fn a_byte_changed_on_the_way_is_never_taken_for_a_commit() {
    let forge = forge();
    for at in (0..1200).step_by(61) {
        let server = Server::altered(&forge.root(), move |number, mut answered| {
            if let Some(byte) = answered.get_mut(at).filter(|_| number == 2) {
                *byte ^= 0x15;
            }
            answered
        });
        let (_root, store) = store();
        // A header may change and mean the same; then the very commits have come.
        if let Ok(ids) = fetched(&store, &origin(&server)) {
            assert_eq!(ids, [forge.main().to_string(), forge.head.to_string()]);
        }
    }
}
