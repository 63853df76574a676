//! The table that comes out of a history.

use crate::repository::History;

/// The five rows as the agency published them.
const PUBLISHED: &str = "\
| 版次 | 發行日期 | 修訂者 | 說明 | 核准者 |
|---|---|---|---|---|
| 1.0 | 108年2月18日 | 高雄市政府民政局 | 初版文件發行 | 民政局局長 |
| 1.1 | 108年6月27日 | 高雄市政府民政局 | 配合行政院核定資通安全責任等級修正 | 民政局局長 |
| 1.2 | 109年11月5日 | 高雄市政府民政局 | 配合本市戶政事務所組織整併及行政院審查意見修正 | 民政局局長 |
| 1.3 | 110年6月16日 | 高雄市政府民政局 | 1. 配合行政院核定三民戶政事務所資通安全責任等級為D級<br>2. 配合高雄市忠烈祠資訊網、高雄市八二三台海戰役紀念館資訊網集中至市府機關網站共用模板管理系統 | 民政局局長 |
| 1.4 | 111年4月27日 | 高雄市政府民政局 | 1. 修正適用範圍格式<br>2. 修正非核心業務及說明內容<br>3. 修正專職(責)人力資源之配置第五點資安專職人員專業職能之培養內容<br>4. 修正資通安全維護計畫實施情形之稽核機制第一點內容<br>5. 刪除相關法規重複內容<br>6. 更新對應四階文件編號 | 民政局局長 |
";
const PLAN: &str = "main:plans/kaohsiung-civil-affairs";

fn check(history: &History, path: &str, expected: &str) {
    let run = history.build().changelog(path, &[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert_eq!(run.out, expected);
}

#[test]
fn the_five_published_rows_come_out_of_the_repository() {
    check(&History::read(), PLAN, PUBLISHED);
}

#[test]
fn they_come_from_trailers_where_the_plan_has_no_change_log() {
    check(&History::read().without_history(), PLAN, PUBLISHED);
}

#[test]
fn they_come_from_the_plan_where_commits_say_nothing() {
    check(&History::read().without_trailers(), PLAN, PUBLISHED);
    let silent = History::read().without_history().without_trailers();
    let run = silent.build().changelog(PLAN, &[]);
    assert!(
        run.out
            .contains("| 1.3 | 110年6月16日 | 高雄市政府民政局 |  | 民政局局長 |"),
        "{}",
        run.out
    );
}

#[test]
fn an_older_revision_has_the_rows_up_to_it() {
    let rows = PUBLISHED
        .lines()
        .take(4)
        .fold(String::new(), |rows, line| rows + line + "\n");
    check(
        &History::read(),
        "cab/1.1:plans/kaohsiung-civil-affairs/plan.yaml",
        &rows,
    );
}

#[test]
fn rows_older_than_git_stand_in_the_plan() {
    let mut history = History::read();
    history.commits.list.drain(..3);
    history.texts.drain(..3);
    check(&history, PLAN, PUBLISHED);
    // Outside of any repository, they are all there is.
    let laid = crate::world::folder(&[("plan.yaml", &history.texts[1])]);
    let run = crate::world::run(&["changelog", &laid.path("")]);
    assert_eq!((run.code, run.out.as_str()), (0, PUBLISHED), "{}", run.err);
}

#[test]
fn json_names_the_commit_and_the_tag_of_each_edition() {
    let built = History::read().build();
    let run = built.changelog(PLAN, &["--format", "json"]);
    let log: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let rows = log["rows"].as_array().expect("rows");
    let commits = rows
        .iter()
        .map(|row| row["commit"].as_str().expect("a commit"));
    for (commit, back) in commits.zip([4, 3, 2, 1, 0]) {
        let expected = built
            .repository
            .revparse_single(&format!("main~{back}"))
            .expect("a commit");
        assert_eq!(commit, expected.id().to_string());
    }
    let tags: Vec<_> = rows.iter().map(|row| row["tag"].as_str()).collect();
    assert_eq!(
        tags,
        ["cab/1.0", "cab/1.1", "cab/1.2", "cab/1.3", "cab/1.4"].map(Some)
    );
}

#[test]
fn the_table_follows_the_plan_into_another_folder() {
    let history = History::read().without_history();
    let built = history.build();
    let last = history.texts.last().expect("five editions");
    let who =
        git2::Signature::now("高雄市政府民政局", "plans@example.invalid").expect("a signature");
    built.commit(&[("計畫/民政局/plan.yaml", last)], "改資料夾名稱", &who);
    let run = built.changelog("main:計畫/民政局", &[]);
    assert_eq!((run.code, run.out.as_str()), (0, PUBLISHED), "{}", run.err);
}

#[test]
fn a_commit_with_a_broken_plan_is_passed_over_and_told() {
    let mut history = History::read().without_history();
    "header: [\n".clone_into(&mut history.texts[3]);
    let run = history.build().changelog(PLAN, &[]);
    let rows: Vec<&str> = PUBLISHED
        .lines()
        .filter(|line| !line.contains("| 1.3 |"))
        .collect();
    assert_eq!(run.out.lines().collect::<Vec<_>>(), rows);
    assert!(run.err.contains("無法讀取，略過"), "{}", run.err);
}

#[test]
fn what_cannot_be_told_ends_with_2() {
    let built = History::read().build();
    let laid = crate::world::folder(&[("a/plan.yaml", "{}"), ("b/plan.yaml", "{}")]);
    for (path, word) in [
        ("main:nowhere", "沒有 nowhere"),
        ("none:plans", "沒有版本"),
        (&laid.path(""), "2 份計畫"),
        (&laid.path("c"), "找不到"),
    ] {
        let run = built.changelog(path, &[]);
        assert_eq!(run.code, 2, "{path}: {}", run.out);
        assert!(run.err.contains(word), "{path}: {}", run.err);
    }
}

#[test]
fn the_dates_of_many_rows_are_held_against_each_other() {
    // Each is dated before the one above it.
    let row = |number: usize| {
        let year = 1999 - number;
        format!("  - {{ edition: \"1.{number}\", issued: {year}-01-01, notes: [修正] }}\n")
    };
    let rows: String = (0..400).map(row).collect();
    let plan = format!(
        "header: {{ title: 計畫, agency: jia, edition: \"1.399\", issued: 1600-01-01 }}\nhistory:\n{rows}"
    );
    let laid = crate::world::folder(&[("plan.yaml", &plan)]);
    let run = crate::world::run(&["check", &laid.path("plan.yaml"), "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect(&run.err);
    let findings = report["findings"].as_array().expect("findings").iter();
    let own = findings.filter(|finding| finding["policy"] == "row-date-out-of-order");
    let verdicts: Vec<_> = own.map(|finding| finding["verdict"].as_str()).collect();
    assert_eq!(verdicts, [Some("doubt"); 399]);
}
