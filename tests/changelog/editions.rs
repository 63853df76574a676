//! Which states of a plan the last edition is held against, and the order of the rows.

use std::path::Path;

use crate::base::committed;
use crate::repository::Built;
use crate::world::Run;

const FILE: &str = "plans/jia/plan.yaml";
const REVISION: &str = "main:plans/jia";
const ROWS: &str = "\
history:
  - { edition: \"1.0\", issued: 2024-03-01, notes: [初版] }
";

/// A plan with a core business that tolerates so many hours, and rows.
fn plan(header: &str, hours: u8, rows: &str) -> String {
    format!(
        "header: {{ title: 計畫, agency: jia, {header} }}
bodies: [{{ id: jia, name: 甲局, grade: C }}]
businesses: [{{ name: 戶政, body: jia, core: true, max_tolerable_interruption: {hours}h }}]
{rows}"
    )
}

fn issued(edition: &str, hours: u8, rows: &str) -> String {
    let month = edition.len() + usize::from(edition.as_bytes()[2] - b'0');
    plan(
        &format!("edition: \"{edition}\", issued: 2024-0{month}-01"),
        hours,
        rows,
    )
}

/// The states of one plan.
fn states(texts: &[&str]) -> Built {
    let files: Vec<[(&str, &str); 1]> = texts.iter().map(|text| [(FILE, *text)]).collect();
    let commits: Vec<&[(&str, &str)]> = files.iter().map(|files| &files[..]).collect();
    committed(&commits)
}

/// The policies of what `--check` finds, sorted.
fn told(run: &Run) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(&run.out).expect(&run.err);
    let findings = report["findings"].as_array().expect("findings").iter();
    let mut told: Vec<String> = findings
        .map(|own| own["policy"].as_str().expect("a policy").to_owned())
        .collect();
    told.sort();
    told.dedup();
    told
}

fn check(built: &Built, path: &str) -> (Vec<String>, u8) {
    let run = built.changelog(path, &["--check", "--format", "json"]);
    (told(&run), run.code)
}

/// The editions of the table.
fn editions(built: &Built, path: &str) -> Vec<String> {
    let run = built.changelog(path, &[]);
    let rows = run.out.lines().skip(2);
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    cells.map(|cell| cell.trim().to_owned()).collect()
}

fn row(edition: &str, notes: &str) -> String {
    let (_, minor) = edition.split_once('.').expect("two numbers");
    let month = 3 + minor.parse::<usize>().expect("a number");
    format!("  - {{ edition: \"{edition}\", issued: 2024-0{month}-01, notes: [{notes}] }}\n")
}

#[test]
fn an_edition_that_is_taken_away_does_not_end_the_check() {
    let rows = format!(
        "{ROWS}{}",
        row("1.1", "{ text: 修正, covers: [businesses] }")
    );
    let first = issued("1.0", 8, ROWS);
    let second = issued("1.1", 4, &rows);
    for header in [
        "",
        "edition: null, ",
        "edition: [\"1.2\"], ",
        "edition: { delegated_to: D }, ",
    ] {
        let altered = rows.replace("初版", "無");
        let third = plan(&format!("{header}issued: 2024-04-01"), 99, &altered);
        let built = states(&[&first, &second, &third]);
        let (found, code) = check(&built, REVISION);
        // A list is no edition, and not none.
        let of_the_edition = match header.contains('[') {
            true => "edition-without-row",
            false => "edition-not-raised",
        };
        for policy in [
            of_the_edition,
            "past-row-altered",
            "tolerable-interruption-raised-silently",
        ] {
            assert!(found.contains(&policy.to_owned()), "{header}{found:?}");
        }
        assert_eq!(code, 1);
        // The same before it is committed.
        let built = states(&[&first, &second]);
        let path = built.lay(FILE, third.as_bytes());
        assert_eq!(check(&built, &path), (found, 1), "{header}");
    }
}

