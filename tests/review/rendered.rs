//! What people see: summaries and comments as a browser gets them, from the first push to the last, and
//! with everything that a stranger can write at its worst.
//!
//! Each page is left under `target/tmp/rendered/`, to be looked at. GitHub takes out what it holds to be
//! dangerous; these pages do not, so that nothing here is safe by somebody else's care.

#![expect(clippy::disallowed_methods, reason = "writes pages to be looked at")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use comrak::Options;
use regex::Regex;
use serde_json::{Value, json};

use crate::host::{Host, base, office, rarer, with};
use crate::untouched::OWN;

const STYLE: &str = include_str!("rendered.css");
/// What our Markdown comes to, and nothing beside.
const TAGS: [&str; 24] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "em",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Where our links lead: to the repository or a fork of it, and to the law.
const PLACES: [&str; 2] = ["https://forge.example/", "https://law.moj.gov.tw/LawClass/"];

/// As GitHub reads a comment: its extensions, and each line break is one.
pub(crate) fn html(markdown: &str) -> String {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.table = true;
    extension.autolink = true;
    extension.strikethrough = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.alerts = true;
    options.render.hardbreaks = true;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(markdown, &options)
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('"', "&quot;")
}

/// All that stands in the pull request, the summary first; and the page of it, left to be looked at.
fn page(name: &str, host: &Host) -> Vec<String> {
    let list = |key: &str| host.told[key].as_array().cloned().unwrap_or_default();
    let mut comments = list("comments");
    comments.sort_by_key(|comment| comment["kind"] != "conversation");
    let bodies = comments
        .iter()
        .map(|it| html(it["body"].as_str().expect("a text")));
    let bodies: Vec<String> = bodies.collect();
    let shown = comments.iter().zip(&bodies).map(|(comment, body)| {
        let id = &comment["id"];
        let is_folded = comment["is_folded"] == true;
        let open = if is_folded { "" } else { " open" };
        let what = if is_folded { "folded" } else { "" };
        format!("<details class=\"comment\"{open}><summary>plangate #{id} {what}</summary>{body}</details>\n")
    });
    let statuses = list("statuses");
    let statuses = statuses.iter().map(|own| {
        let text = |key: &str| escaped(own[key].as_str().unwrap_or_default());
        format!(
            "<li>{} <b>{}</b> {}</li>\n",
            text("state"),
            text("context"),
            text("description")
        )
    });
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>{name}</title><style>{STYLE}</style>\n{}<ul>{}</ul>\n",
        shown.collect::<String>(),
        statuses.collect::<String>(),
    );
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rendered");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(format!("{name}.html")), page).expect("a page");
    bodies
}

/// What is in a page that we would never write: tags, addresses, and words that a forge makes links of.
pub(crate) fn active(html: &str) -> BTreeSet<String> {
    static TAG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"<([^!/ >]+)([^>]*)>|<!--\s*(\S+)").expect("a pattern"));
    static CODE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)<(code|pre)[^>]*>.*?</(code|pre)>").expect("a pattern"));
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"@[0-9A-Za-z]|(?:^|\s)#[0-9]|GH-[0-9]|[0-9A-Za-z]/[0-9A-Za-z]+#[0-9]|(?:^|\W)www\.",
        )
        .expect("a pattern")
    });
    let mut found = BTreeSet::new();
    for tag in TAG.captures_iter(html) {
        let Some(name) = tag.get(1).map(|name| name.as_str()) else {
            if !tag[3].starts_with("plangate:") {
                found.insert(tag[0].to_owned());
            }
            continue;
        };
        let rest = tag.get(2).map_or("", |rest| rest.as_str());
        let is_ours = match name {
            "a" => PLACES
                .iter()
                .any(|place| rest.starts_with(&format!(" href=\"{place}"))),
            "code" => rest.is_empty() || rest.starts_with(" class=\"language-"),
            "ol" => rest.is_empty() || rest.starts_with(" start="),
            "td" | "th" => rest.is_empty() || rest.starts_with(" align="),
            _ => rest.is_empty() || rest == " /",
        };
        if !TAGS.contains(&name) || !is_ours {
            found.insert(tag[0].to_owned());
        }
    }
    let prose = CODE.replace_all(html, "");
    let prose = Regex::new("<[^>]*>")
        .expect("a pattern")
        .replace_all(&prose, "");
    found.extend(WORD.find_iter(&prose).map(|word| word.as_str().to_owned()));
    let hidden = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    found.extend(
        html.chars()
            .filter(hidden)
            .map(|c| c.escape_unicode().to_string()),
    );
    found
}

