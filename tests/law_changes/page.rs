//! The page: the first day; then, between two days, what changed, grouped by what; then the verdicts
//! of all days.

use std::fmt::Write as _;

use plangate::policy::Policy;
use plangate::text::{DateRange, Day, Language};

use crate::changes::Change;
use crate::differences::{editions_only, figures, provisions, stated, verdicts};
use crate::state::State;
use crate::table::Table;

const HEAD: &str = "# 依日期之法規差異

同樣的計畫，依不同日期之法規判斷，結果如何不同。本頁由 `tests/law_changes.rs` 產生，不手改：
`UPDATE=1 cargo test --test law_changes` 重寫，測試比對內容是否仍然相同。

所用計畫均為虛構：公務機關 A 至 E 級各一，特定非公務機關（A 級之關鍵基礎設施提供者）一。每份各有二種寫法：
**僅基本事項**（只有基本資料、機關、一項核心業務與一套核心系統），以及**載明一一五年前之數字**。
等級均於法規施行前核定，因此除法規新定之期限外，各日之間並無期限屆至。

括號內為政策對該規定之把握；憑記憶或資料不一者未經查證，檢核時最多警告。
各項理由與範例見 `plangate policy explain <政策>`。
";

pub(crate) fn page(table: &Table<'_>) -> String {
    let mut page = HEAD.to_owned();
    for pair in table.days.windows(2) {
        between(&mut page, table, pair[0], pair[1]);
    }
    first_day(&mut page, table);
    let title = "僅基本事項之計畫";
    by_day(&mut page, table, title, |state| &state.plain);
    let title = "載明一一五年前數字之計畫";
    by_day(&mut page, table, title, |state| &state.figures_stated);
    page
}

fn shown(day: Day) -> String {
    DateRange::day(day).show(Language::ZhTw)
}

fn between(page: &mut String, table: &Table<'_>, before: Day, after: Day) {
    let changes = table.changes(before, after);
    let changes: Vec<&Change<'_>> = changes.iter().filter(|change| change.is_one()).collect();
    let laws = table.laws_between(before, after);
    let laws = if laws.is_empty() {
        "無".to_owned()
    } else {
        laws.join("、")
    };
    let _ = writeln!(page, "\n## {} → {}\n", shown(before), shown(after));
    let _ = writeln!(
        page,
        "其間之法規：{laws}。有差異之政策 {} 項。",
        changes.len()
    );
    let of_verdicts = |before: &State, after: &State| verdicts(before, after);
    let lapsed = changes
        .iter()
        .partition(|change| change.is_lapse_alone(before, after));
    let (lapsed, changes): (Vec<_>, Vec<&Change<'_>>) = lapsed;
    group(page, "判定不同", &changes, of_verdicts);
    group(page, "期限屆至", &lapsed, of_verdicts);
    group(page, "數字或檢核不同", &changes, figures);
    group(page, "條次、表列名稱或把握不同", &changes, provisions);
    let only = changes.iter().filter(|change| editions_only(change));
    let only: Vec<String> = only
        .map(|change| format!("`{}`", change.policy.id))
        .collect();
    if !only.is_empty() {
        let _ = writeln!(page, "\n### 僅所引法規之版次不同\n\n{}", only.join("、"));
    }
}

/// One group of differences as a table, plans that agree put together. Plans of which the policy
/// asks nothing on either day are left out, unless it asks nothing of any.
fn group(
    page: &mut String,
    title: &str,
    changes: &[&Change<'_>],
    of: impl Fn(&State, &State) -> Vec<String>,
) {
    let mut rows = String::new();
    for change in changes {
        let asked = change
            .plans
            .iter()
            .any(|(_, before, after)| before.asks() || after.asks());
        let plans = change.plans.iter();
        let plans = plans.filter(|(_, before, after)| !asked || before.asks() || after.asks());
        let told = plans.flat_map(|(name, before, after)| {
            of(before, after)
                .into_iter()
                .map(|told| (*name, told))
                .collect::<Vec<_>>()
        });
        write_rows(&mut rows, change.policy, &together(told));
    }
    if !rows.is_empty() {
        let _ = write!(
            page,
            "\n### {title}\n\n| 政策 | 計畫 | 差異 |\n| --- | --- | --- |\n{rows}"
        );
    }
}

/// Names under what is told of each, in the order first told.
fn together<'n>(told: impl Iterator<Item = (&'n str, String)>) -> Vec<(String, Vec<&'n str>)> {
    let mut grouped: Vec<(String, Vec<&str>)> = Vec::new();
    for (name, told) in told {
        match grouped.iter_mut().find(|(other, _)| *other == told) {
            Some((_, names)) => names.push(name),
            None => grouped.push((told, vec![name])),
        }
    }
    grouped
}

/// The policy's name stands at its first row alone.
fn write_rows(rows: &mut String, policy: &Policy, told: &[(String, Vec<&str>)]) {
    let mut name = format!("{}<br>`{}`", policy.title.zh_tw, policy.id);
    for (told, names) in told {
        let _ = writeln!(rows, "| {name} | {} | {told} |", names.join("、"));
        name.clear();
    }
}

/// Grounds and figures on the first day, from which the differences are told.
fn first_day(page: &mut String, table: &Table<'_>) {
    let day = table.days[0];
    let _ = writeln!(page, "\n## {}之依據與數字\n", shown(day));
    page.push_str("| 政策 | 計畫 | 依據與數字 |\n| --- | --- | --- |\n");
    for policy in table.pack.policies.values() {
        let states = table.states(day, policy).into_iter();
        let told = states.filter_map(|(name, state)| Some((name, stated(state)?)));
        let mut rows = String::new();
        write_rows(&mut rows, policy, &together(told));
        page.push_str(&rows);
    }
}

/// The verdicts of every day, one row for each policy; a day like the one before it is marked so.
fn by_day(page: &mut String, table: &Table<'_>, title: &str, of: impl Fn(&State) -> &str) {
    let days: Vec<String> = table.days.iter().map(|day| shown(*day)).collect();
    let _ = writeln!(page, "\n## 各日之判定：{title}\n");
    let _ = writeln!(page, "| 政策 | {} |", days.join(" | "));
    let _ = writeln!(page, "| --- |{}", " --- |".repeat(days.len()));
    for policy in table.pack.policies.values() {
        let cells = table.days.iter().map(|day| {
            let states = table.states(*day, policy).into_iter();
            let told = together(states.map(|(name, state)| (name, of(state).to_owned())));
            match told.as_slice() {
                [(verdict, _)] => verdict.clone(),
                several => {
                    let each = several.iter();
                    let each =
                        each.map(|(verdict, names)| format!("{verdict}：{}", names.join("、")));
                    each.collect::<Vec<_>>().join("<br>")
                }
            }
        });
        let cells: Vec<String> = cells.collect();
        let like_before = |at: usize| at > 0 && cells[at] == cells[at - 1];
        let cell = |at: usize| {
            if like_before(at) {
                "〃"
            } else {
                cells[at].as_str()
            }
        };
        let cells: Vec<&str> = (0..cells.len()).map(cell).collect();
        let _ = writeln!(page, "| `{}` | {} |", policy.id, cells.join(" | "));
    }
}
