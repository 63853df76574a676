//! A judged pull request for programs, version 1; `docs/schema/review.schema.json` describes it and
//! a test holds it.

use serde_json::{Map, Value, json};

use super::summary::{Review, Told};
use crate::cel::Data;
use crate::check::Difference;
use crate::finding::Finding;
use crate::report::json::finding_value;
use crate::review::facts::Seen;
use crate::review::judgement::{Block, Judged, Judgement, PlanJudgement, Shadow};
use crate::review::statuses::{Ground, Status};
use crate::review::{Outcome, Roster};
use crate::text::Localized;

/// The version of the shape. A key that goes or changes its meaning raises it; a new one does not.
const VERSION: u32 = 1;

/// The JSON Schema of the output.
pub const REVIEW_SCHEMA: &str = include_str!("../../../docs/schema/review.schema.json");

/// The whole verdict.
pub fn json(review: Review<'_>) -> Value {
    let pull_request = review.pull_request;
    let ground = match review.told {
        Told::Judged { .. } => "judged",
        Told::Unjudged(Ground::NotConfigured) => "not_configured",
        Told::Unjudged(Ground::NotTold(_)) => "not_told",
        Told::Unjudged(_) => "nothing_touched",
    };
    let statuses: Vec<Value> = review
        .statuses
        .iter()
        .map(|own| status(own, &pull_request.base))
        .collect();
    let mut document = json!({
        "schema": VERSION,
        "pull_request": {
            "number": pull_request.number,
            "head": &*pull_request.head,
            "base": &*pull_request.base,
        },
        "ground": ground,
        "statuses": statuses,
    });
    if let (
        Told::Judged {
            judgement, roster, ..
        },
        Some(map),
    ) = (review.told, document.as_object_mut())
    {
        judged(map, judgement, roster);
    }
    document
}

fn judged(map: &mut Map<String, Value>, judgement: &Judgement, roster: &Roster) {
    let plans = judgement.plans.iter().map(plan).collect();
    let control = judgement.changes.iter();
    let control = control.filter(|seen| seen.facts.class == "control");
    map.insert("plans".to_owned(), Value::Array(plans));
    map.insert("control".to_owned(), control.map(change).collect());
    map.insert("approvals".to_owned(), approvals(judgement, roster));
    let shadow = judgement.shadow.as_ref().map_or(Value::Null, shadow);
    map.insert("shadow".to_owned(), shadow);
}

fn both(text: &Localized) -> Value {
    json!({ "zh-TW": text.zh_tw, "en": text.en })
}

fn status(status: &Status, base: &str) -> Value {
    json!({
        "context": status.context.name(base),
        "state": status.state.word(),
        "description": both(&status.description),
    })
}

fn plan(plan: &PlanJudgement) -> Value {
    let row = plan.row.as_ref().map(|row| {
        json!({
            "edition": row.row.edition,
            "file": row.file.name(),
            "line": row.file.position(row.edit.span.start).line,
            "text": row.edit.text,
        })
    });
    let also = plan.also.iter().map(|also| {
        json!({
            "day": also.day.to_string(),
            "come": also.come.iter().map(difference).collect::<Vec<_>>(),
            "gone": also.gone.iter().map(difference).collect::<Vec<_>>(),
        })
    });
    json!({
        "agency": &*plan.agency,
        "file": &*plan.file,
        "law_date": plan.law_date.to_string(),
        "findings": plan.findings.iter().map(finding).collect::<Vec<_>>(),
        "fixed": plan.fixed.iter().map(finding_value).collect::<Vec<_>>(),
        "changes": plan.changes.iter().map(change).collect::<Vec<_>>(),
        "row": row,
        "also": also.collect::<Vec<_>>(),
    })
}

fn finding(own: &Judged) -> Value {
    let mut value = finding_value(&own.finding);
    let blocks = own.blocks.map(|block| match block {
        Block::Failure => "failure",
        Block::Unknown => "unknown",
        Block::Deferred => "deferred",
    });
    if let Some(map) = value.as_object_mut() {
        map.insert("status".to_owned(), own.word().into());
        map.insert("blocks".to_owned(), blocks.into());
        map.insert("until_approved".to_owned(), own.until_approved().into());
    }
    value
}

