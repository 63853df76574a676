//! The next row: proposed from what changed, written without touching anything else.

use crate::repository::{Built, History};

const FILE: &str = "plans/kaohsiung-civil-affairs/plan.yaml";

/// The first four editions committed, and the fifth in the work tree, without its row.
fn underway() -> (Built, String) {
    let mut history = History::read();
    history.commits.list.pop();
    let text = history.texts.pop().expect("five editions");
    let start = text.find("  - edition: \"1.4\"\n").expect("its row");
    let end = text.find("\neditorial:").expect("what comes after");
    let text = format!("{}{}", &text[..start], &text[end..]);
    (history.build(), text)
}

#[test]
fn the_next_row_says_what_changed_by_chapter() {
    let (built, text) = underway();
    let path = built.lay(FILE, text.as_bytes());
    let run = built.changelog(&path, &["--draft"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let row = run.out.lines().nth(2).expect("a row");
    assert!(
        row.starts_with("| 1.4 | 111年4月27日 | 高雄市政府民政局 | 1. "),
        "{row}"
    );
    let chapters: Vec<&str> = row
        .split("<br>")
        .filter_map(|note| {
            note.split(['、', ' '])
                .find(|word| word.starts_with(['壹', '貳', '參', '肆', '陸']))
        })
        .collect();
    // The training that the published row left out is among them, and the format of the scope is not.
    assert_eq!(
        chapters,
        ["參", "肆", "陸", "壹拾參", "壹拾伍", "壹拾柒"],
        "{row}"
    );
    assert!(row.contains("（理由待填）"), "{row}");
    assert!(row.contains("更新編號 25 處"), "{row}");
}

#[test]
fn writing_the_row_touches_no_other_byte() {
    let (built, text) = underway();
    let marked = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    for (text, line_end) in [(text.as_str(), "\n"), (&marked, "\r\n")] {
        let path = built.lay(FILE, text.as_bytes());
        let run = built.changelog(&path, &["--draft", "--write"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let written = std::fs::read(&path).expect("it is there");
        let written = String::from_utf8(written).expect("UTF-8");
        let row = format!("  - edition: \"1.4\"{line_end}");
        let start = written.find(&row).expect("the row");
        let length = written.len() - text.len();
        assert_eq!(
            format!("{}{}", &written[..start], &written[start + length..]),
            text
        );
        assert_eq!(
            written.matches('\n').count(),
            written.matches(line_end).count()
        );

        let table = built.changelog(&path, &[]);
        assert!(
            table
                .out
                .contains("\n| 1.4 | 111年4月27日 | 高雄市政府民政局 | 1. "),
            "{}",
            table.out
        );
        let check = crate::world::run(&["check", &path, "--as-of", "issued"]);
        assert!(
            !check.out.contains("[shape/") && !check.out.contains("[syntax/"),
            "{}",
            check.out
        );
    }
}

#[test]
fn a_reason_may_be_written_in_a_later_commit() {
    let (built, text) = underway();
    let path = built.lay(FILE, text.as_bytes());
    let run = built.changelog(&path, &["--draft", "--write"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let drafted = std::fs::read_to_string(&path).expect("it is there");
    let check = crate::world::run(&["check", &path, "--lang", "en", "--as-of", "issued"]);
    assert!(check.out.contains("[reason-not-written]"), "{}", check.out);
    let who = built
        .repository
        .find_commit(built.repository.refname_to_id("HEAD").expect("a head"));
    let who = who.expect("a commit").author().to_owned();
    built.commit(&[(FILE, &drafted)], "擬列", &who);
    // It is still the row of this edition.
    let run = built.changelog(&path, &["--draft"]);
    assert!(run.out.contains("| 1.4 |"), "{}{}", run.out, run.err);

    let told = drafted.replace("（理由待填）", "，依稽核建議");
    let path = built.lay(FILE, told.as_bytes());
    let check = built.changelog(&path, &["--check", "--lang", "en"]);
    assert_eq!(check.code, 0, "{}", check.out);
    assert!(!check.out.contains("past-row-altered"), "{}", check.out);
    let run = crate::world::run(&["check", &path, "--as-of", "issued"]);
    assert!(!run.out.contains("reason-not-written"), "{}", run.out);

    // Once it is issued, it is a past row.
    built.commit(&[(FILE, &told)], "補理由", &who);
    let path = built.lay(FILE, told.replace("，依稽核建議", "").as_bytes());
    let check = built.changelog(&path, &["--check", "--lang", "en"]);
    assert_eq!(check.code, 1, "{}", check.out);
    assert!(check.out.contains("past-row-altered"), "{}", check.out);
}

#[test]
fn a_plan_without_a_change_log_gets_one() {
    let history = History::read().without_history();
    let (built, text) = underway();
    let last = history.texts.last().expect("five editions");
    let path = built.lay(FILE, last.as_bytes());
    assert_ne!(*last, text);
    let run = built.changelog(&path, &["--draft", "--write"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let written = std::fs::read_to_string(&path).expect("it is there");
    let added = written
        .strip_prefix(last.as_str())
        .expect("it is added at the end");
    assert!(
        added.starts_with("history:\n  - edition: \"1.4\"\n    issued: 111-04-27\n"),
        "{added}"
    );
}

#[test]
fn an_edition_whose_row_stands_begins_the_next() {
    let built = History::read().build();
    let text = History::read().texts.pop().expect("five editions");
    let path = built.lay(FILE, text.as_bytes());
    let run = built.changelog(&path, &["--draft"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("沒有變更"), "{}", run.err);
    let changed = text.replace("    title: 副局長\n", "    title: 局長\n");
    let changed = if changed == text {
        text.replace("title: 副局長", "title: 局長")
    } else {
        changed
    };
    let path = built.lay(FILE, changed.as_bytes());
    let run = built.changelog(&path, &["--draft", "--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let row = run.out.lines().nth(2).expect("a row");
    assert!(
        row.starts_with("| 1.5 |  | 高雄市政府民政局 | Chapter 5: "),
        "{row}"
    );
    assert!(row.contains("副局長 → 局長"), "{row}");
}

#[test]
fn a_revision_is_proposed_for_and_never_written() {
    let history = History::read().without_history();
    let built = history.build();
    let revision = "main:plans/kaohsiung-civil-affairs";
    let run = built.changelog(revision, &["--draft"]);
    assert!(
        run.out.contains("| 1.4 | 111年4月27日 |"),
        "{}{}",
        run.out,
        run.err
    );
    let run = built.changelog(revision, &["--draft", "--write"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("不寫入 Git 版本"), "{}", run.err);
    assert_eq!(built.changelog(revision, &["--write"]).code, 2);
}
