//! A few words for building findings by hand.

use std::sync::Arc;

use plangate::check::{BodySummary, PlanSummary, Rule, Tally};
use plangate::finding::{
    Basis, Citation, Edit, Finding, Fingerprint, Item, Place, Related, Severity, Subject, Verdict,
};
use plangate::text::{DateRange, Localized, SourceFile, Span};

/// The span of the first `needle`.
pub(crate) fn span(file: &SourceFile, needle: &str) -> Span {
    let start = file
        .text()
        .find(needle)
        .expect("the sample holds the needle");
    Span::new(start, start + needle.len())
}

/// The place of the first `needle`, under `path`.
pub(crate) fn place(file: &Arc<SourceFile>, needle: &str, path: &str) -> Place {
    Place::new(file, span(file, needle), path)
}

/// A finding of `policy` with its title and message in both languages; a failure at `error` of the
/// plan's form until the caller says otherwise.
pub(crate) fn finding(policy: &str, place: Place, title: [&str; 2], message: [&str; 2]) -> Finding {
    let title = Localized::new(title[0], title[1]);
    let message = Localized::new(message[0], message[1]);
    let mut finding = Finding::of_form(policy, Severity::Error, place, message, None);
    finding.title = title.into();
    finding.judged_on = Some(date("2026-11-21"));
    finding
}

pub(crate) fn both(zh_tw: &str, en: &str) -> Localized {
    Localized::new(zh_tw, en)
}

pub(crate) fn related(place: Place, zh_tw: &str, en: &str) -> Related {
    Related {
        place,
        text: Localized::new(zh_tw, en).into(),
    }
}

pub(crate) fn insert(file: &SourceFile, before: &str, text: &str) -> Edit {
    let span = Span::at(span(file, before).start as usize);
    Edit {
        span,
        text: text.to_owned(),
    }
}

pub(crate) fn replace(file: &SourceFile, needle: &str, text: &str) -> Edit {
    Edit {
        span: span(file, needle),
        text: text.to_owned(),
    }
}

/// A row of a schedule of the classification regulations.
pub(crate) fn schedule(schedule: u16, row: [&str; 2]) -> Citation {
    Citation {
        law: "classification".into(),
        name: Localized::new("資通安全責任等級分級辦法", "Classification Regulations").into(),
        edition: "110".into(),
        schedule: Some(schedule),
        row: Some(Localized::new(row[0], row[1]).into()),
        url: Some("https://law.moj.gov.tw/LawClass/LawAll.aspx?pcode=A0030304".into()),
        confidence: "verified",
        ..Citation::default()
    }
}

pub(crate) fn law(schedule_number: u16, row: [&str; 2]) -> Basis {
    Basis::Law(schedule(schedule_number, row))
}

pub(crate) fn subjects(policy: &str, names: &[&str]) -> Vec<Subject> {
    let subject = |name: &&str| Subject {
        id: (*name).into(),
        name: (*name).into(),
        item: Arc::new(Item {
            path: Arc::default(),
            need: Box::default(),
        }),
        fingerprint: Fingerprint::new(&[policy, name]),
    };
    names.iter().map(subject).collect()
}

pub(crate) fn date(text: &str) -> DateRange {
    DateRange::parse(text).expect("a date")
}

pub(crate) fn rule(finding: &Finding, item: Option<u8>, why: Option<&str>) -> Rule {
    let citation = match &finding.basis {
        Basis::Law(citation) | Basis::Local(citation) => Some(citation.clone()),
        Basis::Consistency(_) | Basis::Format { .. } => None,
    };
    Rule {
        id: Arc::clone(&finding.policy),
        title: finding.title.clone(),
        why: why.map(Arc::from),
        help: finding
            .help
            .clone()
            .unwrap_or_else(|| (*finding.title).clone()),
        severity: finding.severity,
        item,
        citation,
    }
}

/// A body whose verdicts are given by item.
pub(crate) fn body(name: &str, grade: char, verdicts: &[(usize, Verdict, u32)]) -> BodySummary {
    let mut items = [Tally::default(); 13];
    for &(item, verdict, count) in verdicts {
        (0..count).for_each(|_| items[item - 1].add(verdict));
    }
    let mut tally = Tally::default();
    for item in &items {
        tally.join(item);
    }
    BodySummary {
        id: name.into(),
        name: name.into(),
        grade: Some(grade),
        tally,
        items,
    }
}

pub(crate) fn plan(file: &Arc<SourceFile>, agency: &str, judged_on: DateRange) -> PlanSummary {
    PlanSummary {
        file: Arc::clone(file),
        agency: Some(agency.into()),
        edition: Some("1.4".into()),
        judged_on,
        bodies: Vec::new(),
        whole: Tally::default(),
        also: None,
    }
}
