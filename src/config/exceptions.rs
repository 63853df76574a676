//! `waivers.yaml`, and `gate.lower` of `plangate.yaml` → exceptions with their places.
//!
//! What the file alone shows to be wrong is a finding here: a reason that is missing, a day that is
//! none, a waiver of more than a year. Whether a policy exists, or a waiver is still needed, is not
//! known here.

use std::sync::Arc;

use jiff::ToSpan;
use serde::Deserialize;

use crate::document::{self, Limits, Spanned};
use crate::finding::{Finding, Lowered, Place, Severity, Waiver, Written};
use crate::text::{DateRange, Day, Localized, SourceFile, Span};

/// The JSON Schema of `waivers.yaml`, for editors.
pub const WAIVERS_SCHEMA: &str = include_str!("../../policies/schema/waivers.schema.json");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWaivers {
    waivers: Vec<RawWaiver>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWaiver {
    policy: Spanned<String>,
    check: Option<String>,
    need: Option<String>,
    plan: Spanned<String>,
    body: Option<String>,
    path: Spanned<String>,
    reason: Spanned<String>,
    approver: Spanned<String>,
    granted: Spanned<String>,
    until: Spanned<String>,
}

/// An entry of `gate.lower`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLowered {
    policy: Spanned<String>,
    to: Spanned<String>,
    reason: Spanned<String>,
    until: Spanned<String>,
}

/// Reads `waivers.yaml`. A waiver that cannot be used is a finding and waives nothing.
pub fn read_waivers(file: &Arc<SourceFile>) -> (Vec<Waiver>, Vec<Finding>) {
    let parsed = document::parse(file, Limits::default());
    let mut reader = Reader {
        file,
        prefix: "waivers",
        findings: parsed.findings,
    };
    let Some(document) = parsed.document else {
        return (Vec::new(), reader.findings);
    };
    let waivers = match document::from_node::<RawWaivers>(document.root()) {
        Ok(raw) => raw
            .waivers
            .into_iter()
            .filter_map(|raw| reader.waiver(raw))
            .collect(),
        Err(error) => {
            let help = Localized::new(
                "waivers 之下逐項寫 policy、plan、body、path、reason、approver、granted、until，必要時加 check、need",
                "each entry of waivers has policy, plan, body, path, reason, approver, granted and until, and may have check and need",
            );
            reader.refuse("shape", error.span, error.message, help);
            Vec::new()
        }
    };
    (waivers, reader.findings)
}

/// Reads the entries of `gate.lower`.
pub(super) fn lowered(
    raw: Vec<RawLowered>,
    file: &Arc<SourceFile>,
    findings: &mut Vec<Finding>,
) -> Vec<Lowered> {
    let mut reader = Reader {
        file,
        prefix: "config",
        findings: Vec::new(),
    };
    let read = raw.into_iter().filter_map(|raw| reader.lowered(raw));
    let read = read.collect();
    findings.append(&mut reader.findings);
    read
}

struct Reader<'f> {
    file: &'f Arc<SourceFile>,
    prefix: &'static str,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn waiver(&mut self, raw: RawWaiver) -> Option<Waiver> {
        let reason = self.filled(&raw.reason);
        let approver = self.filled(&raw.approver);
        let (granted, until) = (self.day(&raw.granted), self.day(&raw.until));
        let (granted, until) = (granted?, until?);
        self.within_a_year(&granted, &until)?;
        Some(Waiver {
            file: Arc::clone(self.file),
            policy: written(raw.policy),
            check: raw.check,
            need: raw.need,
            plan: written(raw.plan),
            body: raw.body,
            path: written(raw.path),
            reason: reason?,
            approver: approver?,
            granted,
            until,
        })
    }

    fn lowered(&mut self, raw: RawLowered) -> Option<Lowered> {
        let reason = self.filled(&raw.reason);
        let until = self.day(&raw.until);
        let to = Severity::parse(&raw.to.value).filter(|&to| to < Severity::Error);
        if to.is_none() {
            let message = Localized::new(
                format!("「{}」不是可降至之嚴重度", raw.to.value),
                format!("{} is no severity to lower to", raw.to.value),
            );
            let help = Localized::new("可用的值：warning、note", "one of warning, note");
            self.refuse("value", raw.to.span, message, help);
        }
        Some(Lowered {
            file: Arc::clone(self.file),
            policy: written(raw.policy),
            to: Written {
                value: to?,
                span: raw.to.span,
            },
            reason: reason?,
            until: until?,
        })
    }

    /// A text that says something.
    fn filled(&mut self, text: &Spanned<String>) -> Option<String> {
        if !text.value.trim().is_empty() {
            return Some(text.value.clone());
        }
        let message = Localized::new("不得空白", "must not be empty");
        let help = Localized::new(
            "寫明理由；核准者寫職稱而非姓名",
            "state the reason; of the approver the title, not the name",
        );
        self.refuse("value", text.span, message, help);
        None
    }

    fn day(&mut self, text: &Spanned<String>) -> Option<Written<Day>> {
        let day = DateRange::parse(&text.value).filter(|date| date.is_day());
        if let Some(day) = day {
            return Some(Written {
                value: day.first,
                span: text.span,
            });
        }
        let message = Localized::new(
            format!("「{}」不是一日", text.value),
            format!("{} is no day", text.value),
        );
        let help = Localized::new(
            "寫西元或民國之年月日，例如 2027-03-31 或 116-03-31",
            "write a day such as 2027-03-31 or 116-03-31",
        );
        self.refuse("value", text.span, message, help);
        None
    }

    /// A waiver is looked at again every year.
    fn within_a_year(&mut self, granted: &Written<Day>, until: &Written<Day>) -> Option<()> {
        let last = granted.value.checked_add(1.year()).ok()?;
        if granted.value <= until.value && until.value <= last {
            return Some(());
        }
        let [zh, en] = crate::text::Language::ALL.map(|l| DateRange::day(last).show(l));
        let message = Localized::new(
            format!("豁免之末日應在核准日至{zh}之間"),
            format!("a waiver ends between the day it was granted and {en}"),
        );
        let help = Localized::new(
            "豁免至多一年；仍有必要者重新核准，改寫 granted 與 until",
            "a waiver holds a year at most; where it is still needed, grant it again and change granted and until",
        );
        self.refuse("value", until.span, message, help);
        None
    }

    fn refuse(&mut self, what: &str, span: Span, message: Localized, help: Localized) {
        let place = Place::new(self.file, span, "");
        let rule = format!("{}/{what}", self.prefix);
        let finding = Finding::of_form(&rule, Severity::Error, place, message, Some(help));
        self.findings.push(finding);
    }
}

fn written(text: Spanned<String>) -> Written<String> {
    Written {
        value: text.value,
        span: text.span,
    }
}