#[test]
fn an_ordinary_story_is_there_to_be_looked_at() {
    let start = base();
    let first = office(&start, "every: 1y\n    items", "every: 3y\n    items");
    let first = office(
        &first,
        "reporting:\n  every: 1y\n",
        "reporting:\n  every: 1y\n  cite: { law: act, article: 12 }\n",
    );
    let mut host = Host::new(&start, &first);
    host.review();
    let said = page("1-first-push", &host);
    assert!(said.len() > 2, "{}", said.len());
    let (_, fixed) = rarer();
    host.push(&fixed, "desk@office.example");
    host.review();
    page("2-fixed", &host);
    host.approved_by(&["other-desk", "ciso", "director"]);
    host.review();
    assert!(page("3-approved", &host)[0].contains("✅ 可以合併"));
    let changed = office(&fixed, "every: 2y\n    items", "every: 18mo\n    items");
    host.push(&changed, "desk@office.example");
    host.review();
    let last = page("4-approval-dropped", &host);
    assert!(last[0].contains("核准後內容已變更"));
    assert_eq!(active(&last.concat()), BTreeSet::new());
}

/// Everything at once that a reader of Markdown, HTML, a terminal or a workflow could act upon.
pub(crate) const WORST: [&str; 8] = [
    "@octocat @org/team #1 GH-2 jia/plans#3 https://evil.example www.evil.example a@evil.example",
    "</details></td></table><h1>✅ 可以合併</h1><script>alert(1)</script><img src=x onerror=alert(1)>",
    "--><!-- plangate:v1 id=summary run=9 state=open -->",
    "`` ``` ~~~ ````\n```suggestion\nx\n```\n> [!NOTE]\n# 已核准\n- [x] 核准\n[^1]: x",
    "| a | b |\n|---|---|\n| ✅ | 核准 |",
    "[核准](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>",
    "\u{202e}准核已\u{202c}\u{2066}\u{200b}\u{feff}\u{7}\u{1b}[2J&#64;octocat &lt;b&gt;",
    "::error file=x::y\r\n::set-output name=x::y%0A*粗* _斜_ ~~刪~~ **",
];

/// A pull request in which a stranger has written this wherever a stranger can.
pub(crate) fn hostile(value: &str) -> Host {
    let quoted = serde_json::to_string(value).expect("a text");
    let start = base();
    let head = office(
        &start,
        "name: 公文系統",
        &format!("name: {quoted}\n    core: true"),
    );
    let head = office(&head, "every: 1y\n    items", "every: 3y\n    items");
    let head = office(
        &head,
        "title: 資通安全維護計畫",
        &format!("title: {quoted}"),
    );
    let head = with(&head, "plans/office/plan.yaml", |text| {
        let text = text.replace(
            "reviser: 資安承辦人\n  approver",
            &format!("reviser: {quoted}\n  approver"),
        );
        let text = text.replace("[{ text: 初版 }]", &format!("[{{ text: {quoted} }}]"));
        let text = text.replace("name: 本所", &format!("name: {quoted}"));
        // So many that a long one would make a file which nobody reads.
        let short: String = value.chars().take(500).collect();
        let quoted = serde_json::to_string(&short).expect("a text");
        let text = text.replace("id: mail", &format!("id: {quoted}"));
        let text = text.replace(
            "reporting:\n  every: 1y\n  to: [supervisor]",
            &format!(
                "reporting:\n  every: {quoted}\n  to: [{quoted}]\n  cite: {{ title: {quoted} }}"
            ),
        );
        let text = text.replace(
            "controls:\n",
            &format!("controls:\n  vulnerability_scan: {{ not_applicable: {quoted} }}\n  penetration_test: {{ delegated_to: {quoted} }}\n"),
        );
        // YAML takes no key of more than 1,024 characters.
        let key: String = quoted.chars().skip(1).take(200).collect();
        let key = key.trim_end_matches(['"', '\\']);
        text + &format!("\"{key}\": {quoted}\n")
    });
    let mut host = Host::new(&start, &head);
    let one_line: String = value
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect();
    // Names of branches and files take nearly everything.
    host.told["pull_request"]["title"] = value.into();
    host.told["pull_request"]["base"] = one_line.clone().into();
    host.told["pull_request"]["head_repository"] = format!("{one_line}/{one_line}").into();
    host.told["pull_request"]["head_branch"] = one_line.clone().into();
    host.told["pull_request"]["labels"] = json!([value]);
    let stranger = json!({ "id": 66, "login": one_line });
    host.told["pull_request"]["requested"] = json!([stranger]);
    let commit = host.head().to_string();
    host.told["reviews"] = json!([{
        "id": 100, "author": stranger, "state": "approved", "commit": commit,
        "submitted_at": "2026-11-21T00:00:00Z",
    }, {
        "id": 101, "author": { "id": 67, "login": one_line }, "state": "changes_requested",
        "commit": commit, "submitted_at": "2026-11-21T00:00:00Z",
    }]);
    // A name of a file may hold anything but these, line breaks and quotes too.
    let path: String = value
        .chars()
        .filter(|c| !"/\\\0".contains(*c))
        .take(60)
        .collect();
    let mut strange = with(&head, &format!("plans/office/{path}.yaml"), |_| {
        "附件：甲\n".to_owned()
    });
    // A plan that was moved is a plan, too.
    let moved = strange.remove("plans/other/plan.yaml").expect("a plan");
    let to = format!("plans/甲{path}/plan.yaml");
    strange.insert(to.clone(), moved);
    let strange = with(&strange, &to, |text| {
        text.replace("every: 1y\n    items", "every: 3y\n    items")
    });
    let waiver = format!(
        "waivers:\n  - policy: health-check-insufficient\n    plan: plans/office\n    path: controls.health_check\n    reason: {quoted}\n    approver: {quoted}\n    granted: 2026-10-01\n    until: 2027-09-30\n"
    );
    let strange = with(&strange, "waivers.yaml", |_| waiver);
    let commit = host.head();
    let message = format!(
        "{value}\n\n{one_line}: {one_line}\nCo-authored-by: {one_line} <{one_line}@evil.example>"
    );
    let address: String = one_line.chars().filter(|c| !"<>".contains(*c)).collect();
    let signed = (
        &*format!("{}@evil.example", address.trim()),
        "desk@office.example",
    );
    let pushed = host.commit_as(host.tree(&strange), &[commit], signed, &message);
    host.set_head(pushed);
    // Others speak too, and some as if they were us.
    let said = |id: u64, author: u64, kind: &str| {
        json!({
            "id": id, "kind": kind, "author": author, "body": value, "is_folded": false,
        })
    };
    host.told["comments"] = json!([said(1, 66, "conversation"), said(2, 67, "diff")]);
    host.told["statuses"] = json!([{
        "context": format!("plangate/policies ({one_line})"),
        "state": "success", "description": value, "creator": stranger,
    }]);
    host
}

