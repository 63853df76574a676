//! Edge cases of pull requests, by their number in the reference.

use serde_json::json;

use crate::host::{Files, Host, WEB, base, office, plan, rarer, with};

fn approved() -> (Host, Files, Files) {
    let (start, head) = rarer();
    let mut host = Host::new(&start, &head);
    host.approved_by(&["ciso", "director"]);
    assert_eq!(host.review().states()[2], "success", "{}", host.summary());
    (host, start, head)
}

#[test]
fn edge_12_a_rebase_keeps_what_was_approved() {
    let (mut host, start, head) = approved();
    let moved = with(&start, "README.md", |_| "計畫儲存庫\n".to_owned());
    let main = host.main();
    let moved_main = host.commit(&moved, &[main], "director@bureau.example");
    host.set_base(moved_main);
    let rebased = with(&head, "README.md", |_| "計畫儲存庫\n".to_owned());
    let rebased = host.commit(&rebased, &[moved_main], "desk@office.example");
    host.set_head(rebased);
    assert_eq!(host.review().states()[2], "success", "{}", host.summary());
}

#[test]
fn edge_14_a_merge_that_edits_drops_what_was_approved() {
    let (mut host, start, head) = approved();
    let topic = host.head();
    let merged = host.update_branch(&start, &head, "desk@office.example");
    let edited = office(&merged, "every: 2y\n    items", "every: 20mo\n    items");
    let tree = host.tree(&edited);
    let by = ("desk@office.example", WEB);
    let merge = host.commit_as(tree, &[topic, host.main()], by, "更新分支");
    host.set_head(merge);
    let verdict = host.review();
    assert_eq!(verdict.states()[2], "pending");
    assert_eq!(verdict.ignored().len(), 2, "{:?}", verdict.ignored());
}

#[test]
fn edge_13_edge_20_a_clean_update_makes_nobody_a_contributor() {
    let (mut host, start, head) = approved();
    // The director pressed the button; the tree is what Git makes of both parents.
    host.update_branch(&start, &head, "director@bureau.example");
    assert_eq!(host.review().states()[2], "success", "{}", host.summary());
}

#[test]
fn edge_15_who_left_the_roster_of_the_base_does_not_count() {
    let (mut host, start, _) = approved();
    let gone = with(&start, "roster.yaml", |text| {
        text.replace("login: director", "login: successor")
            .replace("account: 3", "account: 5")
    });
    let main = host.main();
    let moved = host.commit(&gone, &[main], "desk@other.example");
    host.set_base(moved);
    let verdict = host.review();
    assert_eq!(verdict.states()[2], "pending");
    assert!(
        verdict
            .ignored()
            .iter()
            .any(|why| why.contains("不在名冊上"))
    );
}

#[test]
fn edge_16_each_base_has_statuses_of_its_own() {
    let (mut host, ..) = approved();
    host.told["pull_request"]["base"] = "next".into();
    let verdict = host.review();
    let context = verdict.json["statuses"][2]["context"].as_str();
    assert_eq!(context, Some("plangate/approval (next)"));
    let written = verdict.json["writes"]["statuses"].as_array().map(Vec::len);
    assert_eq!(
        written,
        Some(3),
        "what stands for main says nothing of next"
    );
}

#[test]
fn edge_17_one_status_cannot_speak_for_two_pull_requests() {
    let (mut host, ..) = approved();
    host.told["same_head"] = json!([7]);
    assert_eq!(host.look().code, 0);
    host.told["same_head"] = json!([7, 8]);
    let verdict = host.review();
    assert_eq!(verdict.states(), ["error"; 3]);
    assert_eq!(verdict.code, 2);
}

#[test]
fn edge_19_a_co_author_does_not_approve() {
    let (start, head) = rarer();
    let mut host = Host::new(&start, &start);
    let (tree, main) = (host.tree(&head), host.main());
    let by = ("desk@office.example", "desk@office.example");
    let message = "健診\n\nCo-authored-by: 甲 <ciso@office.example>";
    let commit = host.commit_as(tree, &[main], by, message);
    host.set_head(commit);
    host.approved_by(&["ciso", "director"]);
    let verdict = host.review();
    assert_eq!(verdict.approval(), "待核准：乙所資安長");
    assert!(
        verdict.ignored()[0].contains("共同作者"),
        "{:?}",
        verdict.ignored()
    );
}

