//! Generated words of a stranger in every field that one controls: summary, comments, statuses and what
//! a workflow prints show them, and nothing acts on them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;

use crate::rendered::{WORST, active, hostile, html};

/// Pieces that only some reader minds: Markdown, HTML, a forge, a terminal, a workflow.
fn pieces() -> impl Strategy<Value = String> {
    let atoms = vec![
        "@octocat",
        " #1 ",
        "<b>",
        "[x](https://evil.example)",
        "| ✅ |",
        "```",
        "<!-- x -->",
        "\n::error::x",
        "##[error]x",
        "\u{202e}",
        "https://evil.example",
    ];
    // Each of them stands in a third of all values, so that none is missed.
    let piece = prop_oneof![
        12 => prop::sample::select(atoms).prop_map(str::to_owned),
        4 => prop::sample::select(WORST.to_vec()).prop_map(str::to_owned),
        3 => "[甲`*_<>@#\\[\\]()|~$!&;:/.\\-+=0-9a-z \n]{1,24}",
        2 => "(::|##\\[)(error|add-mask|stop-commands|set-env)[ \\]:=a-z]{0,9}::?x",
        2 => "[\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200b}-\u{200f}\u{feff}\u{2028}\u{85}甲a@]{1,12}",
        1 => "[\\PC]{1,16}",
        1 => prop::sample::select(vec!["@octocat 長", "| ` <b> ", "</details>"])
            .prop_map(|piece| piece.repeat(2_000)),
    ];
    prop::collection::vec(piece, 4..10).prop_map(|pieces| pieces.concat())
}

/// What a terminal or a workflow would act upon in lines that are printed.
fn commands(printed: &str) -> Vec<String> {
    let acts = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    let lines = printed.lines().filter(|line| {
        line.trim_start().starts_with("::") || line.contains("##[") || line.chars().any(acts)
    });
    lines.map(str::to_owned).collect()
}

/// The lines for a workflow that are none of our commands, or say more than one of them may.
fn strange(printed: &str) -> Vec<String> {
    static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
        let place = "file=[^:,\r\n]+,line=[0-9]+(,col=[0-9]+)?,endLine=[0-9]+(,endColumn=[0-9]+)?,";
        let command = format!("^::(error|warning|notice) ({place})?title=[^:,\r\n]+::[^\r]*$");
        Regex::new(&command).expect("a pattern")
    });
    let lines = printed.lines().filter(|line| {
        let inside = line.replacen("::", "", 1);
        !COMMAND.is_match(line) || !commands(&inside).is_empty()
    });
    lines.map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn threat_19_threat_20_threat_21_whatever_is_generated_is_inert_wherever_it_is_said(value in pieces()) {
        let mut host = hostile(&value);
        let printed = host.run("text");
        prop_assert_eq!(commands(&printed.out), Vec::<String>::new());
        prop_assert_eq!(commands(&printed.err), Vec::<String>::new());
        let printed = host.run("github");
        prop_assert!(printed.out.lines().count() > 6, "{}", printed.out);
        prop_assert_eq!(strange(&printed.out), Vec::<String>::new());
        // A plan that was moved is spoken of where it lies now.
        prop_assert!(printed.out.contains("file=plans/甲"), "{}", printed.out);
        let checked = host.check();
        let (annotations, totals) = checked.out.trim_end().rsplit_once('\n').expect("lines");
        prop_assert!(annotations.contains("file=plans/甲") || annotations.contains(":plans/甲"));
        prop_assert_eq!(strange(annotations), Vec::<String>::new());
        prop_assert_eq!(commands(totals), Vec::<String>::new());
        prop_assert_eq!(commands(&printed.err), Vec::<String>::new());
        let receipt = host.receipt();
        prop_assert_eq!(receipt.code, 0, "{}{}", receipt.out, receipt.err);
        prop_assert_eq!(commands(&receipt.out), Vec::<String>::new());
        let before = host.told["comments"].as_array().map_or(0, Vec::len);
        host.review();
        let all = host.told["comments"].as_array().expect("comments");
        let ours: Vec<&str> = all[before..].iter().filter_map(|it| it["body"].as_str()).collect();
        prop_assert!(ours.len() > 1, "{:?}", ours);
        for body in ours {
            prop_assert_eq!(active(&html(body)), BTreeSet::new(), "{}", body);
        }
        let statuses = host.told["statuses"].as_array().expect("statuses");
        prop_assert_eq!(statuses.len(), 3);
        for status in statuses {
            let line = status["description"].as_str().expect("a text");
            prop_assert!(line.len() <= 140 && line.lines().count() == 1, "{}", line);
            prop_assert_eq!(commands(line), Vec::<String>::new());
        }
    }
}