#[test]
fn rows_of_other_editions_explain_nothing() {
    let of_layout = row("1.1", "{ text: 排版, class: layout, covers: [controls] }");
    let of_it = "{ text: 放寬, covers: [businesses.max_tolerable_interruption] }";
    let first = issued("1.0", 8, ROWS);
    let check_rows = |rows: String, expected: &[&str]| {
        let second = issued("1.1", 99, &rows);
        let (found, _) = check(&states(&[&first, &second]), REVISION);
        assert_eq!(found, expected, "{rows}");
    };
    let silent = [
        "change-not-in-log",
        "tolerable-interruption-raised-silently",
    ];
    let earlier =
        |notes| format!("  - {{ edition: \"0.9\", issued: 2023-01-01, notes: [{notes}] }}\n");
    let before = |notes| format!("history:\n{}{}", earlier(notes), row("1.0", "初版"));
    check_rows(before(of_it) + &of_layout, &silent);
    check_rows(format!("{ROWS}{of_layout}{}", row("1.2", of_it)), &silent);
    // One that was forgotten tells of changes that are long done.
    check_rows(
        before("{ text: 試行, covers: [controls] }") + &row("1.1", of_it),
        &[],
    );
    // An edition between the two is on the way from one to the other.
    let third = issued(
        "1.2",
        99,
        &format!(
            "{ROWS}{}{}",
            row("1.1", of_it),
            row("1.2", "{ text: 排版, class: layout }")
        ),
    );
    assert_eq!(check(&states(&[&first, &third]), REVISION), (Vec::new(), 0));
}

#[test]
fn the_plan_that_was_asked_for_is_never_passed_over() {
    let built = states(&[&issued("1.0", 8, ROWS), "header: [\n"]);
    for arguments in [&["--check"][..], &["--draft"], &[]] {
        let run = built.changelog(REVISION, arguments);
        assert_eq!(run.code, 2, "{arguments:?} {}", run.out);
        assert!(
            run.err.contains("syntax/") || run.out.contains("syntax/"),
            "{}",
            run.err
        );
    }
}

#[test]
fn what_an_issued_edition_silently_became_is_told_with_the_next() {
    let altered = ROWS.replace("初版", "無");
    let next = format!("{altered}{}", row("1.1", "{ text: 排版, class: layout }"));
    let built = states(&[
        &issued("1.0", 8, ROWS),
        &issued("1.0", 90, &altered),
        &issued("1.1", 90, &next),
    ]);
    let (found, code) = check(&built, REVISION);
    assert!(found.contains(&"past-row-altered".to_owned()), "{found:?}");
    assert!(
        found.contains(&"tolerable-interruption-raised-silently".to_owned()),
        "{found:?}"
    );
    assert_eq!(code, 1);
}

#[test]
fn what_a_tagged_edition_silently_became_is_told() {
    let first = issued("1.0", 8, "");
    let second = issued("1.0", 90, "");
    let check = |status: &str, tag: Option<&str>, expected: u8| {
        let of = |text: &str| text.replacen("issued:", &format!("status: {status}, issued:"), 1);
        let built = states(&[&of(&first)]);
        if let Some(tag) = tag {
            let head = built.repository.head().expect("a head");
            let head = head.peel(git2::ObjectType::Commit).expect("a commit");
            let who = built.repository.signature();
            let who = who.or_else(|_| git2::Signature::now("甲局", "plans@example.invalid"));
            let who = who.expect("a signature");
            let tagged = built.repository.tag(tag, &head, &who, "發行", false);
            tagged.expect("a tag");
        }
        let path = built.lay(FILE, of(&second).as_bytes());
        let (found, code) = self::check(&built, &path);
        assert_eq!(code, expected, "{status} {tag:?} {found:?}");
        let is_told = found.contains(&"edition-not-raised".to_owned());
        assert_eq!(is_told, expected == 1, "{status} {tag:?} {found:?}");
        let draft = built.changelog(&path, &["--draft"]);
        assert_eq!(draft.code == 0, expected == 1, "{}", draft.err);
        assert_eq!(
            draft.out.contains("| 1.1 |"),
            expected == 1,
            "{}",
            draft.out
        );
    };
    check("in-force", Some("jia/1.0"), 1);
    check("in-force", None, 0);
    check("in-force", Some("jia/0.9"), 0);
    check("draft", Some("jia/1.0"), 0);
}

