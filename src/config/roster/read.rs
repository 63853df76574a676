//! `roster.yaml` → a roster whose ids resolve, and what is wrong with it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::raw::{RawAgency, RawPerson, RawPost, RawRoster};
use super::{Agency, Person, Post, Roster};
use crate::document::{self, Limits, Spanned};
use crate::finding::{Finding, Place, Severity};
use crate::text::{DateRange, Localized, SourceFile, Span};

/// Reads `roster.yaml`. What cannot be used is left out and is a finding, so that nobody becomes an
/// approver by a mistake.
pub fn read(file: &Arc<SourceFile>) -> (Roster, Vec<Finding>) {
    let parsed = document::parse(file, Limits::default());
    let mut reading = Reading {
        file,
        findings: parsed.findings,
        roster: Roster::default(),
        taken: BTreeSet::new(),
    };
    if let Some(document) = parsed.document {
        match document::from_node::<RawRoster>(document.root()) {
            Ok(raw) => reading.apply(&raw),
            Err(error) => reading.say("roster/shape", error.span, error.message),
        }
    }
    (reading.roster, reading.findings)
}

/// A roster on its way.
struct Reading<'f> {
    file: &'f Arc<SourceFile>,
    findings: Vec<Finding>,
    roster: Roster,
    /// Ids, accounts and addresses that are somebody's.
    taken: BTreeSet<(&'static str, String)>,
}

impl Reading<'_> {
    fn say(&mut self, rule: &str, span: Span, message: Localized) {
        let place = Place::new(self.file, span, "");
        let finding = Finding::of_form(rule, Severity::Error, place, message, None);
        self.findings.push(finding);
    }

    /// Whether the value is nobody's yet; a second use is a finding.
    fn is_first(&mut self, kind: (&'static str, &'static str), value: &str, span: Span) -> bool {
        let (key, zh_tw) = kind;
        let is_first = self.taken.insert((key, value.to_owned()));
        if !is_first {
            let message = Localized::new(
                format!("{zh_tw}「{value}」出現兩次"),
                format!("{key} {value} stands twice"),
            );
            self.say("roster/duplicate", span, message);
        }
        is_first
    }

    fn apply(&mut self, raw: &RawRoster) {
        for agency in &raw.agencies {
            self.agency(agency);
        }
        for agency in &raw.agencies {
            self.supervision(agency);
        }
        for person in &raw.people {
            self.person(person);
        }
    }

    fn agency(&mut self, raw: &RawAgency) {
        let id = &raw.id;
        if !self.is_first(("agency", "機關"), &id.value, id.span) {
            return;
        }
        let folder = raw.folder.as_ref().and_then(|folder| self.folder(folder));
        let agency = Agency {
            name: raw.name.as_str().into(),
            folder,
            supervisor: None,
            place: id.span,
        };
        self.roster
            .agencies
            .insert(id.value.as_str().into(), agency);
    }

    /// A folder below the root, in the spelling that Git has for paths.
    fn folder(&mut self, raw: &Spanned<String>) -> Option<Arc<str>> {
        let folder = raw.value.strip_suffix('/').unwrap_or(&raw.value);
        let is_plain = |part: &str| !matches!(part, "" | "." | "..");
        if !folder.split('/').all(is_plain) || folder.contains('\\') {
            let message = Localized::new(
                format!("「{}」不是儲存庫內的資料夾", raw.value),
                format!("{} is no folder within the repository", raw.value),
            );
            self.say("roster/folder", raw.span, message);
            return None;
        }
        let is_first = self.is_first(("folder", "資料夾"), folder, raw.span);
        is_first.then(|| folder.into())
    }

    /// Written once all agencies are known: who supervises, unless it would supervise itself.
    fn supervision(&mut self, raw: &RawAgency) {
        let Some(supervisor) = &raw.supervisor else {
            return;
        };
        if !self.is_known(supervisor) {
            return;
        }
        let above = |id: &str| {
            let agency = self.roster.agencies.get(id);
            agency.and_then(|agency| agency.supervisor.clone())
        };
        let mut next = Some(Arc::from(supervisor.value.as_str()));
        while let Some(id) = next {
            if *id == *raw.id.value {
                let message = Localized::new(
                    format!("「{id}」成為自己的上級機關"),
                    format!("{id} would supervise itself"),
                );
                return self.say("roster/supervision", supervisor.span, message);
            }
            next = above(&id);
        }
        if let Some(agency) = self.roster.agencies.get_mut(raw.id.value.as_str()) {
            agency.supervisor = Some(supervisor.value.as_str().into());
        }
    }

    fn is_known(&mut self, agency: &Spanned<String>) -> bool {
        let is_known = self.roster.agencies.contains_key(agency.value.as_str());
        if !is_known {
            let id = &agency.value;
            let message = Localized::new(
                format!("名冊沒有機關「{id}」"),
                format!("the roster has no agency {id}"),
            );
            self.say("roster/unknown-agency", agency.span, message);
        }
        is_known
    }

    fn person(&mut self, raw: &RawPerson) {
        let login = raw.login.value.to_lowercase();
        let accounts = raw
            .account
            .map(|account| (account.value.to_string(), account.span));
        // Each is looked at, so that one mistake does not hide another.
        let mut firsts = vec![
            self.is_first(("person", "人員"), &raw.id.value, raw.id.span),
            self.is_first(("login", "帳號"), &login, raw.login.span),
        ];
        firsts.extend(
            accounts.map(|(number, at)| self.is_first(("account", "帳號編號"), &number, at)),
        );
        let mut emails = Vec::new();
        for email in &raw.emails {
            let address = email.value.to_lowercase();
            firsts.push(self.is_first(("e-mail", "電子郵件"), &address, email.span));
            emails.push(Arc::from(address));
        }
        let posts = raw
            .roles
            .iter()
            .filter_map(|post| self.post(post))
            .collect();
        if firsts.contains(&false) {
            return;
        }
        self.roster.people.push(Person {
            id: raw.id.value.as_str().into(),
            login: raw.login.value.as_str().into(),
            account: raw.account.map(|account| account.value),
            emails,
            posts,
            place: raw.id.span,
        });
    }

    fn post(&mut self, raw: &RawPost) -> Option<Post> {
        let is_known = self.is_known(&raw.agency);
        let from = self.date(raw.from.as_ref());
        let to = self.date(raw.to.as_ref());
        let (from, to) = (from.ok()?, to.ok()?);
        is_known.then(|| Post {
            role: raw.role.as_str().into(),
            agency: raw.agency.value.as_str().into(),
            from: from.map(|range| range.first),
            to: to.map(|range| range.last),
        })
    }

    /// A date that is none must not become an open end.
    fn date(&mut self, raw: Option<&Spanned<String>>) -> Result<Option<DateRange>, ()> {
        let Some(raw) = raw else {
            return Ok(None);
        };
        if let Some(range) = DateRange::parse(&raw.value) {
            return Ok(Some(range));
        }
        let message = Localized::new(
            format!("「{}」不是日期", raw.value),
            format!("{} is no date", raw.value),
        );
        self.say("roster/date", raw.span, message);
        Err(())
    }
}
