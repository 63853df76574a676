//! Each rule, on a text that breaks it and on one that does not.

use crate::file::{File, Text};
use crate::words;

fn text(key: &str, zh: &str, en: &str) -> Text {
    let languages = vec![
        ("zh-TW".to_owned(), zh.to_owned()),
        ("en".to_owned(), en.to_owned()),
    ];
    Text {
        key: key.to_owned(),
        languages,
    }
}

fn form(path: &str, yaml: &str) -> Vec<String> {
    File::parse(path, yaml).form()
}

#[test]
fn the_form_of_a_file() {
    let right = "title: 甲\nchecks: [{ id: full-time }]\nexamples: []\n";
    assert_eq!(form("theme/too-few.yaml", right), Vec::<String>::new());
    assert_eq!(form("theme/Too_few.yaml", right), ["`Too_few` is no id"]);
    assert_eq!(
        form(
            "theme/too-few.yaml",
            &right.replace("full-time", "fullTime")
        )
        .len(),
        1
    );
    assert_eq!(
        form("theme/too-few.yaml", "examples: []\ntitle: 甲\n").len(),
        1
    );
    let long = format!("title: {}\nexamples: []\n", "甲".repeat(5000));
    assert_eq!(form("theme/too-few.yaml", &long).len(), 1);
    let long = format!("title: 甲\nexamples: [{}]\n", "甲".repeat(9000));
    assert_eq!(form("theme/too-few.yaml", &long).len(), 1);
}

#[test]
fn both_languages_with_the_same_placeholders() {
    let told = |zh, en| words::languages(&text("message", zh, en)).len();
    assert_eq!(
        told(
            "{body.name}應置 {params.minimum} 人",
            "{params.minimum} for {body.name}"
        ),
        0
    );
    assert_eq!(
        told(
            "{body.name}應置 {params.minimum} 人",
            "{body.name}: too few"
        ),
        1
    );
    assert_eq!(told("人數不足", " "), 1);
}

#[test]
fn the_style_of_each_language() {
    let told = |zh, en| words::style(&text("message", zh, en)).len();
    assert_eq!(
        told(
            "應置 4 人，計畫列 {found} 人（不足）",
            "4 required, {found} stated"
        ),
        0
    );
    assert_eq!(told("帳號申請之程序", "applying for an account"), 0);
    for zh in [
        "請補列。",
        "未申請，請補列",
        "應置４人",
        "應置 4 人,計畫列 3 人",
        "人數(不足)",
        "人數不足:三人",
    ] {
        assert!(told(zh, "too few") > 0, "{zh}");
    }
    for en in ["Too few", "too few.", "too few（3）"] {
        assert!(told("人數不足", en) > 0, "{en}");
    }
    assert_eq!(words::style(&text("title", "人數不足", "Too few")).len(), 0);
}