/// The comments that are ours; what others say is for the forge to show.
fn ours(host: &Host) -> Value {
    let all = host.told["comments"].as_array().into_iter().flatten();
    let own = all.filter(|it| it["author"] == OWN);
    own.cloned().collect()
}

#[test]
fn threat_19_threat_20_threat_21_the_worst_that_a_stranger_can_write_is_only_text() {
    for (at, value) in WORST.iter().enumerate() {
        let mut host = hostile(value);
        host.review();
        host.told["comments"] = ours(&host);
        let said = page(&format!("hostile-{}", at + 1), &host);
        assert!(said.len() > 1, "{value:?}");
        assert_eq!(active(&said.concat()), BTreeSet::new(), "{value:?}");
        assert!(said[0].contains("⛔ 尚不能合併"), "{value:?}");
    }
}

#[test]
fn edge_63_seventy_thousand_characters_leave_a_page_that_can_be_read() {
    let long = "@octocat 很長".repeat(7_000);
    let mut host = hostile(&long);
    host.review();
    host.told["comments"] = ours(&host);
    let said = page("hostile-long", &host);
    assert_eq!(active(&said.concat()), BTreeSet::new());
    let posted = host.told["comments"].as_array().expect("comments");
    for part in ["須處理（", "`health-check-insufficient`", "### 核准"] {
        let summary = posted.iter().find(|it| it["kind"] == "conversation");
        let summary = summary.and_then(|it| it["body"].as_str()).expect("a text");
        assert!(summary.contains(part), "{part}");
    }
    let longest = posted
        .iter()
        .filter_map(|it| it["body"].as_str())
        .map(str::len)
        .max();
    assert!(
        longest.is_some_and(|length| length <= 60_000),
        "{longest:?}"
    );
}

#[test]
fn a_page_is_not_taken_for_inert_by_a_blind_test() {
    for value in [
        "<b>x</b>",
        "[x](https://evil.example)",
        "@octocat",
        "see #1",
        "![x](y)",
        "<!-- x -->",
        "\u{202e}",
    ] {
        assert_ne!(active(&html(value)), BTreeSet::new(), "{value}");
    }
    assert_eq!(active(&html("`@octocat` **x** | y")), BTreeSet::new());
}
