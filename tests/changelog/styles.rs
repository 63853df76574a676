//! `--draft --write` into a change log of any style: the plan reads as before with one row more, and
//! every byte that stood there stands there still; where that cannot be, nothing is written.

use crate::base::of;
use crate::world::Run;

const FILE: &str = "plans/jia/plan.yaml";
const BODY: &str = "\
bodies: [{ id: jia, name: 甲局, grade: C }]
controls:
  health_check: { every: 2y }
";

fn plan(edition: &str, body: &str, history: &str) -> String {
    format!(
        "header: {{ title: 計畫, agency: jia, edition: \"{edition}\", issued: 2024-03-01 }}\n{body}{history}"
    )
}

/// Writes the row of 1.1 beside this `history`; gives the run, what stood there and what stands there.
fn write(history: &str) -> (Run, String, String) {
    let next = plan("1.1", &BODY.replace("2y", "1y"), history);
    let built = of(&[], &[(FILE, &plan("1.0", BODY, history))]);
    let path = built.lay(FILE, next.as_bytes());
    let run = built.changelog(&path, &["--draft", "--write"]);
    let written = std::fs::read_to_string(&path).expect("it is there");
    if run.code == 0 {
        let table = built.changelog(&path, &[]);
        assert!(table.out.contains("| 1.1 |"), "{written}{}", table.err);
        let again = built.changelog(&path, &["--draft", "--write"]);
        assert_eq!(again.code, 2, "{}", again.out);
        let check = crate::world::run(&["check", &path, "--format", "json"]);
        for family in ["\"syntax/", "\"shape/"] {
            assert!(!check.out.contains(family), "{history}\n{written}");
        }
    }
    (run, next, written)
}

/// Whether one text has all characters of another in their order.
fn holds(whole: &str, part: &str) -> bool {
    let mut whole = whole.chars();
    part.chars().all(|own| whole.any(|other| own == other))
}

#[test]
fn every_style_keeps_its_bytes() {
    for history in [
        "history: [{ edition: \"1.0\", notes: [初版] }]\n",
        "history: [{ edition: \"1.0\", notes: [初版] },]\n",
        "history: [ { edition: \"1.0\", notes: [初版] } , ]  # 註\n",
        "history: [\n  { edition: \"1.0\", notes: [初版] } # 首版\n  ]\n",
        "history: [\n  { edition: \"1.0\", notes: [初版] }, # 首版, [存查]\n  # 完\n  ]\n",
        "history: [\r\n  { edition: \"1.0\", notes: [初版] } # 首版\r\n  ]\r\n",
        "history:\n  [{ edition: \"1.0\",\n     notes: [初版] }\n  ]\n",
        "history: [ ]   # 註\n",
        "history: []\n",
        "history: [ # 註\n  ]\n",
        "history: # 註\n",
        "history: ~\n",
        "history:\n  - { edition: \"1.0\", notes: [初版] } # 首版\n",
        "history:\n- edition: \"1.0\"\n  notes:\n    - |\n      初版\n",
        "history:\n  # 首版\n  - edition: \"1.0\" # 註\n    notes: [初版]\n  # 完",
        "",
    ] {
        let (run, before, after) = write(history);
        assert_eq!(run.code, 0, "{history}{}", run.err);
        let before = before.replace("history: ~", "history: ");
        assert!(holds(&after, &before), "{history}\n{after}");
    }
}

#[test]
fn where_the_newest_stands_first_the_next_goes_before_it() {
    for history in [
        "history:\n  # 由新至舊\n  - edition: \"1.0\" # 首版\n    notes: [初版]\n  - { edition: \"0.9\" }\n",
        "history:\n- { edition: \"1.0\" }\n- { edition: \"0.9\" }\n- { edition: \"0.8\" }\n",
        "history: [{ edition: \"1.0\" }, { edition: \"0.9\" }]\n",
        "history: [ # 由新至舊\r\n  { edition: \"1.0\" },\r\n  { edition: \"0.9\" }\r\n  ]\r\n",
    ] {
        let (run, before, after) = write(history);
        assert_eq!(run.code, 0, "{history}{}", run.err);
        assert!(holds(&after, &before), "{history}\n{after}");
        // The header says 1.1 before the rows do.
        let places = ["1.1", "1.0", "0.9"].map(|own| after.rfind(&format!("edition: \"{own}\"")));
        assert!(places.is_sorted(), "{history}\n{after}");
        assert!(places[0] > after.find("history:"), "{history}\n{after}");
    }
}