#[test]
fn what_is_proposed_is_what_is_checked() {
    let drafted = plan(
        "edition: \"1.0\", issued: 2024-03-01, status: draft",
        24,
        "",
    );
    let built = states(&[&drafted, &issued("1.0", 8, ROWS)]);
    let next = issued("1.1", 8, ROWS).replace("name: 甲局", "name: 乙局");
    let path = built.lay(FILE, next.as_bytes());
    let run = built.changelog(&path, &["--draft", "--write"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.out.contains("24"), "{}", run.out);
    assert_eq!(check(&built, &path), (Vec::new(), 0));

    // What its own row covers is no change of the next edition.
    let covered = format!(
        "{ROWS}{}",
        row("1.1", "{ text: 縮短, covers: [businesses] }")
    );
    let last = issued("1.1", 4, &covered);
    let built = states(&[
        &issued("1.0", 8, ROWS),
        &issued("1.1", 8, ROWS),
        &issued("1.1", 4, ROWS),
        &last,
    ]);
    let path = built.lay(FILE, last.as_bytes());
    let run = built.changelog(&path, &["--draft"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("沒有變更"), "{}", run.err);
    assert_eq!(check(&built, &path), (Vec::new(), 0));
}

#[test]
fn a_number_that_nobody_can_raise_is_asked_for() {
    let first = plan(
        "edition: 初版, issued: 2024-03-01",
        8,
        "history: [{ edition: 初版 }]\n",
    );
    let built = states(&[&first]);
    let path = built.lay(FILE, first.replace("8h", "4h").as_bytes());
    let run = built.changelog(&path, &["--draft"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("初版 之次一版號無從推知"), "{}", run.err);
}

#[test]
fn rows_stand_in_the_order_of_the_editions() {
    let rows = format!("history:\n{}", row("1.1", "修正"));
    let texts = [issued("1.0", 8, ""), issued("1.1", 4, &rows)];
    let built = states(&texts.each_ref().map(String::as_str));
    assert_eq!(editions(&built, REVISION), ["1.0", "1.1"]);
    let texts = [
        issued("1.0", 8, ""),
        issued("1.1", 4, ""),
        issued("1.0", 6, ""),
        issued("1.2", 2, ""),
    ];
    let built = states(&texts.each_ref().map(String::as_str));
    assert_eq!(editions(&built, REVISION), ["1.0", "1.1", "1.0", "1.2"]);
}

#[test]
fn a_state_is_restored_whatever_else_lies_in_the_folder() {
    let rows = format!(
        "{ROWS}{}",
        row("1.1", "{ text: 修正, covers: [businesses] }")
    );
    let (first, second) = (issued("1.0", 8, ROWS), issued("1.1", 4, &rows));
    let readme = ("plans/jia/README.md", "說明\n");
    let built = committed(&[
        &[(FILE, &first)],
        &[(FILE, &second)],
        &[(FILE, &second), readme],
        &[(FILE, &first), readme],
    ]);
    assert_eq!(editions(&built, REVISION), ["1.0"]);
    assert_eq!(check(&built, REVISION), (Vec::new(), 0));
    // A change taken back before it is committed.
    let built = committed(&[&[(FILE, &first)], &[(FILE, &second), readme]]);
    let path = built.lay(FILE, first.as_bytes());
    assert_eq!(editions(&built, &path), ["1.0"]);
    assert_eq!(check(&built, &path), (Vec::new(), 0));
}

#[test]
fn a_plan_that_is_taken_away_and_put_back_has_its_past() {
    let rows = format!(
        "{ROWS}{}",
        row("1.1", "{ text: 修正, covers: [businesses] }")
    );
    let (first, second) = (issued("1.0", 8, ROWS), issued("1.1", 4, &rows));
    let nothing = ("README.md", "說明\n");
    let altered = second.replace("初版", "無").replace("4h", "99h");
    let built = committed(&[
        &[(FILE, &first)],
        &[(FILE, &second)],
        &[nothing],
        &[nothing],
        &[(FILE, &altered)],
    ]);
    assert_eq!(editions(&built, REVISION), ["1.0", "1.1"]);
    let (found, code) = check(&built, REVISION);
    assert!(found.contains(&"past-row-altered".to_owned()), "{found:?}");
    assert_eq!(code, 1);
    // Put back as it was, it was never away.
    let built = committed(&[
        &[(FILE, &first)],
        &[(FILE, &second)],
        &[nothing],
        &[(FILE, &second)],
    ]);
    assert_eq!(check(&built, REVISION), (Vec::new(), 0));
    // Another plan elsewhere is no past of it.
    let built = committed(&[&[("plans/yi/plan.yaml", "a: 1\n")], &[(FILE, &first)]]);
    assert_eq!(editions(&built, REVISION), ["1.0"]);
}

#[test]
fn a_plan_that_is_moved_and_not_committed_yet_has_its_past() {
    let first = issued("1.0", 8, "");
    let second = issued("1.1", 4, "");
    for (was, now) in [
        (FILE, "plans/yi/plan.yaml"),
        (FILE, "plans/jia.yaml"),
        ("plans/jia.yaml", FILE),
        ("plans/甲.yaml", "plans/jia.yaml"),
    ] {
        let built = committed(&[&[(was, &first)], &[(was, &second)]]);
        let path = built.lay(now, second.as_bytes());
        assert_eq!(editions(&built, &path), ["1.0", "1.1"], "{was} {now}");
        // What is still where it was is another plan.
        built.lay(was, second.as_bytes());
        assert_eq!(editions(&built, &path), ["1.1"], "{was} {now}");
    }
}

#[test]
fn a_plan_that_a_work_tree_leaves_out_is_not_one_that_was_moved() {
    let (first, second) = (issued("1.0", 8, ""), issued("1.1", 4, ""));
    let built = committed(&[&[(FILE, &first)], &[(FILE, &second)]]);
    let mut index = built.repository.index().expect("an index");
    let head = built.repository.head().expect("a head");
    let tree = head.peel_to_tree().expect("a tree");
    index.read_tree(&tree).expect("it is read");
    let mut entry = index.get_path(Path::new(FILE), 0).expect("it is there");
    entry.flags |= git2::IndexEntryFlag::EXTENDED.bits();
    entry.flags_extended |= git2::IndexEntryExtendedFlag::SKIP_WORKTREE.bits();
    index.add(&entry).expect("it is set");
    index.write().expect("it is written");
    let path = built.lay("plans/yi/plan.yaml", second.as_bytes());
    assert_eq!(editions(&built, &path), ["1.1"]);
}

#[test]
fn all_that_is_found_is_counted() {
    let rows = format!(
        "{ROWS}{}",
        row("1.1", "{ text: 修正, covers: [businesses] }")
    );
    let second = issued("1.1", 4, &rows);
    let built = states(&[
        &issued("1.0", 8, ROWS),
        &second,
        &second.replace("4h", "2h"),
    ]);
    let run = built.changelog(REVISION, &["--check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect(&run.err);
    let found = report["findings"].as_array().expect("findings");
    let failed = found.iter().filter(|own| own["verdict"] == "fail").count();
    assert!(failed > 0, "{}", run.out);
    let plan = &report["summary"]["plans"][0];
    let counts = plan["bodies"].as_array().expect("bodies").iter();
    let counts = counts.map(|body| &body["verdicts"]).chain([&plan["whole"]]);
    let counted: u64 = counts.filter_map(|own| own["fail"].as_u64()).sum();
    assert_eq!(counted, failed as u64, "{plan}");
}

#[test]
fn to_check_and_to_write_are_two_commands() {
    let built = states(&[&issued("1.0", 8, ROWS)]);
    assert_eq!(built.changelog(REVISION, &["--check", "--write"]).code, 2);
}