fn change(seen: &Seen) -> Value {
    let facts = &seen.facts;
    json!({
        "agency": &*facts.agency,
        "path": &*facts.path,
        "title": both(&facts.title),
        "class": facts.class,
        "kind": facts.kind,
        "effect": facts.effect,
        "chapter": facts.chapter,
        "body": facts.body.as_deref(),
        "grade": facts.grade.as_deref(),
        "old": facts.old.as_ref().map(data),
        "new": facts.new.as_ref().map(data),
        "file": &*seen.file,
        "line": seen.line,
    })
}

/// A value; dates and spans of time as people read them in English.
fn data(value: &Data) -> Value {
    let language = crate::text::Language::En;
    match value {
        Data::Null | Data::Bytes(_) => Value::Null,
        Data::Bool(truth) => (*truth).into(),
        Data::Int(number) => (*number).into(),
        Data::Uint(number) => (*number).into(),
        Data::Double(number) => number.to_string().into(),
        Data::Text(text) => (**text).into(),
        Data::Date(date) => date.show(language).into(),
        Data::Duration(duration) => duration.show(language).into(),
        Data::List(items) => items.iter().map(data).collect(),
        Data::Record(fields) => {
            let fields = fields
                .iter()
                .map(|(key, value)| (key.to_string(), data(value)));
            Value::Object(fields.collect())
        }
    }
}

fn approvals(judgement: &Judgement, roster: &Roster) -> Value {
    let Outcome {
        approvals,
        objections,
        ignored,
        unattributed,
        is_pusher_unknown,
    } = &judgement.outcome;
    let login = |person: usize| roster.people[person].login.to_string();
    let demands = approvals.iter().enumerate().map(|(at, approval)| {
        let about = judgement.asked.about.get(at).map_or(&[][..], Vec::as_slice);
        let wants = approval.filled.iter().map(|filled| {
            json!({
                "role": &*filled.want.role,
                "agency": &*filled.want.agency,
                "count": filled.want.count,
                "missing": filled.missing,
                "by": filled.by.iter().map(|&(person, review)| {
                    json!({ "login": login(person), "review": review })
                }).collect::<Vec<_>>(),
                "awaited": filled.awaited.iter().map(|&person| login(person)).collect::<Vec<_>>(),
            })
        });
        json!({
            "rule": &*approval.key.rule,
            "agency": &*approval.key.agency,
            "paths": about.iter().map(|&at| &*judgement.facts[at].path).collect::<Vec<_>>(),
            "wants": wants.collect::<Vec<_>>(),
        })
    });
    let objections = objections.iter().map(
        |own| json!({ "login": &*own.login, "review": own.review, "blocks": own.person.is_some() }),
    );
    let ignored = ignored.iter().map(|own| {
        json!({
            "login": own.login,
            "review": own.review,
            "rule": own.demand.as_ref().map(|key| key.rule.to_string()),
            "why": both(&own.why.told()),
        })
    });
    let nobody =
        judgement.asked.nobody.iter().map(
            |(key, why)| json!({ "rule": &*key.rule, "agency": &*key.agency, "why": both(why) }),
        );
    json!({
        "demands": demands.collect::<Vec<_>>(),
        "objections": objections.collect::<Vec<_>>(),
        "ignored": ignored.collect::<Vec<_>>(),
        "unattributed": unattributed.iter().map(|(commit, _)| &**commit).collect::<Vec<_>>(),
        "is_pusher_unknown": is_pusher_unknown,
        "nobody": nobody.collect::<Vec<_>>(),
    })
}

fn shadow(shadow: &Shadow) -> Value {
    json!({
        "plans": shadow.plans,
        "of": shadow.of,
        "failures": { "now": shadow.failures.0, "then": shadow.failures.1 },
        "come": shadow.come.iter().map(difference).collect::<Vec<_>>(),
        "gone": shadow.gone.iter().map(difference).collect::<Vec<_>>(),
        "broken": shadow.broken.iter().map(|own: &Finding| finding_value(own)).collect::<Vec<_>>(),
    })
}

fn difference(own: &Difference) -> Value {
    json!({
        "policy": &*own.policy,
        "verdict": own.verdict.word(),
        "severity": own.severity.word(),
        "file": &*own.file,
        "line": own.line,
        "path": &*own.path,
        "message": both(&own.message),
        "fingerprint": own.fingerprint.to_string(),
    })
}