#[test]
fn edge_21_a_suggestion_excludes_only_from_what_was_suggested() {
    let start = base();
    let head = office(&start, "every: 1y\n    items", "every: 2y\n    items");
    let mut host = Host::new(&start, &head);
    // The director suggested another title; the desk accepted it in the browser.
    let titled = office(
        &head,
        "title: 資通安全維護計畫",
        "title: 本所資通安全維護計畫",
    );
    let (tree, topic) = (host.tree(&titled), host.head());
    let message = "採納建議\n\nCo-authored-by: 甲 <director@bureau.example>";
    let commit = host.commit_as(tree, &[topic], ("desk@office.example", WEB), message);
    host.set_head(commit);
    host.approved_by(&["ciso", "director"]);
    assert_eq!(host.review().states()[2], "success", "{}", host.summary());
    // Had it been the health check itself, it would be the director's own work.
    let rarer = office(&titled, "every: 2y\n    items", "every: 23mo\n    items");
    let tree = host.tree(&rarer);
    let commit = host.commit_as(tree, &[commit], ("desk@office.example", WEB), message);
    host.set_head(commit);
    host.approved_by(&["ciso", "director"]);
    let verdict = host.review();
    assert_eq!(verdict.approval(), "待核准：甲局局長");
}

#[test]
fn edge_22_a_commit_of_nobody_stops_all_approvals() {
    let (start, head) = rarer();
    let mut host = Host::new(&start, &start);
    host.push(&head, "nobody@elsewhere.example");
    host.approved_by(&["ciso", "director"]);
    let verdict = host.review();
    assert_eq!(verdict.states()[2], "pending");
    assert_eq!(
        verdict.json["approvals"]["unattributed"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert!(
        !host.summary().contains("nobody@elsewhere"),
        "an address is not published"
    );
    // The forge knows whose address it is.
    let commit = host.head().to_string();
    host.told["signatures"] = json!([{
        "commit": commit,
        "author": crate::host::account("desk"),
        "committer": crate::host::account("desk"),
    }]);
    assert_eq!(host.review().states()[2], "success", "{}", host.summary());
}

#[test]
fn edge_23_a_contributor_of_a_second_parent_is_one() {
    let (start, head) = rarer();
    let mut host = Host::new(&start, &start);
    let main = host.main();
    let side = host.commit(&head, &[main], "ciso@office.example");
    let topic = host.head();
    let tree = host.tree(&head);
    let by = ("desk@office.example", "desk@office.example");
    let merge = host.commit_as(tree, &[topic, side], by, "併入");
    host.set_head(merge);
    host.approved_by(&["ciso", "director"]);
    let verdict = host.review();
    assert_eq!(verdict.approval(), "待核准：乙所資安長");
    assert!(
        verdict.ignored()[0].contains("撰寫了其中的提交"),
        "{:?}",
        verdict.ignored()
    );
}

#[test]
fn edge_24_the_forge_itself_is_no_person() {
    let (start, head) = rarer();
    let mut host = Host::new(&start, &start);
    let (tree, main) = (host.tree(&head), host.main());
    let commit = host.commit_as(tree, &[main], ("desk@office.example", WEB), "線上編輯");
    host.set_head(commit);
    host.approved_by(&["ciso", "director"]);
    assert_eq!(host.review().states()[2], "success", "{}", host.summary());
}

#[test]
fn edge_37_edge_38_a_draft_is_judged_and_waits_and_keeps_its_approvals() {
    let (mut host, ..) = approved();
    host.told["pull_request"]["is_draft"] = true.into();
    let verdict = host.review();
    assert_eq!(verdict.states(), ["success", "success", "pending"]);
    assert!(verdict.approval().contains("草稿"));
    host.told["pull_request"]["is_draft"] = false.into();
    assert_eq!(host.review().states()[2], "success");
}

#[test]
fn edge_39_of_what_is_closed_nothing_is_said() {
    let (mut host, ..) = approved();
    for (standing, merged_at) in [
        ("closed", json!(null)),
        ("merged", json!("2026-11-21T09:00:00Z")),
    ] {
        host.told["pull_request"]["standing"] = standing.into();
        host.told["pull_request"]["merged_at"] = merged_at;
        let verdict = host.look();
        assert_eq!((verdict.code, verdict.json.is_null()), (2, true));
        assert!(verdict.err.contains("已關閉或已合併"), "{}", verdict.err);
    }
}

#[test]
fn edge_40_what_is_reopened_with_another_head_is_judged_at_that_head() {
    let (mut host, _, head) = approved();
    let other = office(&head, "every: 2y\n    items", "every: 23mo\n    items");
    host.push(&other, "desk@office.example");
    assert_eq!(host.review().states()[2], "pending");
}

#[test]
fn edge_41_a_fork_that_is_gone_is_judged_by_its_objects() {
    let (mut host, ..) = approved();
    host.told["pull_request"]["head_repository"] = json!(null);
    let verdict = host.review();
    assert_eq!(verdict.states()[2], "success");
    assert!(!host.summary().contains("編輯此"), "nobody can edit there");
}

#[test]
fn edge_42_a_conflict_waits() {
    let (mut host, ..) = approved();
    host.told["pull_request"]["standing"] = "conflict".into();
    let verdict = host.review();
    assert_eq!(verdict.states()[2], "pending");
    assert!(verdict.approval().contains("衝突"));
}

#[test]
fn edge_47_what_touches_no_plan_is_green_at_once() {
    let start = base();
    let head = with(&start, "README.md", |_| "說明\n".to_owned());
    let verdict = Host::new(&start, &head).review();
    assert_eq!(verdict.states(), ["success"; 3]);
    assert_eq!(verdict.json["ground"], "judged");
    assert_eq!(verdict.approval(), "與計畫無關");
}

#[test]
fn edge_49_edge_50_what_differs_comes_from_git_and_not_from_lists_of_the_forge() {
    let (start, head) = rarer();
    let mut many = head.clone();
    for number in 0..3100 {
        many.insert(format!("notes/{number}.txt"), b"x".to_vec());
    }
    let verdict = Host::new(&start, &many).review();
    assert_eq!(verdict.json["plans"].as_array().map(Vec::len), Some(1));
    assert_eq!(verdict.states()[2], "pending");
}

#[test]
fn edge_51_a_plan_moved_out_of_its_folder_is_gone() {
    let start = base();
    let mut head = start.clone();
    let text = head.remove("plans/office/plan.yaml").expect("it is there");
    head.insert("archive/office/plan.yaml".to_owned(), text);
    let verdict = Host::new(&start, &head).review();
    let changes = verdict.json["plans"][0]["changes"]
        .as_array()
        .expect("a list");
    assert_eq!(changes[0]["kind"], "removed");
    assert_eq!(verdict.approval(), "待核准：乙所資安長、甲局局長");
}

#[test]
fn edge_52_a_link_or_a_submodule_where_a_plan_stood_blocks() {
    let start = base();
    for mode in [0o120_000, 0o160_000] {
        let mut host = Host::new(&start, &start);
        let commit = instead_of_the_plan(&host, &start, mode);
        host.set_head(commit);
        let verdict = host.review();
        assert_eq!(verdict.states()[0], "failure", "{mode:o}");
        assert_eq!(verdict.states()[2], "pending", "{mode:o}");
    }
}

/// A commit with something else at the path of the plan.
fn instead_of_the_plan(host: &Host, files: &Files, mode: u32) -> git2::Oid {
    let mut index = git2::Index::new().expect("an index");
    let tree = host.repository.find_tree(host.tree(files)).expect("a tree");
    index.read_tree(&tree).expect("a tree");
    let path = std::path::Path::new("plans/office/plan.yaml");
    let mut entry = index.get_path(path, 0).expect("it is there");
    entry.mode = mode;
    entry.id = match mode {
        0o120_000 => host.repository.blob(b"/etc/passwd").expect("a blob"),
        _ => host.main(),
    };
    index.add(&entry).expect("an entry");
    let tree = index.write_tree_to(&host.repository).expect("a tree");
    let by = ("desk@office.example", "desk@office.example");
    host.commit_as(tree, &[host.main()], by, "連結")
}

#[test]
fn edge_53_a_name_that_cannot_be_shown_blocks() {
    let start = base();
    let mut host = Host::new(&start, &start);
    let commit = with_an_unnamed_plan(&host, &start);
    host.set_head(commit);
    let verdict = host.review();
    assert_eq!(verdict.states()[0], "failure");
    assert_eq!(verdict.blocking(), ["source/name"]);
}

/// A commit with a plan in a folder whose name is not UTF-8.
fn with_an_unnamed_plan(host: &Host, files: &Files) -> git2::Oid {
    let objects = host.repository.odb().expect("objects");
    let put = |tree: Option<&git2::Tree<'_>>, name: &[u8], mode: i32, id: git2::Oid| {
        let entries = tree.into_iter().flat_map(git2::Tree::iter);
        let mut entries: Vec<(Vec<u8>, i32, git2::Oid)> = entries
            .map(|entry| (entry.name_bytes().to_vec(), entry.filemode(), entry.id()))
            .filter(|entry| entry.0 != name)
            .collect();
        entries.push((name.to_vec(), mode, id));
        entries.sort();
        let mut bytes = Vec::new();
        for (name, mode, id) in entries {
            bytes.extend(format!("{mode:o} ").bytes());
            bytes.extend(name);
            bytes.push(0);
            bytes.extend(id.as_bytes());
        }
        let tree = objects.write(git2::ObjectType::Tree, &bytes);
        tree.expect("a tree")
    };
    let text = plan("office", "1y");
    let blob = host.repository.blob(text.as_bytes()).expect("a blob");
    let folder = put(None, b"plan.yaml", 0o100_644, blob);
    let root = host.repository.find_tree(host.tree(files)).expect("a tree");
    let plans = root.get_name("plans").expect("it is there").id();
    let plans = host.repository.find_tree(plans).expect("a tree");
    let plans = put(Some(&plans), b"\xE4\xB8", 0o040_000, folder);
    let tree = put(Some(&root), b"plans", 0o040_000, plans);
    let by = ("desk@office.example", "desk@office.example");
    host.commit_as(tree, &[host.main()], by, "路徑")
}

#[test]
fn edge_54_edge_55_what_has_no_line_in_the_diff_is_said_on_the_file_or_in_the_summary() {
    let start = base();
    // The grade rises: duties come whose place is no line of the diff.
    let head = office(&start, "grade: C", "grade: A");
    let mut host = Host::new(&start, &head);
    let verdict = host.review();
    let comments = verdict.json["writes"]["comments"]
        .as_array()
        .expect("a list");
    let on_file = comments
        .iter()
        .filter(|own| own["at"]["path"].is_string() && own["at"]["line"].is_null());
    assert!(on_file.count() > 0, "{comments:?}");
    let summary = host.summary();
    for policy in verdict.blocking() {
        assert!(
            summary.contains(&format!("`{policy}`")),
            "{policy} got lost"
        );
    }
}

#[test]
fn edge_60_an_older_run_says_nothing_after_a_newer_one() {
    let (mut host, ..) = approved();
    let later = "<!-- plangate:v1 id=summary run=99999999999 state=open -->\n";
    host.told["comments"][0]["body"] = later.into();
    let verdict = host.look();
    assert_eq!((verdict.code, verdict.json.is_null()), (2, true));
    assert!(verdict.err.contains("較新的執行"), "{}", verdict.err);
}

#[test]
fn edge_67_edge_68_only_the_state_of_a_review_counts() {
    let (mut host, ..) = approved();
    host.told["pull_request"]["title"] = "已核准 ✅".into();
    host.told["reviews"][0]["state"] = "commented".into();
    let verdict = host.review();
    assert_eq!(verdict.approval(), "待核准：乙所資安長");
}

#[test]
fn edge_69_edge_70_a_base_without_configuration_approves_nothing_and_says_what_to_do() {
    let head = base();
    let start: Files = Files::from([("README.md".to_owned(), b"x".to_vec())]);
    let mut host = Host::new(&start, &head);
    let verdict = host.review();
    assert_eq!(verdict.states(), ["success"; 3]);
    assert_eq!(verdict.json["ground"], "not_configured");
    assert!(host.summary().contains("後續三步"), "{}", host.summary());
    assert!(!host.summary().contains("可以合併"));
}

#[test]
fn edge_71_today_is_a_day_in_taiwan() {
    let (start, head) = rarer();
    let host = Host::new(&start, &head);
    // The director's term begins on the 22nd; at 17:00 UTC of the 21st it has.
    let term = with(&start, "roster.yaml", |text| {
        text.replace(
            "{ role: 局長, agency: bureau }",
            "{ role: 局長, agency: bureau, from: 115-11-22 }",
        )
    });
    let mut host = host;
    let main = host.commit(&term, &[], "director@bureau.example");
    let topic = with(&head, "roster.yaml", |_| {
        String::from_utf8(term["roster.yaml"].clone()).expect("UTF-8")
    });
    let topic = host.commit(&topic, &[main], "desk@office.example");
    host.set_base(main);
    host.set_head(topic);
    host.approved_by(&["ciso", "director"]);
    let before = host.look();
    assert_eq!(before.approval(), "待核准：甲局局長");
    while host.look().json["plans"][0]["law_date"] != "2026-11-22" {
        host.approved_by(&["director"]);
    }
    host.approved_by(&["director"]);
    assert_eq!(host.look().states()[2], "success");
}
