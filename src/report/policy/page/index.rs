//! The index of the pages, by theme.

use super::parts::asked_of;
use super::table;
use crate::policy::{Pack, Policy};
use crate::report::markdown::{code, escape};
use crate::text::Language;

/// The folders of the built-in pack in words; a theme of another pack goes by its folder.
const THEMES: [(&str, &str, &str); 15] = [
    ("audit", "稽核", "audit"),
    ("basis", "依據", "basis"),
    ("bodies", "機關與責任等級", "bodies and grades"),
    ("businesses", "核心業務", "core businesses"),
    ("controls", "防護與控制措施", "controls"),
    ("incidents", "事件通報及應變", "incidents"),
    ("intelligence", "情資", "intelligence"),
    ("organization", "組織", "organization"),
    ("outsourcing", "委外", "outsourcing"),
    ("personnel", "人力", "personnel"),
    ("plan", "計畫本身", "the plan itself"),
    ("references", "引用之文件與法規", "references"),
    ("reporting", "實施情形之提出", "reporting"),
    ("systems", "資通系統", "systems"),
    ("training", "教育訓練", "training"),
];

/// The index of a pack's pages.
pub fn index(pack: &Pack) -> String {
    let mut policies: Vec<&Policy> = pack.policies.values().collect();
    policies.sort_by_key(|policy| (&policy.theme, &policy.id));
    let mut page = String::from(
        "<!-- 由 policies/ 產生，不手改 ／ generated, not edited by hand -->\n\n\
         # 政策一覽 ／ Policies\n\n\
         內建政策包之全部政策，依主題排列；每項一頁，載依據、數值、檢核、怎麼做與範例。\n\
         Every policy of the built-in pack, by theme. Each has a page: basis, figures, checks, what to do; \
         in Chinese, then in English.\n",
    );
    for group in policies.chunk_by(|a, b| a.theme == b.theme) {
        let theme = &*group[0].theme;
        let named = THEMES.iter().find(|(known, ..)| *known == theme);
        let (zh, en) = named.map_or((theme, theme), |(_, zh, en)| (*zh, *en));
        let head = ["政策 ／ policy", "缺失", "defect", "適用"].map(str::to_owned);
        let rows: Vec<Vec<String>> = group.iter().map(|policy| row(policy)).collect();
        page.push_str(&format!("\n## {zh} ／ {en}\n\n{}", table(&head, &rows)));
    }
    page
}

fn row(policy: &Policy) -> Vec<String> {
    let (theme, id) = (&policy.theme, &policy.id);
    let asked = policy.editions.last();
    vec![
        format!("[{}]({theme}/{id}.md)", code(id)),
        escape(policy.title.get(Language::ZhTw)),
        escape(policy.title.get(Language::En)),
        asked.map_or_else(String::new, |edition| asked_of(edition, Language::ZhTw)),
    ]
}
