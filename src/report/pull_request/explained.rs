//! What a change asks for → who has to approve it, because of what, and who may.

use crate::report::visible::visible;
use crate::report::words::pick;
use crate::review::rules::{Asked, ChangeFacts, Rules};
use crate::review::{Filled, Outcome, Roster};
use crate::text::Language;

/// For a terminal: each demand with the changes it is about, the roles, and the accounts that may
/// fill them. Who had a hand in the change is not among them.
pub fn explained(
    outcome: &Outcome,
    asked: &Asked,
    changes: &[ChangeFacts],
    rules: &Rules,
    roster: &Roster,
    language: Language,
) -> String {
    let tell = |zh_tw, en| pick(language, zh_tw, en);
    if outcome.approvals.is_empty() {
        let none = match rules.is_empty() {
            true => tell("未設定核准規則", "there are no approval rules"),
            false => tell(
                "此變更沒有須核准的事項",
                "nothing in this change needs an approval",
            ),
        };
        return format!("{none}\n");
    }
    let mut text = String::new();
    for (at, approval) in outcome.approvals.iter().enumerate() {
        let rule = rules.title(&approval.key.rule);
        let rule = visible(rule.unwrap_or(&approval.key.rule));
        let agency = agency(&approval.key.agency, roster);
        text.push_str(&format!("{rule}〔{}〕{agency}\n", approval.key.rule));
        for filled in &approval.filled {
            text.push_str(&format!("  {}\n", role(filled, roster, language)));
        }
        let about = asked.about.get(at).map_or(&[][..], Vec::as_slice);
        for change in about.iter().filter_map(|&at| changes.get(at)) {
            let title = visible(change.title.get(language));
            text.push_str(&format!(
                "    - {title} {}（{}）\n",
                change.path, change.class
            ));
        }
    }
    for (_, why) in &asked.nobody {
        text.push_str(&format!("{}\n", visible(why.get(language))));
    }
    for (commit, email) in &outcome.unattributed {
        let commit = commit.get(..7).unwrap_or(commit);
        let domain = email.split_once('@').map_or("", |(_, domain)| domain);
        let domain = visible(domain);
        text.push_str(&match language {
            Language::ZhTw => format!("提交 {commit} 之位址（…@{domain}）名冊上無人，核准將不計入\n"),
            Language::En => format!(
                "the roster has nobody for the address of commit {commit} (…@{domain}): no approval will count\n"
            ),
        });
    }
    text
}

fn agency(id: &str, roster: &Roster) -> String {
    let agency = roster.agencies.get(id);
    visible(agency.map_or(id, |agency| &agency.name))
}

fn role(filled: &Filled, roster: &Roster, language: Language) -> String {
    let role = format!(
        "{}{}",
        agency(&filled.want.agency, roster),
        visible(&filled.want.role)
    );
    let people = filled
        .awaited
        .iter()
        .map(|&at| visible(&roster.people[at].login));
    let people: Vec<String> = people.collect();
    let people = match people.is_empty() {
        true => pick(language, "名冊上無人可以核准", "nobody of the roster can").to_owned(),
        false => people.join(pick(language, "、", ", ")),
    };
    match language {
        Language::ZhTw => format!("{role} {} 名：{people}", filled.want.count),
        Language::En => format!("{} approving as {role}: {people}", filled.want.count),
    }
}