#[test]
fn rows_in_a_file_of_their_own_are_added_to() {
    let section = "plans/jia/history.yaml";
    for history in [
        "# 變更紀錄\n",
        "# 變更紀錄",
        "- { edition: \"1.0\" }\n",
        "[] # 無\n",
    ] {
        let next = plan("1.1", &BODY.replace("2y", "1y"), "");
        let files = [(FILE, plan("1.0", BODY, "")), (section, history.to_owned())];
        let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
        let built = of(&[], &files);
        let path = built.lay(FILE, next.as_bytes());
        let rows = built.lay(section, history.as_bytes());
        let run = built.changelog(&path, &["--draft", "--write"]);
        assert_eq!(run.code, 0, "{history}{}", run.err);
        let written = std::fs::read_to_string(rows).expect("it is there");
        assert!(holds(&written, history), "{written}");
        let table = built.changelog(&path, &[]);
        assert!(table.out.contains("| 1.1 |"), "{written}{}", table.err);
    }
}

#[test]
fn what_cannot_be_added_to_is_let_be() {
    for history in [
        "x-rows: &rows [{ edition: \"1.0\", notes: [初版] }]\nhistory: *rows\n",
        "history: 無\n",
        "history: { edition: \"1.0\" }\n",
    ] {
        let (run, before, after) = write(history);
        assert_eq!(run.code, 2, "{history}{}", run.out);
        assert_eq!(before, after, "{history}");
        assert!(run.err.contains("無法寫入"), "{}", run.err);
    }
}

#[test]
fn a_row_is_written_once() {
    let history = "history:\n  - { edition: \"1.0\", notes: [初版] }\n";
    let built = of(&[], &[(FILE, &plan("1.0", BODY, history))]);
    // The header still has the number of the edition that is issued.
    let path = built.lay(
        FILE,
        plan("1.0", &BODY.replace("2y", "1y"), history).as_bytes(),
    );
    assert_eq!(built.changelog(&path, &["--draft", "--write"]).code, 0);
    let written = std::fs::read_to_string(&path).expect("it is there");
    assert_eq!(written.matches("edition: \"1.1\"").count(), 1, "{written}");
    let again = built.changelog(&path, &["--draft", "--write"]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert!(again.err.contains("已有 1.1 版之列"), "{}", again.err);
    assert_eq!(
        std::fs::read_to_string(&path).expect("it is there"),
        written
    );
}

#[test]
fn what_no_file_may_hold_is_written_as_its_number() {
    let header = "reviser: \"甲\\e局\\u2028科\\r\"";
    let with = |edition, body: &str| {
        plan(edition, body, "").replacen("issued", &format!("{header}, issued"), 1)
    };
    let built = of(&[], &[(FILE, &with("1.0", BODY))]);
    let path = built.lay(FILE, with("1.1", &BODY.replace("2y", "1y")).as_bytes());
    let run = built.changelog(&path, &["--draft", "--write"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let written = std::fs::read_to_string(&path).expect("it is there");
    let raw =
        |character: char| character != '\n' && (character.is_control() || character == '\u{2028}');
    assert!(!written.contains(raw), "{written:?}");
    assert_eq!(written.matches("reviser").count(), 2, "{written}");
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let built = of(&[], &[(FILE, &plan("1.0", BODY, ""))]);
    let path = built.lay(FILE, plan("1.1", &BODY.replace("2y", "1y"), "").as_bytes());
    let file = std::fs::metadata(&path).expect("it is there");
    let mut locked = file.permissions();
    locked.set_readonly(true);
    std::fs::set_permissions(&path, locked).expect("it is ours");
    // Whoever may write everything is not refused.
    if std::fs::OpenOptions::new().append(true).open(&path).is_ok() {
        return;
    }
    let run = built.changelog(&path, &["--draft", "--write"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(
        run.err.contains("plan.yaml") && run.err.contains("無法寫入"),
        "{}",
        run.err
    );
}
